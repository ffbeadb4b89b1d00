"""What pages cost: as many statements for two rows as for two hundred, and few."""

from dataclasses import replace

import pytest

from pilot.accounts.models import Person
from pilot.accounts.service import create_token
from pilot.catalogue.rules import LinkKind, LinkText, ServiceText
from pilot.catalogue.service import add_service
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.editorial.rules import NoticeState
from pilot.priorities.rules import ListState
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.queries import text_of
from pilot.stories.rules import SolutionLink, StoryState
from tests.support import candidates
from tests.support.arrivals import Arrivals
from tests.support.candidates import Rounds
from tests.support.priorities import Ranking

S = StoryState
LIST, DASHBOARD = 10, 15
API = "/api/v1"
ONE = {"ref": "BH-0001", "run": 1, "list": 1}
FLOW = {"from_setting": "sykehus", "to_setting": "hjemmetjeneste"}
#: Every page that shows rows of a kind that grows; {ref} is a story with a past.
PAGES = [
    ("/", "stranger", LIST),
    ("/status", "stranger", DASHBOARD),
    ("/oversikt", "ks", DASHBOARD),
    ("/oversikt", "municipality", DASHBOARD),
    ("/oversikt", "nhn", DASHBOARD),
    ("/oversikt", "vendor", DASHBOARD),
    ("/sok?q=svar", "ks", LIST),
    ("/sok?q=svar", "stranger", LIST),
    ("/kommuner", "ks", LIST),
    ("/kommuner/0301", "ks", LIST),
    ("/kommuner/0301", "municipality", LIST),
    ("/kommuner/kart", "stranger", LIST),
    ("/diagram/tilstander.csv", "ks", LIST),
    ("/diagram/flyter.json", "ks", LIST),
    ("/historier", "ks", LIST),
    ("/historier", "stranger", LIST),
    ("/historier?q=svar&tilstand=ready&fra=sykehus&losning=helseid&sorter=kommune", "ks", LIST),
    ("/historier/last-ned.csv", "ks", LIST),
    ("/historier/uten-losning", "nhn", LIST),
    ("/historier/ny", "municipality", LIST),
    ("/historier/{ref}", "ks", LIST),
    ("/historier/{ref}", "vendor", LIST),
    ("/historier/{ref}/versjoner", "ks", LIST),
    ("/historier/{ref}/endre", "ks", LIST),
    ("/historier/{ref}/losninger", "nhn", LIST),
    ("/losninger", "nhn", LIST),
    ("/losninger/helseid", "stranger", LIST),
    ("/tjenester", "stranger", LIST),
    ("/grunnlag", "stranger", LIST),
    ("/grunnlag/GD-1", "stranger", LIST),
    ("/aktuelt", "stranger", LIST),
    ("/aktuelt?tilstand=draft", "ks", LIST),
    ("/aktuelt.atom", "stranger", LIST),
    ("/aktuelt/{notice}", "ks", LIST),
    ("/om", "ks", LIST),
    ("/om/kontakt", "stranger", LIST),
    ("/om/kontakt/utkast", "ks", LIST),
    ("/om/kontakt/versjoner", "ks", LIST),
    ("/kilder", "stranger", LIST),
    ("/meldinger", "ks", LIST),
    ("/meldinger/ny", "ks", LIST),
    ("/meldinger/{message}", "ks", LIST),
    ("/utboks", "ks", LIST),
    ("/folk", "ks", LIST),
    ("/folk?q=oslo", "ks", LIST),
    ("/folk/{person}", "ks", LIST),
    ("/organisasjoner", "ks", LIST),
    ("/organisasjoner?q=oslo&type=municipality", "ks", LIST),
    ("/organisasjoner/{place}", "ks", LIST),
    ("/organisasjoner/{place}", "municipality", LIST),
    ("/organisasjoner/{firm}/endre", "ks", LIST),
    ("/foresporsler", "ks", LIST),
    ("/min-side", "municipality", LIST),
    ("/min-side/mine-opplysninger.json", "municipality", LIST),
    ("/be-om-tilgang", "stranger", LIST),
    ("/utproving", "stranger", LIST),
    ("/utproving", "municipality", LIST),
    ("/utproving/kandidater", "ks", LIST),
    ("/utproving/runder/{run}", "municipality", LIST),
    ("/utproving/runder/{run}", "vendor", LIST),
    ("/utproving/runder/{run}/inviter?counties=55", "ks", LIST),
    ("/utproving/runder/{run}/interesse", "municipality", LIST),
    ("/utproving/runder/{run}/kandidater/0301", "ks", LIST),
    ("/utproving/runder/{run}/kandidater/0301", "municipality", LIST),
    ("/prioritering", "stranger", LIST),
    ("/prioritering/2", "ks", LIST),
    ("/prioritering/arbeid", "ks", LIST),
    ("/prioritering/{list}/behandling", "steering", LIST),
    (f"{API}/priorities/latest", "stranger", LIST),
    ("/samarbeidskommuner", "ks", LIST),
    ("/samarbeidskommuner", "stranger", LIST),
    (f"{API}/stories?limit=500", "stranger", LIST),
    (f"{API}/stories/{{ref}}", "stranger", LIST),
]


@pytest.fixture
def story(tell, nhn):
    """A published story; `grow` gives it more of a past."""
    return tell.published(**FLOW, solutions=("helseid", "sysvak"))


@pytest.fixture
def run(ks, municipality):
    """An open round that Oslo has shown interest in; `grow` gives it more candidates."""
    rounds = Rounds(ks.actor)
    made = rounds.open()
    rounds.interested(made, municipality.actor, is_public=True)
    return made


@pytest.fixture
def ranked(world, ks, steering):
    """Two released lists, and one that is put before the steering group."""
    ranking = Ranking(world, ks.actor, steering.actor)
    for _ in range(2):
        ranking.at(ListState.RELEASED, ranking.stories(1))
    return ranking.at(ListState.BEFORE_STEERING_GROUP, ranking.stories(1))


@pytest.fixture
def ids(world, municipality, story, run, ranked):
    """What the addresses above hold."""
    return {
        "ref": story.ref,
        "person": municipality.id,
        "place": municipality.organisation_id,
        "firm": world.organisation().id,
        "notice": world.notice().id,
        "message": world.message("participants").id,
        "run": run.id,
        "list": ranked.id,
    }


@pytest.fixture
def arrive(world, ks, municipality):
    """Add people, invitations, requests, sessions, tokens and firms."""
    email = db.session.get_one(Person, municipality.id).email
    come = Arrivals(world, ks.actor)

    def more(count: int) -> None:
        oslo = world.municipality()
        for _ in range(min(count, 60)):
            world.member(oslo)
            world.organisation(declared_group="Konsern")
            come.invitation(oslo.id)
            come.request()
            come.open_session(municipality.actor)
            create_token(Actor.system(), email)

    return more


@pytest.fixture
def grow(world, tell, ks, nhn, story, arrive, run, ranked, steering):
    """Add rows of every kind that a site gathers."""

    def more(count: int) -> None:
        world.stories(count, state=S.READY, is_published=True, **FLOW)
        world.stories(count, **FLOW)
        world.stories(count, state=S.DRAFT)
        candidates.many(run, count)
        Ranking(world, ks.actor, steering.actor).grow(ranked, min(count, 100))
        for n in range(min(count, 20)):
            world.story(state=S.RETURNED)
            world.mail(state="failed")
            world.notice()
            world.notice(state=NoticeState.DRAFT)
            world.page()
            world.message("vendors", is_sent=True)
            world.message("participants")
            world.document(recommendations=((1, "En"), (2, "To")))
            row = db.session.get_one(Story, story.id)
            text = replace(text_of(row), title=f"Tittel {count} {n}")
            service.edit_story(ks.actor, story.id, text, revision=row.revision)
            links = (LinkText("helseid", LinkKind.REUSE, "Ja"),)
            add_service(ks.actor, ServiceText(name=f"Plan {count} {n}", links=links))
        arrive(count)
        for key in ("helseid", "pll", "ny", "sysvak")[: count // 2]:
            service.assess_solution(nhn.actor, story.id, solution_key=key, kind=SolutionLink.REUSE)

    return more


def test_statements_do_not_grow_with_the_rows(request, grow, ids, counted):
    def cost() -> dict[tuple[str, str], int]:
        found = {}
        for path, who, _ in PAGES:
            person = request.getfixturevalue(who)
            with counted() as sent:
                answer = person.get(path.format(**ids))
            assert answer.status_code == 200, (path, who)
            found[path, who] = len(sent)
        return found

    grow(2)
    few = cost()
    grow(200)
    many = cost()
    assert few == many
    too_much = {(p, w): few[p, w] for p, w, most in PAGES if few[p, w] > most}
    assert not too_much


def test_every_list_and_page_of_a_row_is_measured(app):
    """A new page with rows is added above; those without rows are named here."""
    without = {
        "/logg-inn",
        "/logg-inn/lenke/<token>",
        "/glemt-passord",
        "/nytt-passord/<token>",
        "/sjekk-e-posten",
        "/invitasjon/<token>",
        "/invitasjon/<token>/send-videre",
        "/leverandor/registrer",
        "/leverandor/bekreft/<token>",
        "/foresporsler/<int:request_id>",
        "/organisasjoner/ny",
        "/organisasjoner/<int:organisation_id>/inviter",
        "/organisasjoner/<int:organisation_id>/godkjent-av",
        "/healthz",
        "/readyz",
        "/static/<path:filename>",
        "/personvern",
        "/tilgjengelighet",
        "/aktuelt/ny",
        "/aktuelt/<int:notice_id>/endre",
        "/grunnlag/ny",
        "/grunnlag/<ref>/endre",
        "/meldinger/<int:message_id>/endre",
        "/om/ny",
        "/om/<key>/endre",
        "/om-demoen",
        "/kommuner.csv",
        "/helseforetak",
        "/helseforetak/<key>",
        "/tjenestesteder",
        "/tjenester/ny",
        "/utboks/<int:mail_id>",
        "/tjenester/<key>",
        "/tjenester/<key>/endre",
        "/utproving/runder/ny",
        "/utproving/runder/<int:round_id>/endre",
        "/utproving/runder/<int:round_id>/flytt/<state>",
        "/utproving/runder/<int:round_id>/offentliggjor",
        "/utproving/runder/<int:round_id>/trekk",
        "/utproving/runder/<int:round_id>/registrer",
        "/utproving/runder/<int:round_id>/kandidater/<number>/flytt/<state>",
        "/utproving/runder/<int:round_id>/kandidater/<number>/trekk",
        "/prioritering/arbeid/tekst",
        "/prioritering/arbeid/legg-fram",
        "/prioritering/arbeid/publiser",
        "/samarbeidskommuner/ny",
        "/samarbeidskommuner/<int:partner_id>/endre",
        "/historier/strom",
        "/historier/<ref>/flytt/<state>",
        "/historier/<ref>/publiser",
        "/historier/<ref>/slett",
        f"{API}/openapi.json",
        f"{API}/candidates",  # tests/candidates/test_api.py
        f"{API}/candidates/<number>",
        f"{API}/municipalities",
        f"{API}/national-solutions",
    }
    numbers = ("person", "place", "firm", "notice", "message", "run", "list")
    some = {"ref": "BH-0001"} | dict.fromkeys(numbers, 1)
    adapter = app.url_map.bind("localhost")
    measured = {
        adapter.match(path.partition("?")[0].format(**some), return_rule=True)[0].rule
        for path, _, _ in PAGES
    }
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - measured == without
