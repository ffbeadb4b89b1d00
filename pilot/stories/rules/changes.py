"""What differs between two texts of a story, field by field and word by word."""

from types import MappingProxyType

from pilot.core import diff
from pilot.core.diff import Change
from pilot.core.words import Message, say
from pilot.stories.rules.text import StoryText

FIELD_WORDS: MappingProxyType[str, Message] = MappingProxyType(
    {
        "title": say("Tittel"),
        "role": say("Som …"),
        "need": say("ønsker jeg å …"),
        "benefit": say("slik at …"),
        "from_setting": say("Fra tjeneste"),
        "to_setting": say("Til tjeneste"),
        "elements": say("Opplysninger"),
        "solutions": say("Nasjonale løsninger"),
        "frequency": say("Hvor ofte"),
        "patients_per_year": say("Pasienter i året"),
        "consequence": say("Følge i dag"),
        "criteria": say("Akseptansekriterier"),
        "context": say("Bakgrunn"),
        "language": say("Språk"),
    }
)


def changed_fields(old: StoryText, new: StoryText) -> tuple[str, ...]:
    return tuple(f for f in FIELD_WORDS if getattr(old, f) != getattr(new, f))


def compare(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    """What differs between two texts as they are shown, field by field, word by word."""
    return diff.compare(FIELD_WORDS, old, new)
