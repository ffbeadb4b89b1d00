"""What the catalogue shows in others' pages: search hits, and what waits for NHN."""

from collections.abc import Iterable

from pilot.catalogue import queries
from pilot.catalogue.permissions import CataloguePermission
from pilot.core.policy import Actor, allows
from pilot.core.registry import Hit, Need, link
from pilot.core.words import say, say_many


def hits(actor: Actor, text: str) -> Iterable[Hit]:
    """National solutions and information services; open to everyone."""
    for found in queries.hits(actor, text):
        endpoint = "catalogue.service" if found.is_service else "catalogue.solution"
        yield Hit(
            kind=say("Informasjonstjeneste") if found.is_service else say("Nasjonal løsning"),
            title=found.name,
            ref="",
            link=link(endpoint, key=found.key),
            lang="nb",
        )


def needs(actor: Actor) -> Iterable[Need]:
    """Solutions that nobody has confirmed, for the provider who can."""
    if not allows(actor, CataloguePermission.SOLUTION_CONFIRM):
        return
    count = queries.unconfirmed(actor)
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
