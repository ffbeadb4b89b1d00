"""Who may do what with rounds and candidates. Which rows one may know of is the zones' matter."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, OrganisationKind, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class CandidatePermission(StrEnum):
    ROUND_MANAGE = "candidate:round"  # make a round, open it, take it on, release its decision
    TAKE_PART = "candidate:take-part"  # express interest for the municipality one acts for
    OWN = "candidate:own"  # change it, withdraw, come back
    HANDLE = "candidate:handle"  # see them all, invite, register for others, move them on
    CRITERIA = "candidate:criteria"  # write the next version of the criteria, publish it
    ASSESS = "candidate:assess"  # may be asked into a panel
    REVIEW = "candidate:review"  # as one of the panel, what one is asked to assess
    PANEL_FINISH = "candidate:panel-finish"  # make what the panel has come to its result
    PARTNER_MANAGE = "candidate:partner"


def _acts_for_municipality(actor: Actor, _subject: Any) -> bool:
    return actor.kind is OrganisationKind.MUNICIPALITY and actor.role is not None


def _is_own(actor: Actor, candidate: Any) -> bool:
    return (
        _acts_for_municipality(actor, candidate)
        and candidate is not None
        and candidate.organisation_id == actor.organisation_id
    )


def _is_assessor(actor: Actor, review: Any) -> bool:
    """The one who was asked, acting for whom they assess; nobody who is tied to a vendor."""
    return (
        actor.role is not None
        and not actor.vendor_ties
        and review is not None
        and review.person_id == actor.person_id
        and review.organisation_id == actor.organisation_id
    )


def _may_be_asked(actor: Actor, _subject: Any) -> bool:
    from_there = actor.kind in (OrganisationKind.KS, OrganisationKind.NATIONAL_PROVIDER)
    return from_there and actor.role is not None and not actor.vendor_ties


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    CandidatePermission.ROUND_MANAGE: (is_ks_lead,),
    CandidatePermission.TAKE_PART: (_acts_for_municipality,),
    CandidatePermission.OWN: (_is_own,),
    CandidatePermission.HANDLE: (is_ks,),
    CandidatePermission.CRITERIA: (is_ks_lead,),
    CandidatePermission.ASSESS: (_may_be_asked,),
    CandidatePermission.REVIEW: (_is_assessor,),
    CandidatePermission.PANEL_FINISH: (is_ks_lead,),
    CandidatePermission.PARTNER_MANAGE: (is_ks,),
}
