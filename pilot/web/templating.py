"""What every template may use: icons, tags, dates, numbers and the frame of the page."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from wtforms import SelectField

from pilot.core.behalf import Behalf, Channel
from pilot.core.clock import OSLO
from pilot.core.facts import DemoMark
from pilot.core.policy import Actor, Role
from pilot.core.registry import Link
from pilot.core.text import render_markdown
from pilot.core.words import Message, labels, say
from pilot.web.access import ACTING_FIELD, current_actor, here, may
from pilot.web.forms import options_of
from pilot.web.i18n import (
    NAMES,
    current_locale,
    format_date,
    format_number,
    gettext,
    plural,
    translate,
)
from pilot.web.icons import STATE_ICONS, ZONE_ICONS

ROLE_WORDS: dict[Role, Message] = {Role.LEAD: say("Leder"), Role.MEMBER: say("Medlem")}
KEPT = 2_000  # drawn fragments that are kept; most are rows of a list
CLOCKS = {"nb": "%H.%M", "nn": "%H.%M", "en": "%H:%M"}


class NavGroup(Enum):
    """A heading under «Mer» in the menu, in the order they stand there."""

    BASIS = say("Grunnlag")
    PROJECT = say("Prosjektet")
    KEEPING = say("Drift")


@dataclass(frozen=True)
class NavItem:
    """An entry of the menu; shown only to those who may follow it."""

    label: Message
    endpoint: str
    shows: Callable[[Actor], bool]
    section: str  # the path prefix that makes it the current one
    order: int = 50
    group: NavGroup | None = None  # none: it stands in the main menu


@dataclass(frozen=True)
class NavLink:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class NavSection:
    """What stands under one heading of «Mer»."""

    heading: str
    links: tuple[NavLink, ...]


@dataclass(frozen=True)
class Menu:
    """Where its reader may go. «Home» is the first room."""

    nav: tuple[NavLink, ...]
    more: tuple[NavSection, ...]  # a heading without links is left out
    to_do: tuple[NavLink, ...]  # on a phone: what one comes to do, before where to go


class Chrome:
    """The frame around pages: menu and demo mark. Slices add their entries at start."""

    def __init__(self) -> None:
        self.items: list[NavItem] = []
        self.actions: list[NavItem] = []  # what one comes to do; in the menu of a phone
        self.demo = DemoMark()
        # Every page asks; few answers differ. All of an answer is in what is asked.
        self._open_to = lru_cache(maxsize=KEPT)(self._open_to_anew)
        self._drawn = lru_cache(maxsize=KEPT)(self._drawn_anew)

    def menu(self) -> Menu:
        """The menu for the one who reads, with the room the page is in."""
        items, actions = self._open_to(current_actor())
        sections = tuple(_section(of, request.path) for of in (items, actions))
        return self._drawn(current_locale(), request.root_path, items, actions, sections)

    def _open_to_anew(self, actor: Actor) -> tuple[tuple[NavItem, ...], tuple[NavItem, ...]]:
        def shown(items: list[NavItem]) -> tuple[NavItem, ...]:
            return tuple(sorted((item for item in items if item.shows(actor)), key=_order))

        return shown(self.items), shown(self.actions)

    @staticmethod
    def _drawn_anew(
        _locale: str,
        _root: str,
        items: tuple[NavItem, ...],
        actions: tuple[NavItem, ...],
        sections: tuple[str, ...],
    ) -> Menu:
        section, of_actions = sections
        groups = ((group, _links(items, section, group)) for group in NavGroup)
        return Menu(
            _links(items, section),
            tuple(NavSection(translate(group.value), links) for group, links in groups if links),
            _links(actions, of_actions),
        )


def _links(
    items: tuple[NavItem, ...], section: str, group: NavGroup | None = None
) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(translate(item.label), url_for(item.endpoint), item.section == section)
        for item in items
        if item.group is group
    )


def _order(item: NavItem) -> int:
    return item.order


def _section(items: tuple[NavItem, ...], path: str) -> str:
    """The room the page is in: the innermost one that its reader has an entry for."""
    return max((one.section for one in items if _holds(one.section, path)), key=len, default="")


def _holds(section: str, path: str) -> bool:
    return path == section or (section != "/" and path.startswith(section + "/"))


def init_app(app: Flask, chrome: Chrome, site_name: str) -> None:
    asset = app.jinja_env.globals["asset"]

    @cache
    def icon(name: str) -> Markup:
        sprite = asset("img/icons.svg")  # type: ignore[operator]  # set by assets.init_app
        svg = Markup('<svg class="pr-icon" aria-hidden="true"><use href="{}#{}"></use></svg>')
        return svg.format(sprite, name)

    @cache
    def status_in(locale: str, thing: str, code: str, gender: str) -> Markup:
        found = labels()[thing, code]
        tag = Markup('<span class="pr-status" data-color="{}">{}{}</span>')
        symbol = icon(STATE_ICONS.get(code, "InformationSquare"))
        return tag.format(found.color, symbol, found.read(locale, gender))

    @cache
    def zone_in(locale: str, code: str) -> Markup:
        return Markup('<span class="pr-zone">{}{}</span>').format(
            icon(ZONE_ICONS[code]), labels()["zone", code].read(locale)
        )

    @lru_cache(maxsize=KEPT)
    def kept_in(locale: str, name: str, subject: Hashable) -> Markup:
        """A fragment that depends on its subject and the language alone, drawn once for each."""
        drawn = app.jinja_env.get_template(name).render(subject=subject, locale=locale)
        return Markup(drawn)  # noqa: S704  # the template has escaped it

    def options(field: SelectField) -> Markup:
        """The options of a select, one chosen. What is chosen is not part of what is kept: people
        can send anything, and it would fill the place of others."""
        drawn = kept_in(current_locale(), "ui/_options.html", options_of(field))
        value = Markup('value="{}"').format(field.data)
        return drawn.replace(value, value + Markup(" selected"), 1)

    app.jinja_env.globals.update(
        behalf_words=behalf_words,
        kept=lambda name, subject: kept_in(current_locale(), name, subject),
        icon=icon,
        status=lambda thing, code, gender="m": status_in(
            current_locale(), thing, str(code), gender
        ),
        role_label=role_label,
        tokens=tokens,
        zone=lambda code: zone_in(current_locale(), str(code)),
        label=lambda thing, code, gender="m": labels()[thing, str(code)].read(
            current_locale(), gender
        ),
        may=may,
        options=options,
        say=translate,
        url_of=url_of,
        plural=plural,
        format_date=format_date,
        format_datetime=format_datetime,
        format_number=format_number,
        locales=NAMES,
        site_name=site_name,
    )
    app.jinja_env.globals["rendered"] = Markup  # only for HTML that core.text has cleaned
    app.jinja_env.filters["lines"] = lines
    app.jinja_env.filters["as_day"] = date.fromisoformat  # a day among a mail's values
    app.jinja_env.filters["markdown"] = markdown
    app.jinja_env.filters["upper_first"] = lambda text: text[:1].upper() + text[1:]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def frame() -> dict[str, Any]:
        if not has_request_context():
            return {}  # mail has no frame
        return {
            "actor": current_actor(),
            "menu": chrome.menu(),
            "locale": current_locale(),
            "is_demo": bool(chrome.demo),
            "here": here(),
        }


def tokens() -> Markup:
    """The hidden fields of a form that is only a button; without ids, so it may stand in rows."""
    fields = (("csrf_token", generate_csrf()), (ACTING_FIELD, current_actor().organisation_id))
    tag = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(tag.format(name, value or "") for name, value in fields)


def role_label(role: Role | None) -> str:
    return translate(ROLE_WORDS[role]) if role else ""


def behalf_words(channel: str, received_on: str) -> Message:
    """How an organisation told KS, as a mail keeps it."""
    return Behalf(Channel(channel), date.fromisoformat(received_on)).words


def url_of(link: Link) -> str:
    return url_for(link.endpoint, **dict(link.values))


def format_datetime(moment: datetime | None) -> str:
    """«18. november 2026 kl. 09.12»."""
    if moment is None:
        return ""
    clock: str = moment.astimezone(OSLO).strftime(CLOCKS[current_locale()])
    at = gettext("kl. %(clock)s", clock=clock)  # not inside the f-string: nothing is found there
    return f"{format_date(moment)} {at}"


def lines(text: str) -> Markup:
    """Plain text with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def markdown(text: str, base_url: str) -> Markup:
    """What a person wrote, for a mail: the same clean HTML, with whole addresses for our pages."""
    html = render_markdown(text).replace('href="/', f'href="{escape(base_url)}/')
    return Markup(html)  # noqa: S704  # cleaned
