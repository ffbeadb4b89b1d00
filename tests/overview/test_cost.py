"""What pages cost: as many statements for two rows as for two hundred, and few."""

from dataclasses import replace

import pytest

from pilot.catalogue.rules import LinkKind, LinkText, ServiceText
from pilot.catalogue.service import add_service
from pilot.core.db import db
from pilot.overview.service import add_report
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.queries import text_of
from pilot.stories.rules import SolutionLink, StoryState

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
    ("/utboks", "ks", LIST),
    ("/rapporter", "ks", LIST),
    ("/rapporter/{report}", "ks", LIST),
    (f"{API}/stories?limit=500", "stranger", LIST),
    (f"{API}/stories/{{ref}}", "stranger", LIST),
]


@pytest.fixture
def story(tell, nhn):
    """A published story; `grow` gives it more of a past."""
    return tell.published(**FLOW, solutions=("helseid", "sysvak"))


@pytest.fixture
def grow(world, tell, ks, nhn, story):
    """Add rows of every kind that a site gathers."""

    def more(count: int) -> None:
        world.stories(count, state=S.READY, is_published=True, **FLOW)
        world.stories(count, **FLOW)
        world.stories(count, state=S.DRAFT)
        for n in range(min(count, 20)):
            world.story(state=S.RETURNED)
            world.mail(state="failed")
            row = db.session.get_one(Story, story.id)
            text = replace(text_of(row), title=f"Tittel {count} {n}")
            service.edit_story(ks.actor, story.id, text, revision=row.revision)
            links = (LinkText("helseid", LinkKind.REUSE, "Ja"),)
            add_service(ks.actor, ServiceText(name=f"Plan {count} {n}", links=links))
            add_report(ks.actor, title=f"Status {n}", words="Ord")
        for key in ("helseid", "pll", "ny", "sysvak")[: count // 2]:
            service.assess_solution(nhn.actor, story.id, solution_key=key, kind=SolutionLink.REUSE)

    return more


def test_statements_do_not_grow_with_the_rows(request, grow, story, counted, ks):
    report = add_report(ks.actor, title="Status", words="Ord").id

    def cost() -> dict[tuple[str, str], int]:
        found = {}
        for path, who, _ in PAGES:
            person = request.getfixturevalue(who)
            with counted() as sent:
                answer = person.get(path.format(ref=story.ref, report=report))
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
        "/rapporter/ny",
        "/rapporter/<int:report_id>/endre",
        "/rapporter/<int:report_id>/rapport.pdf",
        "/logg-inn",
        "/healthz",
        "/readyz",
        "/static/<path:filename>",
        "/personvern",
        "/tilgjengelighet",
        "/kilder",
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
    adapter = app.url_map.bind("localhost")
    measured = {
        adapter.match(path.partition("?")[0].format(ref="BH-0001", report=1), return_rule=True)[
            0
        ].rule
        for path, _, _ in PAGES
    }
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - measured == without
