"""Mail with a one-time link, as the outbox shows it: hidden but in a demo, and never sent dead."""

import re
from datetime import timedelta

import pytest

from pilot.accounts import links
from pilot.accounts import service as accounts
from pilot.core import clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden
from pilot.core.outbox import OutboxMail
from pilot.following import queries, service
from tests.support.arrivals import GUEST, Arrivals, last_mail

DEMO = "Dette er en demo. Lenken i e-posten er vist, så du kan gå videre uten e-posttjener."


@pytest.fixture
def letters(world, ks) -> list[OutboxMail]:
    """One of each kind that holds a link; all of them wait."""
    come, kari = Arrivals(world, ks.actor), world.member(world.municipality())
    found = []
    for make in (
        come.invitation,
        lambda: come.sign_in_token(kari),
        lambda: come.password_token(kari),
        come.signup,
    ):
        make()
        found.append(last_mail())
    return found


def secrets(mail: OutboxMail) -> tuple[str, str]:
    salt = mail.values["about"]["salt"]
    return salt, links.token_of(salt)


# --- who sees the link -----------------------------------------------------------------------


def test_in_a_demo_the_link_is_shown_and_leads_on(letters, demo, ks, stranger):
    for mail in letters:
        _, token = secrets(mail)
        page = ks.get(f"/utboks/{mail.id}").text
        assert DEMO in page
        (path,) = re.findall(rf'href="([^"]*{token}[^"]*)"', page)
        assert f"http://localhost{path}" in page  # as it stands in the letter
        assert stranger.get(path).status_code == 200
        assert token not in ks.get("/utboks").text


def test_elsewhere_it_is_hidden_from_ks_too(letters, watchful, ks):
    for mail in letters:
        for page in (ks.get(f"/utboks/{mail.id}").text, ks.get("/utboks").text):
            assert not [secret for secret in secrets(mail) if secret in page]
            assert "Dette er en demo" not in page


def test_a_demo_shows_no_link_to_a_person_outside_it(world, ks, demo):
    Arrivals(world, ks.actor).invitation(email="ekte@kommune.no")
    mail = last_mail()
    page = ks.get(f"/utboks/{mail.id}").text
    assert not [secret for secret in secrets(mail) if secret in page]
    assert "Dette er en demo" not in page


def test_a_mail_without_a_link_says_nothing_of_it(world, ks, demo):
    assert "Dette er en demo" not in ks.get(f"/utboks/{world.mail().id}").text


def test_in_a_demo_too_the_outbox_is_for_leads_in_ks(letters, demo, ks_member, municipality, nhn):
    for person in (ks_member, municipality, nhn):
        assert person.get(f"/utboks/{letters[0].id}").status_code == 403
        with pytest.raises(Forbidden):
            queries.mail(person.actor, letters[0].id)


# --- sent again ------------------------------------------------------------------------------


def offers(ks) -> list[bool]:
    """Whether the list, and the newest mail's own page, offer to send it again."""
    mail_id = last_mail().id
    pages = ks.get("/utboks").text, ks.get(f"/utboks/{mail_id}").text
    return [f"/utboks/{mail_id}/send" in page for page in pages]


def refused(ks) -> bool:
    mail_id = last_mail().id
    with pytest.raises(Conflict, match="brukt, erstattet eller gått ut"):
        service.resend(ks.actor, mail_id)
    return ks.post(f"/utboks/{mail_id}/send").status_code == 409


def sent() -> None:
    mail = last_mail()
    db.session.rollback()
    outbox.settle(mail.id, fault=None)


def test_a_link_that_works_is_sent_again(letters, ks):
    sent()
    assert offers(ks) == [True, True]
    service.resend(ks.actor, last_mail().id)


def test_a_used_link_is_not_sent_again(world, ks):
    token = Arrivals(world, ks.actor).sign_in_token()
    sent()
    accounts.use_sign_in_link(GUEST, token)
    assert offers(ks) == [False, False]
    assert refused(ks)


def test_a_replaced_link_is_not_sent_again(world, ks):
    invitation = Arrivals(world, ks.actor).invitation()
    sent()
    first = last_mail().id
    accounts.resend_invitation(ks.actor, invitation.id)
    assert f"/utboks/{first}/send" not in ks.get("/utboks").text
    with pytest.raises(Conflict, match="brukt, erstattet eller gått ut"):
        service.resend(ks.actor, first)


def test_an_expired_link_is_not_sent_again(world, ks, monkeypatch):
    Arrivals(world, ks.actor).invitation()
    sent()
    moment = clock.now() + timedelta(days=14, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert offers(ks) == [False, False]
    assert refused(ks)


def test_the_list_asks_once_for_all_links(world, ks, counted):
    come = Arrivals(world, ks.actor)
    come.invitation()
    with counted() as few:
        ks.get("/utboks")
    for _ in range(5):
        come.invitation()
    with counted() as many:
        ks.get("/utboks")
    assert len(few) == len(many)
