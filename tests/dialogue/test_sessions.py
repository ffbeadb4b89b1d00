"""KS's side: written, published, changed, cancelled, held; and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueSession
from pilot.dialogue.rules import CAPACITY_MAX, SessionState, ShownState, Times, shown_state
from tests.support.dialogue import LINK, join, mails, text
from tests.support.identity import ORDINARY

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(DialogueSession.id))) or 0


def test_a_draft_is_for_ks_until_it_is_published(host, ks_member, vendor, stranger, nhn, steering):
    session = host.session(publish=False)
    assert queries.page(ks_member.actor, session).state is ShownState.DRAFT
    others = (vendor, stranger, nhn, steering)
    for person in others:
        with pytest.raises(Missing):
            queries.page(person.actor, session)
        assert not queries.listed(person.actor, past=False, page=1).rows
        assert queries.count(person.actor) == 0
    service.publish_session(host.ks.actor, session)
    for person in others:
        assert queries.page(person.actor, session).state is ShownState.OPEN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "t" * 151}, "title"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": CAPACITY_MAX + 1}, "capacity"),
        ({"capacity": None}, "capacity"),
        ({"quota": 0}, "quota"),
        ({"quota": 11}, "quota"),
        ({"starts_at": None}, "starts_at"),
        ({"ends_at": None}, "ends_at"),
        ({"ends_at": NOW}, "ends_at"),
        ({"ends_at": NOW - HOUR}, "ends_at"),
        ({"ends_at": NOW + timedelta(days=8)}, "ends_at"),
        ({"starts_at": datetime(1, 1, 2, tzinfo=UTC)}, "starts_at"),
        ({"starts_at": datetime(9999, 1, 1, tzinfo=UTC)}, "starts_at"),
        ({"registers_until": NOW + HOUR}, "registers_until"),
        ({"join_url": "http://mote.example"}, "join_url"),
        ({"join_url": "javascript:alert(1)"}, "join_url"),
        ({"join_url": "https://"}, "join_url"),
        ({"join_url": "https://[feil"}, "join_url"),
        ({"join_url": "https://mote.example/" + "x" * 500}, "join_url"),
        ({"place": f"Rom {ORDINARY}"}, "place"),
        ({"text": "t" * 20_001}, "text"),
    ],
)
def test_what_will_not_do_is_refused_at_its_field(changes, field, ks):
    written = replace(text(starts_at=NOW, ends_at=NOW + 2 * HOUR), **changes)
    with pytest.raises(Rejected) as refused:
        service.add_session(ks.actor, written)
    assert refused.value.found[0][0] == field
    assert count() == 0


def test_a_session_that_is_over_is_not_published(host):
    past = clock.now() - timedelta(days=1)
    with pytest.raises(Rejected, match="fristen er ute") as refused:
        host.session(starts_at=past)
    assert refused.value.field == "starts_at"
    assert count() == 0  # nor kept as a draft: it was one act


def test_a_form_sent_twice_is_one_session(ks):
    made = {service.add_session(ks.actor, text(), form_key="b" * 32).id for _ in range(2)}
    assert len(made) == count() == 1


def test_only_ks_sets_sessions(host, vendor, municipality, nhn, steering):
    session = host.session()
    for person in (vendor, municipality, nhn, steering):
        for act in (
            lambda actor: service.add_session(actor, text()),
            lambda actor: service.edit_session(actor, session, text(), revision=2),
            lambda actor: service.publish_session(actor, session),
            lambda actor: service.cancel_session(actor, session, reason="Nei"),
            lambda actor: service.hold_session(actor, session),
            lambda actor: service.note_attendance(
                actor, session, came=frozenset(), stayed_away=frozenset()
            ),
            lambda actor: queries.attendance(actor, session, 1),
            lambda actor: queries.all_attendance(actor, session),
            lambda actor: queries.vendors(actor),
        ):
            with pytest.raises(Forbidden):
                act(person.actor)


def test_from_an_older_form_nothing_is_stored(host):
    session = host.session()
    before = host.row(session).revision
    host.edit(session, place="Oslo")
    with pytest.raises(service.Stale):
        service.edit_session(host.ks.actor, session, text(place="Bergen"), revision=before)
    assert host.row(session).place == "Oslo"


@pytest.mark.parametrize("code", ["cancelled", "held"])
def test_what_is_settled_is_not_changed(code, host):
    session = host.at(code)
    with pytest.raises(Conflict):
        host.edit(session, title="Ny tittel")
    for act in (service.publish_session, service.hold_session):
        with pytest.raises(Conflict):
            act(host.ks.actor, session)
    with pytest.raises(Conflict):
        service.cancel_session(host.ks.actor, session, reason="Igjen")


def test_a_session_is_held_when_it_has_begun(host):
    session = host.session()
    with pytest.raises(Conflict, match="ikke begynt"):
        service.hold_session(host.ks.actor, session)
    host.move_to_past(session)
    with pytest.raises(Conflict, match="har begynt"):
        service.cancel_session(host.ks.actor, session, reason="For sent")
    assert service.hold_session(host.ks.actor, session).state is SessionState.HELD


def test_who_came_is_ticked_and_two_may_tick_at_once(host, vendor, other_vendor):
    session = host.session(capacity=2)
    first, second = join(vendor, session), join(other_vendor, session)
    third = host.told(session)
    with pytest.raises(Conflict):
        service.note_attendance(
            host.ks.actor, session, came=frozenset({first.id}), stayed_away=frozenset()
        )
    ids = [one.id for one in (first, second, third)]
    host.move_to_past(session)
    for came in ids:  # each knows of one
        service.note_attendance(
            host.ks.actor, session, came=frozenset({came}), stayed_away=frozenset()
        )
    rows = queries.attendance(host.ks.actor, session, 1).rows
    assert [row.attended for row in rows] == [True, True, False]  # one in line did not come
    service.note_attendance(
        host.ks.actor, session, came=frozenset(), stayed_away=frozenset({ids[0]})
    )
    rows = queries.attendance(host.ks.actor, session, 1).rows
    assert [row.attended for row in rows] == [False, True, False]


# --- what is said of a session -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "starts", "ends", "until", "is_full", "shown"),
    [
        ("draft", 1, 2, None, False, "draft"),
        ("published", 1, 2, None, False, "open"),
        ("published", 1, 2, None, True, "full"),
        ("published", 2, 3, -1, False, "registration_closed"),
        ("published", 0, 2, None, False, "registration_closed"),
        ("published", -1, 2, None, True, "registration_closed"),
        ("published", -2, 0, None, False, "held"),
        ("held", -2, -1, None, True, "held"),
        ("cancelled", 1, 2, None, True, "cancelled"),
    ],
)
def test_a_session_reads_in_words(state, starts, ends, until, is_full, shown):
    until_at = None if until is None else NOW + until * HOUR
    times = Times(NOW + starts * HOUR, NOW + ends * HOUR, until_at)
    assert shown_state(SessionState(state), times, NOW, is_full=is_full) == shown


# --- changes are told ----------------------------------------------------------------------------


@pytest.fixture
def full(host, vendor, other_vendor) -> int:
    """One comes, one waits."""
    session = host.session(capacity=1)
    join(vendor, session)
    join(other_vendor, session)
    return session


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"place": "Oslo"}, ["confirmed", "waitlisted"]),
        ({"title": "Nytt tema"}, ["confirmed", "waitlisted"]),
        ({"join_url": "https://mote.example/ny"}, ["confirmed"]),
        ({"text": "Mer om møtet"}, []),
        ({"quota": 1}, []),
    ],
)
def test_a_change_is_told_to_those_it_matters_to(changes, told, host, full):
    host.edit(full, **changes)
    found = ["waitlisted" if "position" in m.values else "confirmed" for m in mails("changed")]
    assert found == told
    links = [mail.values.get("join_url") for mail in mails() if "position" in mail.values]
    assert not any(links)


def test_a_draft_tells_nobody(host):
    session = host.session(publish=False)
    host.edit(session, place="Oslo")
    assert not mails()


def test_one_who_moves_up_by_a_change_hears_of_it_once(host, full):
    host.edit(full, capacity=2, place="Oslo")
    assert [mail.values["happened"] for mail in mails()[2:]] == ["changed", "moved_up"]
    assert mails("moved_up")[0].values["join_url"] == LINK


def test_all_are_told_that_it_is_cancelled_and_why(host, full):
    with pytest.raises(Rejected, match="hvorfor"):
        service.cancel_session(host.ks.actor, full, reason=" ")
    service.cancel_session(host.ks.actor, full, reason="Møteleder er syk.")
    told = mails("session_cancelled")
    assert len(told) == 2
    assert {mail.note for mail in told} == {"Møteleder er syk."}
    assert len({mail.event_uid for mail in told}) == 1
    assert {mail.calendar["status"] for mail in told} == {"CANCELLED"}
