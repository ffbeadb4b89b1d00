"""Steps that the commands share; each runs inside a command's unit of work."""

from collections.abc import Iterable

from pilot.accounts.queries import Recipient
from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor
from pilot.core.text import clean
from pilot.core.words import say
from pilot.priorities.models import PriorityList, PriorityMove, PriorityStep
from pilot.priorities.rules import IN_ORDERING, REASON_MAX, ListState, MoveKind, Treatment, Verb

MAIL = "priorities/mail/treated"


class Stale(Conflict):
    """What was written has changed since the form was opened; nothing was stored."""


def refuse_closed(row: PriorityList) -> None:
    """The order stands while the steering group has it, and when it is decided."""
    if row.state not in IN_ORDERING:
        raise Conflict(say("Listen er lagt fram for styringsgruppen og kan ikke endres nå."))


def text_given(text: str, field: str, most: int = REASON_MAX, *, needed: bool = True) -> str:
    text = clean(text)
    if needed and not text:
        raise Rejected(say("Skriv en begrunnelse."), field)
    if len(text) > most:
        words = "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn."
        raise Rejected(say(words, length=len(text), most=most), field)
    return text


def note_move(  # who moved what, from where, and why
    actor: Actor,
    row: PriorityList,
    story_id: int,
    kind: MoveKind,
    *,
    was: int | None,
    now: int | None,
    reason: str,
) -> None:
    db.session.add(
        PriorityMove(
            list_id=row.id,
            story_id=story_id,
            kind=kind,
            was=was,
            now=now,
            reason=reason,
            person_id=actor.person_id,
            happened_at=clock.now(),
        )
    )
    details: dict[str, object] = {"story": story_id, "was": was, "now": now}
    audit.record(actor, f"priority {kind}", row, text=reason or None, **details)


def take_to(
    actor: Actor,
    row: PriorityList,
    to: ListState,
    verb: Verb,
    treatment: Treatment | None = None,
) -> str:
    """Put the list in a state; answers the uid of the event."""
    said = treatment or Treatment()
    row.state, row.state_since = to, clock.now()
    db.session.add(
        PriorityStep(
            list_id=row.id,
            verb=verb,
            person_id=actor.person_id,
            happened_at=clock.now(),
            **vars(said),
        )
    )
    texts = "\n\n".join(text for text in vars(said).values() if text)
    return audit.record(actor, f"priority list {verb}", row, text=texts or None, after=to)


def tell(
    actor: Actor, row: PriorityList, verb: Verb, uid: str, people: Iterable[Recipient], note: str
) -> None:
    """One mail to each who is to act now, except the one who did it."""
    for person in people:
        if person.person_id != actor.person_id:
            outbox.post(
                event_uid=uid,
                person_id=person.person_id,
                address=person.address,
                locale=person.locale,
                template=MAIL,
                values={"event": verb.value, "list_id": row.id},
                note=note,
            )
