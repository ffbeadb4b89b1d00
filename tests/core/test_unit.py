"""The unit of work: all or nothing, nothing outside it, again when a fault is passing."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.facts import SiteFact
from pilot.core.policy import OrganisationKind
from pilot.core.unit import (
    CLASHES,
    WriteOutsideUnit,
    after_commit,
    before_commit,
    command,
    unit_of_work,
)
from pilot.core.words import say
from tests.support import identity


def facts() -> list[str]:
    wanted = select(SiteFact.name).where(SiteFact.name.like("t-%")).order_by(SiteFact.name)
    return list(db.session.scalars(wanted))


def fact(name: str = "t-1") -> SiteFact:
    return SiteFact(name=name, value="x")


def test_effects_wait_for_the_outermost_unit():
    seen = []
    with unit_of_work():
        with unit_of_work():
            db.session.add(fact())
            after_commit(lambda: seen.append(facts()))
        assert seen == []
    assert seen == [["t-1"]]


def test_nothing_is_kept_and_no_effect_runs_when_it_fails():
    seen = []
    with pytest.raises(ZeroDivisionError), unit_of_work():  # noqa: PT012  # the block is the subject
        db.session.add(fact())
        after_commit(lambda: seen.append("effect"))
        db.session.flush()
        _ = 1 / 0
    assert seen == []
    assert facts() == []


def test_a_failing_effect_does_not_undo_what_is_stored(caplog):
    with unit_of_work():
        db.session.add(fact())
        after_commit(lambda: 1 / 0)
    assert facts() == ["t-1"]
    assert "effect after commit failed" in caplog.text


def test_steps_before_the_commit_run_once_and_last():
    order = []
    with unit_of_work():
        before_commit("step", lambda: order.append("step"))
        before_commit("step", lambda: order.append("never"))
        order.append("body")
    assert order == ["body", "step"]


@pytest.mark.parametrize("act", ["add", "change", "remove"])
def test_a_stray_write_is_refused(world, act):
    row = world.keep(fact())
    if act == "add":
        db.session.add(fact("t-2"))
    elif act == "change":
        row.value = "changed"
    else:
        db.session.delete(db.session.get_one(SiteFact, row.id))
    with pytest.raises(WriteOutsideUnit):
        db.session.flush()
    db.session.rollback()
    assert facts() == ["t-1"]
    assert db.session.scalar(select(SiteFact.value).where(SiteFact.name == "t-1")) == "x"


@pytest.mark.parametrize(
    "statement",
    [
        insert(SiteFact).values(name="t-2", value="x"),
        update(SiteFact).values(value="changed"),
        delete(SiteFact),
        text("UPDATE site_fact SET value = 'changed'"),
        text("  -- quietly\n delete from site_fact"),
    ],
    ids=["insert", "update", "delete", "text update", "text delete"],
)
def test_a_bulk_write_outside_a_unit_is_refused(world, statement):
    world.keep(fact())
    with pytest.raises(WriteOutsideUnit):
        db.session.execute(statement)
    db.session.rollback()
    with unit_of_work():
        db.session.execute(statement)  # inside one, it is allowed


def test_text_that_reads_is_allowed_outside_a_unit():
    assert db.session.scalar(text("SELECT 1")) == 1


def passing_fault() -> OperationalError:
    return OperationalError("INSERT …", {}, Exception("database is locked"))


def test_a_passing_fault_is_tried_again_and_leaves_no_trace():
    tries = []

    @command
    def add(_actor):
        tries.append(1)
        db.session.add(fact(f"t-{len(tries)}"))
        db.session.flush()
        if len(tries) < 3:
            raise passing_fault()
        return "done"

    assert add(None) == "done"
    assert len(tries) == 3
    assert facts() == ["t-3"]


def test_a_fault_that_does_not_pass_is_given_up_after_three_tries():
    tries = []

    @command
    def add(_actor):
        tries.append(1)
        raise passing_fault()

    with pytest.raises(OperationalError):
        add(None)
    assert len(tries) == 3


def test_only_the_outermost_command_is_tried_again():
    tries = []

    @command
    def inner(_actor):
        tries.append("inner")
        if len(tries) < 3:
            raise passing_fault()

    @command
    def outer(actor):
        tries.append("outer")
        inner(actor)

    outer(None)
    assert tries == ["outer", "inner", "outer", "inner"]


def test_another_fault_is_not_tried_again():
    tries = []

    @command
    def add(_actor):
        tries.append(1)
        raise OperationalError("INSERT …", {}, Exception("no such table: x"))

    with pytest.raises(OperationalError):
        add(None)
    assert len(tries) == 1


def test_a_known_clash_is_a_sentence(monkeypatch, world):
    monkeypatch.setitem(CLASHES, "uq_site_fact_name", say("Navnet er tatt."))
    monkeypatch.setitem(CLASHES, "site_fact.name", say("Navnet er tatt."))
    world.keep(fact())
    with pytest.raises(Conflict) as clash, unit_of_work():
        db.session.add(fact())
    assert str(clash.value.message) == "Navnet er tatt."


def test_a_bug_is_not_dressed_up_as_a_conflict(world):
    world.keep(fact())
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.add(fact())
    assert facts() == ["t-1"]


@pytest.mark.parametrize("number", [identity.ORDINARY, identity.D_NUMBER, identity.H_NUMBER])
def test_no_identity_number_is_stored_whatever_the_form_does(number):
    with pytest.raises(Rejected) as refusal, unit_of_work():
        db.session.add(
            Organisation(
                kind=OrganisationKind.VENDOR, name=f"Pasient {number[:6]} {number[6:]}", sort_key=""
            )
        )
    assert refusal.value.field == "name"


def test_nor_by_a_bulk_statement():
    with pytest.raises(Rejected), unit_of_work():
        db.session.execute(
            insert(Organisation),
            [{"kind": OrganisationKind.VENDOR, "name": identity.ORDINARY, "sort_key": ""}],
        )
