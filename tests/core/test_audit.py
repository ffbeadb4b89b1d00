"""The trail: append-only, chained, honest about tampering, and able to forget a text."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from pilot.accounts import service
from pilot.accounts.models import Organisation
from pilot.core import audit
from pilot.core.audit import AuditEvent, AuditHead, AuditText
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind
from pilot.core.unit import unit_of_work
from tests.support.databases import make_app
from tests.support.race import race

SYSTEM = Actor.system()
TRIGGERS = (
    "audit_event_no_update",
    "audit_event_no_delete",
    "audit_head_forward",
    "audit_head_kept",
)


def add(name: str = "Leverandør AS") -> Organisation:
    return service.add_organisation(SYSTEM, OrganisationKind.VENDOR, name)


def note(text: str) -> str:
    with unit_of_work():
        row = Organisation(kind=OrganisationKind.VENDOR, name="Med tekst", sort_key="")
        db.session.add(row)
        db.session.flush()
        return audit.record(SYSTEM, "noted", row, text=text, field="reason")


@pytest.fixture
def events() -> list[AuditEvent]:
    """Three events, the second with a text."""
    add()
    note("en fri tekst")
    add()
    return list(db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc()).limit(3)))[
        ::-1
    ]


def execute(statement: str) -> None:
    """Past the session and its guards, as one with the database's password could."""
    db.session.rollback()
    db.engine.exec_driver_sql(statement)


def without_triggers(statement: str) -> None:
    if db.engine.dialect.name == "postgresql":
        execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        execute("ALTER TABLE audit_head DISABLE TRIGGER USER")
    else:
        for name in TRIGGERS:
            execute(f"DROP TRIGGER {name}")
    execute(statement)


def test_an_event_says_who_what_and_on_what(world):
    person = world.member(world.seeded(OrganisationKind.KS))
    actor = Actor(person_id=person.id, organisation_id=7)
    with unit_of_work():
        row = Organisation(kind=OrganisationKind.VENDOR, name="x", sort_key="")
        db.session.add(row)
        db.session.flush()
        audit.record(actor, "organisation added", row, kind="vendor")
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.person_id, event.organisation_id) == (person.id, 7)
    assert (event.verb, event.subject_kind) == ("organisation added", "Organisation")
    assert (event.subject_id, event.details) == (row.id, {"kind": "vendor"})


def test_the_chain_is_whole_and_its_head_is_the_last_event(events):
    verdict = audit.verify()
    assert verdict.fault is None
    assert (verdict.events, verdict.head) == (events[-1].id, events[-1].hash)
    assert events[1].previous_hash == events[0].hash


def test_several_events_of_one_unit_are_one_run():
    before = audit.verify().events
    with unit_of_work():
        add("En")
        add("To")
    assert audit.verify().events == before + 2
    assert audit.verify().fault is None


def test_what_fails_leaves_no_event():
    before = audit.verify()
    with pytest.raises(ZeroDivisionError), unit_of_work():  # noqa: PT012  # the block is the subject
        add()
        _ = 1 / 0
    assert audit.verify() == before
    add()
    assert audit.verify().events == before.events + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'nothing happened'",
        "DELETE FROM audit_event",
        "UPDATE audit_head SET sequence = sequence - 1",
        "UPDATE audit_head SET hash = 'x'",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(events, statement):
    db.session.rollback()
    with (
        pytest.raises(DBAPIError, match=r"append-only|forward only|is kept"),
        db.engine.begin_nested(),
    ):
        db.engine.exec_driver_sql(statement)
    assert audit.verify().fault is None


def test_a_changed_event_is_found(events):
    second = events[1].id
    without_triggers(f"UPDATE audit_event SET verb = 'nothing' WHERE id = {second}")
    assert audit.verify().fault == f"event {second} has been changed"


def test_a_changed_detail_is_found(events):
    second = events[1].id
    without_triggers(f"""UPDATE audit_event SET details = '{{"field": "x"}}' WHERE id = {second}""")
    assert audit.verify().fault == f"event {second} has been changed"


def test_a_removed_event_is_found(events):
    second = events[1].id
    without_triggers(f"DELETE FROM audit_event WHERE id = {second}")
    assert audit.verify().fault == f"event {second} is missing"


def test_a_cut_off_end_is_found(events):
    last = events[-1].id
    without_triggers(f"DELETE FROM audit_event WHERE id = {last}")
    assert audit.verify().fault == "the head does not match the last event"


def test_a_rewritten_event_breaks_the_link_after_it(events):
    """One who also mends the hash of the event they changed is found at the next one."""
    first = events[0]
    first_id = first.id
    db.session.expunge(first)
    first.verb = "something else"
    mended = audit.link_hash(first)
    without_triggers(
        f"UPDATE audit_event SET verb = 'something else', hash = '{mended}' WHERE id = {first_id}"
    )
    assert audit.verify().fault == f"event {first_id + 1} does not follow event {first_id}"


def test_a_text_may_be_erased_and_the_chain_still_holds(events):
    with unit_of_work():
        db.session.execute(sa.delete(AuditText).where(AuditText.event_uid == events[1].uid))
    assert audit.verify().fault is None


def test_a_changed_text_is_found(events):
    second = events[1].id
    execute("UPDATE audit_text SET text = 'en annen tekst'")
    assert audit.verify().fault == f"the text of event {second} has been changed"


def test_the_event_holds_no_free_text_and_the_hash_is_salted(events):
    one, two = note("ja"), note("ja")
    hashes = {
        db.session.scalar(sa.select(AuditEvent.text_hash).where(AuditEvent.uid == uid))
        for uid in (one, two)
    }
    assert len(hashes) == 2  # a short text cannot be guessed from the event
    stored = db.session.execute(sa.text("SELECT * FROM audit_event")).all()
    assert "en fri tekst" not in str(stored)


def test_there_is_one_head():
    assert len(db.session.scalars(sa.select(AuditHead)).all()) == 1


def test_the_command_says_so(app, events):
    good = app.test_cli_runner().invoke(args=["pilot", "audit", "verify"])
    assert good.exit_code == 0
    assert f"{events[-1].id} events, unbroken" in good.output
    without_triggers(f"UPDATE audit_event SET verb = 'x' WHERE id = {events[1].id}")
    bad = app.test_cli_runner().invoke(args=["pilot", "audit", "verify"])
    assert bad.exit_code == 1
    assert "has been changed" in bad.output


def add_numbered(number: int) -> str:
    return add(f"Leverandør {number}").name


def test_forty_writers_at_once_make_one_chain(databases):
    database = databases.copy()
    with make_app(database).app_context():
        before = audit.verify().events  # what the site did when it was seeded
        db.engine.dispose()
    assert len(set(race(add_numbered, database))) == 40
    with make_app(database).app_context():
        verdict = audit.verify()
        db.engine.dispose()
    assert (verdict.events - before, verdict.fault) == (40, None)
