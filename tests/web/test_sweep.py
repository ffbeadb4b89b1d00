"""Every page, for every kind of person: it answers, writes nothing, and asks little.

Each page is also parsed and checked, since that happens to every page a test fetches.
"""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from pilot.catalogue.rules import LinkKind, LinkText, ServiceText
from pilot.catalogue.service import add_service
from pilot.core.db import db
from pilot.municipalities.models import HospitalTrust
from pilot.overview.service import add_report
from pilot.stories.rules import StoryState
from tests.support.people import Stranger

PEOPLE = [
    "stranger",
    "ks",
    "ks_member",
    "municipality",
    "neighbour",
    "nhn",
    "vendor",
    "hospital",
    "steering",
    "two_hats",
]
#: Pages with the budget of a dashboard have one of these in their address.
DASHBOARDS = ("oversikt", "status", "sammenlign", "rapport")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
#: Not pages: files of the site itself, and a stream that does not end.
LEFT_OUT = {"static", "stories.news"}
#: What a hostile address may hold; none of it may reach the site's own links or break a page.
HOSTILE = (
    "_scheme=javascript&_external=1&_anchor=x&_method=POST",
    "number=1&ref=x&key=x&chart_id=x&endpoint=x&self=x&values=x",
    "side=-1&side=x",
    "side=99999999999999999999",
    "q=%00&tilstand=%00&fra=%00&til=%00&losning=%00&kommune=%00&fylke=%00&vis=%00&next=%00",
    "q=%ff%27%22%3Cscript%3Ealert(1)%3C/script%3E",
    "q=%25%5F%5C*%28",
    "q=" + "a" * 3_000,
    "sorter=finnes-ikke&tilstand=finnes-ikke&fylke=99&tilstand=x&tilstand=y",
)


@dataclass(frozen=True)
class Site:
    """Something of each kind, in the states that pages differ by."""

    values: dict[str, dict[str, tuple[str, ...]]]

    def addresses(self, app, rule: Rule) -> list[str]:
        """Every address the rule has here."""
        found = [{}]
        for name in rule.arguments:
            many = self.values["*"].get(name) or self.values[rule.endpoint][name]
            found = [one | {name: value} for one in found for value in many]
        urls = app.url_map.bind("localhost")
        return [urls.build(rule.endpoint, one) for one in found]


@pytest.fixture
def furnished(world, ks) -> Site:
    oslo = world.municipality("0301")
    S = StoryState  # noqa: N806  # as the slice writes it
    stories = [world.story(oslo, state=state) for state in (S.DRAFT, S.SUBMITTED, S.RETURNED)]
    stories.append(world.story(oslo, state=S.READY, is_published=True, context="# Om\n\n- a\n- b"))
    text = ServiceText(name="Delt plan", links=(LinkText("helseid", LinkKind.REUSE, "Ja"),))
    service = add_service(ks.actor, text)
    draft = add_report(ks.actor, title="Status", words="Ord")
    trust = db.session.scalars(select(HospitalTrust.key)).first()
    return Site(
        {
            "*": {
                "ref": (*(story.ref for story in stories), "BH-9999", "x"),
                "number": ("0301", "9999", "x"),
                "state": ("returned", "submitted", "x"),
                "chart_id": ("tilstander", "flyter", "x"),
                "mail_id": ("1",),
                "report_id": (str(draft.id), "999999"),
            },
            "catalogue.solution": {"key": ("helseid", "x")},
            "catalogue.service": {"key": (service.key, "x")},
            "catalogue.edit_service": {"key": (service.key, "x")},
            "municipalities.trust": {"key": (str(trust), "x")},
        }
    )


def rules(app) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in LEFT_OUT
    ]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_answers_writes_nothing_and_asks_little(app, request, furnished, counted, who):
    person: Stranger = request.getfixturevalue(who)
    seen = []
    for rule in rules(app):
        for address in furnished.addresses(app, rule):
            with counted() as sent:
                answer = person.get(address)
            place = f"{address} for {who}"
            assert answer.status_code < 500, place
            assert not [s for s in sent if WRITES.match(s)], f"{place} writes: {sent}"
            most = 15 if any(word in rule.rule for word in DASHBOARDS) else 10
            assert len(sent) <= most, f"{place} sends {len(sent)}:\n" + "\n".join(sent)
            seen.append(answer.status_code)
    assert seen.count(200) >= len(rules(app)) / 2, f"{who} sees next to nothing"


@pytest.mark.parametrize("who", ["stranger", "ks"])
@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_address_breaks_no_page(app, request, furnished, who, query):
    person: Stranger = request.getfixturevalue(who)
    for rule in rules(app):
        address = furnished.addresses(app, rule)[0]
        answer = person.client.get(f"{address}?{query}")  # quickly: other tests parse the pages
        assert answer.status_code < 500, f"{address}?{query[:60]}"
        if answer.mimetype == "text/html":
            assert "javascript:" not in answer.text, address
            assert "<script>alert" not in answer.text, address


def test_writing_by_get_would_be_seen(counted, world):
    """The sweep is worth what its counter sees."""
    with counted() as sent:
        world.person()
    assert [s for s in sent if WRITES.match(s)]
