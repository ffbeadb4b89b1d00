"""The bench's parts, on small data: it finds every page, counts and weighs; nothing is timed."""

import sys
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

import pytest
from sqlalchemy import select

from pilot import seeds
from pilot.accounts.models import Person
from pilot.core.db import db
from tests.support.databases import ROOT
from tests.support.people import Person as Browsing

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def tools(monkeypatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] in ("bench", "benching")]:
        del sys.modules[name]


@pytest.fixture
def furnished(tell):
    tell.published(title="Publisert", solutions=("helseid",))


@pytest.fixture
def browsers(app, watchful):
    """The demo's rows, and some of its people to look at them."""
    for _step in seeds.demo():
        pass
    wanted = select(Person.id).where(Person.email.in_(LOOK)).order_by(Person.id)
    people = [Browsing(app, one).client for one in db.session.scalars(wanted).all()]
    db.session.rollback()
    return people


LOOK = ("leder@ks.example", "kontakt@0301.kommune.example")
#: What no link of the demo's pages leads to.
UNSEEN = {
    # from mail
    *("accounts.sign_in_link", "accounts.new_password", "accounts.confirm_signup"),
    *("dialogue.register", "dialogue.change_question"),  # for vendors
    # for a state that nothing in the demo is in, or not the first of its kind
    *("accounts.edit_organisation", "coreteam.end", "imports.show", "overview.report"),
    "overview.edit_report",
    *("candidates.move", "candidates.release_round", "dialogue.publish", "recommendations.inputs"),
    # of a municipality that assesses itself: in the demo one that does not exist, not the first
    *("candidates.assessment", "candidates.section", "candidates.past", "candidates.assign"),
    *("candidates.submit", "candidates.version", "candidates.receipt"),
    *("candidates.panel", "candidates.review", "candidates.review_section"),
    *("candidates.moderation", "candidates.moderate", "candidates.finish_panel"),
    *("candidates.panel_result", "candidates.ask_new_look", "candidates.answer_new_look"),
    "overview.chart_figure",  # fetched by script, and weighed with its page
}


def test_every_page_is_found_by_following_links(app, browsers):
    from benching.pages import Budget, discover

    found, unseen = Context().run(discover, app, browsers)  # each request in a context of its own
    assert set(unseen) == UNSEEN
    budgets = {one.path.split("?")[0]: one.budget for one in found}
    assert budgets["/historier"] is Budget.LIST
    assert budgets["/oversikt"] is budgets["/status"] is Budget.DASHBOARD
    assert budgets["/historier/ny"] is Budget.ITEM
    assert {"/kommuner", "/losninger", "/utboks"} <= budgets.keys()


def test_a_page_is_looked_at_with_its_statements_and_bytes(app, furnished, ks, counted):
    from benching import measure, weight

    page = Context().run(measure.look, db.engine, ks.client, "/historier")
    with counted() as sent:
        Context().run(ks.client.get, "/historier")
    assert (page.status, page.mimetype) == (200, "text/html")
    assert page.statements == len(sent) > 0
    assert 0 < page.gzipped < page.kilobytes < 100
    html, files = weight.first_load(page.html)
    assert 0 < html < page.kilobytes
    assert 20 < files < 250
    charts = weight.figures(ks.get("/oversikt").text)
    assert charts
    assert all(ks.get(path).status_code == 200 for path in charts)


def test_what_is_over_its_budget_is_said():
    from bench import Line
    from benching.pages import Budget

    fine = Line("/x", "gjest", Budget.LIST, 4.9, 10, None)
    slow = Line("/x", "gjest", Budget.LIST, 5.1, 11, None)
    assert fine.faults == []
    assert slow.faults == ["ratio", "statements"]
    assert "OVER ratio, statements" in str(slow)
    assert Line("/x", "gjest", None, 99.0, 99, None).faults == []  # a file has no budget


def test_the_yardstick_fetches_and_stores(tmp_path: Path):
    from benching import bare

    with bare.running(tmp_path) as (fetch, store):
        assert fetch() > 0
        assert store() > 0


def test_what_the_bench_stores_is_a_story(app, municipality, counted):
    from bench import _form
    from benching import measure, site

    token = "not asked for in tests"
    answer = municipality.post("/historier/ny", _form(token, 1))
    assert answer.status_code == 302
    ratio = measure.ratio(lambda: None, lambda: 1.0, 2)
    assert ratio >= 0
    client = site.browser(app, None)
    assert client.get("/").status_code == 200
    with pytest.raises(SystemExit, match="was not let in"):
        site.browser(app, "ingen@prove.example")


def test_the_seed_that_it_measures_needs_the_demo():
    with pytest.raises(seeds.Refused, match="seed demo"):
        list(seeds.large())
