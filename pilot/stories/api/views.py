"""The operations on stories."""

from flask import Response, url_for

from pilot.core.errors import Conflict, Rejected, Throttled
from pilot.core.words import say
from pilot.stories import queries, service
from pilot.stories.api.answers import (
    REF,
    FullStoryAnswer,
    StoriesAnswer,
    in_full,
    pages,
    summary,
)
from pilot.stories.api.bodies import STORY, TRANSITION, StoryBody, TransitionBody, Written
from pilot.stories.models import Story
from pilot.stories.rules import PUBLISHED, StoryState
from pilot.web.access import current_actor, public
from pilot.web.api import (
    PREFIX,
    Endpoints,
    Json,
    Stretch,
    Window,
    WindowArgs,
    done,
    listed,
)

ENOUGH_UNTIL = 60 * 60  # seconds until it is worth asking whether there is room again
BY_REF: list[Json] = [{"name": "ref", "in": "path", "required": True, "schema": REF}]
bp = Endpoints("stories-api", __name__, url_prefix=f"{PREFIX}/stories")


@bp.operation("GET", "", StoriesAnswer, takes=WindowArgs)
@public
def index(window: Window) -> Json:
    """The stories that the caller may see, by number; a guest sees those that are published."""
    actor = current_actor()
    rows = queries.records(actor, after=window.after, most=window.limit + 1)
    stretch = Stretch.cut(rows, window, queries.count(actor), lambda row: row.id)
    site = pages()
    return listed(stretch, [summary(row, site) for row in stretch.rows])


@bp.operation("GET", "/<ref>", FullStoryAnswer, parameters=BY_REF)
@public
def show(ref: str) -> Json:
    """A story; one that the caller may not see does not exist."""
    return in_full(queries.full_record(current_actor(), ref))


@bp.operation("POST", "", FullStoryAnswer, status=201, takes=StoryBody, body=STORY)
def add(written: Written) -> Response:
    """Write a story for the municipality one acts for, as a draft or sent in at once.

    An organisation may add 100 a day; after that the answer is 429.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        try:
            story = service.add_story(actor, written.text, submit=written.submit)
        except service.Enough as enough:
            raise Throttled(enough.message, ENOUGH_UNTIL) from enough
        return 201, in_full(queries.full_record(actor, story.ref))

    answer = done(write)
    answer.headers["Location"] = url_for(".show", ref=answer.get_json()["ref"])
    return answer


@bp.operation(
    "POST",
    "/<ref>/transitions",
    FullStoryAnswer,
    takes=TransitionBody,
    body=TRANSITION,
    parameters=BY_REF,
)
def move(wanted: dict[str, str], ref: str) -> Response:
    """Take a story to another state, or publish it.

    To return or reject it, a reason is owed. What the story's state or text does not allow is
    refused with 409; `errors` then names what the story lacks.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        story = queries.visible_by_ref(actor, ref)
        try:
            _move(story.id, wanted["to"], wanted["reason"])
        except service.Faulty as faulty:
            raise _unready(faulty) from faulty
        return 200, in_full(queries.full_record(actor, ref))

    return done(write)


def _move(story_id: int, to: str, reason: str) -> Story:
    actor = current_actor()
    if to != PUBLISHED:
        return service.move_story(actor, story_id, to=StoryState(to), reason=reason)
    if reason:
        raise Rejected(say("Publisering har ingen begrunnelse. Ta den bort."), "reason")
    return service.publish_story(actor, story_id)


def _unready(faulty: service.Faulty) -> Conflict:
    """The request is as it should be; it is the story that is not."""
    conflict = Conflict(faulty.message)
    conflict.found = faulty.found
    return conflict
