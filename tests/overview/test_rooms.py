"""Every room on the overview, the open pages and in the search: for each kind of person what is
theirs to know, and of what is hidden not so much as a number."""

import re

import plotly.graph_objects as go
import pytest
from flask import Flask

from pilot.candidates.rules import CandidateState, RoundState
from pilot.decisions import service as decisions
from pilot.decisions.rules import ConditionState, ConditionText
from pilot.overview import service as reports
from pilot.pilots.rules import Course, PilotState
from pilot.priorities.rules import ListState
from pilot.recommendations.rules import DocumentState
from pilot.stories.rules import id_of
from tests.overview.test_dashboard import needs, tiles
from tests.support import pages
from tests.support.candidates import Rounds
from tests.support.coreteam import seat
from tests.support.decisions import day
from tests.support.dialogue import Host
from tests.support.people import Person, Stranger
from tests.support.pilots import pilot, released
from tests.support.priorities import Ranking
from tests.support.recommendations import document
from tests.support.rooms import COMMON, MARKER, Rooms

CHARTS = (
    *("tilstander", "flyter", "kjerneteam", "rammebetingelser"),
    *("kandidater", "pameldinger", "utprovinger", "anbefalinger"),
)
PAGES = (
    *("/", "/status", "/oversikt", f"/sok?q={COMMON}", "/rapporter"),
    *(f"/diagram/{chart}.csv" for chart in CHARTS),
    *(f"/diagram/{chart}.json?apent=1" for chart in CHARTS),
)
OF_KS = {"kandidater", "pameldinger"}  # charts
OF_ALL = {"tilstander", "flyter", "kjerneteam"}


@pytest.fixture
def rooms(world, ks, steering, municipality, vendor) -> Rooms:
    return Rooms.opened(world, ks, steering, municipality, vendor)


def seen(person: Stranger, path: str) -> str:
    """What someone gets, but for the moment it was drawn and the keys of forms."""
    text = re.sub(r'(value|content)="[\w.-]{40,}"', "", person.get(path).text)
    return re.sub(r"Oppdatert .*? kl\. \d\d\.\d\d", "", text)


# --- what is hidden --------------------------------------------------------------------------


def test_what_is_hidden_changes_nothing_for_others(
    rooms, stranger, vendor, other_vendor, neighbour, nhn, hospital, ks, unread
):
    """Not a word, not a number, not a chart: the same page before and after."""
    outsiders = {"stranger": stranger, "vendor": vendor, "neighbour": neighbour}
    outsiders |= {"nhn": nhn, "hospital": hospital}
    before = {(who, p): seen(person, p) for who, person in outsiders.items() for p in PAGES}
    of_ks = seen(ks, "/oversikt")
    rooms.hide(other_vendor)
    for (who, path), then in before.items():
        now = seen(outsiders[who], path)
        assert MARKER not in now, (who, path)
        assert now == then, (who, path)
    assert seen(ks, "/oversikt") != of_ks
    assert MARKER in ks.get(f"/sok?q={COMMON}").text


def test_the_open_pages_are_the_same_for_ks(rooms, stranger, ks, other_vendor):
    rooms.hide(other_vendor)
    for path in ("/", "/status"):
        found = [pages.parse(person.get(path).text).find(".//main") for person in (stranger, ks)]
        assert len({re.sub(r"kl\. [\d.]+", "", pages.text(one)) for one in found}) == 1


# --- what each kind of person sees -----------------------------------------------------------


def figures(person: Person) -> dict[str, int]:
    return {words: int(value) for words, (value, _) in tiles(person).items()}


def test_each_sees_the_rooms_as_far_as_they_may(
    rooms, ks, ks_member, municipality, vendor, other_vendor, nhn, steering
):
    rooms.hide(other_vendor)
    everyones = {
        "historier er prioritert": 2,
        "plasser er fylt i kjerneteamet": 1,
        "rammebetingelser er avklart": 0,
        "fastsatte rammer og anbefalinger": 0,
    }
    for person in (ks, ks_member, municipality, vendor, other_vendor, nhn, steering):
        assert everyones.items() <= figures(person).items()
    of_ks = figures(ks)
    assert (
        of_ks.items()
        >= {
            "kommune har meldt interesse": 1,
            "historier på listen KS arbeider med": 3,
            "påmeldte til kommende dialogmøter": 1,
            "oppgave er åpen": 1,
            "utprøvinger": 2,
            "innspill til høringer": 2,
            "samarbeidskommune": 1,
            "kommuner har en kontaktperson": 2,
            "meldinger er sendt": 0,
        }.items()
    )
    leads = {"kommuner har en kontaktperson", "leverandører er registrert", "meldinger er sendt"}
    assert of_ks.keys() - figures(ks_member).keys() == leads
    own = {"kommuner viser at de er interessert": 0, "utprøving": 1, "kommende dialogmøte": 1}
    assert figures(municipality).items() >= (own | {"oppgave venter på dere": 1}).items()
    assert figures(vendor).items() >= (own | {"påmeldt fra dere": 1}).items()
    assert "Én på venteliste" in pages.words(other_vendor.get("/oversikt").text)
    assert "venteliste" not in pages.words(vendor.get("/oversikt").text)
    for person in (nhn, steering):
        assert figures(person).items() >= own.items()


def test_every_figure_and_need_leads_somewhere(
    rooms, ks, ks_member, municipality, vendor, other_vendor, nhn, steering, unread
):
    rooms.hide(other_vendor)
    for person in (ks, ks_member, municipality, vendor, nhn, steering):
        urls = {url for _, url in tiles(person).values()} | set(needs(person).values())
        for url in urls:
            assert person.get(url).status_code == 200, (person, url)


def test_each_chart_is_for_those_it_is_for(
    rooms, ks, nhn, steering, municipality, vendor, other_vendor, stranger
):
    rooms.hide(other_vendor)
    programme = set(CHARTS) - OF_KS
    sees = ((ks, set(CHARTS)), (nhn, programme), (steering, programme))
    for person, allowed in (*sees, (municipality, OF_ALL), (vendor, OF_ALL), (stranger, OF_ALL)):
        for chart in CHARTS:
            answer = person.get(f"/diagram/{chart}.json")
            assert answer.status_code == (200 if chart in allowed else 404), (person, chart)
            if chart in allowed:
                go.Figure(answer.json)  # refuses what it does not know
    assert ks.get("/diagram/pameldinger.json?apent=1").status_code == 404
    rows = ks.get("/diagram/pameldinger.csv").text.splitlines()
    assert rows[0].endswith('"Bekreftet";"Ledige";"På venteliste"')
    assert rows[1].endswith('"1";"0";"1"')


def test_an_empty_programme_says_how_to_begin(ks, municipality, vendor):
    begun = pages.words(ks.get("/oversikt").text)
    for title, button in (
        ("Ingen kommuner er med i runden ennå", "Se utprøvingsrundene"),
        ("Kjerneteamet har ingen plasser ennå", "Legg til den første plassen"),
        ("Ingen er påmeldt til kommende møter ennå", "Lag et dialogmøte"),
        ("Ingen rammer eller anbefalinger ennå", "Skriv et dokument"),
        ("Ingen utprøvinger ennå", "Registrer en utprøving"),
    ):
        assert title in begun
        assert button in begun
        for person in (municipality, vendor):
            assert title not in pages.words(person.get("/oversikt").text)


# --- what needs someone now ------------------------------------------------------------------


def test_what_waits_in_the_rooms(rooms, ks, ks_member, vendor, other_vendor, steering):
    assert "Meld dere på dialogmøter" in needs(other_vendor)
    assert "Meld dere på dialogmøter" not in needs(vendor)  # is registered
    of_ks = {
        "Registrer hvem som kom",
        "Gå gjennom innspillene",
        "Følg opp rammebetingelser over fristen",
        "Følg opp utprøvinger som ikke er i rute",
    }
    assert not of_ks & needs(ks).keys()
    rooms.pass_time()
    late = ConditionText(state=ConditionState.PARTLY, due_on=day(-3), reason="Delvis")
    decisions.edit_condition(ks.actor, "finansiering", late, revision=1)
    pilot(state=PilotState.ACTIVE, starts_on=day(-5), course=Course.AT_RISK)
    for person in (ks, ks_member):
        assert of_ks <= needs(person).keys()
    assert not of_ks & needs(vendor).keys()
    assert "Meld dere på dialogmøter" not in needs(other_vendor)  # it is over


def test_a_decided_round_waits_for_its_release_and_a_report_for_its_readers(
    app: Flask, rooms, ks, ks_member, municipality, steering
):
    release = "Offentliggjør utprøvingskommunene"
    rounds = Rounds(ks.actor)
    rounds.at(CandidateState.SELECTED, municipality.actor, run=rooms.run)
    assert release not in needs(ks)
    rounds.move(rooms.run, RoundState.DECIDED)
    assert release in needs(ks)
    for person in (ks_member, municipality, steering):
        assert release not in needs(person)
    rounds.release(rooms.run)
    assert release not in needs(ks)
    made = reports.add_report(ks.actor, title="Uke 48", words="Ord")
    assert "Send statusrapporten: Uke 48" in needs(ks)
    assert not any("Uke 48" in title for title in needs(steering))
    reports.send_report(ks.actor, app.extensions["registry"], made.id, revision=1)
    assert "Les statusrapporten: Uke 48" in needs(steering)
    assert not any("Uke 48" in title for title in needs(ks))


# --- the open pages --------------------------------------------------------------------------


def test_the_steps_follow_what_is_released(world, ks, steering, municipality, stranger):
    def status() -> str:
        found = {pages.words(stranger.get(path).text) for path in ("/", "/status")}
        assert len({tuple(re.findall("er ikke avklart", text)) for text in found}) == 1
        return " ".join(sorted(found))

    said = status()
    assert "Hvilke kommuner og brukerhistorier som prøves ut, er ikke avklart" in said
    assert said.count("Ingen liste er publisert ennå") == 2
    assert "Øverst på den prioriterte listen" not in said
    ranking = Ranking(world, ks.actor, steering.actor)
    refs = ranking.stories(2, title="Dette først")
    ranking.at(ListState.RELEASED, refs)
    said = status()
    assert "Hvilke kommuner og brukerhistorier som prøves ut, er ikke avklart" in said
    assert "Versjon 1 av listen er publisert" in said
    assert said.count("Øverst på den prioriterte listen") == 2
    rounds = Rounds(ks.actor)
    run = rounds.open()
    rounds.at(CandidateState.SELECTED, municipality.actor, run=run)
    rounds.move(run, RoundState.DECIDED)
    assert "valgt" not in status()
    rounds.release(run)
    assert "Hvilke brukerhistorier som prøves ut, er ikke avklart." in status()
    seat()
    released(stories=(id_of(refs[0]) or 0,))
    document(DocumentState.ADOPTED)
    said = status()
    assert "er ikke avklart." not in said.replace("«", "")
    for words in (
        "Én utprøvingskommune er valgt",
        "Én utprøving er vist for alle",
        "Én er fastsatt",
    ):
        assert said.count(words) == 2, words


def test_a_session_is_told_apart_from_its_namesake(ks):
    host = Host(ks)
    for _ in range(2):
        host.session(title="Et møte med et langt navn om legemiddelinformasjon")
    labels = ks.get("/diagram/pameldinger.json").json["data"][0]["y"]
    assert len(set(labels)) == 2
    assert all(len(label) <= 38 for label in labels)
