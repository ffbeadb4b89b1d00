"""The steering group decides, KS releases, and a version never changes."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing
from pilot.core.unit import unit_of_work
from pilot.priorities import queries, service
from pilot.priorities.models import PriorityVersion, PriorityVersionItem
from pilot.priorities.routes import paper
from pilot.priorities.rules import ChangeKind, ListState, Treatment
from pilot.stories import service as stories
from pilot.stories.rules import StoryState, ref_of
from tests.support.priorities import REASON, story

S = ListState


def test_from_proposal_to_release(ranking, refs, ranked, ks, steering, stranger):
    assert "Ingen prioritert liste er publisert ennå" in stranger.get("/prioritering").text
    ks.follow(ks.submit("/prioritering/arbeid/legg-fram"))
    assert "Behandle den prioriterte listen" in steering.get("/oversikt").text
    answer = steering.submit(
        ranked.paper, answer="approve", attendance="Alle seks", dissent="Dissensius"
    )
    assert "Listen er godkjent." in steering.follow(answer).text
    assert ranked.row.state is S.DECIDED
    assert "Publiser den prioriterte listen" in ks.get("/oversikt").text
    assert "Dissensius" in ks.get(ranked.paper).text
    assert "Ingen prioritert liste" in stranger.get("/prioritering").text
    ks.follow(ks.submit("/prioritering/arbeid/publiser"))
    shown = stranger.get("/prioritering").text
    for ref in refs:
        assert ref in shown
        assert story(ref).state is StoryState.PRIORITISED
    assert REASON in shown
    assert "Dissensius" not in shown
    assert "Plass 2 av 5" in stranger.get(f"/historier/{refs[1]}").text


def test_returned_with_a_reason(ranked, ks, steering):
    service.put_before_group(ks.actor, ranked.id)
    answer = steering.submit(ranked.paper, answer="return", reason="")
    assert answer.status_code == 422
    assert "Skriv en begrunnelse." in answer.text
    steering.follow(steering.submit(ranked.paper, answer="return", reason="Ta med legevakt."))
    assert ranked.row.state is S.RETURNED
    assert "Ta med legevakt." in ks.get("/prioritering/arbeid").text
    assert "Rett den prioriterte listen" in ks.get("/oversikt").text
    assert steering.get(ranked.paper).status_code == 404  # KS works on it again
    with pytest.raises(Conflict):
        service.release_list(ks.actor, ranked.id)


def test_no_answer_is_no_answer(ranked, ks, steering):
    service.put_before_group(ks.actor, ranked.id)
    answer = steering.submit(ranked.paper, answer=None)
    assert answer.status_code == 422
    assert "Velg om listen godkjennes" in answer.text
    assert ranked.row.state is S.BEFORE_STEERING_GROUP


@pytest.mark.parametrize("state", [S.PROPOSED, S.BEFORE_STEERING_GROUP, S.RETURNED])
def test_nothing_is_released_before_it_is_decided(state, ranking, refs):
    made = ranking.at(state, refs)
    with pytest.raises(Conflict, match="godkjent"):
        service.release_list(ranking.lead, made.id)
    assert queries.newest() is None


def test_a_list_is_treated_once(ranking, refs):
    made = ranking.at(S.DECIDED, refs)
    with pytest.raises(Conflict, match="allerede behandlet"):
        ranking.treat(made, approve=False)
    service.release_list(ranking.lead, made.id)
    with pytest.raises(Conflict):
        service.release_list(ranking.lead, made.id)


def test_ks_takes_it_back_before_the_answer(ranked, ks, steering):
    service.put_before_group(ks.actor, ranked.id)
    with pytest.raises(Conflict, match="kan ikke endres"):
        service.move_story(ks.actor, ranked.id, ranked.order[0], reason=REASON, by=1)
    ks.submit("/prioritering/arbeid", to="/ta-tilbake")
    assert ranked.row.state is S.PROPOSED
    with pytest.raises(Missing):
        service.treat_list(steering.actor, ranked.id, approve=True, treatment=Treatment())


def test_a_list_with_an_unpublished_story_is_not_put_before_the_group(ranking, refs, world, ks):
    hidden = ref_of(world.story(state=StoryState.READY).id)
    made = ranking.started([*refs, hidden])
    assert hidden in ks.get("/prioritering/arbeid/legg-fram").text
    answer = ks.submit("/prioritering/arbeid/legg-fram")
    assert answer.status_code == 409
    assert hidden in answer.text
    stories.publish_story(ks.actor, int(hidden[3:]))
    service.put_before_group(ks.actor, made.id)
    assert made.row.state is S.BEFORE_STEERING_GROUP


def test_an_empty_list_is_not_put(ranking):
    made = ranking.started([])
    with pytest.raises(Conflict, match="tom"):
        service.put_before_group(ranking.lead, made.id)


def test_a_story_that_has_been_turned_down_since(ranking, world, ks):
    waiting = world.story(state=StoryState.READY)
    made = ranking.started([ref_of(waiting.id)])
    stories.move_story(ks.actor, waiting.id, to=StoryState.REJECTED, reason="Fordi")
    with pytest.raises(Conflict, match="av listen"):
        service.put_before_group(ranking.lead, made.id)


def test_who_may_decide_and_release(ranked, ks, ks_member, steering, municipality):
    with pytest.raises(Forbidden):
        service.put_before_group(ks_member.actor, ranked.id)
    service.put_before_group(ks.actor, ranked.id)
    for person in (ks, ks_member):
        with pytest.raises(Forbidden):
            service.treat_list(person.actor, ranked.id, approve=True, treatment=Treatment())
    with pytest.raises(Missing):
        service.treat_list(municipality.actor, ranked.id, approve=True, treatment=Treatment())
    service.treat_list(steering.actor, ranked.id, approve=True, treatment=Treatment())
    for person in (ks_member, steering):
        with pytest.raises(Forbidden):
            service.release_list(person.actor, ranked.id)


# --- versions --------------------------------------------------------------------------------


@pytest.fixture
def second(ranking, refs):
    """A second version: the third is first, the fifth is out, and there is a new one last."""
    ranking.at(S.RELEASED, refs)
    (new,) = ranking.stories(1)
    made = ranking.started([new])
    service.move_story(ranking.lead, made.id, refs[2], reason="Haster", to=1)
    service.remove_story(ranking.lead, made.id, refs[4], reason="Dekket")
    service.put_before_group(ranking.lead, made.id)
    ranking.treat(made, approve=True)
    service.release_list(ranking.lead, made.id)
    return new


def test_what_differs_from_the_version_before(second, refs, stranger):
    shown = queries.version(2)
    kinds = {item.ref: (change.kind, change.was, change.now) for change, item in shown.changes}
    assert kinds == {
        refs[2]: (ChangeKind.UP, 3, 1),
        refs[0]: (ChangeKind.DOWN, 1, 2),
        refs[1]: (ChangeKind.DOWN, 2, 3),
        refs[3]: (ChangeKind.SAME, 4, 4),
        second: (ChangeKind.NEW, None, 5),
        refs[4]: (ChangeKind.OUT, 5, None),
    }
    text = stranger.get("/prioritering/2").text
    for words in ("opp 2 plasser", "ned én plass", "ny på listen", "Ikke på listen lenger"):
        assert words in text
    old = stranger.get("/prioritering/1").text
    assert "Erstattet" in old
    assert second not in old
    assert stranger.get("/prioritering/1?mot=2").status_code == 200
    for path in ("/prioritering/3", "/prioritering/2?mot=9", "/prioritering/0"):
        assert stranger.get(path).status_code == 404


def test_a_story_that_is_off_the_list_is_ready_again(second, refs, stranger):
    assert story(refs[4]).state is StoryState.READY
    assert story(second).state is StoryState.PRIORITISED
    assert "Plass" not in stranger.get(f"/historier/{refs[4]}").text
    assert [step.verb for step in steps(refs[4])] == ["prioritised", "ready"]


def steps(ref):
    from pilot.stories.models import StoryStep

    wanted = sa.select(StoryStep).filter_by(story_id=int(ref[3:])).order_by(StoryStep.id)
    return [one for one in db.session.scalars(wanted) if one.verb in ("prioritised", "ready")]


def test_a_version_says_what_was_true_then(ranking, refs, ks, world, stranger):
    ranking.at(S.RELEASED, refs)
    before = story(refs[0])
    text = world.text(title="En ny tittel")
    stories.edit_story(ks.actor, before.id, text, revision=before.revision)
    assert "En ny tittel" not in stranger.get("/prioritering").text
    assert "En ny tittel" in stranger.get(f"/historier/{refs[0]}").text


@pytest.mark.parametrize("table", [PriorityVersion, PriorityVersionItem])
def test_the_database_keeps_what_is_released(table, ranking, refs):
    ranking.at(S.RELEASED, refs)
    for statement in (
        sa.update(table).values(id=table.id),
        sa.delete(table),
    ):
        with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
            db.session.execute(statement)
        db.session.rollback()


def test_only_a_published_story_is_prioritised(world, ks, municipality):
    hidden = world.story(state=StoryState.READY)
    with pytest.raises(Conflict):
        stories.prioritise(ks.actor, [hidden.id])
    with pytest.raises(Forbidden):
        stories.prioritise(municipality.actor, [hidden.id])
    assert story(ref_of(hidden.id)).state is StoryState.READY


# --- the decision paper ----------------------------------------------------------------------


def said(app, person, ranked) -> str:
    """All that the decision paper says, as it is before it is set."""
    with app.test_request_context():
        return str(paper.paper_of(queries.list_page(person.actor, ranked.id)))


def test_the_decision_paper_is_for_those_who_read_the_matter(app, ranked, refs, ks, steering):
    path = ranked.paper.replace("behandling", "sakspapir.pdf")
    assert steering.get(path).status_code == 404
    service.put_before_group(ks.actor, ranked.id)
    page = steering.get(ranked.paper).text
    assert f'href="{path}"' in page
    assert steering.get(path).data.startswith(b"%PDF-")
    asked = said(app, steering, ranked)
    assert "Forslag til vedtak" in asked
    assert REASON in asked
    assert all(ref in asked for ref in refs)
    treatment = Treatment(attendance="Alle seks", dissent="Dissensius")
    service.treat_list(steering.actor, ranked.id, approve=True, treatment=treatment)
    answered = said(app, ks, ranked)
    assert "Forslag til vedtak" not in answered
    assert "Dissens: Dissensius" in answered
