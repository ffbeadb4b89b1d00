"""Invitations sent anew or passed on: the mail before is stopped, and its page says why."""

import pytest
from sqlalchemy import select

from pilot.accounts import service
from pilot.accounts.models import Invitation
from pilot.core import outbox
from pilot.core.db import db
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.policy import Actor, Role
from pilot.web.mail import deliver_due, read, render
from tests.support.arrivals import GUEST, Arrivals, last_mail, token_to
from tests.support.mail import parts

NEW, COLLEAGUE = "ny@prove.example", "kollega@prove.example"
W, X = MailState.WAITING, MailState.STOPPED


@pytest.fixture
def come(world, ks) -> Arrivals:
    return Arrivals(world, ks.actor)


def states(address: str = NEW) -> list[MailState]:
    db.session.rollback()
    wanted = select(OutboxMail.state).where(OutboxMail.address == address)
    found = list(db.session.scalars(wanted.order_by(OutboxMail.id)))
    db.session.rollback()  # what is open here would hide what the worker does
    return found


# --- the mail that waits -----------------------------------------------------------------------


def test_sent_anew_only_the_newest_mail_goes_out(app, come, ks, mailbox, monkeypatch):
    invitation = come.invitation(email=NEW)
    service.resend_invitation(ks.actor, invitation.id)
    assert states() == [X, W]
    service.invite(ks.actor, invitation.organisation_id, email=NEW, role=Role.LEAD)
    assert states() == [X, X, W]
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    assert deliver_due(app) == 1
    assert states() == [X, X, MailState.SENT]


def test_passed_on_withdrawn_or_taken_up_nothing_waits(come, ks):
    come.invitation(email=NEW)
    service.pass_on_invitation(GUEST, token_to(NEW), email=COLLEAGUE)
    assert (states(), states(COLLEAGUE)) == ([X], [W])
    service.accept_invitation(GUEST, token_to(COLLEAGUE), name="Kollega", locale="nb")
    assert states(COLLEAGUE) == [X]
    other = come.invitation(email="tredje@prove.example")
    service.withdraw_invitation(ks.actor, other.id)
    assert states("tredje@prove.example") == [X]


def test_other_mail_to_the_address_still_goes_out(world, come, ks):
    world.mail(NEW)
    elsewhere = come.invitation(world.municipality("1103").id, email=NEW)
    here = come.invitation(email=NEW)
    service.resend_invitation(ks.actor, here.id)
    assert elsewhere.id != here.id
    assert states() == [W, W, X, W]


def test_what_was_sent_stays_sent(come, ks):
    invitation = come.invitation(email=NEW)
    mail = db.session.scalars(select(OutboxMail)).one()
    outbox.settle(mail.id, fault=None)
    service.resend_invitation(ks.actor, invitation.id)
    assert states() == [MailState.SENT, W]


# --- the page of a dead link -------------------------------------------------------------------


def test_a_replaced_link_says_so(stranger, come, ks):
    invitation = come.invitation(email=NEW)
    old = f"/invitasjon/{token_to(NEW)}"
    service.resend_invitation(ks.actor, invitation.id)
    new = f"/invitasjon/{token_to(NEW)}"
    for answer in (
        stranger.get(old),
        stranger.post(old, name="x"),
        stranger.get(f"{old}/send-videre"),
    ):
        assert answer.status_code == 410
        assert "Lenken er erstattet av en nyere" in answer.text
    stranger.submit(new, name="Ny Person")
    assert "Lenken er brukt." in stranger.get(new).text


def test_a_passed_on_link_says_so_but_not_to_whom(stranger, come):
    come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    stranger.submit(f"{path}/send-videre", email=COLLEAGUE)
    page = stranger.get(path).text
    assert "Invitasjonen er sendt videre til en kollega" in page
    assert COLLEAGUE not in page


def test_a_withdrawn_link_is_not_said_to_be_replaced(stranger, come, ks):
    invitation = come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    service.withdraw_invitation(ks.actor, invitation.id)
    assert "erstattet" not in stranger.get(path).text


# --- the organisation's page -------------------------------------------------------------------


def invitations_on(ks, place: int) -> str:
    return ks.get(f"/organisasjoner/{place}").text.partition("Åpne invitasjoner")[2]


def test_the_page_says_sent_when_the_mail_is(come, ks):
    place = come.invitation(email=NEW).organisation_id
    said = invitations_on(ks, place)
    assert "E-posten venter" in said
    assert "Sendt<" not in said
    db.session.rollback()
    outbox.settle(last_mail(NEW).id, fault="refused", final=True)
    assert "E-posten er ikke sendt" in invitations_on(ks, place)
    invitation = db.session.scalars(select(Invitation)).one()
    service.resend_invitation(ks.actor, invitation.id)
    outbox.settle(last_mail(NEW).id, fault=None)
    said = invitations_on(ks, place)
    assert "Sendt<" in said
    assert "E-posten" not in said


def test_the_first_is_invited_once(come, ks, world):
    place = world.municipality().id
    assert "Inviter den første" in ks.get(f"/organisasjoner/{place}").text
    come.invitation(place)
    assert "Inviter den første" not in ks.get(f"/organisasjoner/{place}").text


# --- the mail of one that was passed on ----------------------------------------------------------


def test_a_passed_on_mail_names_who_invited_first(come, ks):
    come.invitation(email=NEW)
    first = f"Invitasjonen er fra {ks.actor.name} (KS) og gjelder Oslo kommune."
    for before, after in ((NEW, COLLEAGUE), (COLLEAGUE, "tredje@prove.example")):
        service.pass_on_invitation(GUEST, token_to(before), email=after)
        written = render([last_mail(after)], base_url="", site_name="Pilotrommet", sender="x@y.no")
        for part in parts(written):
            assert first in part
            assert f"{before} fikk invitasjonen" in part


def test_one_that_nobody_signed_is_from_ks(world):
    come = Arrivals(world, Actor.system())
    come.invitation(email=NEW)
    service.pass_on_invitation(GUEST, token_to(NEW), email=COLLEAGUE)
    text = read(last_mail(COLLEAGUE), base_url="", site_name="")[1]
    assert "Invitasjonen er fra KS og gjelder Oslo kommune." in text
