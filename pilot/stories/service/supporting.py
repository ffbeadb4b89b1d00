"""Support of a story: given, changed, taken back and given again; one row for each municipality.

Whoever supports locks the story first: a story that KS turns down meanwhile waits for it, or it for
the story. The story itself does not change, and no list or stream hears of it: support is not for
all who see the story.
"""

from dataclasses import dataclass
from datetime import date

from pilot.accounts import queries as accounts
from pilot.core import audit, clock, outbox
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.policy.zones import clears
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.stories import queries
from pilot.stories.models import Story, StorySupport
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import OF_ITS_OWN, why_not_support
from pilot.stories.service.steps import Stale, note_given

RECEIPT = "stories/mail/support"
GIVEN, CHANGED, WITHDRAWN, RESUMED = "given", "changed", "withdrawn", "resumed"
CLASHES["uq_story_support_story_id_organisation_id"] = say("Kommunen støtter historien allerede.")
CLASHES["story_support.story_id, story_support.organisation_id"] = CLASHES[
    "uq_story_support_story_id_organisation_id"
]


@dataclass(frozen=True)
class Registered:
    """What KS entered, and how many in the municipality get a receipt for it."""

    support: StorySupport
    told: int


@command
def give_support(actor: Actor, story_id: int, *, note: str = "", revision: int = 0) -> StorySupport:
    """Support a story for the municipality one acts for, or change what it has said.

    The same form sent twice is stored once; from an older form than what is stored, nothing is.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.SUPPORT, story)
    _refuse_state(story)
    assert actor.organisation_id is not None  # noqa: S101  # the permission says so
    note = note_given(note)
    stored = queries.support_of(story.id, actor.organisation_id)
    seen = stored.revision if stored else 0
    if stored and stored.is_given and stored.note == note and not stored.behalf:
        return stored  # the same form again, or nothing changed in it
    if seen != revision:
        raise Stale(say("Noen har endret støtten mens du skrev."))
    support = stored or _blank(story, actor.organisation_id)
    verb = CHANGED if stored and stored.is_given else GIVEN
    _write(actor, support, verb, note=note)
    return support


@command
def register_support(
    actor: Actor, story_id: int, number: str, *, note: str = "", behalf: Behalf
) -> Registered:
    """Enter the support that a municipality has told KS of by mail or phone; it gets a receipt that
    it can correct from. What the municipality has said since, counts for more."""
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.SUPPORT_FOR, story)
    _refuse_state(story)
    organisation_id = _supporter(story, number)
    note = note_given(note)
    stored = queries.support_of(story.id, organisation_id)
    if stored and stored.is_given:
        if (stored.note, stored.behalf) == (note, behalf):
            return Registered(stored, len(_contacts(story, organisation_id)))
        raise Rejected(say("Kommunen støtter historien allerede."), "number")
    if stored:
        _refuse_older(stored, behalf)
    support = stored or _blank(story, organisation_id)
    uid = _write(actor, support, GIVEN, note=note, behalf=behalf)
    return Registered(support, _receipt(story, support, uid, GIVEN))


@command
def withdraw_support(actor: Actor, story_id: int) -> StorySupport:
    """Take back the support of the municipality one acts for; `resume_support` undoes it.

    It is possible in any state of the story: nobody is held to what they have said.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.SUPPORT, story)
    support = queries.support_of(story.id, actor.organisation_id or 0)
    if support is None:
        raise Conflict(say("Kommunen støtter ikke historien."))
    if support.is_given:
        _write(actor, support, WITHDRAWN)
    return support


@command
def withdraw_support_for(actor: Actor, story_id: int, number: str, *, behalf: Behalf) -> Registered:
    """Enter that a municipality has told KS it no longer supports a story; it gets a receipt."""
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.SUPPORT_FOR, story)
    organisation_id = _supporter(story, number)
    support = queries.support_of(story.id, organisation_id)
    if support is None:
        raise Conflict(say("Kommunen støtter ikke historien."))
    if not support.is_given:
        return Registered(support, len(_contacts(story, organisation_id)))
    _refuse_older(support, behalf)
    uid = _write(actor, support, WITHDRAWN, behalf=behalf)
    return Registered(support, _receipt(story, support, uid, WITHDRAWN))


@command
def resume_support(actor: Actor, story_id: int) -> StorySupport:
    """Undo that support was taken back, while the story takes support; the note is still there."""
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.SUPPORT, story)
    _refuse_state(story)
    support = queries.support_of(story.id, actor.organisation_id or 0)
    if support is None:
        raise Conflict(say("Kommunen støtter ikke historien."))
    if not support.is_given:
        _write(actor, support, RESUMED)
    return support


def _refuse_state(story: Story) -> None:
    fault = why_not_support(story.state)
    if fault:
        raise Conflict(fault)


def _supporter(story: Story, number: str) -> int:
    """The organisation of the municipality that KS has named."""
    organisation_id = accounts.organisation_of(number)
    if organisation_id is None:
        raise Rejected(say("Fant ingen kommune med dette nummeret."), "number")
    if organisation_id == story.organisation_id:
        raise Rejected(OF_ITS_OWN, "number")
    return organisation_id


def _refuse_older(support: StorySupport, behalf: Behalf) -> None:
    """A mail that lay unread does not undo what was said after it came."""
    if behalf.received_on < _said_on(support):
        raise Rejected(
            say(
                "Kommunen svarte %(day)s, etter at beskjeden kom. Spør kommunen hva som gjelder.",
                day=_said_on(support),
            ),
            "behalf_received_on",
        )


def _said_on(support: StorySupport) -> date:
    moment = support.withdrawn_at or support.given_at
    return support.behalf.received_on if support.behalf else moment.astimezone(clock.OSLO).date()


def _blank(story: Story, organisation_id: int) -> StorySupport:
    return StorySupport(
        story_id=story.id,
        organisation_id=organisation_id,
        zone=Zone.PUBLIC_SIDE,
        note="",
        revision=0,
    )


def _write(
    actor: Actor,
    support: StorySupport,
    verb: str,
    *,
    note: str | None = None,
    behalf: Behalf | None = None,
) -> str:
    """Put into the row what was said, and into the trail that it was; answers the event's uid."""
    now = clock.now()
    if verb == GIVEN:
        support.given_at = now
    support.withdrawn_at = now if verb == WITHDRAWN else None
    support.note = support.note if note is None else note
    support.behalf, support.person_id = behalf, actor.person_id
    support.revision += 1
    db.session.add(support)
    db.session.flush()
    told = {"channel": behalf.channel.value} if behalf else {}
    story = {"story": support.story_id, "for": support.organisation_id}
    return audit.record(actor, f"support {verb}", support, text=note or None, **story, **told)


def _contacts(story: Story, organisation_id: int) -> list[accounts.Recipient]:
    """Those of a municipality's people who may know of the story; one who also works for a vendor
    hears of it when it is published."""
    return [
        person
        for person in accounts.recipients(organisation_id)
        if (reader := accounts.actor_of(person.person_id or 0, None, organisation_id))
        and clears(reader, story)
    ]


def _receipt(story: Story, support: StorySupport, uid: str, verb: str) -> int:
    """One mail to each contact, which leads to where they correct it; answers how many."""
    people = _contacts(story, support.organisation_id)
    for person in people:
        outbox.post(
            event_uid=uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=RECEIPT,
            values={"verb": verb, "ref": story.ref, "title": story.title} | _told(support.behalf),
            note=support.note if verb == GIVEN else "",
        )
    return len(people)


def _told(behalf: Behalf | None) -> dict[str, str]:
    assert behalf is not None  # noqa: S101  # a receipt is for what KS has entered
    return {"channel": behalf.channel.value, "received_on": behalf.received_on.isoformat()}
