"""The reader's language, and the only place where messages meet Flask-Babel."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, cast

from babel import Locale as BabelLocale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from pilot.core.clock import OSLO
from pilot.core.text import sort_key
from pilot.core.words import DEFAULT_LOCALE, LOCALES, Locale, Message, locale_or_default
from pilot.web.access import API, current_actor

LOCALE_COOKIE = "locale"
#: Codes in the list of territories that are no country.
NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
NAMES: tuple[tuple[Locale, str], ...] = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))

#: Whose way of writing dates.
REGIONS: dict[Locale, str] = {"nb": "nb", "nn": "nn", "en": "en_GB"}

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=current_locale, timezone_selector=lambda: "Europe/Oslo")
    app.jinja_env.globals.update(_=in_template, gettext=in_template, ngettext=many_in_template)


def current_locale() -> Locale:
    """The language of this answer, found once; or the one that `reading_in` sets."""
    try:
        found: Locale | None = g.get("locale")
    except RuntimeError:  # nobody reads: there is no request, job or command
        return DEFAULT_LOCALE
    if found is None:
        found = g.locale = _chosen()
    return found


def _chosen() -> Locale:
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


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Write for a reader of another language: mail, and what is kept in several."""
    before = g.get("locale")
    g.locale = locale_or_default(code)
    try:
        with force_locale(g.locale):
            yield
    finally:
        g.locale = before


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


@cache
def countries(locale: Locale, *, but: str = "") -> tuple[tuple[str, str], ...]:
    """Codes and names of countries in the reader's language, by name; `but` is left out."""
    named = BabelLocale.parse(locale).territories
    found = [(code, name) for code, name in named.items() if re.fullmatch(r"[A-Z]{2}", code)]
    kept = [(code, name) for code, name in found if code not in (but, *NO_COUNTRIES)]
    return tuple(sorted(kept, key=lambda one: sort_key(one[1])))


# --- texts -----------------------------------------------------------------------------------
# Flask-Babel finds the catalogue anew for every text, which is a good part of a page with fifty
# rows. The catalogues do not change while the site runs, so each text is looked up once.


@cache
def _catalogue(locale: Locale) -> NullTranslations:
    with force_locale(locale):
        found: NullTranslations = get_translations()
        return found


@lru_cache(maxsize=8192)
def _text(locale: Locale, message: str) -> str:
    return str(_catalogue(locale).ugettext(message))


def gettext(message: str, **values: object) -> str:
    """A text in the reader's language."""
    text = _text(current_locale(), message)
    return text % values if values else text


def lazy_gettext(message: str, **values: object) -> Any:
    """The same, found when it is shown: for forms, which are made before anybody reads them."""
    return LazyString(gettext, message, **values)


def _markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704  # our own texts, from the templates and the catalogues


@lru_cache(maxsize=8192)
def _fixed(locale: Locale, message: str) -> Markup:
    return _markup(_text(locale, message)) % {}


@pass_eval_context
def in_template(context: EvalContext, message: str, **values: object) -> str:
    """`_()` in templates. The text is ours, and the values are escaped; `%%` is a per cent."""
    locale = current_locale()
    if not context.autoescape:
        return _text(locale, message) % values
    return _markup(_text(locale, message)) % values if values else _fixed(locale, message)


@pass_eval_context
def many_in_template(context: EvalContext, one: str, many: str, num: int, **values: object) -> str:
    """`ngettext()` in templates; the number is there as `num` too."""
    text = _catalogue(current_locale()).ungettext(one, many, num)
    values.setdefault("num", num)
    return _markup(text) % values if context.autoescape else str(text) % values


def translate(message: Message | str | None) -> str:
    if message is None:
        return ""
    if isinstance(message, str):
        return message
    if message.many:
        return plural(message.id, message.many, cast(int, message.values["n"]))
    return gettext(message.id, **{key: _written(value) for key, value in message.values.items()})


def _written(value: object) -> object:
    """A value in a sentence: another message, or a day, as the language writes it."""
    if isinstance(value, Message):
        return translate(value)
    return format_date(value) if isinstance(value, date) else value


@lru_cache(maxsize=2048)
def _day(day: date, locale: Locale) -> str:
    return babel_date(day, "long", locale=REGIONS[locale])


def format_date(moment: date | datetime | None) -> str:
    """«18. november 2026», as each language writes it, by the clock in Oslo."""
    if moment is None:
        return ""
    day = moment.astimezone(OSLO).date() if isinstance(moment, datetime) else moment
    return _day(day, current_locale())


def translate_to(locale: str, message: Message) -> str:
    with reading_in(locale):
        return translate(message)


def plural(one: str, many: str, n: int) -> str:
    """`ngettext` with the number written as the language does."""
    text = _catalogue(current_locale()).ungettext(one, many, n)
    return str(text % {"n": format_number(n)})


@lru_cache(maxsize=4096)
def _number(number: float, locale: str, decimals: int | None) -> str:
    pattern = None if decimals is None else f"#,##0.{'0' * decimals}"
    return format_decimal(number, format=pattern, locale=BabelLocale.parse(locale))


def format_number(number: float, decimals: int | None = None) -> str:
    """As the language writes it; with so many decimals, where a number is given."""
    return _number(number, current_locale(), decimals)
