"""Writing a story: a draft, a change, a version."""

from datetime import timedelta

from sqlalchemy import func, select

from pilot.accounts.models import Organisation
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.stories import queries
from pilot.stories.models import Story
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import (
    KS_EDITS,
    PER_DAY,
    StoryState,
    StoryText,
    changed_fields,
    tidy,
    zone_of,
)
from pilot.stories.service.steps import (
    Enough,
    Stale,
    freeze,
    move,
    note_given,
    refuse_faults,
    signal,
    wish,
    write,
)
from pilot.stories.service.words import index, index_new

CLASHES["uq_story_author_id_form_key"] = say("Historien er allerede lagret.")
CLASHES["story.author_id, story.form_key"] = CLASHES["uq_story_author_id_form_key"]
FIRST_REVISION = 1  # of a story that nobody has touched since it was added


@command
def add_story(
    actor: Actor, text: StoryText, *, submit: bool = False, form_key: str | None = None
) -> Story:
    """Write a story for the municipality one acts for, as a draft or sent in at once.

    The same form sent twice is one story. An organisation may add 100 a day.
    """
    require(actor, StoryPermission.ADD)
    # The organisation's row is the turnstile: additions for it come one at a time.
    db.session.get_one(Organisation, actor.organisation_id, with_for_update=True)
    text = tidy(text)
    stored = queries.story_of_form(actor, form_key)
    if stored is not None:
        return _once_more(actor, stored, text, submit=submit)
    refuse_faults(text, submit=submit)
    _refuse_too_many(actor)
    story = _blank(actor, form_key)
    write(story, text)
    db.session.add(story)
    db.session.flush()
    _take_a_new_number(story)
    index_new(story)
    wish(story, text.solutions)
    audit.record(actor, "story added", story)
    if submit:
        move(actor, story, StoryState.SUBMITTED)
    return story


@command
def edit_story(
    actor: Actor,
    story_id: int,
    text: StoryText,
    *,
    revision: int,
    submit: bool = False,
    note: str = "",
) -> Story:
    """Change a story's text; from an older form than the stored text, nothing is stored.

    A draft is overwritten. After it has been sent in, every change is a version.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.WRITE, story)
    if story.revision != revision:  # also where the state has changed: slow is not forbidden
        raise Stale(say("Noen har endret historien mens du skrev."))
    require(actor, StoryPermission.EDIT, story)
    text, note = tidy(text), note_given(note)
    refuse_faults(text, submit=submit or story.state in KS_EDITS)
    changed = changed_fields(queries.text_of(story), text)
    write(story, text)
    index(story)
    wish(story, text.solutions)
    audit.record(actor, "story edited", story, fields=list(changed), text=note or None)
    if submit:
        move(actor, story, StoryState.SUBMITTED, note=note)
    elif changed and story.version and story.state is not StoryState.DRAFT:
        freeze(actor, story, note=note)
    if not submit:
        signal(story)
    return story


def _blank(actor: Actor, form_key: str | None) -> Story:
    now = clock.now()
    return Story(
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key or None,
        state=StoryState.DRAFT,
        zone=zone_of(StoryState.DRAFT, is_published=False),
        created_at=now,
        state_since=now,
        revision=FIRST_REVISION - 1,  # writing the text raises it
        version=0,
    )


def _take_a_new_number(story: Story) -> None:
    """SQLite gives the number of a deleted row again; a reference stays with its story for ever."""
    while audit.knows(story):
        story.id += 1
        db.session.flush()


def _once_more(actor: Actor, stored: Story, text: StoryText, *, submit: bool) -> Story:
    """The same form again: sent twice, or gone back to in the browser and written on."""
    is_sent = stored.state is not StoryState.DRAFT
    if queries.text_of(stored) == text and (is_sent or not submit):
        return stored
    if is_sent or stored.revision != FIRST_REVISION:
        raise Conflict(
            say(
                "Skjemaet er allerede lagret som %(ref)s. Åpne historien og fortsett der.",
                ref=stored.ref,
            )
        )
    return edit_story(actor, stored.id, text, revision=stored.revision, submit=submit)


def _refuse_too_many(actor: Actor) -> None:
    since = clock.now() - timedelta(days=1)
    added = db.session.scalar(
        select(func.count(Story.id)).where(
            Story.organisation_id == actor.organisation_id, Story.created_at > since
        )
    )
    if (added or 0) >= PER_DAY:
        raise Enough(
            say(
                "Dere har lagt til %(most)d historier det siste døgnet. Fortsett i morgen.",
                most=PER_DAY,
            )
        )
