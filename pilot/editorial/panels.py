"""What pages and notices show in others' pages: the front page, the overview, search."""

from collections.abc import Iterable, Sequence
from typing import Any

from pilot.core.finding import FEW
from pilot.core.policy import Actor
from pilot.core.registry import Found, Hit, Link, Need, Panel, Search, Tally, link
from pilot.core.words import say, say_many
from pilot.editorial import queries
from pilot.editorial.rules import SHOWN_BY
from pilot.web.i18n import current_locale

SHOWN = 3


def newest(actor: Actor, _name: str) -> Panel | None:
    """The newest notices that the actor may read; nothing where there are none."""
    rows = queries.latest(actor, current_locale(), SHOWN)
    return Panel("editorial/_newest.html", rows) if rows else None


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    (count,) = found
    if count:
        yield Need(
            title=say("Publiser oppslag i Aktuelt"),
            why=say_many("Ett oppslag er et utkast.", "%(n)s oppslag er utkast.", count),
            link=link("editorial.notices", tilstand="draft"),
            icon="Pencil",
            color="neutral",
        )


NEEDS = Tally(queries.drafts, _needs)


def page_link(key: str) -> Link:
    """Where a page is read: at its own address, or inside another slice's page."""
    return link(SHOWN_BY[key]) if key in SHOWN_BY else link("editorial.page", key=key)


def _page(found: Found) -> Hit:
    return Hit(found.title, "", page_link(found.key), found.lang)


def _notice(found: Found) -> Hit:
    return Hit(found.title, "", link("editorial.notice", notice_id=int(found.key)), found.lang)


SEARCHES = (
    Search(
        say("Sider"),
        _page,
        lambda _q: link("editorial.pages"),
        rows=lambda _actor, locale: queries.page_lines(locale),
        most=FEW,
    ),
    Search(
        say("Aktuelt"), _notice, lambda _q: link("editorial.notices"), rows=queries.notice_lines
    ),
)
