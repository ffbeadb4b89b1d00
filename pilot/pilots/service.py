"""Everything that changes pilots."""

from sqlalchemy import select

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.search import line_of
from pilot.core.text import clean, sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import Message, say
from pilot.decisions import queries as decisions
from pilot.decisions.rules import EntryKind, EntryState
from pilot.pilots import queries
from pilot.pilots.models import Pilot, PilotStory
from pilot.pilots.permissions import PilotPermission
from pilot.pilots.rules import ZONE_CHOICES, PilotText, faults, tidy

CLASHES["uq_pilot_author_id_form_key"] = say("Skjemaet er allerede lagret.")
CLASHES["pilot.author_id, pilot.form_key"] = CLASHES["uq_pilot_author_id_form_key"]


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


@command
def add_pilot(actor: Actor, text: PilotText, *, form_key: str | None = None) -> Pilot:
    """Describe a pilot. It is not shown to all until it is released; the form is one pilot."""
    require(actor, PilotPermission.EDIT)
    stored = queries.pilot_of_form(actor, form_key)
    if stored is not None:
        return stored
    pilot = Pilot(
        author_id=actor.person_id,
        form_key=form_key or None,
        revision=0,  # writing the text raises it
        is_public=False,
        created_at=clock.now(),
    )
    _write(pilot, _whole(text))
    db.session.add(pilot)
    db.session.flush()
    _try_out(pilot, text.stories)
    audit.record(actor, "pilot added", pilot, zone=pilot.zone, text=_said(text))
    return pilot


@command
def edit_pilot(actor: Actor, pilot_id: int, text: PilotText, *, revision: int) -> Pilot:
    """Change what is said of a pilot; `Stale` when someone changed it after `revision`."""
    pilot = queries.visible(actor, pilot_id, for_update=True)
    require(actor, PilotPermission.EDIT, pilot)
    if pilot.revision != revision:
        raise Stale(say("Noen endret utprøvingen mens du skrev."))
    before = pilot.state
    _write(pilot, _whole(text))
    _try_out(pilot, text.stories)
    audit.record(actor, "pilot changed", pilot, before=before, after=pilot.state, text=_said(text))
    return pilot


@command
def release_pilot(
    actor: Actor, pilot_id: int, *, decision: str, revision: int | None = None
) -> Pilot:
    """Show a pilot to everyone. A decision of the register must stand behind it, by its reference:
    nobody is shown as chosen before that is decided."""
    pilot = queries.visible(actor, pilot_id, for_update=True)
    require(actor, PilotPermission.RELEASE, pilot)
    if pilot.is_public:
        raise Conflict(say("Alle kan allerede lese om utprøvingen."))
    if revision is not None and revision != pilot.revision:
        raise Stale(say("Noen endret utprøvingen siden du åpnet siden. Se over den på nytt."))
    pilot.decision_id = _decided(actor, decision)
    pilot.is_public, pilot.zone = True, Zone.PUBLIC
    pilot.changed_at = clock.now()
    pilot.revision += 1
    audit.record(actor, "pilot released", pilot, decision=pilot.decision_id)
    return pilot


@command
def hide_pilot(actor: Actor, pilot_id: int) -> Pilot:
    """Take a pilot back from everyone's eyes; those who read it before still do."""
    pilot = queries.visible(actor, pilot_id, for_update=True)
    require(actor, PilotPermission.RELEASE, pilot)
    if not pilot.is_public:
        raise Conflict(say("Utprøvingen vises ikke for alle."))
    pilot.is_public, pilot.zone = False, pilot.zone_before
    pilot.changed_at = clock.now()
    pilot.revision += 1
    audit.record(actor, "pilot hidden", pilot)
    return pilot


def _decided(actor: Actor, ref: str) -> int:
    try:
        entry = decisions.visible_by_ref(actor, clean(ref))
    except Missing:
        words = say("Skriv nummeret på beslutningen, for eksempel B-7.")
        raise Rejected(words, "decision") from None
    if entry.kind is not EntryKind.DECISION or entry.state is not EntryState.DECIDED:
        words = say("%(ref)s er ikke en beslutning som gjelder.", ref=entry.ref)
        raise Rejected(words, "decision")
    return entry.id


def _whole(text: PilotText) -> PilotText:
    text = tidy(text)
    found = [*faults(text)]
    if text.zone not in ZONE_CHOICES:
        found.append(("zone", say("Velg hvem som skal se utprøvingen.")))
    if found:
        raise Faulty(found)
    return text


def _write(pilot: Pilot, text: PilotText) -> None:
    fields = ("title", "group", "organisation_id", "contact", "starts_on", "state", "course")
    for name in (*fields, "in_words"):
        setattr(pilot, name, getattr(text, name))
    pilot.zone_before = text.zone
    pilot.zone = Zone.PUBLIC if pilot.is_public else text.zone
    pilot.sort_key = sort_key(text.title)
    pilot.search_text = line_of([text.title, text.group, text.in_words])
    pilot.changed_at = clock.now()
    pilot.revision += 1


def _try_out(pilot: Pilot, story_ids: tuple[int, ...]) -> None:
    """Make the stories those given."""
    rows = db.session.scalars(select(PilotStory).where(PilotStory.pilot_id == pilot.id))
    have = {row.story_id: row for row in rows}
    for story_id in story_ids:
        if have.pop(story_id, None) is None:
            db.session.add(PilotStory(pilot_id=pilot.id, story_id=story_id))
    for row in have.values():
        db.session.delete(row)


def _said(text: PilotText) -> str:
    """All that people wrote, for the trail's text."""
    return "\n".join(p for p in (text.title, text.group, text.contact, text.in_words) if p)
