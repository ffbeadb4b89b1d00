"""What pages and notices show in others' pages: the front page, the overview, search."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Found, Hit, Link, Need, Panel, Search, link
from pilot.core.words import say, say_many
from pilot.editorial import queries
from pilot.editorial.rules import SHOWN_BY
from pilot.web.i18n import current_locale

SHOWN = 3


def newest(actor: Actor, _name: str) -> Panel | None:
    """The newest notices that the actor may read; nothing where there are none."""
    rows = queries.latest(actor, current_locale(), SHOWN)
    return Panel("editorial/_newest.html", rows) if rows else None


def needs(actor: Actor) -> Iterable[Need]:
    count = queries.drafts(actor)
    if count:
        yield Need(
            title=say("Publiser oppslag i Aktuelt"),
            why=say_many("Ett oppslag er et utkast.", "%(n)s oppslag er utkast.", count),
            link=link("editorial.notices", tilstand="draft"),
            icon="Pencil",
            color="neutral",
        )


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
        lambda actor, q: queries.page_hits(actor, q, current_locale()),
        _page,
        lambda _q: link("editorial.pages"),
    ),
    Search(
        say("Aktuelt"),
        lambda actor, q: queries.notice_hits(actor, q, current_locale()),
        _notice,
        lambda _q: link("editorial.notices"),
    ),
)
