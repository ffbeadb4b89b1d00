"""Steps that the commands share; each runs inside a command's unit of work."""

from pilot.accounts import queries as accounts
from pilot.catalogue import queries as catalogue
from pilot.core import audit, bus, clock, outbox
from pilot.core.bus import Signal
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor
from pilot.core.text import clean, render_markdown, sort_key
from pilot.core.words import DEFAULT_LOCALE, Message, say
from pilot.stories import queries
from pilot.stories.models import Story, StorySolution, StoryStep, StoryVersion
from pilot.stories.rules import (
    LANGUAGES,
    MOVES,
    REASON_MAX,
    SENTENCE_MAX,
    StoryState,
    StoryText,
    faults,
    too_long,
    zone_of,
)

TOPIC = "stories"
MAIL = "stories/mail/moved"
SEEN_EARLIER = say("Noen har endret historien siden du åpnet siden. Se over den på nytt.")


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


class Enough(Rejected):
    """No more today; tomorrow it succeeds."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


def refuse_faults(text: StoryText, *, submit: bool) -> None:
    found = faults(text, submit=submit) + _unknown(text)
    if found:
        raise Faulty(found)


def _unknown(text: StoryText) -> list[tuple[str, Message]]:
    """Codes that the catalogue does not have; a form cannot send them, the API can."""
    settings = dict(catalogue.care_setting_options(DEFAULT_LOCALE))
    found = [
        (name, say("Velg en tjeneste fra listen."))
        for name in ("from_setting", "to_setting")
        if getattr(text, name) is not None and getattr(text, name) not in settings
    ]
    if text.solutions and not set(text.solutions) <= catalogue.solution_names().keys():
        found.append(("solutions", say("Velg nasjonale løsninger fra listen.")))
    if text.language not in LANGUAGES:
        found.append(("language", say("Velg bokmål eller nynorsk.")))
    return found


def reason_given(reason: str, *, needed: bool) -> str:
    reason = clean(reason)
    if needed and not reason:
        raise Rejected(say("Skriv en begrunnelse, så kommunen vet hva den kan gjøre."), "reason")
    if len(reason) > REASON_MAX:
        raise Rejected(too_long(len(reason), REASON_MAX), "reason")
    return reason


def note_given(note: str) -> str:
    note = clean(note)
    if len(note) > SENTENCE_MAX:
        raise Rejected(too_long(len(note), SENTENCE_MAX), "note")
    return note


def write(story: Story, text: StoryText) -> None:
    """Put a text into the row, with what is derived from it."""
    for name in ("title", "role", "need", "benefit", "context", "consequence", "language"):
        setattr(story, name, getattr(text, name))
    story.criteria, story.elements = list(text.criteria), list(text.elements)
    story.from_setting, story.to_setting = text.from_setting, text.to_setting
    story.frequency, story.patients_per_year = text.frequency, text.patients_per_year
    story.context_html = render_markdown(text.context)
    story.sort_key = sort_key(text.title)
    story.changed_at = clock.now()
    story.revision += 1


def wish(story: Story, keys: tuple[str, ...]) -> None:
    """Make the wished-for solutions those named; what NHN has judged stays."""
    have = {link.solution_key: link for link in queries.solution_links(story.id)}
    for key in keys:
        if key in have:
            have[key].is_wished = True
        else:
            db.session.add(StorySolution(story_id=story.id, solution_key=key, is_wished=True))
    for key, link in have.items():
        if key in keys:
            continue
        if link.kind is None:
            db.session.delete(link)
        else:
            link.is_wished = False


def move(actor: Actor, story: Story, to: StoryState, *, reason: str = "", note: str = "") -> None:
    before = story.state
    story.state = to
    story.state_since = story.changed_at = clock.now()
    story.zone = zone_of(to, is_published=story.published_at is not None)
    story.reason = reason
    story.revision += 1
    if to is StoryState.SUBMITTED:
        freeze(actor, story, note=note)
    uid = audit.record(actor, f"story {to}", story, before=before, after=to, text=reason or None)
    step(actor, story, to, reason=reason)
    if MOVES[to].tells_owner:
        tell_owner(actor, story, to, uid, reason=reason)
    signal(story)


def place(actor: Actor, story: Story, to: StoryState) -> None:
    """Put a published story in a state that follows from the official list; its zone stays."""
    before, story.state = story.state, to
    story.state_since = story.changed_at = clock.now()
    story.revision += 1
    audit.record(actor, f"story {to}", story, before=before, after=to)
    step(actor, story, to)
    signal(story)


def freeze(actor: Actor, story: Story, *, note: str) -> None:
    story.version += 1
    db.session.add(
        StoryVersion(
            story_id=story.id,
            number=story.version,
            body=queries.text_of(story).dump(),
            note=note,
            author_id=actor.person_id,
            organisation_id=actor.organisation_id,
            created_at=clock.now(),
        )
    )


def step(actor: Actor, story: Story, verb: str, *, reason: str = "") -> None:
    db.session.add(
        StoryStep(
            story_id=story.id,
            verb=verb,
            version=story.version,
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            reason=reason,
            happened_at=clock.now(),
        )
    )


def tell_owner(actor: Actor, story: Story, verb: str, uid: str, *, reason: str = "") -> None:
    """One mail to each contact of the municipality, except the one who did it."""
    for person in accounts.recipients(story.organisation_id):
        if person.person_id == actor.person_id:
            continue
        outbox.post(
            event_uid=uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=MAIL,
            values={"verb": str(verb), "ref": story.ref, "title": story.title},
            note=reason,
            can_wait=person.is_weekly and not reason,
        )


def signal(story: Story) -> None:
    """Tell open lists; the signal carries the zone, so that nobody hears of what is hidden."""
    bus.announce(Signal(TOPIC, story.ref, story.zone, story.organisation_id))
