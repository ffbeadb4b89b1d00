"""The register: what it refuses, how it numbers, who changes what, and what it remembers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import Zone
from pilot.core.registry import Thing, resolve
from pilot.decisions import queries, service
from pilot.decisions.models import Entry, EntryEvent
from pilot.decisions.rules import (
    EntryKind,
    EntryState,
    EntryText,
    Owner,
    parse_ref,
    ref_of,
    shown_state,
)
from tests.support.decisions import action, condition_id, day, decision, text
from tests.support.told import told_to

D, A = EntryKind.DECISION, EntryKind.ACTION


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# --- rules -----------------------------------------------------------------------------------


@given(st.sampled_from(EntryKind), st.integers(1, 999_999_999))
def test_a_reference_names_what_it_was_made_of(kind, number):
    assert parse_ref(ref_of(kind, number)) == (kind, number)
    assert parse_ref(f" {ref_of(kind, number).lower()} ") == (kind, number)


@pytest.mark.parametrize("typed", ["", "B", "B-", "B-0", "B-01", "C-1", "B-1x", "B-9999999999"])
def test_what_is_no_reference(typed):
    assert parse_ref(typed) is None


@given(st.sampled_from(EntryState), st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_deadline_shows_only_while_the_action_waits(state, due):
    shown = shown_state(state, due, date(2026, 6, 15))
    late = due is not None and due < date(2026, 6, 15)
    waits = state in (EntryState.OPEN, EntryState.IN_PROGRESS)
    assert (shown == "overdue") == (waits and late)
    assert waits or shown == state.value


# --- recording -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "at"),
    [
        (D, {"reasons": "  "}, "reasons"),
        (D, {"text": ""}, "text"),
        (D, {"decided_on": None}, "decided_on"),
        (D, {"decided_on": day(1)}, "decided_on"),
        (D, {"text": "x" * 301}, "text"),
        (D, {"zone": Zone.OWN}, "zone"),
        (A, {}, "owner"),
        (A, {"due_on": None}, "due_on"),
    ],
)
def test_what_is_not_stored(ks, kind, fields, at):
    with pytest.raises(Rejected) as refused:
        service.record(ks.actor, kind, text(kind, **fields))
    assert at in [field for field, _ in refused.value.found]
    assert count(Entry) == 0


def test_an_owner_outside_ks_must_be_able_to_read(ks, municipality):
    owner = Owner(municipality.organisation_id)
    with pytest.raises(Rejected) as refused:
        service.record(ks.actor, A, text(A, owner=owner, zone=Zone.INTERNAL))
    assert refused.value.field == "zone"


def test_numbers_have_no_gaps(ks):
    """A refused one takes no number; each kind counts for itself."""
    assert [decision().ref, decision().ref] == ["B-1", "B-2"]
    with pytest.raises(Rejected):
        service.record(ks.actor, D, text(reasons=""))
    assert decision().ref == "B-3"
    assert action(ks.organisation_id, is_ks=True).ref == "O-1"


def test_the_same_form_is_one_entry(ks):
    first = service.record(ks.actor, D, text(), form_key="a" * 32).id
    assert service.record(ks.actor, D, text(), form_key="a" * 32).id == first
    assert count(Entry) == 1


def test_an_identity_number_is_never_stored(ks):
    with pytest.raises(Rejected) as refused:
        service.record(ks.actor, D, text(reasons="Gjelder 13097248022."))
    assert refused.value.field == "reasons"


@pytest.mark.parametrize("who", ["municipality", "vendor", "nhn", "steering", "hospital"])
def test_only_ks_writes_in_the_register(request, who):
    actor = request.getfixturevalue(who).actor
    with pytest.raises(Forbidden):
        service.record(actor, D, text())


def test_another_room_records_for_the_steering_group(steering, ks, stranger):
    """What a member of the steering group decides elsewhere is recorded in their name."""
    entry = service.record_decision(
        steering.actor,
        "Listen er vedtatt",
        reasons="Den svarer på behovene.",
        zone=Zone.INTERNAL,
        for_steering=True,
        about=[Thing("condition", condition_id())],
    )
    row = queries.visible(ks.actor, entry.id)
    assert (row.recorded_by_id, row.decided_on) == (steering.id, day(0))
    assert queries.page(steering.actor, row.ref).text.text == "Listen er vedtatt"
    with pytest.raises(Missing):
        queries.page(stranger.actor, row.ref)
    with pytest.raises(Rejected):
        service.record_decision(ks.actor, "Uten grunn", reasons=" ", zone=Zone.PUBLIC)


# --- links -----------------------------------------------------------------------------------


def test_links_are_cleared_for_the_reader(world, ks, vendor, municipality):
    """A story that the reader may not know of is not named by the decision about it."""
    hidden, shown = world.story(), world.story(is_published=True)
    things = [Thing("story", hidden.id), Thing("story", shown.id), Thing("story", 99_999)]
    ref = decision(*things, actor=ks.actor).ref
    titles = [row.subject.ref for row in queries.page(vendor.actor, ref).links]
    assert titles == [shown.ref]
    assert len(queries.page(municipality.actor, ref).links) == 2
    assert [row.ref for row in queries.of_object(vendor.actor, "story", shown.id)] == [ref]


def test_every_kind_resolves_in_one_statement(ks, counted):
    from pilot.core.registry import KINDS

    things = [Thing(kind, n) for kind in KINDS for n in range(1, 9)]
    actor = ks.actor
    with counted() as sent:
        found = resolve(actor, things)
    assert len(sent) == len(KINDS)
    assert {thing.kind for thing in found} >= {"municipality", "solution", "condition"}


# --- changing --------------------------------------------------------------------------------


def test_what_stood_there_is_kept(ks, municipality):
    entry = decision(text="Før", owner=Owner(municipality.organisation_id))
    changed = text(text="Etter", reasons="Nye", owner=Owner(municipality.organisation_id))
    service.change_entry(ks.actor, entry.id, changed, revision=1, note="Skrivefeil")
    newest = queries.page(ks.actor, entry.ref).events[0]
    assert (newest.verb, newest.text, newest.before["text"]) == ("changed", "Skrivefeil", "Før")
    with pytest.raises(service.Stale):
        service.change_entry(ks.actor, entry.id, text(), revision=1)
    with pytest.raises(Exception, match="append-only"):
        db.session.connection().execute(EntryEvent.__table__.delete())


def test_a_decision_is_replaced_once(ks):
    older = decision()
    newer = service.record(ks.actor, D, text(), supersedes=older.ref)
    page = queries.page(ks.actor, older.ref)
    assert (page.state, page.superseded_by) == (EntryState.SUPERSEDED, newer.ref)
    assert queries.page(ks.actor, newer.ref).supersedes == older.ref
    with pytest.raises(Conflict):
        service.record(ks.actor, D, text(), supersedes=older.ref)
    assert count(Entry) == 2


# --- carrying out ----------------------------------------------------------------------------


def test_the_owner_carries_it_out(municipality, neighbour, ks):
    entry = action(municipality.organisation_id)
    with pytest.raises(Forbidden):
        service.move_action(neighbour.actor, entry.id, to=EntryState.DONE)
    service.move_action(municipality.actor, entry.id, to=EntryState.IN_PROGRESS)
    service.move_action(municipality.actor, entry.id, to=EntryState.DONE, note="Levert")
    with pytest.raises(Conflict):
        service.move_action(municipality.actor, entry.id, to=EntryState.DONE)
    with pytest.raises(Forbidden):
        service.move_action(municipality.actor, entry.id, to=EntryState.CANCELLED, note="Nei")
    with pytest.raises(Rejected):
        service.move_action(ks.actor, entry.id, to=EntryState.OPEN)
    service.move_action(ks.actor, entry.id, to=EntryState.OPEN, note="Mangler ett vedlegg")
    service.move_action(ks.actor, entry.id, to=EntryState.CANCELLED, note="Ikke aktuell")
    assert audit.verify().fault is None


def test_where_a_person_is_named_a_colleague_does_not_answer(municipality, colleague):
    entry = action(municipality.organisation_id, person_id=colleague.id)
    with pytest.raises(Forbidden):
        service.remark(municipality.actor, entry.id, "Ferdig")
    service.remark(colleague.actor, entry.id, "Ferdig")


def test_remarks_are_for_ks_and_the_owner(municipality, neighbour, ks):
    entry = action(municipality.organisation_id, zone=Zone.PARTIES)
    service.remark(ks.actor, entry.id, "Husk vedlegget")
    service.move_action(municipality.actor, entry.id, to=EntryState.DONE, note="Sendt til Kari")
    seen = [event.text for event in queries.page(neighbour.actor, entry.ref).events]
    assert seen == ["", ""]  # that it is done, and that it was recorded
    assert "Husk vedlegget" in [e.text for e in queries.page(municipality.actor, entry.ref).events]


# --- who is told -----------------------------------------------------------------------------


def needs(app, actor) -> set[str]:
    found = told_to(actor, *app.extensions["registry"].tallies)
    return {str(need.title) for need in found if need.link.endpoint == "decisions.index"}


def test_what_is_due_needs_its_owner(app, municipality, neighbour, ks, monkeypatch):
    action(municipality.organisation_id, due_on=day(20))
    assert needs(app, municipality.actor) == set()
    late = action(municipality.organisation_id, due_on=day(-1))
    assert needs(app, municipality.actor) == {"Gjør oppgaver som har frist"}
    assert needs(app, neighbour.actor) == set()
    assert needs(app, ks.actor) == {"Følg opp oppgaver over fristen"}
    service.move_action(municipality.actor, late.id, to=EntryState.DONE)
    assert needs(app, municipality.actor) == needs(app, ks.actor) == set()


def test_an_empty_owner_field_names_nobody():
    assert queries.owner_named(" ", "") == Owner()
    with pytest.raises(Rejected, match="Fant ingen organisasjon"):
        queries.owner_named("Finnes ikke", "")


def test_the_owner_is_found_by_name_and_address(world, municipality):
    organisation = world.municipality("0301")
    person = world.member(organisation)
    found = queries.owner_named(organisation.name.upper(), person.email)
    assert found == Owner(organisation.id, person.id)
    with pytest.raises(Rejected) as refused:
        queries.owner_named(organisation.name, "ukjent@prove.example")
    assert refused.value.field == "owner_email"


def test_an_empty_text_is_a_fault_too():
    with pytest.raises(Rejected):
        decision(text=" \n ")
    assert EntryText(text="x").zone is Zone.INTERNAL
