"""Everything that changes the register and the conditions."""

from pilot.decisions.service.carrying import move_action, remark
from pilot.decisions.service.conditions import edit_condition
from pilot.decisions.service.recording import change_entry, record, record_decision
from pilot.decisions.service.steps import Faulty, Stale

__all__ = [
    "Faulty",
    "Stale",
    "change_entry",
    "edit_condition",
    "move_action",
    "record",
    "record_decision",
    "remark",
]
