"""The demo's documents: one on consultation, one draft. Their texts say that they are examples."""

from datetime import timedelta

from sqlalchemy import func, select

from pilot.catalogue import queries as catalogue
from pilot.catalogue.service import follow_up
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor
from pilot.core.registry import Thing
from pilot.pilots.models import Pilot
from pilot.recommendations import queries, service
from pilot.recommendations.models import Document
from pilot.recommendations.rules import DocumentState, DocumentText
from pilot.stories.models import Story

FIRST = {"story": Story, "pilot": Pilot}
LARGE = 60  # drafts
FOLLOWING = 300  # stories that follow up one recommendation
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


def large(_password_hash: str) -> int:
    """Drafts to measure on, and a recommendation that many stories follow up; once."""
    system = Actor.system()
    have = set(db.session.scalars(select(Document.title)))
    drafts = [f"Prøveutkast {number}" for number in range(1, LARGE + 1)]
    missing = [title for title in drafts if title not in have]
    if missing:
        ref = _followed()
        some = db.session.scalars(select(Story.id).order_by(Story.id.desc()).limit(FOLLOWING)).all()
        in_pieces(some, one_by_one(lambda at: follow_up(system, Thing("story", at), ref)))
    return in_pieces(missing, one_by_one(lambda title: service.add_document(system, _text(title))))


def _text(title: str) -> DocumentText:
    return DocumentText(title=title, body="Dette er et eksempel til demonstrasjonen.")


def _followed() -> str:
    """The recommendation that the demo's first document follows up."""
    first = Thing("document", db.session.scalars(select(func.min(Document.id))).one())
    return catalogue.follow_up_page(Actor.system(), first).follows[0].ref
