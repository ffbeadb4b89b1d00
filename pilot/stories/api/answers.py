"""What the API answers of stories: the schemas describe it, the functions make it."""

from dataclasses import asdict
from typing import Any

from flask import current_app, url_for
from marshmallow import fields

from pilot.stories.queries import FullRecord, StoryRecord
from pilot.stories.rules import FEW_PATIENTS, LANGUAGES, Frequency, StoryState
from pilot.web.api import Answers, Json, ListAnswers

REF: Json = {"type": "string", "pattern": "^BH-[0-9]{4,9}$"}
NUMBER: Json = {"type": "string", "pattern": "^[0-9]{4}$"}


class StoryAnswer(Answers):
    ref = fields.String(metadata=REF)
    url = fields.String(metadata={"format": "uri", "description": "The page of the story"})
    title = fields.String()
    role = fields.String()
    need = fields.String()
    benefit = fields.String()
    state = fields.String(
        metadata={
            "enum": list(StoryState),
            "description": "A published story that is `ready` is called «Publisert» on the pages",
        }
    )
    municipality = fields.String(metadata=NUMBER)
    version = fields.Integer(metadata={"description": "0 until the story is sent in"})
    language = fields.String(metadata={"enum": list(LANGUAGES)})
    from_setting = fields.String(allow_none=True)
    to_setting = fields.String(allow_none=True)
    elements = fields.List(fields.String())
    criteria = fields.List(fields.String())
    solutions = fields.List(
        fields.String(), metadata={"description": "Keys of the national solutions wished for"}
    )
    frequency = fields.String(allow_none=True, metadata={"enum": [*Frequency, None]})
    patients_per_year = fields.Integer(
        allow_none=True, metadata={"description": "null where it is not known, or under 10"}
    )
    patients_per_year_under_10 = fields.Boolean()
    published_at = fields.DateTime(allow_none=True)
    changed_at = fields.DateTime()


class SupportAnswer(Answers):
    municipalities = fields.Integer(metadata={"description": "How many support the story"})
    population = fields.Integer(metadata={"description": "How many people live in them"})


class FullStoryAnswer(StoryAnswer):
    context = fields.String(metadata={"description": "Markdown"})
    consequence = fields.String()
    reason = fields.String(
        allow_none=True,
        metadata={"description": "Why it was returned or rejected; for its municipality and KS"},
    )
    support = fields.Nested(
        SupportAnswer,
        metadata={"description": "Left out for callers who do not belong to the public side"},
    )

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = field_name != "support"


class StoriesAnswer(ListAnswers):
    items = fields.List(fields.Nested(StoryAnswer))


def summary(record: StoryRecord, pages: str) -> Json:
    patients = record.patients_per_year
    is_few = patients is not None and patients < FEW_PATIENTS
    published = record.published_at
    return {
        "ref": record.ref,
        "url": pages + record.ref,
        "title": record.title,
        "role": record.role,
        "need": record.need,
        "benefit": record.benefit,
        "state": record.state,
        "municipality": record.municipality,
        "version": record.version,
        "language": record.language,
        "from_setting": record.from_setting,
        "to_setting": record.to_setting,
        "elements": record.elements,
        "criteria": record.criteria,
        "solutions": record.solutions,
        "frequency": record.frequency,
        "patients_per_year": None if is_few else patients,
        "patients_per_year_under_10": is_few,
        "published_at": published.isoformat() if published else None,
        "changed_at": record.changed_at.isoformat(),
    }


def in_full(full: FullRecord) -> Json:
    long = {"context": full.context, "consequence": full.consequence, "reason": full.reason}
    counted = {"support": asdict(full.support)} if full.support else {}
    return summary(full.record, pages()) | long | counted


def pages() -> str:
    """What the address of every story's page begins with."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}{url_for('stories.index')}/"
