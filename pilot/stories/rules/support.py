"""Support from municipalities: in which states a story takes it, and what is said where not."""

from types import MappingProxyType

from pilot.core.words import Message, say
from pilot.stories.rules.states import StoryState

S = StoryState
#: From the day a story is sent in until it is settled whether it goes to a pilot: that is when
#: support is weighed. A text that is being written or mended is not yet what others would support;
#: one that was turned down, merged or withdrawn is weighed no more, and one in a pilot is chosen.
#: Support that was given before stays, and can be taken back in any state.
SUPPORTABLE = frozenset({S.SUBMITTED, S.IN_REVIEW, S.READY, S.PRIORITISED})

OWN_STORY = say("Historien er fra kommunen deres. Støtte kommer fra andre kommuner.")
OF_ITS_OWN = say("Historien er fra denne kommunen. Støtte kommer fra andre kommuner.")
_NOT_NOW = say("Historien kan ikke få støtte med den statusen den har nå.")
_WHY: MappingProxyType[StoryState, Message] = MappingProxyType(
    {
        S.RETURNED: say("Kommunen retter historien. Den kan få støtte når den er sendt inn igjen."),
        S.REJECTED: say("KS har ikke tatt historien videre. Den kan ikke få støtte nå."),
        S.MERGED: say("Historien er slått sammen med en annen. Støtt heller den."),
    }
)


def why_not_support(state: StoryState) -> Message | None:
    """What to tell the one who would support a story that takes none now."""
    return None if state in SUPPORTABLE else _WHY.get(state, _NOT_NOW)
