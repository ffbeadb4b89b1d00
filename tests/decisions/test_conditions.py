"""Conditions: open to all, set by KS with a reason, and not typed where the data say them."""

import pytest
from sqlalchemy import literal, select

from pilot.core.db import db
from pilot.core.errors import Forbidden, Rejected
from pilot.core.registry import STANDINGS, Settles, Standing
from pilot.core.words import say
from pilot.decisions import queries, service
from pilot.decisions.models import Condition, ConditionEvent
from pilot.decisions.rules import ConditionState, ConditionText, shipped_conditions
from tests.support.pages import words
from tests.support.told import standing

S = ConditionState


def number(n: int):
    """What a room's data could say."""
    return lambda: select(literal(n)).scalar_subquery()


PARTLY = ConditionText(state=S.PARTLY, reason="Skjønnsmidler er avklart, resten ikke.")


def test_ten_conditions_four_of_them_derived():
    shipped = shipped_conditions()
    assert len(shipped) == 10
    assert sum(one.is_derived for one in shipped.values()) == 4
    assert set(db.session.scalars(select(Condition.key))) == set(shipped)


def test_everyone_reads_that_nothing_is_settled_yet(stranger):
    said = words(stranger.get("/rammebetingelser").text)
    assert "Ingen utprøvingskommuner er besluttet og offentliggjort." in said
    assert "Avklart " not in said
    assert "Gjenbruk av nasjonale løsninger" in words(stranger.get("/status").text)


def test_a_state_is_set_with_a_reason_that_all_can_read(ks, stranger):
    with pytest.raises(Rejected) as refused:
        service.edit_condition(ks.actor, "finansiering", ConditionText(state=S.PARTLY), revision=1)
    assert refused.value.field == "reason"
    service.edit_condition(ks.actor, "finansiering", PARTLY, revision=1)
    said = words(stranger.get("/rammebetingelser/finansiering").text)
    assert "Delvis avklart" in said
    assert "Skjønnsmidler er avklart, resten ikke." in said
    with pytest.raises(service.Stale):
        service.edit_condition(ks.actor, "finansiering", PARTLY, revision=1)
    assert db.session.scalars(select(ConditionEvent.after)).all() == [S.PARTLY]


def test_nobody_types_what_the_data_say(ks):
    text = ConditionText(state=S.RESOLVED, reason="Vi vil")
    with pytest.raises(Rejected) as refused:
        service.edit_condition(ks.actor, "utprovingskommuner", text, revision=1)
    assert refused.value.field == "state"
    form = ks.get("/rammebetingelser/utprovingskommuner/endre").text
    assert 'name="state"' not in form


def test_a_derived_one_follows_the_data(ks, monkeypatch):
    settled = Standing("resolved", say("Ingen er oppnevnt til kjerneteamet."))
    monkeypatch.setitem(STANDINGS, "kjerneteam", Settles(number(1), lambda _one: settled))
    assert queries.condition(ks.actor, "kjerneteam", "nb").row.state is S.RESOLVED


def test_only_ks_changes_them(municipality, steering):
    for person in (municipality, steering):
        with pytest.raises(Forbidden):
            service.edit_condition(person.actor, "finansiering", PARTLY, revision=1)


def test_the_form_keeps_what_was_typed_and_shows_both_texts(ks):
    path = "/rammebetingelser/finansiering/endre"
    answer = ks.submit(path, state="partly", owner="Departementet")
    assert answer.status_code == 422
    assert "Departementet" in answer.text
    service.edit_condition(ks.actor, "finansiering", PARTLY, revision=1)
    answer = ks.submit(path, state="resolved", reason="Alt", revision="1")
    assert answer.status_code == 409
    assert "Delvis avklart" in words(answer.text)
    assert ks.submit(path, state="resolved", reason="Alt").status_code == 302


def test_own_words_replace_the_shipped_ones(ks, stranger):
    text = ConditionText(state=S.UNRESOLVED, settled_by="Når tilsagnet er mottatt.")
    service.edit_condition(ks.actor, "finansiering", text, revision=1)
    said = words(stranger.get("/rammebetingelser/finansiering").text)
    assert "Når tilsagnet er mottatt." in said


def test_what_the_other_rooms_have_released_settles_theirs(stranger, monkeypatch):
    """Nothing is released on an empty site; each room says so itself."""
    assert set(STANDINGS) == {key for key, one in shipped_conditions().items() if one.is_derived}
    for key in STANDINGS:
        assert standing(key).state == "unresolved", key
    rule = STANDINGS["brukerhistorier"].says
    monkeypatch.setitem(STANDINGS, "brukerhistorier", Settles(number(0), rule))
    said = words(stranger.get("/rammebetingelser").text)
    assert "En prioritert liste er publisert." in said
    assert standing("brukerhistorier").state == "partly"  # a priority is no choice
    monkeypatch.setitem(STANDINGS, "brukerhistorier", Settles(number(2), rule))
    assert standing("brukerhistorier").state == "resolved"
