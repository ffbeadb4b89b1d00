"""Who may do what in the vendor dialogue. Which rows one may know of is the zones' matter."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, OrganisationKind, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class DialoguePermission(StrEnum):
    MANAGE = "dialogue:manage"  # write, publish and cancel sessions; see who comes
    REGISTER = "dialogue:register"
    REGISTER_FOR = "dialogue:register-for"  # on behalf of a vendor that has told it
    CHANGE = "dialogue:change"  # a registration
    ASK = "dialogue:ask"
    CHANGE_QUESTION = "dialogue:change-question"  # as long as nobody has begun to answer it
    ANSWER = "dialogue:answer"  # see all questions, enter those that come by phone, write answers
    PUBLISH_ANSWERS = "dialogue:publish-answers"


def acts_for_vendor(actor: Actor, _subject: Any = None) -> bool:
    return actor.kind is OrganisationKind.VENDOR and actor.role is not None


def _is_own(actor: Actor, registration: Any) -> bool:
    """The organisation's, or one's own whatever organisation one acts for now."""
    if registration is None:
        return acts_for_vendor(actor) or bool(actor.vendor_ties)
    if registration.person_id is not None and registration.person_id == actor.person_id:
        return True
    is_theirs = registration.organisation_id == actor.organisation_id
    return acts_for_vendor(actor) and is_theirs


def _asked(actor: Actor, question: Any) -> bool:
    """The vendor's own people; which question is theirs, the zones have said already."""
    is_theirs = question is None or question.organisation_id == actor.organisation_id
    return acts_for_vendor(actor) and is_theirs


def _entered_for(actor: Actor, question: Any) -> bool:
    """KS may mend what KS has entered, and nothing that a vendor wrote itself."""
    return actor.is_ks and question is not None and question.behalf is not None


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    DialoguePermission.MANAGE: (is_ks,),
    DialoguePermission.REGISTER: (acts_for_vendor,),
    DialoguePermission.REGISTER_FOR: (is_ks,),
    DialoguePermission.CHANGE: (is_ks, _is_own),
    DialoguePermission.ASK: (acts_for_vendor,),
    DialoguePermission.CHANGE_QUESTION: (_asked, _entered_for),
    DialoguePermission.ANSWER: (is_ks,),
    DialoguePermission.PUBLISH_ANSWERS: (is_ks_lead,),
}
