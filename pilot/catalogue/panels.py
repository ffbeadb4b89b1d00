"""What the catalogue shows in others' pages: search hits, and what waits for NHN."""

from collections.abc import Iterable

from pilot.catalogue import queries
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import document_ref, recommendation_ref
from pilot.core.policy import Actor, allows
from pilot.core.registry import Hit, Need, Reference, link
from pilot.core.words import say, say_many

KINDS = {
    "solution": say("Nasjonal løsning"),
    "service": say("Informasjonstjeneste"),
    "document": say("Grunnlagsdokument"),
}


def hits(actor: Actor, text: str) -> Iterable[Hit]:
    """National solutions, information services and foundation documents; open to everyone."""
    for found in queries.hits(actor, text):
        if found.kind == "document":
            ref = document_ref(int(found.key))
            where = link("catalogue.document", ref=ref)
        else:
            ref, where = "", link(f"catalogue.{found.kind}", key=found.key)
        yield Hit(KINDS[found.kind], found.name, ref, where, "nb")


def recommendations(actor: Actor, refs: Iterable[str]) -> dict[str, Reference]:
    """Recommendations by references such as «GD-2/5»; others link to them by these."""
    found = {}
    for row in queries.recommendations(actor, refs):
        ref = recommendation_ref(row.document, row.number)
        where = link(
            "catalogue.document", ref=document_ref(row.document), _anchor=f"anbefaling-{row.number}"
        )
        found[ref] = Reference(ref, row.text, where)
    return found


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
