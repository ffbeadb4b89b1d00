"""Who may do what with user stories. Which rows one may know of is the zones' matter."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, OrganisationKind, Rule
from pilot.core.policy.engine import is_ks
from pilot.stories.rules import KS_EDITS, OWNER_EDITS


class StoryPermission(StrEnum):
    ADD = "story:add"
    WRITE = "story:write"  # has a hand in the text, whatever its state
    EDIT = "story:edit"  # may change it in the state it has
    OWN = "story:own"  # submit, withdraw, take up again
    REVIEW = "story:review"
    PUBLISH = "story:publish"
    ASSESS = "story:assess"  # say which national solutions meet the need
    FOLLOW_LIVE = "story:live"
    SUPPORT = "story:support"  # for one's municipality, another one's story
    SUPPORT_FOR = "story:support-for"  # what a municipality has told KS by mail or phone


def _acts_for_municipality(actor: Actor, _story: Any) -> bool:
    return actor.kind is OrganisationKind.MUNICIPALITY and actor.role is not None


def _is_own(actor: Actor, story: Any) -> bool:
    return (
        _acts_for_municipality(actor, story)
        and story is not None
        and story.organisation_id == actor.organisation_id
    )


def _is_anothers(actor: Actor, story: Any) -> bool:
    return (
        _acts_for_municipality(actor, story)
        and story is not None
        and story.organisation_id != actor.organisation_id
    )


def _owner_edits(actor: Actor, story: Any) -> bool:
    return _is_own(actor, story) and story.state in OWNER_EDITS


def _ks_edits(actor: Actor, story: Any) -> bool:
    return actor.is_ks and story.state in KS_EDITS


def _is_nhn(actor: Actor, _story: Any) -> bool:
    return actor.kind is OrganisationKind.NATIONAL_PROVIDER and actor.role is not None


def _signed_in(actor: Actor, _story: Any) -> bool:
    return not actor.is_guest


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    StoryPermission.ADD: (_acts_for_municipality,),
    StoryPermission.WRITE: (_is_own, is_ks),
    StoryPermission.EDIT: (_owner_edits, _ks_edits),
    StoryPermission.OWN: (_is_own,),
    StoryPermission.REVIEW: (is_ks,),
    StoryPermission.PUBLISH: (is_ks,),
    StoryPermission.ASSESS: (_is_nhn, is_ks),
    StoryPermission.FOLLOW_LIVE: (_signed_in,),
    StoryPermission.SUPPORT: (_is_anothers,),
    StoryPermission.SUPPORT_FOR: (is_ks,),
}
