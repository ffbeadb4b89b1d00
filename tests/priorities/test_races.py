"""Forty at once, from two processes: the order stays a permutation, and every move is told."""

from functools import partial

from pilot.core.audit import AuditEvent
from pilot.priorities.models import PriorityList, PriorityMove, PriorityVersion
from pilot.priorities.rules import ListState
from tests.stories.test_races import (
    CROWD,
    assert_chain_holds,
    count,
    crowd,
    post,
    statuses,
)
from tests.support.race import race

S = ListState
PATH = "/prioritering/arbeid"


def one_of(ways, number):
    return ways[number % len(ways)](number)


def test_two_leads_move_at_once_and_lose_nothing(shared_database, ranked, refs, ks, ks_member):
    before, told = count(AuditEvent), count(PriorityMove)
    people = [ks.id, ks_member.id]
    fields = {"list_id": str(ranked.id), "reason": "Nummer {n}"}
    ways = [
        partial(post, people, PATH, fields | {"up": refs[4]}),
        partial(post, people, PATH, fields | {"down": refs[0]}),
        partial(post, people, PATH, fields | {"at": refs[2], f"place-{refs[2]}": "1"}),
        partial(post, people, PATH, fields | {"at": refs[1], f"place-{refs[1]}": "5"}),
    ]
    answers = race(partial(one_of, ways), shared_database, threads=CROWD // 2)
    codes = statuses(answers)
    done = codes.pop(302)
    assert codes in ({}, {422: CROWD - done})  # the story stood there when its turn came
    assert sorted(ranked.order) == sorted(refs)  # and the places are 1 to 5
    assert count(PriorityMove) == told + done
    assert_chain_holds(before + done)


def test_a_story_is_added_once(shared_database, ranked, ranking, ks):
    (new,) = ranking.stories(1)
    answers = crowd(shared_database, [ks.id], PATH, list_id=str(ranked.id), reason="Ny", add=new)
    assert statuses(answers) == {302: 1, 422: CROWD - 1}
    assert ranked.order.count(new) == 1


def test_one_list_is_started(shared_database, ks, ks_member):
    answers = crowd(shared_database, [ks.id, ks_member.id], f"{PATH}/start")
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(PriorityList, is_in_work=True) == 1


def test_approved_while_it_is_returned(shared_database, ranking, refs, steering):
    made = ranking.at(S.BEFORE_STEERING_GROUP, refs)
    ways = [
        partial(post, [steering.id], made.paper, {"answer": answer, "reason": "Fordi"})
        for answer in ("approve", "return")
    ]
    answers = race(partial(one_of, ways), shared_database, threads=CROWD // 2)
    codes = statuses(answers)
    assert codes.pop(302) == 1
    assert set(codes) <= {404, 409}  # a returned list is nothing the group knows of any more
    assert made.row.state in (S.DECIDED, S.RETURNED)


def test_a_list_is_released_once(shared_database, ranking, refs, ks):
    made = ranking.at(S.DECIDED, refs)
    before = count(AuditEvent)
    answers = crowd(shared_database, [ks.id], f"{PATH}/publiser", list_id=str(made.id))
    codes = statuses(answers)
    assert codes.pop(302) == 1
    assert set(codes) <= {404, 409}
    assert count(PriorityVersion) == 1
    assert_chain_holds(before + 1 + len(refs))
