"""What status reports show on the overview: a draft to send, and the last one to read."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor, allows
from pilot.core.registry import Need, Tally, link
from pilot.core.words import say
from pilot.overview import queries
from pilot.overview.permissions import ReportPermission


def _numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, ReportPermission.WRITE):
        return queries.oldest_draft(actor)
    is_reader = allows(actor, ReportPermission.LIST) and not actor.is_ks
    return queries.newest_sent(actor) if is_reader else ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    report_id, title, since = found
    if report_id is None:
        return
    is_draft = allows(actor, ReportPermission.WRITE)
    yield Need(
        title=say("Send statusrapporten: %(title)s", title=title)
        if is_draft
        else say("Les statusrapporten: %(title)s", title=title),
        why=say("Styringsgruppen kan ikke lese den før den er sendt.")
        if is_draft
        else say("KS har sendt den til styringsgruppen."),
        link=link("overview.report", report_id=report_id),
        icon="Pencil" if is_draft else "FileText",
        color="neutral" if is_draft else "info",
        since=since,
    )


NEEDS = Tally(_numbers, _needs)
