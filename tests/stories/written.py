"""What tests of writing share: a text with every field, what is stored of it, what a form says."""

from sqlalchemy import func, select

from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.stories.models import Story, StoryVersion
from pilot.stories.rules import Frequency, StoryText
from tests.support import pages

#: The path of a new story's form, and the four fields that are demanded in it.
NEW = "/historier/ny"
FIELDS = {
    "title": "Se prøvesvar",
    "role": "sykepleier",
    "need": "se prøvesvar",
    "benefit": "slipper å ringe",
}
#: A text with something in every field.
FULL = StoryText(
    title="Se prøvesvar",
    role="sykepleier",
    need="se prøvesvar fra sykehuset",
    benefit="slipper å ringe",
    context="**Bakgrunn** her",
    criteria=("Svaret vises", "Svaret har dato"),
    elements=("prøvesvar", "dato"),
    solutions=("helseid", "sysvak"),
    from_setting="sykehus",
    to_setting="hjemmetjeneste",
    frequency=Frequency.DAILY,
    patients_per_year=120,
    consequence="Vi ringer.",
    language="nn",
)


def count(model=Story) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)))


def versions(story_id: int) -> list[tuple[int, str]]:
    rows = select(StoryVersion).filter_by(story_id=story_id).order_by(StoryVersion.number)
    return [(row.number, row.body["title"]) for row in db.session.scalars(rows)]


def events(story_id: int) -> list[AuditEvent]:
    wanted = select(AuditEvent).filter_by(subject_kind="Story", subject_id=story_id)
    return list(db.session.scalars(wanted.order_by(AuditEvent.id)))


def only() -> Story:
    return db.session.scalars(select(Story)).one()


def stands(answer, name: str) -> str:
    """What a field of the answered form holds."""
    [form, *_] = [f for f in pages.forms(answer.text, "/") if name in f.names]
    return dict(form.fields).get(name, "")


def faults(answer) -> dict[str, str]:
    """The error summary: what to mend, by the field it leads to."""
    links = pages.parse(answer.text).findall(".//div[@class='pr-errors']//a")
    return {(e.get("href") or "").lstrip("#"): pages.text(e) for e in links}
