"""Status reports, and files that are imported."""

from collections.abc import Callable
from typing import Any

from pilot.core.db import db
from pilot.imports import service as imports
from pilot.overview import service
from tests.access.conftest import Crowd
from tests.access.rooms import Row
from tests.support.people import Stranger
from tests.support.world import World

PREFIXES = ("/rapporter", "/import")
FIELDS: dict[str, dict[str, Any]] = {
    "/rapporter/ny": {"title": "Status"},
    "/rapporter/<int:report_id>/endre": {"title": "Status", "revision": "1"},
    "/rapporter/<int:report_id>/send": {"revision": "1"},
}


def report(world: World, crowd: Crowd, row: Row) -> str:
    lead = crowd["ks_lead"].actor
    made = service.add_report(lead, title="Status", words="Ord")
    if row.subject == "sent":
        registry = crowd["ks_lead"].app.extensions["registry"]
        service.send_report(lead, registry, made.id, revision=1)
    return str(made.id)


def file(crowd: Crowd) -> str:
    """A file that the lead has chosen, not yet stored."""
    lead = crowd["ks_lead"]
    importer = lead.app.extensions["registry"].imports[0]
    kept = imports.keep_file(lead.actor, importer, "kontakter.csv", [])
    db.session.flush()
    return str(kept.id)


def values(world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "int:report_id": lambda: report(world, crowd, row),
        "key": lambda: row.subject,
        "int:file_id": lambda: file(crowd),
    }


def fields(_world: World, _crowd: Crowd, _row: Row, _who: Stranger, _path: str) -> dict[str, Any]:
    return {}
