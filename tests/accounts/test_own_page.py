"""One's own page: name, language, mail rhythm, tokens, what is kept; and the weekly mail."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pilot.accounts import queries, service
from pilot.accounts.models import ApiToken, Person
from pilot.core import clock, outbox
from pilot.core.db import db
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.policy import Actor
from pilot.stories.rules import StoryState
from pilot.web.mail import deliver_due
from tests.support.mail import parts


def test_name_language_and_rhythm(municipality):
    page = municipality.get("/min-side").text
    assert 'value="weekly" checked' in page  # the weekly mail by default
    municipality.submit(
        "/min-side", to="/min-side", name=" Kari  Ny ", locale="nn", rhythm="at_once"
    )
    assert 'lang="nn"' in municipality.get("/min-side").text
    row = db.session.get_one(Person, municipality.id)
    assert (row.name, row.sort_key, row.locale, row.mail_rhythm) == (
        "Kari Ny",
        "kari ny",
        "nn",
        "at_once",
    )
    empty = municipality.submit("/min-side", to="/min-side", name=" ")
    assert empty.status_code == 422


def test_a_token_is_taken_back(municipality, vendor):
    email = db.session.get_one(Person, municipality.id).email
    token = service.create_token(Actor.system(), email)
    row = db.session.scalars(select(ApiToken.id)).one()
    assert vendor.post(f"/min-side/nokler/{row}/fjern").status_code == 404
    municipality.submit("/min-side", to=f"/{row}/fjern")
    assert queries.actor_of_token(token) is None


def test_all_that_is_kept_and_nothing_of_others(municipality, colleague, world):
    service.send_sign_in_link(Actor(), email_of(municipality.id), locale="nb")
    answer = municipality.get("/min-side/mine-opplysninger.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = json.loads(answer.text)
    assert kept["person"][0]["email"] == email_of(municipality.id)
    assert [one["name"] for one in kept["memberships"]] == ["Oslo kommune"]
    assert len(kept["mail"]) == 1
    assert email_of(colleague.id) not in answer.text
    assert "hash" not in answer.text


def email_of(person_id: int) -> str:
    found = db.session.get_one(Person, person_id).email
    db.session.rollback()
    return found


# --- the weekly mail -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T05:59:00", "2026-11-23T06:00:00"),  # Monday, before seven in Oslo
        ("2026-11-23T06:00:00", "2026-11-30T06:00:00"),
        ("2026-11-29T23:00:00", "2026-11-30T06:00:00"),
        ("2026-03-25T12:00:00", "2026-03-30T05:00:00"),  # summer time begins in between
    ],
)
def test_monday_morning_by_the_clock_in_oslo(now, due):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert outbox.next_weekly(moment) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_what_can_wait_comes_as_one_and_a_refusal_at_once(
    app, mailbox, monkeypatch, tell, municipality, colleague
):
    """Two stories are taken in and one is returned: one mail now, one on Monday."""
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    address = email_of(municipality.id)
    service.edit_profile(colleague.actor, name="x", locale="nb", rhythm="at_once")
    tell.at(StoryState.READY, title="Første")
    tell.at(StoryState.READY, title="Andre")
    tell.at(StoryState.RETURNED, title="Tredje")
    deliver_due(app)
    (now,) = mailbox.to(address)
    assert "ber deg rette" in now["Subject"]
    assert len(mailbox.to(email_of(colleague.id))) == 3
    moment = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: moment)
    deliver_due(app)
    weekly = mailbox.to(address)[1:]
    assert len(weekly) == 1
    assert "2 saker" in weekly[0]["Subject"]
    for part in parts(weekly[0]):
        assert "Første" in part
        assert "Andre" in part
        assert "Tredje" not in part
    left = select(OutboxMail.id).where(OutboxMail.state != MailState.SENT)
    assert db.session.scalars(left).all() == []
