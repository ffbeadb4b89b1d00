"""Lists of stories: the main one, its file, its live line, and NHN's."""

from collections.abc import Iterable, Iterator

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from pilot.catalogue import queries as catalogue
from pilot.core import clock
from pilot.core.policy import require
from pilot.core.search import names_something
from pilot.core.words import Message, label, say
from pilot.stories import queries, service
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries import Facets, StoryFilter, StoryRow
from pilot.stories.routes.base import bp
from pilot.stories.rules import StoryState, shown_as
from pilot.web import live
from pilot.web.access import current_actor, public
from pilot.web.exports import csv_file
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Group, Option, Paged, chips_of, here_without, page_number, search_words

COLUMNS = (
    say("Nummer"),
    say("Tittel"),
    say("Kommune"),
    say("Fra tjeneste"),
    say("Til tjeneste"),
    say("Nasjonale løsninger"),
    say("Status"),
)


def filter_from(args: MultiDict[str, str]) -> StoryFilter:
    """The filter that an address names; unknown values find nothing, and break nothing."""
    return StoryFilter(
        q=search_words(),
        states=tuple(args.getlist("tilstand")),
        from_settings=tuple(args.getlist("fra")),
        to_settings=tuple(args.getlist("til")),
        solutions=tuple(args.getlist("losning")),
        municipality=args.get("kommune", ""),
        unpublished=args.get("upublisert") == "1",
        sort=args.get("sorter", "nyest"),
        page=page_number(),
    )


class StoryList:
    """What the list page shows: rows, filters with their numbers, and the chosen ones as chips."""

    def __init__(
        self, page: Paged[StoryRow], wanted: StoryFilter, facets: Facets, *, is_inside: bool
    ) -> None:
        self.page, self.wanted, self.facets = page, wanted, facets
        self.opened_at = clock.now().timestamp()
        locale = current_locale()
        states = [
            # Those outside see published stories alone.
            (s.value, label("story", shown_as(s, is_published=True, is_inside=is_inside), locale))
            for s in StoryState
        ]
        settings = catalogue.care_setting_options(locale)
        self.groups = (
            _group("tilstand", say("Status"), states, facets.states, wanted.states),
            _group(
                "fra", say("Fra tjeneste"), settings, facets.from_settings, wanted.from_settings
            ),
            _group(
                "til",
                say("Til tjeneste"),
                settings,
                facets.to_settings,
                wanted.to_settings,
                is_long=True,
            ),
            _solutions(wanted.solutions),
        )

    @property
    def is_too_short(self) -> bool:
        """Whether the search has no word to look for."""
        return bool(self.wanted.q) and not names_something(self.wanted.q)

    @property
    def chips(self) -> list[tuple[str, str]]:
        found = chips_of(self.groups)
        if self.wanted.unpublished:
            found.append((translate(say("Ikke publisert")), here_without("upublisert", "1")))
        if self.wanted.municipality:
            number = self.wanted.municipality
            words = say("Kommune %(number)s", number=number)
            found.append((translate(words), here_without("kommune", number)))
        return found


def _group(
    name: str,
    legend: Message,
    choices: Iterable[tuple[str, str]],
    counts: dict[str, int],
    chosen: tuple[str, ...],
    *,
    is_long: bool = False,
) -> Group:
    """A filter of the choices that have stories, or are chosen."""
    options = (Option(key, words, counts.get(key, 0), key in chosen) for key, words in choices)
    shown = tuple(o for o in options if o.count or o.is_chosen)
    return Group(name, translate(legend), shown, is_long)


def _solutions(chosen: tuple[str, ...]) -> Group:
    names = catalogue.solution_names()
    options = tuple(Option(key, name, None, key in chosen) for key, name in names.items())
    return Group("losning", translate(say("Nasjonal løsning")), options, is_long=True)


@bp.get("")
@public
def index() -> ResponseReturnValue:
    actor = current_actor()
    wanted = filter_from(request.args)
    facets = queries.facets(actor)
    page = Paged(queries.listed(actor, wanted, in_all=facets.total))
    shown = StoryList(page, wanted, facets, is_inside=queries.sees_inside(actor))
    return render_template("stories/index.html", list=shown, page=page)


@bp.get("/last-ned.csv")
@public
def export() -> ResponseReturnValue:
    actor = current_actor()
    rows = queries.exported(actor, filter_from(request.args))
    columns = [translate(column) for column in COLUMNS]
    is_inside = queries.sees_inside(actor)
    return csv_file("brukerhistorier", columns, _cells(rows, is_inside=is_inside))


def _cells(rows: tuple[StoryRow, ...], *, is_inside: bool) -> Iterator[tuple[str, ...]]:
    locale = current_locale()
    settings = dict(catalogue.care_setting_options(locale))
    for row in rows:
        yield (
            row.ref,
            row.title,
            row.municipality,
            settings.get(row.from_setting or "", ""),
            settings.get(row.to_setting or "", ""),
            ", ".join(row.solutions),
            label("story", row.shown_as(is_inside), locale),
        )


@bp.get("/strom")
def news() -> ResponseReturnValue:
    """What has changed since the page was opened: first what was missed, then as it happens."""
    actor = current_actor()
    require(actor, StoryPermission.FOLLOW_LIVE)
    missed = queries.changed_since(actor, request.args.get("siden", default=0.0, type=float))
    return live.stream(current_app.extensions["bus"], actor, service.TOPIC, missed)


@bp.get("/uten-losning")
def unassessed() -> ResponseReturnValue:
    """NHN's list: stories where no national solution has been judged."""
    actor = current_actor()
    require(actor, StoryPermission.ASSESS)
    page = Paged(queries.unassessed(actor, page_number()))
    return render_template("stories/unassessed.html", page=page)
