"""What pages cost: as many statements for two rows as for two hundred, and few."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from pilot.accounts.models import Person
from pilot.accounts.service import create_token
from pilot.catalogue.rules import LinkKind, LinkText, ServiceText
from pilot.catalogue.service import add_service, follow_up
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Thing
from pilot.editorial.rules import NoticeState
from pilot.overview import service as overview
from pilot.priorities.rules import ListState
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.queries import text_of
from pilot.stories.rules import SolutionLink, StoryState
from tests.support import candidates
from tests.support.arrivals import Arrivals
from tests.support.candidates import Rounds
from tests.support.dialogue import Host, join
from tests.support.priorities import Ranking
from tests.support.questions import Desk, asked

pytestmark = pytest.mark.one_database  # both are sent the same statements
S = StoryState
LIST, DASHBOARD = 10, 15
FLOW = {"from_setting": "sykehus", "to_setting": "hjemmetjeneste"}
BUDGETS = {"list": LIST, "dashboard": DASHBOARD}


def lines(name: str) -> list[str]:
    """The lines of a table beside this file."""
    text = Path(__file__).with_name(name).read_text()
    return [line for line in text.splitlines() if line and line[0] != "#"]


PAGES = [(path, who, BUDGETS[kind]) for path, who, kind in map(str.split, lines("measured.txt"))]


@pytest.fixture
def story(tell, nhn):
    """A published story that Stavanger supports; `grow` gives it more of a past."""
    made = tell.published(**FLOW, solutions=("helseid", "sysvak"))
    tell.world.supports(made.id, "1103")
    return made


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
def session(ks, vendor):
    """A session that the vendor comes to; `grow` fills it."""
    number = Host(ks).session(capacity=5)
    return {"session": number, "registration": join(vendor, number).id}


@pytest.fixture
def dialogue(ks, vendor):
    """A batch that is out, a draft, and a question it answers; `grow` adds more of each."""
    desk = Desk(ks.actor)
    out = desk.publish(desk.draft(asked(vendor.actor)))
    question = asked(vendor.actor)
    return {"batch": out, "question": question, "draft": desk.draft(question)}


@pytest.fixture
def registry(app):
    return app.extensions["registry"]


@pytest.fixture
def document(world):
    """A document whose recommendation is followed up; `grow` adds stories that do."""
    return world.document(recommendations=((1, "Gjenbruk løsninger"),)).number


def sent_report(lead, registry) -> int:
    made = overview.add_report(lead, title="Status", words="Ord")
    return overview.send_report(lead, registry, made.id, revision=1).id


@pytest.fixture
def ids(world, ks, municipality, story, run, ranked, session, dialogue, document, registry):
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
        **session,
        **dialogue,
        "document": document,
        "report": sent_report(ks.actor, registry),
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
def grow(world, tell, ks, nhn, story, arrive, run, ranked, steering, session, document, vendor):
    """Add rows of every kind that a site gathers."""

    def more(count: int) -> None:
        world.stories(count, state=S.READY, is_published=True, **FLOW)
        world.stories(count, **FLOW)
        world.stories(count, state=S.DRAFT)
        world.many_supports(story.id, count)
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
            followed = Thing("story", world.story(is_published=True).id)
            follow_up(ks.actor, followed, f"GD-{document}/1")
            row = db.session.get_one(Story, story.id)
            text = replace(text_of(row), title=f"Tittel {count} {n}")
            service.edit_story(ks.actor, story.id, text, revision=row.revision)
            links = (LinkText("helseid", LinkKind.REUSE, "Ja"),)
            add_service(ks.actor, ServiceText(name=f"Plan {count} {n}", links=links))
            join(vendor, session["session"], name="Ola", address=f"{count}-{n}@prove.example")
            join(vendor, Host(ks).session(), name="Ola", address="ola@prove.example")
            desk, question = Desk(ks.actor), asked(vendor.actor)
            desk.draft(question)
            desk.publish(*(desk.draft(asked(vendor.actor)) for _ in range(2)))
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
                answer = person.get(path.format_map(ids))
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
    without = set(lines("unmeasured.txt"))
    some = defaultdict(lambda: "1", ref="BH-0001")
    adapter = app.url_map.bind("localhost")
    measured = {
        adapter.match(path.partition("?")[0].format_map(some), return_rule=True)[0].rule
        for path, _, _ in PAGES
    }
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - measured == without
