"""What the catalogue shows in others' pages: search hits, and what waits for NHN."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.catalogue import queries
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import FOLLOWING, document_ref
from pilot.core.finding import FEW
from pilot.core.policy import Actor, allows
from pilot.core.registry import Found, Hit, Need, Panel, Search, Tally, Thing, link
from pilot.core.words import say, say_many


def _solution(found: Found) -> Hit:
    return Hit(found.title, "", link("catalogue.solution", key=found.key), found.lang)


def _service(found: Found) -> Hit:
    return Hit(found.title, "", link("catalogue.service", key=found.key), found.lang)


def _document(found: Found) -> Hit:
    ref = document_ref(int(found.key))
    return Hit(found.title, ref, link("catalogue.document", ref=ref), found.lang)


#: Open to everyone.
SEARCHES = (
    Search(
        say("Nasjonale løsninger"),
        _solution,
        lambda _q: link("catalogue.solutions"),
        rows=lambda _actor, _locale: queries.solution_lines(),
        most=FEW,
    ),
    Search(
        say("Informasjonstjenester"),
        _service,
        lambda q: link("catalogue.services", q=q),
        rows=lambda _actor, _locale: queries.service_lines(),
    ),
    Search(
        say("Grunnlagsdokumenter"),
        _document,
        lambda _q: link("catalogue.documents"),
        rows=lambda _actor, _locale: queries.document_lines(),
        most=FEW,
    ),
)


def beside(actor: Actor, thing: Thing) -> Panel | None:
    """The recommendations that the thing follows up; to KS also the way to say which."""
    if thing.kind not in FOLLOWING:
        return None
    rows = queries.followed_by(actor, thing)
    if not rows and not allows(actor, CataloguePermission.FOLLOW_UP):
        return None
    view = {"rows": rows, "thing": thing, "may": CataloguePermission.FOLLOW_UP}
    return Panel("catalogue/_follows.html", view)


def _numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.unconfirmed() if allows(actor, CataloguePermission.SOLUTION_CONFIRM) else ()


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    """Solutions that nobody has confirmed, for the provider who can."""
    (count,) = found
    if count:
        yield Need(
            title=say("Bekreft nasjonale løsninger"),
            why=say_many(
                "Én er beskrevet ut fra egen kunnskap, uten kilde.",
                "%(n)s er beskrevet ut fra egen kunnskap, uten kilde.",
                count,
            ),
            link=link("catalogue.solutions", vis="ikke-bekreftet"),
            icon="ClipboardCheckmark",
            color="info",
        )


NEEDS = Tally(_numbers, _needs)
