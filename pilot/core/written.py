"""Columns of a row that says something in up to three languages."""

from dataclasses import dataclass

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import FreeText
from pilot.core.text import render_markdown
from pilot.core.texts import Said, Texts
from pilot.core.words import LOCALES, Locale


@dataclass(frozen=True)
class Shown:
    """A text as one reader gets it; `is_fallback` when it is not in the language asked for."""

    title: str
    html: str
    lang: Locale
    is_fallback: bool


class WithTexts:
    """Columns of a row that says something in three languages."""

    title_nb: Mapped[str] = mapped_column(FreeText)
    title_nn: Mapped[str] = mapped_column(FreeText)
    title_en: Mapped[str] = mapped_column(FreeText)
    body_nb: Mapped[str] = mapped_column(FreeText)
    body_nn: Mapped[str] = mapped_column(FreeText)
    body_en: Mapped[str] = mapped_column(FreeText)
    html_nb: Mapped[str] = mapped_column(Text)  # rendered and cleaned when saved
    html_nn: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str] = mapped_column(Text)

    def write(self, texts: Texts, *, top: int = 3) -> None:
        for name, value in texts.flat().items():
            setattr(self, name, value)
        for one in LOCALES:
            setattr(self, f"html_{one}", render_markdown(texts.of(one).body, top=top))

    @property
    def texts(self) -> Texts:
        said = (
            Said(getattr(self, f"title_{one}"), getattr(self, f"body_{one}")) for one in LOCALES
        )
        return Texts(*said)

    def shown(self, locale: str) -> Shown:
        lang = self.texts.language_for(locale)
        title, html = getattr(self, f"title_{lang}"), getattr(self, f"html_{lang}")
        return Shown(title, html, lang, lang != locale)
