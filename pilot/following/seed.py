"""A message for the demo; a draft, so that nobody gets it."""

from pilot.core.policy import Actor
from pilot.core.texts import Said, Texts
from pilot.following import service
from pilot.following.queries.audiences import Audiences
from pilot.following.rules import MessageText

TEXTS = Texts(
    nb=Said(
        "Skriv ned behovene dere møter i hverdagen",
        "Hei!\n\nNå kan kommunen din skrive brukerhistorier i Pilotrommet. Det tar omtrent ti "
        "minutter.\n\nHvilke kommuner og brukerhistorier som prøves ut, er ikke avklart.",
    ),
    nn=Said(
        "Skriv ned behova de møter i kvardagen",
        "Hei!\n\nNo kan kommunen din skrive brukarhistorier i Pilotrommet. Det tek om lag ti "
        "minutt.\n\nKva kommunar og brukarhistorier som blir prøvde ut, er ikkje avklart.",
    ),
)


def demo(audiences: Audiences, _password_hash: str) -> int:
    service.add_message(Actor.system(), audiences, MessageText(TEXTS, "municipalities"))
    return 1
