"""What each page costs: ratios to a bare page in the same run, statements, bytes, first loads.

CPU time of the process, median of 200 warm requests in the same process, as KS' project lead; as
others where the page is theirs, or differs by more than a tenth. A ratio holds on any machine.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benching import bare, measure, site, weight
from benching.measure import Page
from benching.pages import Budget, Sample, discover

from pilot.core.db import db

HTML = "text/html"
HTML_MOST = 30.0  # kB gzipped
LOAD_MOST, CHART_LOAD_MOST = 250.0, 700.0  # kB over the wire
STATEMENTS_MOST = {Budget.DASHBOARD: 15}
STATEMENTS_ELSE = 10
FILE_ROUNDS = 10  # a file of all rows is no page; it is measured, and has no budget
STORED_EACH = 80  # an organisation may add a hundred stories a day

Client = tuple[str, FlaskClient]


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    path: str
    role: str
    budget: Budget | None
    ratio: float
    statements: int
    page: Page | None

    def __str__(self) -> str:
        kind = f"{self.budget.name.lower()} ≤ {self.budget.value}" if self.budget else "–"
        raw, packed = (self.page.kilobytes, self.page.gzipped) if self.page else (0.0, 0.0)
        over = "  OVER " + ", ".join(self.faults) if self.faults else ""
        sizes = f"{raw:8.1f} {packed:8.1f}" if self.page else f"{'':8} {'':8}"
        return (
            f"{self.path:44.44} {self.role:11} {kind:15} {self.ratio:6.2f} {self.statements:5} "
            f"{sizes}{over}"
        )

    @property
    def faults(self) -> list[str]:
        if self.budget is None:
            return []
        most = STATEMENTS_MOST.get(self.budget, STATEMENTS_ELSE)
        found = ["ratio"] if self.ratio > self.budget.value else []
        if self.budget is Budget.STORE:
            return found
        found += ["statements"] if self.statements > most else []
        return found + (["html"] if self.page and self.page.gzipped > HTML_MOST else [])


def main() -> int:
    wanted = _arguments()
    with site.running() as (app, folder), bare.running(folder) as (fetch, store):
        browsers = [(role, site.browser(app, email)) for role, email in site.PEOPLE.items()]
        browsers.append((site.GUEST, site.browser(app, None)))
        samples, unseen = discover(app, [client for _, client in browsers])
        chosen = [one for one in samples if re.search(wanted.only, one.path)]
        with app.app_context():
            engine = db.engine
        fetch()
        print(f"bare page {fetch() * 1000:.1f} ms, {wanted.rounds} rounds\n")
        lines = list(_measured(engine, chosen, browsers, fetch, wanted.rounds))
        if re.search(wanted.only, "/historier/ny"):
            lines.append(_storing(app, engine, store, wanted.rounds))
            print(lines[-1])
        _weigh(lines, browsers)
    for endpoint in unseen:
        print(f"no address was found for {endpoint}")
    return 1 if any(line.faults for line in lines) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="PATTERN", help="addresses that match")
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


# --- pages -----------------------------------------------------------------------------------


def _measured(
    engine: Engine,
    samples: list[Sample],
    browsers: list[Client],
    fetch: Callable[[], float],
    rounds: int,
) -> Iterator[Line]:
    print(f"{'page':44} {'as':11} {'budget':15} {'ratio':>6} {'stmts':>5} {'html kB':>8} {'gz':>8}")
    for sample in samples:
        for role, client, page in _differing(engine, sample.path, browsers):
            is_page = page.mimetype == HTML
            count = rounds if is_page else min(rounds, FILE_ROUNDS)
            cost = measure.ratio(lambda: client.get(sample.path).data, fetch, count)  # noqa: B023  # called at once
            budget = sample.budget if is_page else None
            line = Line(sample.path, role, budget, cost, page.statements, page)
            print(line, flush=True)
            yield line


def _differing(
    engine: Engine, path: str, browsers: list[Client]
) -> Iterator[tuple[str, FlaskClient, Page]]:
    """Those who see the page; one of each kind of those who see nearly the same."""
    seen: list[Page] = []
    for role, client in browsers:
        page = measure.look(engine, client, path)
        if page.status == 200 and not any(_alike(page, other) for other in seen):
            seen.append(page)
            yield role, client, page


def _alike(one: Page, other: Page) -> bool:
    near = abs(one.kilobytes - other.kilobytes) <= 0.1 * other.kilobytes
    return near and one.statements == other.statements


# --- storing ---------------------------------------------------------------------------------


def _storing(app: Flask, engine: Engine, store: Callable[[], float], rounds: int) -> Line:
    """A new story, sent in at once; from enough municipalities to stay under their daily most."""
    senders = []
    for number in _numbers(-(-rounds // STORED_EACH)):
        client = site.browser(app, f"kommune-{number}@stor.example")
        senders.append((client, site.token(client, "/historier/ny")))
    turns = cycle(senders)
    keys = iter(range(10**9))

    def send() -> None:
        client, token = next(turns)
        answer = client.post("/historier/ny", data=_form(token, next(keys)))
        if answer.status_code != HTTPStatus.FOUND:
            raise SystemExit(f"not stored: {answer.status_code}")

    cost = measure.ratio(send, store, rounds)
    with measure.counted(engine) as sent:
        send()
    return Line("POST /historier/ny", "kommune", Budget.STORE, cost, len(sent), None)


def _numbers(count: int) -> list[str]:
    """Municipalities that have a story or two of today already, at most."""
    return ["1811", "1812", "1813", "1815", "1816", "1818", "1820", "1822", "1824"][: count + 1]


def _form(token: str, key: int) -> dict[str, str]:
    return {
        "csrf_token": token,
        "form_key": f"bench-{key}",
        "title": "Legemiddelliste ved innleggelse",
        "role": "lege i akuttmottak",
        "need": "se hvilke legemidler hjemmetjenesten deler ut",
        "benefit": "pasienten får riktig dose fra første døgn",
        "from_setting": "hjemmetjeneste",
        "to_setting": "sykehus",
        "elements": "legemidler i bruk\nsiste utdeling",
        "criteria-0": "Opplysningene vises innen ti sekunder",
        "frequency": "daily",
        "patients_per_year": "1 200",
        "solutions": "pll",
        "language": "nb",
        "submit": "1",
    }


# --- first loads -----------------------------------------------------------------------------


def _weigh(lines: list[Line], browsers: list[Client]) -> None:
    """The first visit to each page: HTML, linked files, and the figures its charts fetch."""
    columns = "".join(f"{name:>9}" for name in ("html", "files", "figures", "all"))
    print(f"\n{'first load, kB over the wire':44}{columns}")
    clients = dict(browsers)
    shown: set[str] = set()
    for line in lines:
        if line.page is None or line.page.mimetype != HTML or line.path in shown:
            continue
        shown.add(line.path)
        page, files = weight.first_load(line.page.html)
        charts = weight.figures(line.page.html)
        data = sum(weight.wire(clients[line.role].get(path).data) for path in charts)
        most = CHART_LOAD_MOST if charts else LOAD_MOST
        over = "  OVER" if page + files + data > most else ""
        total = page + files + data
        print(f"{line.path:44.44} {page:8.1f} {files:8.1f} {data:8.1f} {total:8.1f}{over}")


if __name__ == "__main__":
    sys.exit(main())
