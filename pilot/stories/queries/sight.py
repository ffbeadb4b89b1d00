"""How much of a story someone sees: as those inside did before it was published, or as others."""

from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import reach
from pilot.stories.models import Story


def saw_it_before(actor: Actor, story: Story) -> bool:
    """Whether the actor is one of those who could see the story before it was published."""
    is_own = story.organisation_id == actor.organisation_id and actor.role is not None
    return is_own or Zone.PUBLIC_SIDE in reach(actor).whole


def sees_inside(actor: Actor) -> bool:
    """Whether the actor follows stories on their way, and not just those that are published."""
    return Zone.PUBLIC_SIDE in reach(actor).whole


def sees_reasons(actor: Actor, story: Story) -> bool:
    """An own reason is for the municipality it was given to, and for KS."""
    is_own = story.organisation_id == actor.organisation_id and actor.role is not None
    return actor.is_ks or is_own
