"""The priority list as JSON: what is released, and nothing else."""

from flask import current_app, url_for
from marshmallow import fields

from pilot.core.errors import Missing
from pilot.priorities import queries
from pilot.web.access import public
from pilot.web.api import PREFIX, Answers, Endpoints, Json

bp = Endpoints("priorities-api", __name__, url_prefix=f"{PREFIX}/priorities")


class PlaceAnswer(Answers):
    place = fields.Integer(metadata={"minimum": 1})
    ref = fields.String(metadata={"pattern": "^BH-[0-9]{4,9}$"})
    url = fields.String(metadata={"format": "uri", "description": "The page of the story"})
    title = fields.String(metadata={"description": "As it was when the list was released"})
    version = fields.Integer(metadata={"description": "Of the story, when the list was released"})
    reason = fields.String()


class PrioritiesAnswer(Answers):
    version = fields.Integer(metadata={"minimum": 1})
    url = fields.String(metadata={"format": "uri", "description": "The page of the list"})
    decided_at = fields.DateTime()
    released_at = fields.DateTime()
    note = fields.String()
    items = fields.List(fields.Nested(PlaceAnswer))


@bp.operation("GET", "/latest", PrioritiesAnswer, may_be_missing=True)
@public
def latest() -> Json:
    """The priority list that was released last; missing before there is one."""
    number = queries.newest()
    if number is None:
        raise Missing
    shown, base = queries.version(number), current_app.config["BASE_URL"]
    stories = f"{base}{url_for('stories.index')}/"
    return {
        "version": shown.head.number,
        "url": f"{base}{url_for('priorities.version', number=number)}",
        "decided_at": shown.head.decided_at.isoformat(),
        "released_at": shown.head.released_at.isoformat(),
        "note": shown.head.note,
        "items": [
            {
                "place": item.place,
                "ref": item.ref,
                "url": stories + item.ref,
                "title": item.title,
                "version": item.story_version,
                "reason": item.reason,
            }
            for item in shown.items
        ],
    }
