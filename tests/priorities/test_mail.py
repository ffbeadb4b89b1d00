"""Who hears of a list on its way, and what the mail says in every language."""

import pytest
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.words import LOCALES
from pilot.priorities import service
from pilot.priorities.rules import Treatment, Verb
from pilot.priorities.service.steps import MAIL
from pilot.web.mail import render
from tests.support.mail import parts

TOLD = (Verb.PUT, Verb.TAKEN_BACK, Verb.APPROVED, Verb.RETURNED)
LEADS_TO = {Verb.PUT: "/7/behandling", Verb.APPROVED: "/arbeid/publiser", Verb.RETURNED: "/arbeid"}


def told():
    db.session.rollback()
    mails = db.session.scalars(select(OutboxMail).filter_by(template=MAIL))
    return {(mail.person_id, mail.values["event"], mail.note) for mail in mails}


def test_the_group_hears_that_a_list_waits_and_ks_what_it_answered(ranked, ks, ks_member, steering):
    service.put_before_group(ks.actor, ranked.id)
    assert told() == {(steering.id, "put", "")}
    service.take_back(ks.actor, ranked.id)
    service.put_before_group(ks.actor, ranked.id)
    assert told() == {(steering.id, "put", ""), (steering.id, "taken_back", "")}
    treatment = Treatment(reason="Ta med legevakt.")
    service.treat_list(steering.actor, ranked.id, approve=False, treatment=treatment)
    assert (ks.id, "returned", "Ta med legevakt.") in told()
    assert ks_member.id not in {person for person, *_ in told()}
    service.put_before_group(ks.actor, ranked.id)
    service.treat_list(steering.actor, ranked.id, approve=True, treatment=Treatment())
    assert (ks.id, "approved", "") in told()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", TOLD)
def test_a_mail_is_text_and_html(app, world, locale, event):
    mail = world.mail(
        template="priorities/mail/treated",
        values={"event": event.value, "list_id": 7},
        note="Fordi <i>dette</i>",
        locale=locale,
    )
    message = render([mail], base_url="http://localhost", site_name="Pilotrommet", sender="a@b.no")
    text, html = parts(message)
    assert f"http://localhost/prioritering{LEADS_TO.get(event, '')}\n" in text
    assert f'/prioritering{LEADS_TO.get(event, "")}"' in html
    assert "Fordi <i>" in text
    assert "Fordi &lt;i&gt;" in html
