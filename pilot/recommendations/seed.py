"""The demo's documents: one on consultation, one draft. Their texts say that they are examples."""

from datetime import timedelta

from sqlalchemy import func, select

from pilot.catalogue import queries as catalogue
from pilot.catalogue.service import follow_up
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Thing
from pilot.pilots.models import Pilot
from pilot.recommendations import queries, service
from pilot.recommendations.rules import DocumentState, DocumentText
from pilot.stories.models import Story

FIRST = {"story": Story, "pilot": Pilot}
DEMO = (
    (
        DocumentText(
            title="Krav til deling av opplysninger ved anskaffelse av journal",
            body="Dette er et eksempel til demonstrasjonen, ikke en anbefaling fra KS.\n\n"
            "## Hva anbefalingen gjelder\n\n"
            "Kommuner som skal anskaffe journalsystem, bør be leverandøren beskrive hvordan "
            "systemet deler opplysninger gjennom nasjonale løsninger.\n\n"
            "## Hva kommunen bør spørre om\n\n"
            "- Hvilke nasjonale løsninger støtter systemet i dag?\n"
            "- Hvordan logger helsepersonell inn?\n"
            "- Hvordan ser innbyggeren hvem som har lest?",
        ),
        True,
    ),
    (
        DocumentText(
            title="Felles begreper for informasjonstjenester",
            body="Dette er et eksempel til demonstrasjonen. Utkastet er ikke ferdig.",
        ),
        False,
    ),
)


def demo(_password_hash: str) -> int:
    system = Actor.system()
    made = []
    for text, is_on_consultation in DEMO:
        document = service.add_document(system, text)
        made.append(document.id)
        if is_on_consultation:
            last = queries.today() + timedelta(days=30)
            to = DocumentState.CONSULTATION
            service.move_document(system, document.key, to=to, closes_on=last)
    _follow_up(Thing("document", made[0]))
    return len(DEMO)


def _follow_up(document: Thing) -> None:
    """The first story and pilot, and the document, follow up a recommendation each of the last
    foundation document, which is the demo's own."""
    first = [(kind, db.session.scalar(select(func.min(row.id)))) for kind, row in FIRST.items()]
    things = [document, *(Thing(kind, at) for kind, at in first if at)]
    offered = catalogue.follow_up_page(Actor.system(), document).offered
    for thing, row in zip(things, reversed(offered), strict=False):
        follow_up(Actor.system(), thing, row.ref)
