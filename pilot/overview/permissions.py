"""Who may do what with status reports."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Programme, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead
from pilot.overview.rules import ReportState


class ReportPermission(StrEnum):
    LIST = "report:list"
    READ = "report:read"
    WRITE = "report:write"


def _steers(actor: Actor, _report: Any) -> bool:
    """The conflict guard follows the person: one tied to a vendor does not read for the group."""
    return Programme.STEERING_GROUP in actor.programme and not actor.vendor_ties


def _reads_sent(actor: Actor, report: Any) -> bool:
    return _steers(actor, report) and report is not None and report.state is ReportState.SENT


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    ReportPermission.LIST: (is_ks, _steers),
    ReportPermission.READ: (is_ks, _reads_sent),
    ReportPermission.WRITE: (is_ks_lead,),
}
