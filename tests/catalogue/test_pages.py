"""The catalogue in a browser: who sees which button, forms that keep what was typed, old forms."""

import pytest

from pilot.catalogue import queries, service
from pilot.catalogue.rules import LinkKind, LinkText, ServiceText
from pilot.stories import service as stories
from pilot.stories.rules import SolutionLink, StoryState
from tests.support.pages import parse, text, words
from tests.support.told import told_to

TEXT = ServiceText(name="Delt kriseplan", links=(LinkText("helseid", LinkKind.REUSE, "Pålogging"),))


@pytest.mark.parametrize(
    "path", ["/losninger", "/losninger?vis=ikke-bekreftet", "/losninger/hpr-flr-resh", "/tjenester"]
)
def test_everyone_reads(stranger, path):
    assert stranger.get(path).status_code == 200


def test_own_knowledge_is_marked(stranger):
    assert "Ikke bekreftet" in words(stranger.get("/losninger/sysvak").text)
    assert "Ikke bekreftet" not in words(stranger.get("/losninger/helseid").text)


def test_nhn_confirms_on_the_page(nhn, stranger):
    answer = nhn.follow(nhn.submit("/losninger/sysvak", to="/bekreft"))
    assert "Beskrivelsen av Nasjonalt vaksinasjonsregister SYSVAK er bekreftet." in words(
        answer.text
    )
    assert "Bekreftet" in words(stranger.get("/losninger/sysvak").text)
    nhn.submit("/losninger/sysvak", to="/angre-bekreftelse")
    assert "Ikke bekreftet" in words(stranger.get("/losninger/sysvak").text)


def test_others_have_no_button_and_no_way_round_it(ks, stranger):
    assert "/bekreft" not in ks.get("/losninger/sysvak").text
    assert ks.post("/losninger/sysvak/bekreft").status_code == 403
    assert stranger.post("/losninger/sysvak/bekreft").status_code == 302


def test_a_service_is_described_and_read(ks, stranger):
    fields = {"name": "Delt kriseplan", "description": "Samme plan.", "state": "idea"}
    row = {"links-0-solution": "helseid", "links-0-kind": "reuse", "links-0-note": "Pålogging"}
    answer = ks.follow(ks.submit("/tjenester/ny", to="/tjenester/ny", **fields, **row))
    assert "«Delt kriseplan» er lagret." in words(answer.text)
    assert "Gjenbruk" in words(stranger.get("/tjenester/delt-kriseplan").text)
    assert "Delt kriseplan" in words(stranger.get("/losninger/helseid").text)


def test_errors_keep_what_was_typed(ks):
    answer = ks.submit("/tjenester/ny", to="/tjenester/ny", name="", description="Skrevet før")
    assert answer.status_code == 422
    assert "Skriv et navn på informasjonstjenesten." in words(answer.text)
    assert "Skrevet før" in answer.text
    assert queries.services(ks.actor, 1).total == 0


def test_two_of_one_solution_is_said_at_the_rows(ks):
    rows = {
        f"links-{n}-{part}": v
        for n in (0, 1)
        for part, v in (("solution", "pll"), ("kind", "reuse"))
    }
    answer = ks.submit("/tjenester/ny", to="/tjenester/ny", name="Plan", **rows)
    assert answer.status_code == 422
    assert "Velg hver nasjonale løsning bare én gang." in words(answer.text)


def test_one_more_row_stores_nothing(ks):
    answer = ks.submit("/tjenester/ny", to="/tjenester/ny", name="Plan", add_row="1")
    assert answer.status_code == 200
    assert 'name="links-2-solution"' in answer.text
    assert queries.services(ks.actor, 1).total == 0


def test_an_old_form_gets_both_texts(ks, nhn):
    key = service.add_service(ks.actor, TEXT).key
    service.edit_service(nhn.actor, key, ServiceText(name="Annet navn"), revision=1)
    path = f"/tjenester/{key}/endre"
    answer = ks.submit(path, to=path, name="Mitt navn", revision="1")
    assert answer.status_code == 409
    assert "Annet navn" in answer.text
    assert "Mitt navn" in answer.text
    again = ks.submit(path, to=path, name="Mitt navn")
    assert again.status_code == 302


def test_only_ks_and_nhn_find_the_forms(municipality, vendor, ks):
    key = service.add_service(ks.actor, TEXT).key
    for person in (municipality, vendor):
        assert "/tjenester/ny" not in person.get("/tjenester").text
        assert person.get("/tjenester/ny").status_code == 403
        assert person.get(f"/tjenester/{key}/endre").status_code == 403


def test_statements_do_not_grow_with_services(ks, counted):
    def cost() -> int:
        with counted() as sent:
            ks.get("/tjenester")
        return len(sent)

    service.add_service(ks.actor, TEXT)
    few = cost()
    for n in range(20):
        service.add_service(ks.actor, ServiceText(name=f"Tjeneste {n}", links=TEXT.links))
    assert cost() == few <= 5


def test_nhn_is_told_what_waits(app, nhn, ks):
    needs = told_to(nhn.actor, *app.extensions["registry"].tallies)
    assert "catalogue.solutions" in [need.link.endpoint for need in needs]
    others = told_to(ks.actor, *app.extensions["registry"].tallies)
    assert "catalogue.solutions" not in [need.link.endpoint for need in others]


# --- the stories that point at a solution ----------------------------------------------------


def pointing(person, key: str = "helseid") -> dict[str, str]:
    """The stories that stand on the page of a solution, and what is said of each."""
    page = parse(person.get(f"/losninger/{key}").text)
    panel = page.find(".//h2[@id='panel-1']/../..")
    return {
        text(row.find(".//span[@class='pr-ref']")): text(row[-1]) for row in panel.findall(".//li")
    }


def test_the_stories_that_point_at_a_solution_stand_on_its_page(
    world, tell, nhn, ks, stranger, vendor, municipality
):
    open_to_all = tell.published(solutions=("helseid",))
    judged = tell.at(StoryState.SUBMITTED)
    stories.assess_solution(nhn.actor, judged.id, solution_key="helseid", kind=SolutionLink.EXTEND)
    draft = tell.draft(solutions=("helseid",))
    tell.at(StoryState.WITHDRAWN, solutions=("helseid",))
    wished, extend = "Ønsket, ikke vurdert", "Må utvides"
    assert pointing(stranger) == pointing(vendor) == {open_to_all.ref: wished}
    assert pointing(ks) == {open_to_all.ref: wished, judged.ref: extend}
    assert pointing(municipality)[draft.ref] == wished
    assert "Ingen historier du kan lese" in words(stranger.get("/losninger/sysvak").text)


def test_all_of_them_are_a_list_of_as_many(tell, stranger):
    for _ in range(12):
        tell.published(solutions=("helseid",))
    assert len(pointing(stranger)) == 10
    page = stranger.get("/losninger/helseid").text
    assert "Vis alle 12" in words(page)
    assert "12 treff" in words(stranger.get("/historier?losning=helseid").text)


# --- finding the way -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("/", "/tjenester"),
        ("/tjenester", "/tjenestesteder"),
        ("/losninger", "/tjenestesteder"),
        ("/kommuner", "/helseforetak"),
        ("/kommuner/0301", "/helseforetak/oslo-universitetssykehus"),
    ],
)
def test_the_way_to_each_page(stranger, page, to):
    links = [a.get("href") for a in parse(stranger.get(page).text).iter("a")]
    assert any((link or "").startswith(to[:20]) for link in links)


def test_services_are_searched(ks, stranger):
    for name in ("Delt kriseplan", "Delt røntgensvar"):
        service.add_service(ks.actor, ServiceText(name=name))
    page = words(stranger.get("/tjenester?q=rontgen").text)
    assert "1 treff" in page
    assert "Delt røntgensvar" in page
    assert "Delt kriseplan" not in page
    assert "Ingen treff på «?!»" in words(stranger.get("/tjenester?q=%3F!").text)
