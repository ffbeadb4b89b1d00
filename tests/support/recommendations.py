"""Documents in the state that a test needs, by the site's own commands."""

from itertools import count
from typing import Any

from pilot.core.policy import Actor
from pilot.recommendations import service
from pilot.recommendations.models import Document
from pilot.recommendations.rules import DocumentState, DocumentText, Position
from tests.support.decisions import day
from tests.support.people import Person

numbers = count(1)
SYSTEM = Actor.system()
S = DocumentState
WAYS = {
    S.DRAFT: (),
    S.CONSULTATION: (S.CONSULTATION,),
    S.ADOPTED: (S.CONSULTATION, S.ADOPTED),
    S.SUPERSEDED: (S.CONSULTATION, S.ADOPTED, S.SUPERSEDED),
}


def text(**fields: Any) -> DocumentText:
    return DocumentText(**({"title": f"Dokument {next(numbers)}", "body": "Tekst"} | fields))


def document(state: DocumentState = S.DRAFT, **fields: Any) -> Document:
    made = service.add_document(SYSTEM, text(**fields))
    for to in WAYS[state]:
        service.move_document(SYSTEM, made.key, to=to, closes_on=day(10))
    return made


# --- the access matrix -----------------------------------------------------------------------

PREFIXES = ("/anbefalinger",)
FIELDS: dict[str, dict[str, Any]] = {
    "/anbefalinger/ny": {"title": "Et dokument", "body": "Tekst"},
    "/anbefalinger/<key>/endre": {"title": "Et dokument", "body": "Ny tekst"},
    "/anbefalinger/<key>/flytt/<state>": {"closes_on": "2099-01-15"},
    "/anbefalinger/<key>/vart-innspill": {"position": "support", "text": "Fint"},
}


def values(_crowd: Any, rule: str, subject: str) -> dict[str, str]:
    if "<" not in rule:
        return {}
    state, _, to = subject.partition(">")
    made = document(S(state))
    FIELDS["/anbefalinger/<key>/endre"]["revision"] = str(made.revision)
    return {"key": made.key, "state": to}


def give(person: Person, key: str, said: str = "Fint", revision: int | None = None) -> None:
    """A person's input to a document in consultation."""
    service.give_input(
        person.actor, key, text=said, position=Position.WITH_REMARKS, revision=revision
    )
