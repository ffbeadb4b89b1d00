"""Writing status reports: drafts that KS leads change, and reports that are sent and then stand."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.registry import Registry
from pilot.core.text import clean, render_markdown
from pilot.core.unit import command
from pilot.core.words import say
from pilot.overview import queries
from pilot.overview.models import StatusReport
from pilot.overview.permissions import ReportPermission
from pilot.overview.rules import REPORT_STANDS, ReportState, report_faults


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


@command
def add_report(
    actor: Actor, *, title: str, words: str, form_key: str | None = None
) -> StatusReport:
    """Begin a report; the same form sent again answers the one it made."""
    require(actor, ReportPermission.WRITE)
    stored = queries.report_of_form(actor, form_key)
    if stored is not None:
        return stored
    now = clock.now()
    report = StatusReport(
        author_id=actor.person_id,
        form_key=form_key,
        state=ReportState.DRAFT,
        figures=[],
        created_at=now,
    )
    _write(report, title, words)
    db.session.add(report)
    db.session.flush()  # the trail needs its number
    audit.record(actor, "report added", report)
    return report


@command
def edit_report(
    actor: Actor, report_id: int, *, title: str, words: str, revision: int
) -> StatusReport:
    """Change a draft. What is sent, stands."""
    report = queries.report_row(actor, report_id, for_update=True)
    require(actor, ReportPermission.WRITE, report)
    _refuse_sent(report)
    if report.revision != revision:
        raise Stale(say("Noen andre har endret rapporten mens du skrev."))
    _write(report, title, words)
    report.revision = revision + 1
    audit.record(actor, "report edited", report)
    return report


@command
def send_report(actor: Actor, registry: Registry, report_id: int, *, revision: int) -> StatusReport:
    """Let the steering group read it, with the figures as they are at this moment."""
    report = queries.report_row(actor, report_id, for_update=True)
    require(actor, ReportPermission.WRITE, report)
    _refuse_sent(report)
    if report.revision != revision:
        raise Stale(say("Rapporten er endret siden du åpnet den. Les den før du sender."))
    report.state, report.sent_at = ReportState.SENT, clock.now()
    report.changed_at = report.sent_at
    report.figures = queries.frozen(queries.live_figures(registry))
    audit.record(actor, "report sent", report)
    return report


def _refuse_sent(report: StatusReport) -> None:
    if report.state is ReportState.SENT:
        raise Conflict(REPORT_STANDS)


def _write(report: StatusReport, title: str, words: str) -> None:
    faults = report_faults(title, words)
    if faults:
        refusal = Rejected(faults[0][1], faults[0][0])
        refusal.found = [*faults]
        raise refusal
    report.title, report.words = clean(title), clean(words)
    report.words_html = render_markdown(report.words)
    report.changed_at = clock.now()
