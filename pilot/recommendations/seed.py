"""The demo's documents: one on consultation, one draft. Their texts say that they are examples."""

from datetime import timedelta

from pilot.core.policy import Actor
from pilot.recommendations import queries, service
from pilot.recommendations.rules import DocumentState, DocumentText

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
    for text, is_on_consultation in DEMO:
        document = service.add_document(system, text)
        if is_on_consultation:
            last = queries.today() + timedelta(days=30)
            to = DocumentState.CONSULTATION
            service.move_document(system, document.key, to=to, closes_on=last)
    return len(DEMO)
