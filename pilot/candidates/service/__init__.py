"""Everything that changes a round, a candidate or a partner municipality.

Every command that concerns a candidate holds its round first, then the candidate: a round that is
being closed, decided or released waits for it, and it for them.
"""

from pilot.candidates.service.assessing import NO_MORE, Saved, save_answers, submit_assessment
from pilot.candidates.service.criteria import (
    add_criterion,
    discard_draft,
    draft_criteria,
    edit_criterion,
    edit_quick,
    publish_criteria,
    remove_criterion,
)
from pilot.candidates.service.handling import invite, mark_read, move_candidate
from pilot.candidates.service.interest import (
    express_interest,
    register_interest,
    resume_interest,
    withdraw_interest,
)
from pilot.candidates.service.looks import answer_new_look, ask_new_look
from pilot.candidates.service.panel import (
    FINISHED,
    NOT_NOW,
    ask_assessor,
    declare,
    finish_panel,
    finish_review,
    save_moderation,
    save_review,
)
from pilot.candidates.service.partners import add_partner, edit_partner
from pilot.candidates.service.quick import save_quick_check
from pilot.candidates.service.rounds import add_round, edit_round, move_round, release_round
from pilot.candidates.service.sections import assign_section
from pilot.candidates.service.steps import Stale

__all__ = [
    "FINISHED",
    "NOT_NOW",
    "NO_MORE",
    "Saved",
    "Stale",
    "add_criterion",
    "add_partner",
    "add_round",
    "answer_new_look",
    "ask_assessor",
    "ask_new_look",
    "assign_section",
    "declare",
    "discard_draft",
    "draft_criteria",
    "edit_criterion",
    "edit_partner",
    "edit_quick",
    "edit_round",
    "express_interest",
    "finish_panel",
    "finish_review",
    "invite",
    "mark_read",
    "move_candidate",
    "move_round",
    "publish_criteria",
    "register_interest",
    "release_round",
    "remove_criterion",
    "resume_interest",
    "save_answers",
    "save_moderation",
    "save_quick_check",
    "save_review",
    "submit_assessment",
    "withdraw_interest",
]
