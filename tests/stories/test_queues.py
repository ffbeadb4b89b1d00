"""After one story is handled: the next that waits for the same, and how many there are."""

import pytest

from pilot.stories import queries, service
from pilot.stories.rules import Queue, SolutionLink, StoryState
from tests.support import pages

S = StoryState


def nav(html: str) -> tuple[str, str]:
    """What the page says of the next one, and where it leads."""
    [found] = [e for e in pages.parse(html).iter("nav") if e.get("aria-label") == "Neste historie"]
    return pages.text(found), str(next(found.iter("a")).get("href"))


@pytest.fixture
def three(tell):
    """Three that wait for an answer, the oldest first."""
    return [tell.at(S.SUBMITTED, title=f"Historie {n}") for n in range(3)]


@pytest.mark.parametrize("to", ["ready", "returned", "rejected"])
def test_ks_goes_from_answer_to_answer(ks, three, to):
    first, second, third = three
    fields = {} if to == "ready" else {"reason": "Fordi"}
    opened = first.path if to == "ready" else f"{first.path}/flytt/{to}"
    said, where = nav(
        ks.follow(ks.submit(opened, to=f"/{to}" if to == "ready" else "", **fields)).text
    )
    assert f"Neste: {second.ref} Historie 1" in said
    assert "2 historier venter på svar fra KS." in said
    assert where == f"{second.path}?neste=vurder"
    said, _ = nav(ks.follow(ks.submit(where, to="/flytt/ready")).text)
    assert third.ref in said
    assert "Én historie venter på svar fra KS." in said
    said, where = nav(ks.follow(ks.submit(third.path, to="/flytt/ready")).text)
    assert "Det var den siste." in said
    assert where == "/oversikt"


def test_from_publishing_to_the_next_to_publish(ks, tell):
    first, second = (tell.at(S.READY) for _ in range(2))
    tell.at(S.SUBMITTED)  # waits for something else
    said, where = nav(ks.follow(ks.submit(f"{first.path}/publiser")).text)
    assert second.ref in said
    assert "Én historie er klar til å publiseres." in said
    assert where == f"{second.path}?neste=publiser"


def test_from_assessment_to_the_next_without_one(nhn, three):
    first, second, _ = three
    answer = nhn.submit(f"{first.path}/losninger", solution_key="helseid", kind="reuse")
    said, where = nav(nhn.follow(answer).text)
    assert second.ref in said
    assert "2 historier har ingen vurdert nasjonal løsning." in said
    assert where == f"{second.path}/losninger?neste=losninger"


def test_a_story_is_not_its_own_next_one(ks, three):
    found = queries.upcoming(ks.actor, Queue.REVIEW, after=three[0].id)
    assert (found.ref, found.left) == (three[1].ref, 2)


def test_a_step_that_is_no_answer_leads_nowhere(ks, three):
    page = ks.follow(ks.submit(three[0].path, to="/flytt/in_review")).text
    assert "Neste historie" not in page


def test_only_for_those_whose_work_it_is(
    three, ks, municipality, neighbour, nhn, vendor, stranger, tell
):
    published = tell.published()
    for queue in Queue:
        for person in (municipality, neighbour, vendor, stranger):
            assert queries.upcoming(person.actor, queue, after=0) is None
            page = person.get(f"{published.path}?neste={queue}").text
            assert "Neste historie" not in page
            assert "Historie 0" not in page
    assert queries.upcoming(nhn.actor, Queue.REVIEW, after=0) is None
    assert "Neste historie" not in ks.get(f"{published.path}?neste=finnes-ikke").text


def test_nhn_hears_of_no_draft(nhn, tell):
    tell.draft()
    found = queries.upcoming(nhn.actor, Queue.ASSESS, after=0)
    assert (found.ref, found.left) == ("", 0)


def test_an_assessment_is_no_clash_for_the_one_who_writes(municipality, nhn, tell):
    story = tell.at(S.RETURNED)
    path = f"{story.path}/endre"
    [form] = [f for f in pages.forms(municipality.get(path).text, path) if "title" in f.names]
    service.assess_solution(nhn.actor, story.id, solution_key="pll", kind=SolutionLink.REUSE)
    assert municipality.send(form, {"need": "Rettet", "save": "1"}).status_code == 302
    assert story.row.need == "Rettet"


@pytest.mark.parametrize(("who", "name"), [("ks", "KS"), ("nhn", "Norsk helsenett")])
def test_vendors_read_for_whom_a_solution_was_assessed(request, who, name, tell, vendor, stranger):
    story = tell.published()
    actor = request.getfixturevalue(who).actor
    service.assess_solution(actor, story.id, solution_key="pll", kind=SolutionLink.REUSE)
    other = {"KS": "Norsk helsenett", "Norsk helsenett": "KS"}[name]
    for person in (vendor, stranger):
        page = pages.parse(person.get(story.path).text)
        [table] = [t for t in page.iter("table") if "Nasjonale løsninger" in pages.text(t)]
        assert f"{name}," in pages.text(table)
        assert f"{other}," not in pages.text(table)
        assert f"Vurdert av {name}" in pages.text(page.find("body"))


@pytest.mark.parametrize(
    ("need", "word"),
    [
        ("se prøvesvar", "ønsker jeg å"),
        ("at prøvesvar kommer", "ønsker jeg"),
        ("At prøvesvar kommer", "ønsker jeg"),
        ("å se prøvesvar", "ønsker jeg"),
        ("attføre", "ønsker jeg å"),
        ("", "ønsker jeg å"),
    ],
)
def test_a_need_is_a_sentence_however_it_begins(ks, world, need, word):
    story = world.story(state=S.READY, is_published=True, need=need)
    page = pages.parse(ks.get(f"/historier/{story.ref}").text)
    words = page.find(".//dl[@class='pr-story']").iter("dt")
    assert [pages.text(e) for e in words] == ["Som", word, "slik at"]
