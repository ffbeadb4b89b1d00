"""Pages that leads write, Aktuelt, messages and foundation documents."""

from collections.abc import Callable
from typing import Any

from pilot.catalogue.rules import document_ref
from pilot.core.policy import Zone
from pilot.editorial.rules import NoticeState
from tests.access.conftest import Crowd
from tests.access.rooms import Row, numbers
from tests.support.people import Stranger
from tests.support.world import World

PREFIXES = ("/om/", "/om", "/aktuelt", "/meldinger", "/grunnlag")
WRITTEN = {"title_nb": "Tittel", "body_nb": "Tekst"}
LINK = {f"links-0-{part}": "" for part in ("title", "address", "source", "checked_on")}
NOTICE = WRITTEN | {"aimed_at": "public", "dated_on": "2026-11-20"}
FIELDS: dict[str, dict[str, Any]] = {
    "/om/ny": WRITTEN | LINK,
    "/om/<key>/endre": WRITTEN | LINK,
    "/aktuelt/ny": NOTICE,
    "/aktuelt/<int:notice_id>/endre": NOTICE,
    "/meldinger/ny": WRITTEN | {"audience": "vendors"},
    "/meldinger/<int:message_id>/endre": WRITTEN | {"audience": "vendors"},
    "/meldinger/<int:message_id>/send": {"when": "now"},
    "/grunnlag/ny": {"title": "Et dokument"},
    "/grunnlag/<ref>/endre": {"title": "Et dokument"},
    "/grunnlag/folger-opp/<kind>/<int:thing_id>/fjern": {"ref": "GD-1/1"},
}


def notice(world: World, row: Row) -> int:
    is_for_parties = row.subject == "parties"
    return world.notice(
        state=NoticeState.PUBLISHED if is_for_parties else NoticeState(row.subject),
        aimed_at=Zone.PARTIES if is_for_parties else Zone.PUBLIC,
    ).id


def values(world: World, _crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "ref": lambda: document_ref(world.document(recommendations=((1, "Del mer"),)).number),
        "int:number": lambda: "1",
        "kind": lambda: "story",
        "int:thing_id": lambda: str(world.story(is_published=row.subject == "published").id),
        "key": lambda: world.page(is_published=row.subject == "published").key,
        "int:notice_id": lambda: str(notice(world, row)),
        "int:message_id": lambda: str(world.message("vendors", is_sent=row.subject == "sent").id),
    }


def fields(world: World, _crowd: Crowd, row: Row, _person: Stranger, _path: str) -> dict[str, Any]:
    """Publishing a thing has raised the revision that its form carries."""
    found = {"revision": "2" if row.subject in ("published", "parties") else "1"}
    if row.rule == "/om/ny":
        found["title_nb"] = f"En side {next(numbers)}"
    if row.rule == "/grunnlag/folger-opp/<kind>/<int:thing_id>":
        document = world.document(recommendations=((1, "Gjenbruk løsninger"),))
        found["ref"] = f"GD-{document.number}/1"
    return found
