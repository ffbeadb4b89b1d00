"""A text in up to three languages: bokmål is always there, the others where someone wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass

from pilot.core.search import line_of
from pilot.core.text import MARKDOWN_MAX
from pilot.core.words import DEFAULT_LOCALE, LOCALES, Locale, Message, say

TITLE_MAX = 120
BODY_MAX = MARKDOWN_MAX


@dataclass(frozen=True)
class Said:
    """A title and what stands under it, in Markdown."""

    title: str = ""
    body: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.body)


@dataclass(frozen=True)
class Texts:
    nb: Said
    nn: Said = Said()
    en: Said = Said()

    def of(self, locale: Locale) -> Said:
        found: Said = getattr(self, locale)
        return found

    def language_for(self, locale: str) -> Locale:
        """The language that a reader gets: their own if it is written, else bokmål."""
        return next((one for one in LOCALES if one == locale and self.of(one)), DEFAULT_LOCALE)

    @property
    def written(self) -> tuple[Locale, ...]:
        return tuple(one for one in LOCALES if self.of(one))

    def flat(self) -> dict[str, str]:
        """Field by field, as forms and comparisons name them."""
        parts = {f"title_{one}": self.of(one).title for one in LOCALES}
        return parts | {f"body_{one}": self.of(one).body for one in LOCALES}


def faults(texts: Texts) -> Iterable[tuple[str, Message]]:
    """Every field that must be mended: bokmål is demanded, another language is whole or absent."""
    for one in LOCALES:
        said = texts.of(one)
        if not said.title and (said or one == DEFAULT_LOCALE):
            yield f"title_{one}", say("Skriv en tittel.")
        if not said.body and (said or one == DEFAULT_LOCALE):
            yield f"body_{one}", say("Skriv en tekst.")
        for name, text, most in (("title", said.title, TITLE_MAX), ("body", said.body, BODY_MAX)):
            if len(text) > most:
                yield f"{name}_{one}", too_long(len(text), most)


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )


def searchable(texts: Texts) -> str:
    """What a search looks in, in every language at once."""
    return line_of(texts.flat().values())
