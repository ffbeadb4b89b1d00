"""Stories, pilots and documents follow up recommendations of foundation documents by number."""

from functools import partial

import pytest

from pilot.catalogue import queries, service
from pilot.catalogue.models import FollowUp
from pilot.catalogue.rules import DocumentText
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.policy import Actor
from pilot.core.registry import Thing
from pilot.stories.rules import ref_of
from tests.support import pages, pilots, recommendations
from tests.support.race import race

SYSTEM = Actor.system()
TWO = {"recommendations": ((1, "Gjenbruk løsninger"), (5, "Mål virkningen"))}


@pytest.fixture
def document(world):
    return world.document(title="Tilskuddsbrev", **TWO)


def page_of(document) -> str:
    return f"/grunnlag/GD-{document.number}"


def fifth(document) -> str:
    return f"GD-{document.number}/5"


def test_ks_says_what_a_story_follows_up_and_takes_it_back(ks, stranger, world, document):
    story = world.story(is_published=True, title="Se prøvesvar fra sykehuset")
    own = f"/historier/{ref_of(story.id)}"
    form = f"/grunnlag/folger-opp/story/{story.id}"
    assert f'href="{form}"' in ks.get(own).text
    assert "Følger opp" not in stranger.get(own).text  # there is nothing to see, and nothing to do

    ks.submit(form, ref=fifth(document))
    shown = stranger.get(own).text
    assert f'href="{page_of(document)}/5"' in shown
    assert "Mål virkningen" in shown
    followed = stranger.get(page_of(document)).text
    assert f'href="{own}"' in followed
    assert followed.index("anbefaling-5") < followed.index("Se prøvesvar fra sykehuset")

    ks.submit(form, to="/fjern")
    assert "Mål virkningen" not in stranger.get(own).text
    assert own not in stranger.get(page_of(document)).text


@pytest.mark.parametrize("kind", ["pilot", "document"])
def test_so_do_pilots_and_recommendations(kind, ks, stranger, document):
    if kind == "pilot":
        made = pilots.pilot(title="Merkeord i planen")
        own = f"/utprovinger/{made.id}"
    else:
        made = recommendations.document(title="Merkeord i planen")
        own = f"/anbefalinger/{made.key}"
    service.follow_up(SYSTEM, Thing(kind, made.id), fifth(document))
    assert "Mål virkningen" in ks.get(own).text
    assert "Merkeord i planen" in ks.get(page_of(document)).text
    assert "Merkeord" not in stranger.get(page_of(document)).text  # KS alone can read it


def test_a_story_that_one_may_not_know_of_is_not_told_of(world, ks, stranger, vendor, document):
    story = world.story(title="Merkeord i en upublisert")
    form = f"/grunnlag/folger-opp/story/{story.id}"
    ks.submit(form, ref=fifth(document))
    assert "Merkeord" in ks.get(page_of(document)).text
    for one in (stranger, vendor):
        assert "Merkeord" not in one.get(page_of(document)).text
        assert "Følges opp av" not in one.get(page_of(document)).text
    assert vendor.get(form).status_code == 404
    assert vendor.post(form, ref=fifth(document)).status_code == 404


def test_saying_it_twice_is_saying_it_once(world, document):
    thing = Thing("story", world.story(is_published=True).id)
    for _ in range(2):
        service.follow_up(SYSTEM, thing, fifth(document))
    assert len(queries.followed_by(SYSTEM, thing)) == 1
    for _ in range(2):
        service.stop_following_up(SYSTEM, thing, fifth(document))
    assert queries.followed_by(SYSTEM, thing) == ()


def test_one_that_no_longer_stands_is_shown_so_and_not_offered(world, ks, document):
    thing = Thing("story", world.story(is_published=True).id)
    service.follow_up(SYSTEM, thing, fifth(document))
    shorter = DocumentText(title="Kortere", recommendations=((1, "Gjenbruk løsninger"),))
    service.edit_document(ks.actor, f"GD-{document.number}", shorter, revision=1)
    assert "Står ikke lenger i dokumentet." in ks.get(f"/historier/{ref_of(thing.id)}").text
    other = Thing("story", world.story(is_published=True).id)
    with pytest.raises(Rejected):
        service.follow_up(SYSTEM, other, fifth(document))


@pytest.mark.parametrize("ref", ["", "tull", "GD-99999/1", "GD-1/99"])
def test_what_is_no_recommendation_is_refused_in_words(ref, ks, world):
    form = f"/grunnlag/folger-opp/story/{world.story(is_published=True).id}"
    world.document(**TWO)
    path = pages.forms(ks.get(form).text, form)[-1]
    answer = ks.send(path, {"ref": ref})
    assert answer.status_code == 422
    assert "Velg" in answer.text


def test_only_things_that_can_follow_up(world, document, municipality):
    for thing in (Thing("municipality", 1), Thing("tull", 1), Thing("story", 999_999)):
        with pytest.raises(Missing):
            service.follow_up(SYSTEM, thing, fifth(document))
    story = Thing("story", world.story(is_published=True).id)
    with pytest.raises(Forbidden):
        service.follow_up(municipality.actor, story, fifth(document))


def test_the_documents_page_asks_as_much_for_many_as_for_one(world, counted, stranger, document):
    def cost() -> int:
        with counted() as sent:
            assert stranger.get(page_of(document)).status_code == 200
        return len(sent)

    def grow(count: int) -> None:
        for _ in range(count):
            story = world.story(is_published=True)
            service.follow_up(SYSTEM, Thing("story", story.id), fifth(document))

    grow(2)
    few = cost()
    grow(20)
    assert cost() == few


def test_many_that_follow_up_stand_on_pages_of_their_own(world, counted, stranger, ks, document):
    def follow(**fields) -> None:
        made = world.story(**fields)
        service.follow_up(SYSTEM, Thing("story", made.id), fifth(document))

    for number in range(52):
        follow(is_published=True, title=f"Se prøvesvar nummer {number}")
    follow(title="Merkeord i en upublisert")
    whole = f"{page_of(document)}/5"
    beside = stranger.get(page_of(document)).text
    assert beside.count("Se prøvesvar nummer") == 5
    assert f'href="{whole}">Se alle 52 som følger opp GD-{document.number}/5</a>' in beside
    first, last = stranger.get(whole).text, stranger.get(f"{whole}?side=2").text
    assert first.count("Se prøvesvar nummer") == 50
    assert last.count("Se prøvesvar nummer") == 2
    assert "Merkeord" not in first + last
    assert "Merkeord" in ks.get(f"{whole}?side=99").text
    with counted() as sent:
        stranger.get(whole)
    assert len(sent) <= 10
    assert stranger.get(f"{page_of(document)}/4").status_code == 404
    assert "Ingenting følger opp" in stranger.get(f"{page_of(document)}/1").text


def test_many_who_say_the_same_at_once_are_one(shared_database, world):
    story, document = world.story(is_published=True).id, world.document(**TWO)
    ref = fifth(document)
    db.session.remove()
    race(partial(say_it, story, ref), shared_database)
    assert db.session.query(FollowUp).count() == 1


def say_it(story: int, ref: str, _number: int) -> None:
    service.follow_up(SYSTEM, Thing("story", story), ref)
