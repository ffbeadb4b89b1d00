"""Which pages there are, an example address of each, and what each may cost."""

import re
from dataclasses import dataclass
from enum import Enum
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

_HREF = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
_MOST = 400  # pages looked at to find an example of each
LIST_ROOTS = (
    *("kommuner", "historier", "losninger", "tjenester", "helseforetak", "utboks", "sok"),
    *("leverandordialog", "meldinger", "organisasjoner", "folk", "foresporsler", "beslutninger"),
    *("utproving", "utprovinger", "anbefalinger", "prioritering", "aktuelt", "rapporter"),
)
#: What may follow: the root itself, and lists of its own.
LIST_PATHS: tuple[list[str], ...] = (
    *([], ["uten-losning"], ["arbeid"]),
    *(["sporsmal"], ["sporsmal-og-svar"], ["innkomne-sporsmal"], ["svar"]),
)
DASHBOARD_WORDS = ("oversikt", "status", "sammenlign", "rapport")
#: Streams do not end; static files, papers and the two machine pages are no pages.
SKIPPED = (
    "static",
    "overview.report_pdf",
    "priorities.paper",
    "stories.news",
    "health.healthz",
    "health.readyz",
)
#: Addresses to measure for the pages that people open most, and those with a search.
CHOSEN = {
    "stories.show": "/historier/BH-0001",
    "stories.versions": "/historier/BH-0004/versjoner",
    "overview.municipality": "/kommuner/0301",
}
SEARCHES = ("/historier?q=legemidler", "/historier?side=40", "/kommuner?q=nord", "/sok?q=plan")


class Budget(Enum):
    """The most a kind of page may cost, in bare pages; storing is counted in bare inserts."""

    ITEM = 4
    LIST = 5
    DASHBOARD = 8
    STORE = 10


@dataclass(frozen=True)
class Sample:
    """An address that stands for a page."""

    endpoint: str
    path: str

    @property
    def budget(self) -> Budget:
        parts = [part for part in self.path.split("?")[0].split("/") if part]
        if any(word in part for part in parts for word in DASHBOARD_WORDS):
            return Budget.DASHBOARD
        is_list = parts[:1] and parts[0] in LIST_ROOTS and parts[1:] in LIST_PATHS
        return Budget.LIST if is_list else Budget.ITEM


def discover(app: Flask, browsers: list[FlaskClient]) -> tuple[list[Sample], list[str]]:
    """An address for every page of the URL map, found as people find it: by following links.

    Answers also the pages for which none was found.
    """
    urls = app.url_map.bind("localhost")
    wanted = {
        rule.endpoint: "" if rule.arguments else str(urls.build(rule.endpoint))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and _is_page(rule.endpoint, rule.rule)
    } | CHOSEN
    for client in browsers:
        _follow(client, urls, wanted)
    found = [Sample(endpoint, path) for endpoint, path in wanted.items() if path]
    searches = [Sample(f"{path.split('?')[0]} (søk)", path) for path in SEARCHES]
    unseen = [endpoint for endpoint, path in wanted.items() if not path]
    return sorted([*found, *searches], key=lambda one: one.path), unseen


def _is_page(endpoint: str, rule: str) -> bool:
    return endpoint not in SKIPPED and not rule.startswith("/api/")


def _follow(client: FlaskClient, urls: MapAdapter, wanted: dict[str, str]) -> None:
    """Walk from the front page until every page has an example; one page of each kind is opened."""
    waiting, opened = ["/", "/oversikt", *(path for path in wanted.values() if path)], set[str]()
    looked = 0
    while waiting and looked < _MOST and not all(wanted.values()):
        answer = client.get(waiting.pop(0))
        looked += 1
        if answer.mimetype != "text/html":
            continue
        for path in map(unescape, _HREF.findall(answer.text)):
            endpoint = _endpoint(urls, path)
            if endpoint not in wanted:
                continue
            wanted[endpoint] = wanted[endpoint] or path
            kind = f"{endpoint} {sorted(part.split('=')[0] for part in path.split('?')[1:])}"
            if kind not in opened or endpoint == "stories.show":
                opened.add(kind)
                waiting.append(path)


def _endpoint(urls: MapAdapter, path: str) -> str:
    try:
        return str(urls.match(path.split("?")[0])[0])
    except HTTPException:
        return ""
