"""Reading status reports."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, Programme, allows, require
from pilot.core.readers import at
from pilot.core.registry import Figure, Registry
from pilot.core.tallies import told
from pilot.core.words import Message, say_many
from pilot.overview.models import StatusReport
from pilot.overview.permissions import ReportPermission
from pilot.overview.rules import REPORT_STANDS, ReportState

NEW = timedelta(days=14)  # how long one who may read a report is told of it
RECENTLY = at(lambda: clock.now() - NEW)
Numbers = tuple[ScalarSelect[Any], ...]


@dataclass(frozen=True)
class ReportRow:
    id: int
    title: str
    state: ReportState
    changed_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class ReportPage:
    id: int
    title: str
    words: str
    words_html: str
    state: ReportState
    revision: int
    changed_at: datetime
    sent_at: datetime | None
    figures: tuple[Figure, ...]


def reader() -> Actor:
    """One who gets a status report: figures are counted as this reader may count them."""
    return Actor(
        person_id=0, kind=OrganisationKind.KS, programme=frozenset({Programme.STEERING_GROUP})
    )


def live_figures(registry: Registry) -> tuple[Figure, ...]:
    """The figures as they are now, for one in the steering group; nothing that is internal."""
    (figures,) = told(reader(), registry.figures)
    return tuple(sorted(figures, key=lambda figure: figure.order))


def reports(actor: Actor, number: int) -> Page[ReportRow]:
    """Those the actor may read, newest first."""
    require(actor, ReportPermission.LIST)
    wanted = select(StatusReport)
    if not actor.is_ks:
        wanted = wanted.where(StatusReport.state == ReportState.SENT)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    number = within(number, total)
    rows = db.session.scalars(
        wanted.order_by(StatusReport.changed_at.desc(), StatusReport.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(
        tuple(ReportRow(r.id, r.title, r.state, r.changed_at, r.sent_at) for r in rows),
        number,
        total,
    )


def oldest_draft(actor: Actor) -> Numbers:
    """Of the draft that was begun first: its id, its title, and when."""
    require(actor, ReportPermission.WRITE)
    drafts = select(StatusReport).where(StatusReport.state == ReportState.DRAFT)
    first = drafts.order_by(StatusReport.created_at, StatusReport.id).limit(1)
    return _of(first, StatusReport.created_at)


def newest_sent(actor: Actor) -> Numbers:
    """Of the report that was sent last, while it is new: its id, its title, and when."""
    require(actor, ReportPermission.LIST)
    is_new = StatusReport.sent_at > RECENTLY
    sent = select(StatusReport).where(StatusReport.state == ReportState.SENT, is_new)
    last = sent.order_by(StatusReport.sent_at.desc(), StatusReport.id.desc()).limit(1)
    return _of(last, StatusReport.sent_at)


def _of(one: Select[StatusReport], moment: Any) -> Numbers:
    columns = (StatusReport.id, StatusReport.title, moment)
    return tuple(one.with_only_columns(column).scalar_subquery() for column in columns)


def report_row(actor: Actor, report_id: int, *, for_update: bool = False) -> StatusReport:
    """A report the actor may read; else there is none."""
    wanted = select(StatusReport).where(StatusReport.id == report_id)
    row = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if row is None or not allows(actor, ReportPermission.READ, row):
        raise Missing
    return row


def report(actor: Actor, registry: Registry, report_id: int) -> ReportPage:
    """A report with its figures: as they are now in a draft, as they were when it was sent."""
    row = report_row(actor, report_id)
    is_sent = row.state is ReportState.SENT
    return ReportPage(
        id=row.id,
        title=row.title,
        words=row.words,
        words_html=row.words_html,
        state=row.state,
        revision=row.revision,
        changed_at=row.changed_at,
        sent_at=row.sent_at,
        figures=thawed(row.figures) if is_sent else live_figures(registry),
    )


def report_to_edit(actor: Actor, registry: Registry, report_id: int) -> ReportPage:
    """A draft, for its form; one that is sent is not changed any more."""
    found = report(actor, registry, report_id)
    require(actor, ReportPermission.WRITE)
    if found.state is ReportState.SENT:
        raise Conflict(REPORT_STANDS)
    return found


def report_of_form(actor: Actor, form_key: str | None) -> StatusReport | None:
    """What this form has stored before, if it was sent twice."""
    if not form_key:
        return None
    return db.session.scalar(
        select(StatusReport).filter_by(author_id=actor.person_id, form_key=form_key)
    )


def frozen(figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    """Figures as they are kept: the words and the numbers, not the list behind them."""
    return [
        {"words": one.words.id, "many": one.words.many, "number": one.number, "of": one.of}
        for one in figures
    ]


def thawed(kept: list[dict[str, Any]]) -> tuple[Figure, ...]:
    return tuple(Figure(_words(one), one["number"], of=one.get("of")) for one in kept)


def _words(kept: dict[str, Any]) -> Message:
    many = kept.get("many")
    return say_many(kept["words"], many, kept["number"]) if many else Message(kept["words"])
