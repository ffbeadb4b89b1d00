"""What is hidden from whom on a story's own page: before publication, reasons, names."""

import pytest

from pilot.core.errors import Missing
from pilot.stories import queries, service
from pilot.stories.queries import StoryFilter
from pilot.stories.rules import SolutionLink, StoryState
from tests.support.people import Person

S = StoryState
REASON = "En begrunnelse bare for kommunen"
NOTE = "En merknad fra KS"


def sees(person, story) -> bool:
    """On the page and in the list alike."""
    try:
        queries.page(person.actor, story.ref)
    except Missing:
        on_page = False
    else:
        on_page = True
    listed = queries.listed(person.actor, StoryFilter(q=story.ref, states=tuple(StoryState)))
    assert [row.ref for row in listed.rows] == [story.ref] * on_page
    return on_page


@pytest.mark.parametrize("state", [s for s in StoryState if s not in (S.DRAFT, S.WITHDRAWN)])
def test_before_publication_the_public_side_reads_and_no_vendor(
    state, world, ks, municipality, neighbour, nhn, hospital, vendor, stranger, steering
):
    story = world.story(state=state)
    for person in (ks, municipality, neighbour, nhn, hospital):
        assert sees(person, story)
    for person in (vendor, stranger, steering):
        assert not sees(person, story)


@pytest.mark.parametrize("state", [S.DRAFT, S.WITHDRAWN])
def test_a_draft_is_its_municipalitys_and_ks(
    state, world, ks, ks_member, municipality, colleague, neighbour, nhn, hospital, vendor
):
    story = world.story(state=state)
    for person in (ks, ks_member, municipality, colleague):
        assert sees(person, story)
    for person in (neighbour, nhn, hospital, vendor):
        assert not sees(person, story)


def test_all_see_it_at_the_same_moment(tell, vendor, other_vendor, stranger, steering):
    story = tell.at(S.READY)
    people = (vendor, other_vendor, stranger, steering)
    assert not any(sees(person, story) for person in people)
    service.publish_story(tell.ks.actor, story.id)
    assert all(sees(person, story) for person in people)


def test_one_who_also_works_for_a_vendor_sees_what_vendors_see(app, world, tell):
    """The guard follows the person, whatever organisation they act for."""
    person = world.member(world.municipality("1103"))
    world.membership(person, world.organisation())
    both = Person(app, person.id)
    story = tell.at(S.READY)
    assert not sees(both, story)
    service.publish_story(tell.ks.actor, story.id)
    page = queries.page(both.actor, story.ref)
    assert not any(row.person for row in page.versions)


# --- history ---------------------------------------------------------------------------------


@pytest.fixture
def published(tell):
    """Returned, mended, taken in, published, and mended once more by KS: versions 1 to 3."""
    story = tell.at(S.SUBMITTED, title="Første")
    ks, owner = tell.ks.actor, tell.owner.actor
    service.move_story(ks, story.id, to=S.RETURNED, reason=REASON)
    for actor, title, submit in ((owner, "Andre", True), (ks, "Tredje", False)):
        if actor is ks:
            service.move_story(ks, story.id, to=S.READY)
            service.publish_story(ks, story.id)
        text = tell.world.text(title=title)
        service.edit_story(
            actor, story.id, text, revision=story.row.revision, submit=submit, note=NOTE
        )
    return story


def test_those_who_came_after_see_nothing_from_before(published, vendor, stranger, steering):
    for person in (vendor, stranger, steering):
        page = queries.page(person.actor, published.ref)
        assert [v.number for v in page.versions] == [3, 2]
        assert [s.verb for s in page.steps] == ["published"]
        assert not any((v.person, v.note) != ("", "") for v in page.versions)
        assert not any((s.person, s.reason) != ("", "") for s in page.steps)
        assert page.state_since == page.published_at  # not the day KS took it in


def test_those_who_were_there_see_all_of_it(published, ks, municipality, neighbour, nhn):
    for person in (ks, municipality, neighbour, nhn):
        page = queries.page(person.actor, published.ref)
        assert [v.number for v in page.versions] == [3, 2, 1]
        verbs = ["published", "ready", "submitted", "returned", "submitted"]
        assert [s.verb for s in page.steps] == verbs
        assert all(v.person for v in page.versions)
        assert page.versions[0].note == NOTE
        assert page.state_since < page.published_at


def test_a_reason_is_for_the_municipality_and_ks(tell, ks, municipality, neighbour, nhn):
    story = tell.at(S.RETURNED)
    for person in (ks, municipality):
        page = queries.page(person.actor, story.ref)
        assert page.reason
        assert any(s.reason for s in page.steps)
    for person in (neighbour, nhn):
        page = queries.page(person.actor, story.ref)
        assert page.reason == ""
        assert not any(s.reason for s in page.steps)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (1, 3), (1, 1)])
def test_no_comparison_with_a_hidden_version(published, vendor, ks, old, new):
    assert queries.comparison(ks.actor, published.ref, old, new)
    with pytest.raises(Missing):
        queries.comparison(vendor.actor, published.ref, old, new)


@pytest.mark.parametrize(("old", "new"), [(0, 2), (2, 4), (-1, 2), (2, 10**30)])
def test_an_unknown_version_is_missing(published, ks, old, new):
    with pytest.raises(Missing):
        queries.comparison(ks.actor, published.ref, old, new)


def test_those_who_came_after_compare_what_they_may_read(published, vendor):
    found = queries.comparison(vendor.actor, published.ref, 2, 3)
    assert (found.old_text.title, found.new_text.title) == ("Andre", "Tredje")
    assert found.new.note == found.new.person == ""


def test_who_judged_a_solution_is_named_to_the_public_side_only(published, nhn, vendor, ks):
    service.assess_solution(
        nhn.actor, published.id, solution_key="helseid", kind=SolutionLink.REUSE
    )
    assert queries.page(ks.actor, published.ref).solutions[0].assessed_by == nhn.actor.name
    assert queries.page(vendor.actor, published.ref).solutions[0].assessed_by == ""
