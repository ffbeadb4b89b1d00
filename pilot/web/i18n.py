"""The reader's language, and the only place where messages meet Flask-Babel."""

from functools import lru_cache
from typing import cast

from babel import Locale as BabelLocale
from babel.numbers import format_decimal
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, force_locale, get_translations
from flask_babel import gettext as gettext  # for the slices: they import it from here
from flask_babel import lazy_gettext as lazy_gettext
from flask_babel import ngettext as ngettext

from pilot.core.words import DEFAULT_LOCALE, LOCALES, Locale, Message, locale_or_default
from pilot.web.access import API, current_actor

LOCALE_COOKIE = "locale"
NAMES: tuple[tuple[Locale, str], ...] = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=current_locale, timezone_selector=lambda: "Europe/Oslo")


def current_locale() -> Locale:
    """The choice of this session, else the person's own, else what the browser asks for.

    The API knows no session.
    """
    if not has_request_context():
        return DEFAULT_LOCALE
    chosen = None if request.path.startswith(API) else session.get(LOCALE_COOKIE)
    if chosen in LOCALES:
        return locale_or_default(chosen)
    actor = current_actor()
    return locale_or_default(actor.locale) if actor.locale else _asked_for()


def _asked_for() -> Locale:
    """What the browser asks for; `no` is bokmål, and so is a language that we do not have."""
    for code, quality in request.accept_languages:
        tag = code.split("-")[0].lower()
        if not quality:
            break  # sorted: from here on, what the reader does not want
        if tag == "no":
            return "nb"
        if tag in LOCALES:
            return locale_or_default(tag)
    return DEFAULT_LOCALE


def translate(message: Message | str | None) -> str:
    if message is None:
        return ""
    if isinstance(message, str):
        return message
    if message.many:
        return plural(message.id, message.many, cast(int, message.values["n"]))
    values = {
        key: translate(value) if isinstance(value, Message) else value
        for key, value in message.values.items()
    }
    return str(gettext(message.id, **values))


def translate_to(locale: str, message: Message) -> str:
    with force_locale(locale):
        return translate(message)


def plural(one: str, many: str, n: int) -> str:
    """`ngettext` with the number written as the language does."""
    text: str = get_translations().ungettext(one, many, n)
    return text % {"n": format_number(n)}


@lru_cache(maxsize=4096)
def _number(number: float, locale: str) -> str:
    return format_decimal(number, locale=BabelLocale.parse(locale))


def format_number(number: float) -> str:
    return _number(number, current_locale())
