"""KS orders the list by hand: every move has a reason, and none undoes another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.priorities import queries, service
from pilot.priorities.rules import ITEMS_MOST, ChangeKind, ListState, compare, moved
from pilot.priorities.service import ordering
from pilot.stories.rules import StoryState, ref_of
from tests.support import identity, pages
from tests.support.priorities import REASON

S = ListState
orders = st.lists(st.integers(), min_size=1, max_size=12, unique=True)


@given(orders, st.data())
def test_an_order_stays_a_permutation(order, data):
    one = data.draw(st.sampled_from(order))
    to = data.draw(st.integers(-3, len(order) + 3))
    found = moved(order, one, to)
    assert sorted(found) == sorted(order)
    assert found.index(one) == min(max(to, 1), len(order)) - 1
    assert [x for x in found if x != one] == [x for x in order if x != one]


@given(orders, orders)
def test_what_differs_between_two_orders(old, new):
    found = compare(old, new)
    assert [c.story_id for c in found if c.now is not None] == new
    assert {c.story_id for c in found if c.kind is ChangeKind.OUT} == set(old) - set(new)
    assert {c.story_id for c in found if c.kind is ChangeKind.NEW} == set(new) - set(old)
    for change in found:
        if change.was and change.now:
            kind = {True: ChangeKind.UP, False: ChangeKind.DOWN}[change.now < change.was]
            assert change.kind is (ChangeKind.SAME if change.was == change.now else kind)


def test_up_down_and_to_a_place(ranked, refs, ks):
    def move(ref, **how):
        return service.move_story(ks.actor, ranked.id, ref, reason="Fordi", **how).place

    one, two, three, four, five = refs
    assert move(three, by=-1) == 2
    assert ranked.order == [one, three, two, four, five]
    assert move(one, by=1) == 2
    assert move(five, to=1) == 1
    assert ranked.order == [five, three, one, two, four]
    assert move(five, to=99) == 5  # beyond the end is the end
    assert ranked.order == [three, one, two, four, five]
    rows = queries.last_moves(ks.actor, ranked.id)
    assert [(row.ref, row.was, row.now) for row in rows[:2]] == [(five, 1, 5), (five, 5, 1)]
    assert rows[0].reason == "Fordi"


def test_a_reason_is_owed_and_stays_visible(ranked, refs, ks):
    for reason in ("", "   ", "x" * 301):
        with pytest.raises(Rejected) as refused:
            service.move_story(ks.actor, ranked.id, refs[0], reason=reason, by=1)
        assert refused.value.field == "reason"
    with pytest.raises(Rejected):
        service.move_story(ks.actor, ranked.id, refs[0], reason=identity.ORDINARY, by=1)
    assert ranked.order == refs
    service.move_story(ks.actor, ranked.id, refs[0], reason="Berører flere enn vi trodde.", to=3)
    assert ks.get("/prioritering/arbeid").text.count("Berører flere enn vi trodde.") == 2


def test_adding_and_taking_off(ranked, refs, ranking, world, ks):
    (new,) = ranking.stories(1)
    service.add_story(ks.actor, ranked.id, new.lower(), reason="Ny", place=2)
    assert ranked.order == [refs[0], new, *refs[1:]]
    with pytest.raises(Rejected, match="allerede"):
        service.add_story(ks.actor, ranked.id, new, reason="Ny")
    service.remove_story(ks.actor, ranked.id, refs[0], reason="Dekkes av en annen")
    assert ranked.order == [new, *refs[1:]]
    with pytest.raises(Conflict, match="ikke lenger på listen"):
        service.move_story(ks.actor, ranked.id, refs[0], reason="Fordi", by=1)
    submitted = ref_of(world.story(state=StoryState.SUBMITTED).id)
    with pytest.raises(Rejected, match="tatt inn"):
        service.add_story(ks.actor, ranked.id, submitted, reason="Ny")
    with pytest.raises(Rejected, match="Fant ingen") as unknown:
        service.add_story(ks.actor, ranked.id, "BH-9999", reason="Ny")
    assert unknown.value.field == "ref"


def test_a_list_has_an_end(ranked, ranking, ks, monkeypatch):
    monkeypatch.setattr(ordering, "ITEMS_MOST", 5)
    with pytest.raises(Rejected, match="inntil 5"):
        service.add_story(ks.actor, ranked.id, ranking.stories(1)[0], reason="Ny")
    assert ITEMS_MOST == 200


def test_a_new_list_begins_where_the_last_one_ended(ranking, refs, ks):
    ranking.at(S.RELEASED, refs)
    again = ranking.started([])
    assert again.order == refs
    with pytest.raises(Conflict, match="allerede under arbeid"):
        service.start_list(ks.actor)


def test_the_page_moves_without_a_mouse_or_script(ranked, refs, ks):
    path = "/prioritering/arbeid"
    answer = ks.submit(path, up=refs[1], reason="Haster")
    assert f"{refs[1]} står nå på plass 1." in ks.follow(answer).text
    ks.follow(ks.submit(path, at=refs[4], reason="Haster", **{f"place-{refs[4]}": "2"}))
    assert ranked.order[:2] == [refs[1], refs[4]]
    ks.follow(ks.submit(path, remove=refs[0], reason="Ut"))
    assert refs[0] not in ranked.order


@pytest.mark.parametrize(
    ("pressed", "sentence"),
    [
        ({"up": "x"}, "Skriv en begrunnelse."),
        ({"reason": "Fordi"}, "Skriv nummeret på en historie"),
        ({"reason": "Fordi", "at": "0", "place": "tull"}, "Skriv plassen som et tall"),
        ({"reason": "Fordi", "at": "0", "place": "0"}, "Skriv plassen som et tall"),
    ],
)
def test_what_is_missing_gets_a_sentence_and_stores_nothing(ranked, refs, ks, pressed, sentence):
    fields = dict(pressed)
    for name in ("up", "at"):
        if name in fields:
            fields[name] = refs[3]
    if "place" in fields:
        fields[f"place-{refs[3]}"] = fields.pop("place")
    answer = ks.post("/prioritering/arbeid", {"list_id": str(ranked.id)} | fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert ranked.order == refs
    if "reason" in fields:
        assert 'value="Fordi"' in answer.text


def test_a_page_from_before_the_list_was_put_is_refused(ranked, refs, ks):
    form = pages.forms(ks.get("/prioritering/arbeid").text, "/prioritering/arbeid")[0]
    service.put_before_group(ks.actor, ranked.id)
    answer = ks.send(form, {"up": refs[1], "reason": "Haster"})
    assert answer.status_code == 409
    assert ranked.order == refs


def test_two_write_the_note_at_once(ranked, ks, ks_member):
    form = pages.forms(ks.get("/prioritering/arbeid/tekst").text, "/prioritering/arbeid/tekst")[0]
    service.write_note(ks_member.actor, ranked.id, "Kollegaens", revision=1)
    answer = ks.send(form, {"note": "Min egen"})
    assert answer.status_code == 409
    assert "Kollegaens" in answer.text
    assert "Min egen" in answer.text


def test_ordering_is_for_ks(ranked, refs, steering, municipality, vendor):
    for person in (steering, municipality, vendor):
        with pytest.raises(Missing):  # a list in work is nothing they know of
            service.move_story(person.actor, ranked.id, refs[0], reason=REASON, by=1)
        with pytest.raises(Forbidden):
            service.start_list(person.actor)
        assert person.get("/prioritering/arbeid").status_code == 403
