"""Columns of a row that says something in up to three languages."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Text, case, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import FreeText
from pilot.core.text import render_markdown
from pilot.core.texts import Said, Texts
from pilot.core.words import DEFAULT_LOCALE, LOCALES, Locale


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


def titled(model: type[WithTexts], locale: str) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """The title that a reader gets and its language, as columns: what `shown` says of a row."""
    own = next((one for one in LOCALES if one == locale), DEFAULT_LOCALE)
    title, body = getattr(model, f"title_{own}"), getattr(model, f"body_{own}")
    is_written = (title != "") | (body != "")
    code: Any = {one: literal_column(f"'{one}'", String) for one in LOCALES}
    return (
        case((is_written, title), else_=model.title_nb),
        case((is_written, code[own]), else_=code[DEFAULT_LOCALE]),
    )
