"""Steps that the commands share; each runs inside a command's unit of work."""

from collections.abc import Iterable

from pilot.accounts.queries import Recipient
from pilot.candidates import queries
from pilot.candidates.models import Candidate, CandidateStep, PilotRound
from pilot.candidates.rules import OUTCOMES, PUBLIC_REASON_MAX, REASON_MAX, CandidateState, zone_of
from pilot.core import audit, clock, outbox
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor
from pilot.core.text import clean
from pilot.core.words import DEFAULT_LOCALE, Message, say

MAIL = "candidates/mail/moved"
RECEIPT = "candidates/mail/registered"


class Stale(Conflict):
    """What was written has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


def refuse(faults: Iterable[tuple[str, Message]]) -> None:
    found = [*faults]
    if found:
        raise Faulty(found)


def reason_given(reason: str, field: str, *, needed: bool) -> str:
    reason = clean(reason)
    most = REASON_MAX if field == "reason" else PUBLIC_REASON_MAX
    if needed and not reason:
        raise Rejected(say("Skriv en begrunnelse."), field)
    if len(reason) > most:
        words = "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn."
        raise Rejected(say(words, length=len(reason), most=most), field)
    return reason


def take(candidate: Candidate, to: CandidateState, *, is_released: bool, reason: str = "") -> bool:
    """Put a candidate in a state; answers whether anyone outside KS hears of it now.

    What was decided and not released changes nothing that others see, nor does going back on it.
    """
    now = clock.now()
    candidate.state, candidate.state_since, candidate.reason = to, now, reason
    if to not in OUTCOMES:
        candidate.public_reason = ""
    if to is candidate.own_state or (to in OUTCOMES and not is_released):
        return False
    candidate.own_state, candidate.own_state_since, candidate.own_reason = to, now, reason
    candidate.zone = zone_of(to, is_public=candidate.is_public)
    return True


def step(  # what happened, by whom, and why
    actor: Actor,
    candidate: Candidate,
    verb: str,
    *,
    before: CandidateState | None = None,
    reason: str = "",
    public_reason: str = "",
    is_internal: bool = False,
    behalf: Behalf | None = None,
) -> str:
    """Add a step to the history and an event to the trail; answers the event's uid."""
    row = CandidateStep(
        candidate_id=candidate.id,
        verb=verb,
        before=before,
        is_internal=is_internal,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        reason=reason,
        public_reason=public_reason,
        happened_at=clock.now(),
    )
    row.behalf = behalf
    db.session.add(row)
    said = "\n\n".join(text for text in (reason, public_reason) if text)
    details: dict[str, object] = {"before": before} if before else {}
    return audit.record(actor, f"candidate {verb}", candidate, text=said or None, **details)


def tell(
    actor: Actor,
    in_round: PilotRound,
    candidate: Candidate,
    uid: str,
    *,
    number: str,
    people: Iterable[Recipient],
    template: str = MAIL,
    **values: object,
) -> None:
    """One mail to each contact of the municipality, except the one who did it; and to the contact
    that is named, who may have no account."""
    readers = [*people]
    named = candidate.contact_email
    if named and named.lower() not in {person.address.lower() for person in readers}:
        readers.append(Recipient(None, named, candidate.contact_name, DEFAULT_LOCALE))
    for person in readers:
        if person.person_id == actor.person_id:
            continue
        outbox.post(
            event_uid=uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=template,
            values={
                "event": candidate.own_state.value,
                "title": in_round.name,
                "round_id": in_round.id,
                "number": number,
                "deadline": in_round.closes_on.isoformat(),
            }
            | values,
            note=candidate.own_reason,
        )


def tell_one(
    actor: Actor,
    in_round: PilotRound,
    candidate: Candidate,
    uid: str,
    *,
    template: str = MAIL,
    **values: object,
) -> None:
    own = candidate.organisation_id
    people = queries.contacts([own]).get(own, [])
    number = queries.numbers_of([own]).get(own, "")
    tell(actor, in_round, candidate, uid, number=number, people=people, template=template, **values)
