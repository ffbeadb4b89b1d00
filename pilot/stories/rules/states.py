"""States of a user story, who takes it from one to another, and what is said about it."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pilot.core.policy.zones import Zone
from pilot.core.words import Message, say


class StoryState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    READY = "ready"
    PRIORITISED = "prioritised"
    IN_PILOT = "in_pilot"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


S = StoryState


@dataclass(frozen=True)
class Move:
    """A change of state: from where, by whom, and whether a reason is owed."""

    sources: frozenset[StoryState]
    by_owner: bool
    needs_reason: bool = False
    tells_owner: bool = False


#: Every change of state there is in this room; another one is refused.
MOVES: MappingProxyType[StoryState, Move] = MappingProxyType(
    {
        S.SUBMITTED: Move(frozenset({S.DRAFT, S.RETURNED}), by_owner=True),
        S.WITHDRAWN: Move(
            frozenset({S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED}), by_owner=True
        ),
        S.DRAFT: Move(frozenset({S.WITHDRAWN}), by_owner=True),
        S.IN_REVIEW: Move(frozenset({S.SUBMITTED, S.REJECTED}), by_owner=False),
        S.READY: Move(frozenset({S.SUBMITTED, S.IN_REVIEW}), by_owner=False, tells_owner=True),
        S.RETURNED: Move(
            frozenset({S.SUBMITTED, S.IN_REVIEW, S.READY}),
            by_owner=False,
            needs_reason=True,
            tells_owner=True,
        ),
        S.REJECTED: Move(
            frozenset({S.SUBMITTED, S.IN_REVIEW, S.READY}),
            by_owner=False,
            needs_reason=True,
            tells_owner=True,
        ),
    }
)

#: Who may change the text, by state: the municipality before it is sent and after a return, KS
#: while it is with KS.
OWNER_EDITS = frozenset({S.DRAFT, S.RETURNED})
KS_EDITS = frozenset({S.SUBMITTED, S.IN_REVIEW, S.READY, S.PRIORITISED})
#: States in which a story waits for KS, and those in which it is settled enough to publish.
WAITS_FOR_KS = frozenset({S.SUBMITTED, S.IN_REVIEW})
PUBLISHABLE = frozenset({S.READY})
#: Not listed unless asked for: what is not with KS (any more).
RESTING = frozenset({S.DRAFT, S.WITHDRAWN})
#: States in which NHN is asked which national solution meets the need.
ASSESSED_IN = frozenset({S.SUBMITTED, S.IN_REVIEW, S.READY, S.PRIORITISED})


class Queue(StrEnum):
    """What a story may wait for from KS or NHN; the value stands in addresses."""

    REVIEW = "vurder"
    PUBLISH = "publiser"
    ASSESS = "losninger"


#: A step by which KS answers a story that waits for it.
ANSWERS = frozenset({S.READY, S.RETURNED, S.REJECTED})


def zone_of(state: StoryState, *, is_published: bool) -> Zone:
    """Published: everyone. Draft or withdrawn: the municipality and KS. Else the public side."""
    if is_published:
        return Zone.PUBLIC
    return Zone.OWN if state in (S.DRAFT, S.WITHDRAWN) else Zone.PUBLIC_SIDE


#: The public word for a story that is taken in and published; a code of states.csv, not a state.
PUBLISHED = "published"


def shown_as(state: StoryState, *, is_published: bool, is_inside: bool) -> str:
    """The code whose label a reader sees. Those who see stories before they are published are told
    that one is taken in; for all others «published» says it."""
    if is_published and state is S.READY and not is_inside:
        return PUBLISHED
    return state.value


def may_move(state: StoryState, to: StoryState, *, is_published: bool) -> bool:
    """Whether a story in this state may go there; what is published is not taken back."""
    return to in MOVES and state in MOVES[to].sources and not is_published


def why_not_move(state: StoryState, to: StoryState, *, is_published: bool) -> Message | None:
    """What to tell the one who asks for a step that the state does not allow."""
    if may_move(state, to, is_published=is_published):
        return None
    if is_published:
        return say("Historien er publisert og kan ikke få en annen status.")
    if state is to:
        return say("Historien har allerede denne statusen. Last siden på nytt for å se den.")
    return say("Historien har fått en annen status siden du åpnet siden. Last siden på nytt.")


def why_not_publish(state: StoryState, *, is_published: bool) -> Message | None:
    if is_published:
        return say("Historien er allerede publisert.")
    if state not in PUBLISHABLE:
        return say("Bare historier som er tatt inn, kan publiseres.")
    return None


def why_not_delete(state: StoryState, *, version: int) -> Message | None:
    """Only what nobody but its own municipality has answered for may go without a trace of text."""
    if state is S.DRAFT and not version:
        return None
    return say("Bare utkast som aldri er sendt inn, kan slettes. Trekk historien i stedet.")


@dataclass(frozen=True)
class MoveWords:
    """What the page that asks for a change of state says."""

    title: Message
    lead: Message
    button: Message
    done: Message
    hint: Message | None = None  # what to write, where a reason is owed


MOVE_WORDS: MappingProxyType[StoryState, MoveWords] = MappingProxyType(
    {
        S.SUBMITTED: MoveWords(
            say("Send inn historien"),
            say("KS vurderer historien og svarer på e-post. Du kan trekke den så lenge."),
            say("Send inn"),
            say("Historien er sendt inn. KS svarer på e-post."),
        ),
        S.WITHDRAWN: MoveWords(
            say("Trekk historien"),
            say("Bare kommunen din og KS ser historien etterpå. Du kan ta den opp igjen."),
            say("Trekk historien"),
            say("Historien er trukket. Du kan ta den opp igjen når du vil."),
        ),
        S.DRAFT: MoveWords(
            say("Ta opp historien igjen"),
            say("Historien blir et utkast som du kan endre og sende inn."),
            say("Ta opp igjen"),
            say("Historien er et utkast igjen."),
        ),
        S.IN_REVIEW: MoveWords(
            say("Start vurderingen"),
            say("Kommunen ser at KS har begynt å vurdere historien."),
            say("Start vurderingen"),
            say("Historien er til vurdering."),
        ),
        S.READY: MoveWords(
            say("Ta inn historien"),
            say("Kommunen får e-post. Ingen leverandør ser historien før du publiserer den."),
            say("Ta inn historien"),
            say("Historien er tatt inn. Nå kan du publisere den."),
        ),
        S.RETURNED: MoveWords(
            say("Send historien tilbake"),
            say("Kommunen får begrunnelsen på e-post og kan rette og sende inn på nytt."),
            say("Send tilbake"),
            say("Historien er sendt tilbake, og kommunen får e-post."),
            say(
                "Skriv hva som må endres, så kommunen vet hva den kan gjøre. Bare kommunen og KS "
                "ser det."
            ),
        ),
        S.REJECTED: MoveWords(
            say("Ikke ta historien videre"),
            say("Kommunen får begrunnelsen på e-post. Du kan åpne historien igjen senere."),
            say("Ikke ta videre"),
            say("Historien er ikke tatt videre, og kommunen får e-post."),
            say("Skriv hvorfor historien ikke tas videre. Bare kommunen og KS ser det."),
        ),
    }
)

PUBLISH_WORDS = MoveWords(
    say("Publiser historien"),
    say(
        "Alle kan lese historien, og alle leverandører ser den i samme øyeblikk. Det kan ikke "
        "angres."
    ),
    say("Publiser for alle"),
    say("Historien er publisert."),
)

DELETE_WORDS = MoveWords(
    say("Slett utkastet"),
    say("Teksten slettes for godt, for alle i kommunen. Det kan ikke angres."),
    say("Slett utkastet"),
    say("Utkastet er slettet."),
)
