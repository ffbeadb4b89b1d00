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
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.queries import text_of
from pilot.stories.rules import SolutionLink, StoryState
from tests.support.arrivals import Arrivals

S = StoryState
LIST, DASHBOARD = 10, 15
API = "/api/v1"
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
    (f"{API}/stories?limit=500", "stranger", LIST),
    (f"{API}/stories/{{ref}}", "stranger", LIST),
]


@pytest.fixture
def story(tell, nhn):
    """A published story; `grow` gives it more of a past."""
    return tell.published(**FLOW, solutions=("helseid", "sysvak"))


@pytest.fixture
def ids(world, municipality, story):
    """What the addresses above hold."""
    return {
        "ref": story.ref,
        "person": municipality.id,
        "place": municipality.organisation_id,
        "firm": world.organisation().id,
        "notice": world.notice().id,
        "message": world.message("participants").id,
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
def grow(world, tell, ks, nhn, story, arrive):
    """Add rows of every kind that a site gathers."""

    def more(count: int) -> None:
        world.stories(count, state=S.READY, is_published=True, **FLOW)
        world.stories(count, **FLOW)
        world.stories(count, state=S.DRAFT)
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
        "/historier/strom",
        "/historier/<ref>/flytt/<state>",
        "/historier/<ref>/publiser",
        "/historier/<ref>/slett",
        f"{API}/openapi.json",
        f"{API}/municipalities",
        f"{API}/national-solutions",
    }
    numbers = ("person", "place", "firm", "notice", "message")
    some = {"ref": "BH-0001"} | dict.fromkeys(numbers, 1)
    adapter = app.url_map.bind("localhost")
    measured = {
        adapter.match(path.partition("?")[0].format(**some), return_rule=True)[0].rule
        for path, _, _ in PAGES
    }
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - measured == without
