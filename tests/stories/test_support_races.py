"""Support by forty at once, from two processes: a row each, and none once a story is rejected."""

from functools import partial

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind
from pilot.stories.models import Story, StorySupport
from pilot.stories.rules import StoryState
from tests.stories.test_races import (
    CROWD,
    assert_chain_holds,
    count,
    crowd,
    one_way_or_the_other,
    post,
    statuses,
)
from tests.support.race import race
from tests.support.stories import told

S = StoryState
TOLD = {"behalf_channel": "mail", "behalf_received_on": str(told().received_on)}


def contacts(world, most: int = CROWD) -> list[int]:
    """A contact in each of so many municipalities, Oslo left out: the story is theirs."""
    places = select(Organisation).where(
        Organisation.kind == OrganisationKind.MUNICIPALITY,
        Organisation.municipality_number != "0301",
    )
    rows = db.session.scalars(places.order_by(Organisation.id).limit(most)).all()
    return [world.member(row).id for row in rows]


def test_colleagues_who_say_the_same_are_one(shared_database, world, tell, neighbour):
    story = tell.at(S.SUBMITTED)
    friend = world.member(world.municipality("1103")).id
    before = count(AuditEvent)
    people = [neighbour.id, friend]
    answers = crowd(shared_database, people, f"{story.path}/stott", note="Vi også", revision="0")
    assert statuses(answers) == {302: CROWD}  # the same form again is the same support
    assert count(StorySupport) == 1
    assert_chain_holds(before + 1)


def test_colleagues_who_say_it_differently(shared_database, world, tell, neighbour):
    story = tell.at(S.SUBMITTED)
    friend = world.member(world.municipality("1103")).id
    people = [neighbour.id, friend]
    answers = crowd(shared_database, people, f"{story.path}/stott", note="Nr. {n}", revision="0")
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(StorySupport, revision=1) == count(StorySupport) == 1


def test_forty_municipalities_are_forty(shared_database, world, tell):
    story = tell.at(S.SUBMITTED)
    people = contacts(world)
    before, seen = count(AuditEvent), story.row.revision
    answers = crowd(shared_database, people, f"{story.path}/stott", note="Nr. {n}", revision="0")
    assert statuses(answers) == {302: CROWD}
    assert count(StorySupport) == CROWD
    assert story.row.revision == seen
    assert_chain_holds(before + CROWD)


def test_ks_enters_while_the_municipality_says_it_itself(shared_database, tell, neighbour, ks):
    story = tell.at(S.SUBMITTED)
    ways = [
        partial(post, [neighbour.id], f"{story.path}/stott", {"note": "Selv", "revision": "0"}),
        partial(
            post, [ks.id], f"{story.path}/stotte/registrer", TOLD | {"number": "1103", "note": "X"}
        ),
    ]
    db.session.remove()
    answers = race(partial(one_way_or_the_other, ways), shared_database, threads=CROWD // 2)
    assert set(statuses(answers)) <= {302, 409, 422}
    assert statuses(answers)[302] == CROWD // 2  # one way won; the other was told
    assert count(StorySupport) == 1
    assert count(OutboxMail) == (count(StorySupport, note="X"))


def test_taken_back_and_undone_by_many(shared_database, tell, neighbour):
    story = tell.at(S.SUBMITTED)
    tell.supported(story, neighbour, note="Vi også")
    ways = [
        partial(post, [neighbour.id], f"{story.path}/stott/{way}", {}) for way in ("trekk", "angre")
    ]
    db.session.remove()
    answers = race(partial(one_way_or_the_other, ways), shared_database, threads=CROWD // 2)
    assert statuses(answers) == {302: CROWD}
    assert count(StorySupport) == 1
    changes = count(AuditEvent, subject_kind="StorySupport")
    assert db.session.scalars(select(StorySupport.revision)).one() == changes


PAIRS = CROWD // 2


def supports_or_rejects(
    supporter: int, ks: int, stories: list[tuple[str, str]], number: int
) -> tuple[int, str]:
    """Two at each story: one supports it, and KS turns it down."""
    path, revision = stories[number // 2]
    if number % 2:
        return post([supporter], f"{path}/stott", {"note": "Vi også", "revision": "0"}, number)
    fields = {"reason": "Dekkes av et annet tiltak", "revision": revision}
    return post([ks], f"{path}/flytt/rejected", fields, number)


def test_nothing_is_stored_once_ks_has_rejected_the_story(shared_database, tell, neighbour, ks):
    told = [tell.at(S.SUBMITTED) for _ in range(PAIRS)]
    stories = [(story.path, str(story.row.revision)) for story in told]
    people = neighbour.id, ks.id
    db.session.remove()
    answers = race(
        partial(supports_or_rejects, *people, stories), shared_database, threads=CROWD // 2
    )
    rejections, supports = statuses(answers[::2]), statuses(answers[1::2])
    assert rejections == {302: PAIRS}
    assert set(supports) <= {302, 409}
    assert count(StorySupport) == supports[302]
    for story in told:
        assert verbs_about(story.id)[-1] == "story rejected"
    assert count(Story, state=S.REJECTED) == PAIRS


def verbs_about(story_id: int) -> list[str]:
    """What the trail says was done with a story and its support, in its order."""
    supports = select(StorySupport.id).where(StorySupport.story_id == story_id)
    of_story = (AuditEvent.subject_kind == "Story") & (AuditEvent.subject_id == story_id)
    of_support = (AuditEvent.subject_kind == "StorySupport") & AuditEvent.subject_id.in_(supports)
    events = select(AuditEvent.verb).where(of_story | of_support).order_by(AuditEvent.id)
    return list(db.session.scalars(events))
