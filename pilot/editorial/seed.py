"""The pages that the site ships with, and two notices for the demo."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor, Zone
from pilot.core.texts import Said, Texts
from pilot.core.unit import unit_of_work
from pilot.core.words import DATA, LOCALES
from pilot.editorial import queries, service
from pilot.editorial.models import EditorialPage, Notice, PageVersion
from pilot.editorial.rules import LinkText, NoticeText, PageText

FOLDER = DATA / "pages"
LARGE = 100  # notices


def reference(_password_hash: str) -> int:
    """The shipped pages, published: adds the missing, and mends what nobody has touched."""
    with unit_of_work():
        return sum(_bring(key, text) for key, text in _shipped())


def _bring(key: str, text: PageText) -> int:
    system = Actor.system()
    page = db.session.scalar(select(EditorialPage).where(EditorialPage.key == key))
    if page is None:
        page = service.add_page(system, text, key=key)
        service.publish_page(system, key, revision=page.revision)
        return 1
    if _is_untouched(page) and queries.page_text(page.id, page.version) != text:
        page = service.edit_page(system, key, text, revision=page.revision)
        service.publish_page(system, key, revision=page.revision)
    return 0


def _is_untouched(page: EditorialPage) -> bool:
    """No person has written a version, and no lead has taken the page away."""
    written = select(PageVersion.id).where(
        PageVersion.page_id == page.id, PageVersion.author_id.is_not(None)
    )
    is_ours = db.session.scalar(written.limit(1)) is None
    return is_ours and page.published_version == page.version


def _shipped() -> Iterator[tuple[str, PageText]]:
    links: dict[str, list[LinkText]] = {}
    for row in _rows("links.csv"):
        checked = date.fromisoformat(row["checked_on"]) if row["checked_on"] else None
        link = LinkText(row["title"], row["address"], row["source"], checked)
        links.setdefault(row["page"], []).append(link)
    for row in _rows("pages.csv"):
        key = row["key"]
        texts = Texts(*(_said(key, locale) for locale in LOCALES))
        yield key, PageText(texts, tuple(links.get(key, ())))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _said(key: str, locale: str) -> Said:
    """A shipped text: its first line is the title."""
    text = (FOLDER / f"{key}.{locale}.md").read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    return Said(title.removeprefix("#").strip(), body.strip())


# --- the demo --------------------------------------------------------------------------------

DEMO = (
    (
        Zone.PUBLIC,
        4,
        Texts(
            nb=Said(
                "Pilotrommet er åpnet",
                "Nå kan kommuner, Norsk helsenett, leverandører og KS følge arbeidet på ett sted: "
                "fra behov til anbefaling.\n\n"
                "Les [slik deltar kommunen din](/om/slik-deltar-kommunen). Hvilke kommuner og "
                "brukerhistorier som prøves ut, er ikke avklart.",
            ),
            nn=Said(
                "Pilotrommet er opna",
                "No kan kommunar, Norsk helsenett, leverandørar og KS følgje arbeidet på éin "
                "stad: frå behov til tilråding.\n\n"
                "Les [slik deltek kommunen din](/om/slik-deltar-kommunen). Kva kommunar og "
                "brukarhistorier som blir prøvde ut, er ikkje avklart.",
            ),
            en=Said(
                "Pilotrommet has opened",
                "Municipalities, Norsk helsenett, vendors and KS can now follow the work in one "
                "place: from need to recommendation.\n\n"
                "Read [how your municipality takes part](/om/slik-deltar-kommunen). Which "
                "municipalities and user stories will be piloted is not settled.",
            ),
        ),
    ),
    (
        Zone.PARTIES,
        1,
        Texts(
            nb=Said(
                "Slik arbeider vi med brukerhistoriene",
                "KS leser historiene etter hvert som de kommer inn, og svarer kommunen på e-post. "
                "Norsk helsenett vurderer hvilke nasjonale løsninger som kan dekke behovet.",
            ),
            nn=Said(
                "Slik arbeider vi med brukarhistoriene",
                "KS les historiene etter kvart som dei kjem inn, og svarer kommunen på e-post. "
                "Norsk helsenett vurderer kva nasjonale løysingar som kan dekkje behovet.",
            ),
        ),
    ),
)


def demo(_password_hash: str) -> int:
    """One notice for everyone and one for the participants."""
    system, today = Actor.system(), clock.now().date()
    for zone, days_ago, texts in DEMO:
        text = NoticeText(texts, today - timedelta(days=days_ago), zone)
        notice = service.add_notice(system, text)
        service.publish_notice(system, notice.id, revision=notice.revision)
    return len(DEMO)


def large(_password_hash: str) -> int:
    """Notices to measure on, published; a second run changes nothing."""
    have = db.session.scalar(select(func.count()).select_from(Notice)) or 0
    return in_pieces(range(have, LARGE), one_by_one(_large_notice))


def _large_notice(number: int) -> None:
    system, days = Actor.system(), timedelta(days=number)
    said = Said(f"Prøveoppslag {number}", "KS har lagt ut et nytt referat.")
    zone = Zone.PARTIES if number % 3 == 0 else Zone.PUBLIC
    text = NoticeText(Texts(nb=said), clock.now().date() - days, zone)
    notice = service.add_notice(system, text)
    service.publish_notice(system, notice.id, revision=notice.revision)
