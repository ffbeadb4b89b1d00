"""What the catalogue shows in others' pages: search hits, and what waits for NHN."""

from collections.abc import Iterable

from pilot.catalogue import queries
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import document_ref, recommendation_ref
from pilot.core.policy import Actor, allows
from pilot.core.registry import Hit, Hits, Need, Reference, link
from pilot.core.words import say, say_many


def hits(actor: Actor, text: str) -> Iterable[Hits]:
    """National solutions and information services; open to everyone."""
    solutions = tuple(
        Hit(name, "", link("catalogue.solution", key=key), "nb")
        for key, name in queries.solution_hits(actor, text)
    )
    yield Hits(say("Nasjonale løsninger"), solutions, len(solutions), link("catalogue.solutions"))
    found, total = queries.service_hits(actor, text)
    services = (Hit(name, "", link("catalogue.service", key=key), "nb") for key, name in found)
    everything = link("catalogue.services", q=text)
    yield Hits(say("Informasjonstjenester"), tuple(services), total, everything)
    rows = tuple(
        Hit(title, ref, link("catalogue.document", ref=ref), "nb")
        for ref, title in queries.document_hits(actor, text)
    )
    yield Hits(say("Grunnlagsdokumenter"), rows, len(rows), link("catalogue.documents"))


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
