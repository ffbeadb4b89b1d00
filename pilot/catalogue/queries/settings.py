"""Care settings: names from the shipped file, so that reading them costs no statement."""

from pilot.catalogue.rules import LEVEL_WORDS, Level, setting_options, settings
from pilot.core.words import Message


def care_setting_options(locale: str) -> tuple[tuple[str, str], ...]:
    """Keys and names for a choice, by name in the language; the general ones come last."""
    return setting_options(locale)


def label_of(key: str, locale: str) -> str:
    """The name of a care setting as it stands inside a sentence; the key itself if unknown."""
    found = settings().get(key)
    return found.name(locale) if found else key


def level_of(key: str) -> Level:
    """Who answers for a care setting, as coarse as the level of sharing needs it."""
    found = settings().get(key)
    return found.level if found else Level.OTHER


def care_settings_by_level(
    locale: str,
) -> tuple[tuple[Message, tuple[tuple[str, str], ...]], ...]:
    """Keys and names of the care settings, under who answers for them."""
    options = setting_options(locale)
    held = ((LEVEL_WORDS[level], _at(level, options)) for level in Level)
    return tuple((words, found) for words, found in held if found)


def _at(level: Level, options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((key, name) for key, name in options if level_of(key) is level)
