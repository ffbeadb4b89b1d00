"""Handling a story: taking it from state to state, and publishing it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Conflict, Missing
from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.stories import queries, service
from pilot.stories.forms import MoveForm
from pilot.stories.permissions import StoryPermission
from pilot.stories.routes.base import bp
from pilot.stories.rules import (
    ANSWERS,
    DELETE_WORDS,
    MOVE_WORDS,
    MOVES,
    PUBLISH_WORDS,
    MoveWords,
    Queue,
    StoryState,
    why_not_delete,
    why_not_move,
    why_not_publish,
)
from pilot.web.access import current_actor
from pilot.web.forms import number_in, said_stored


@bp.route("/<ref>/flytt/<state>", methods=["GET", "POST"])
def move(ref: str, state: str) -> ResponseReturnValue:
    """A change of state; those that owe a reason have a page of their own to write it on."""
    actor = current_actor()
    story = queries.page(actor, ref)
    to = _state(state)
    require(actor, _permission(to), story)
    form = MoveForm()
    if not form.is_submitted():
        _refuse(why_not_move(story.state, to, is_published=story.is_published))
    if form.validate_on_submit():
        with form.accepting():
            return _moved(story.id, to, form)
    return _asked(form, story, MOVE_WORDS[to], needs_reason=MOVES[to].needs_reason)


def _refuse(fault: Message | None) -> None:
    """No page asks for what it would have to answer with a refusal."""
    if fault:
        raise Conflict(fault)


def _asked(
    form: MoveForm, story: queries.StoryPage, words: MoveWords, *, needs_reason: bool = False
) -> ResponseReturnValue:
    if not form.is_submitted():
        form.revision.data = str(story.revision)
    page = render_template(
        "stories/move.html", form=form, story=story, words=words, needs_reason=needs_reason
    )
    return page, form.status


def _moved(story_id: int, to: StoryState, form: MoveForm) -> ResponseReturnValue:
    reason, revision = form.reason.data or "", number_in(form.revision)
    story = service.move_story(current_actor(), story_id, to=to, reason=reason, revision=revision)
    said_stored(MOVE_WORDS[to].done)
    queue = Queue.REVIEW if to in ANSWERS else None
    return redirect(url_for(".show", ref=story.ref, neste=queue))


def _state(code: str) -> StoryState:
    found = next((state for state in MOVES if state.value == code), None)
    if found is None:
        raise Missing
    return found


def _permission(to: StoryState) -> StoryPermission:
    return StoryPermission.OWN if MOVES[to].by_owner else StoryPermission.REVIEW


@bp.route("/<ref>/publiser", methods=["GET", "POST"])
def publish(ref: str) -> ResponseReturnValue:
    """It cannot be taken back, so it is asked for on a page of its own."""
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.PUBLISH, story)
    form = MoveForm()
    if not form.is_submitted():
        _refuse(why_not_publish(story.state, is_published=story.is_published))
    if form.validate_on_submit():
        with form.accepting():
            service.publish_story(actor, story.id, revision=number_in(form.revision))
            done = say("%(ref)s er publisert, og kan leses av alle.", ref=story.ref)
            said_stored(done)
            return redirect(url_for(".show", ref=story.ref, neste=Queue.PUBLISH))
    return _asked(form, story, PUBLISH_WORDS)


@bp.route("/<ref>/slett", methods=["GET", "POST"])
def delete(ref: str) -> ResponseReturnValue:
    """A draft that was never sent in goes for good; asked for on a page of its own."""
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.OWN, story)
    form = MoveForm()
    if not form.is_submitted():
        _refuse(why_not_delete(story.state, version=story.version))
    if form.validate_on_submit():
        service.delete_draft(actor, story.id, revision=number_in(form.revision))
        said_stored(DELETE_WORDS.done)
        return redirect(url_for(".index"))
    return _asked(form, story, DELETE_WORDS)
