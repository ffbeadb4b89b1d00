"""What the API answers of sessions: the schemas describe it, the functions make it."""

from flask import current_app, url_for
from marshmallow import fields

from pilot.dialogue.queries import OwnPlace, SessionRow
from pilot.dialogue.rules import CAPACITY_MAX, RegistrationState, ShownState
from pilot.web.api import Answers, Json, ListAnswers

FOR_KS = "For KS; null for others"


class RegistrationAnswer(Answers):
    id = fields.Integer()
    state = fields.String(metadata={"enum": list(RegistrationState)})
    position = fields.Integer(
        allow_none=True,
        metadata={"minimum": 1, "description": "Place in line; null for one who does not wait"},
    )
    name = fields.String()


class SessionAnswer(Answers):
    id = fields.Integer(metadata={"minimum": 1})
    url = fields.String(metadata={"format": "uri", "description": "The page of the session"})
    title = fields.String()
    starts_at = fields.DateTime()
    ends_at = fields.DateTime()
    registers_until = fields.DateTime()
    place = fields.String()
    state = fields.String(
        metadata={"enum": list(ShownState), "description": "full: the next stand in line"}
    )
    capacity = fields.Integer(
        allow_none=True, metadata={"minimum": 1, "maximum": CAPACITY_MAX, "description": FOR_KS}
    )
    confirmed = fields.Integer(allow_none=True, metadata={"minimum": 0, "description": FOR_KS})
    waitlisted = fields.Integer(allow_none=True, metadata={"minimum": 0, "description": FOR_KS})
    registration = fields.Nested(
        RegistrationAnswer, allow_none=True, metadata={"description": "The caller's own, if any"}
    )


class SessionsAnswer(ListAnswers):
    items = fields.List(fields.Nested(SessionAnswer))


def session_json(row: SessionRow, pages: str) -> Json:
    """A session; numbers only where the query has given any."""
    counts = row.counts
    own = next((place for place in row.own if place.is_mine), None)
    return {
        "id": row.id,
        "url": f"{pages}{row.id}",
        "title": row.title,
        "starts_at": row.times.starts_at.isoformat(),
        "ends_at": row.times.ends_at.isoformat(),
        "registers_until": row.times.deadline.isoformat(),
        "place": row.place,
        "state": row.state.value,
        "capacity": counts.capacity if counts else None,
        "confirmed": counts.confirmed if counts else None,
        "waitlisted": counts.waitlisted if counts else None,
        "registration": registration_json(own) if own else None,
    }


def registration_json(place: OwnPlace) -> Json:
    return {
        "id": place.id,
        "state": place.state.value,
        "position": place.position,
        "name": place.name,
    }


def pages() -> str:
    """What the address of every session's page begins with."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}{url_for('dialogue.index')}/okter/"
