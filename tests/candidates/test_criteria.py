"""Criteria: a draft is KS' own, what is published is everyone's and stands."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pilot.candidates import queries, service
from pilot.candidates.models import CriterionRow
from pilot.candidates.rules import RoundState
from pilot.candidates.rules.criteria import (
    LEVELS,
    Asked,
    Change,
    CriterionText,
    Dimension,
    Quick,
    QuickText,
    SetState,
    criterion_faults,
)
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work
from tests.support import pages

ROOT = "/utproving/kriterier"
ASKED = Asked(
    title="Prøvekriterium",
    question="Har dere prøvd?",
    good="Dere har prøvd.",
    levels=tuple(f"Nivå nummer {n}" for n in LEVELS),
    evidence="En lenke.",
)


def criterion(**fields) -> CriterionText:
    values = {"code": "X1", "dimension": Dimension.LAW, "weight": 2, "nb": ASKED, "nn": ASKED}
    return CriterionText(**(values | fields))


@pytest.fixture
def draft(ks) -> int:
    """The number of a draft, begun as a copy of what the site ships."""
    return service.draft_criteria(ks.actor).version


def test_the_site_ships_a_first_version(stranger):
    shipped = queries.criteria_set(Actor())
    assert (shipped.line.version, len(shipped.criteria)) == (1, 25)
    assert [dimension for dimension, _own in shipped.by_dimension] == list(Dimension)
    assert {quick.dimension for quick in shipped.quick} == set(Dimension)
    assert not shipped.unwritten
    assert not [fault for one in shipped.criteria for fault in criterion_faults(one)]
    assert {one.code for one in shipped.criteria if one.gate} == {"F1", "J3", "T2", "O1"}
    page = stranger.get(ROOT)
    assert "Beslutning i kommunens øverste ledelse" in page.text
    assert "Minstekrav: nivå 2" in page.text


def test_it_is_read_in_nynorsk_too(stranger):
    stranger.post("/sprak", locale="nn")
    assert "Avgjerd i den øvste leiinga i kommunen" in stranger.get(ROOT).text


def test_a_draft_is_ks_own(draft, stranger, municipality, nhn, ks_member, ks):
    for person in (stranger, municipality, nhn):
        assert person.get(f"{ROOT}/{draft}").status_code == 404
    assert ks_member.get(f"{ROOT}/{draft}").status_code == 200
    assert "/publiser" not in ks_member.get(f"{ROOT}/{draft}").text
    assert "/publiser" in ks.get(f"{ROOT}/{draft}").text
    with pytest.raises(Forbidden):
        service.publish_criteria(ks_member.actor, draft)
    with pytest.raises(Missing):
        service.publish_criteria(municipality.actor, draft)


def test_a_second_draft_is_the_first(ks, draft):
    assert service.draft_criteria(ks.actor).version == draft


def test_from_draft_to_the_version_that_everyone_reads(ks, stranger):
    begun = ks.submit(ROOT, to="ny-versjon")
    at = begun.headers["Location"]
    page = ks.submit(
        f"{at}/nytt",
        code="X1",
        dimension="law",
        weight="2",
        gate="3",
        **{f"{t}_{n}": "Tekst" for t in ("nb", "nn") for n in ("title", "question", "good")},
        **{f"{t}_level_{n}": f"Nivå {n}" for t in ("nb", "nn") for n in LEVELS},
    )
    assert "Kriteriet er lagt til." in ks.follow(page).text
    refused = ks.submit(f"{at}/publiser", note="Nytt om prøving.")
    assert refused.status_code == 409
    assert "X1" in refused.text
    ks.submit(f"{at}/X1/endre", nb_evidence="En lenke", nn_evidence="Ei lenkje")
    assert "Nytt" in ks.get(f"{at}/publiser").text
    ks.submit(f"{at}/publiser", note="Nytt om prøving.")
    shown = stranger.get(ROOT).text
    assert "Nytt om prøving." in shown
    assert "Minstekrav: nivå 3" in shown
    assert ks.get(f"{at}/X1/endre").status_code == 404


def test_what_is_published_is_not_changed_by_anyone(ks, draft):
    row_id = db.session.query(CriterionRow.id).filter_by(code="F1").order_by("id").first()[0]
    changes = (
        f"UPDATE criterion SET weight = 0 WHERE id = {row_id}",
        f"DELETE FROM criterion WHERE id = {row_id}",
        "UPDATE criteria_set SET state = 'draft' WHERE version = 1",
        "DELETE FROM quick_question WHERE set_id = (SELECT id FROM criteria_set WHERE version = 1)",
        "UPDATE criterion SET set_id = (SELECT id FROM criteria_set WHERE version = 1)"
        " WHERE code = 'F1'",
    )
    for change in changes:
        with pytest.raises(DBAPIError, match="never changes"), unit_of_work():
            db.session.execute(text(change))
    service.remove_criterion(ks.actor, draft, "F1")
    assert "F1" in {one.code for one in queries.criteria_set(Actor(), 1).criteria}


@pytest.mark.one_database
def test_nothing_is_put_in_its_place(draft):
    """`INSERT OR REPLACE` is SQLite's own, and fires no trigger for what it removes."""
    columns = ", ".join(c.name for c in CriterionRow.__table__.columns if c.name != "set_id")
    the_draft = "(SELECT id FROM criteria_set WHERE state = 'draft')"
    swap = (
        f"INSERT OR REPLACE INTO criterion ({columns}, set_id) "
        f"SELECT {columns}, {the_draft} FROM criterion WHERE set_id <> {the_draft}"
    )
    with pytest.raises(DBAPIError, match="never changes"), unit_of_work():
        db.session.execute(text(swap))


def test_two_who_write_one_criterion_lose_nothing(ks, draft):
    stored = queries.draft_of(ks.actor, draft, "F1")
    mine, theirs = replace(stored.text, weight=4), replace(stored.text, weight=1)
    service.edit_criterion(ks.actor, draft, "F1", theirs, revision=stored.revision)
    with pytest.raises(service.Stale):
        service.edit_criterion(ks.actor, draft, "F1", mine, revision=stored.revision)
    again = service.edit_criterion(ks.actor, draft, "F1", theirs, revision=stored.revision)
    assert again.weight == 1  # the same form again


def test_a_clash_shows_both_texts(ks, draft):
    path = f"{ROOT}/{draft}/F1/endre"
    form = ks.get(path)
    ks.submit(path, nb_title="Deres tittel")
    answer = ks.post(path, pages.forms(form.text, path)[-1].filled({}) | {"nb_title": "Min tittel"})
    assert answer.status_code == 409
    assert "Deres tittel" in answer.text
    assert "Min tittel" in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "x1"}, "code"),
        ({"code": "F1"}, "code"),
        ({"dimension": None}, "dimension"),
        ({"weight": None}, "weight"),
        ({"weight": 11}, "weight"),
        ({"gate": 5}, "gate"),
        ({"gate": 0}, "gate"),
        ({"nb": replace(ASKED, title="")}, "nb_title"),
        ({"nn": replace(ASKED, question="x" * 301)}, "nn_question"),
        ({"nb": replace(ASKED, levels=("x" * 301, "", "", "", ""))}, "nb_level_0"),
    ],
)
def test_a_criterion_that_must_be_mended(ks, draft, wrong, field):
    with pytest.raises(Rejected) as refusal:
        service.add_criterion(ks.actor, draft, criterion(**wrong))
    assert refusal.value.field == field
    assert len(queries.criteria_set(ks.actor, draft).criteria) == 25


def test_an_identity_number_is_not_stored(ks, draft):
    with pytest.raises(Rejected):
        service.add_criterion(
            ks.actor, draft, criterion(nb=replace(ASKED, levels=("13097248022", *ASKED.levels[1:])))
        )


def test_a_version_without_criteria_or_weight_is_not_published(ks, draft):
    for one in queries.criteria_set(ks.actor, draft).criteria:
        service.remove_criterion(ks.actor, draft, one.code)
    with pytest.raises(Conflict, match="minst ett kriterium"):
        service.publish_criteria(ks.actor, draft)
    service.add_criterion(ks.actor, draft, criterion(weight=0))
    with pytest.raises(Conflict, match="vekt"):
        service.publish_criteria(ks.actor, draft)


def test_what_is_new_is_told_in_short(ks, draft):
    answer = ks.submit(f"{ROOT}/{draft}/publiser", note="x" * 601)
    assert answer.status_code == 422
    assert "601" in answer.text
    assert queries.criteria_line(ks.actor, draft).is_draft


def test_what_follows_along_to_the_next_version(ks, draft):
    before = {one.code: one for one in queries.criteria_set(ks.actor, draft).criteria}

    def change(code, **fields):
        stored = queries.draft_of(ks.actor, draft, code)
        service.edit_criterion(
            ks.actor, draft, code, replace(stored.text, **fields), revision=stored.revision
        )

    change("F2", weight=9)
    change("F3", nn=replace(before["F3"].nn, question="Noko heilt anna?"))
    service.remove_criterion(ks.actor, draft, "K2")
    service.add_criterion(ks.actor, draft, criterion())
    found = queries.set_changes(ks.actor, queries.criteria_set(ks.actor, draft))
    differing = {one.code: one.change for one in found if one.change is not Change.SAME}
    assert differing == {
        "F2": Change.WEIGHED,
        "F3": Change.REWORDED,
        "K2": Change.REMOVED,
        "X1": Change.ADDED,
    }


def test_the_quick_check_has_a_question_for_each_dimension(ks, draft):
    told = QuickText(question="Er dere klare?", missing="Bli klare.")
    ks.submit(
        f"{ROOT}/{draft}/hurtigsjekk/law",
        nb_question=told.question,
        nb_missing=told.missing,
        nn_question="Er de klare?",
        nn_missing="Bli klare.",
    )
    stored = queries.criteria_set(ks.actor, draft).quick_of(Dimension.LAW)
    assert stored.nb == told
    with pytest.raises(Rejected):
        service.edit_quick(
            ks.actor,
            draft,
            Quick(dimension=Dimension.LAW, nb=QuickText(question="x" * 301), nn=told),
        )


def test_a_draft_is_given_up(ks, draft):
    ks.submit(f"{ROOT}/{draft}", to="forkast")
    assert [line.state for line in queries.criteria_sets(ks.actor)] == [SetState.PUBLISHED]


def test_a_round_asks_what_was_newest_when_it_opened(ks, rounds, draft):
    first = rounds.open()
    service.publish_criteria(ks.actor, draft)
    rounds.move(first, RoundState.ASSESSING)
    second = rounds.open()
    assert [one.row.criteria_version for one in (first, second)] == [1, draft]
