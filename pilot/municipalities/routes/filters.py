"""What an address asks of the list, and the filters as the page shows them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from flask import request

from pilot.core.text import clean
from pilot.core.words import Message, say
from pilot.municipalities.queries import CountyChoice
from pilot.municipalities.rules import (
    CENTRALITY_CLASSES,
    LANGUAGE_FORMS,
    REGIONS,
    SIZES,
    LanguageForm,
    SizeClass,
    Sort,
    Wanted,
    class_words,
)
from pilot.web.i18n import translate
from pilot.web.lists import Group, Option, search_words

COUNTY_DIGITS = 2
Kind = TypeVar("Kind", bound=StrEnum)


def wanted_here() -> Wanted:
    """The filters in the address; what is not known there is left out."""
    args = request.args
    counties = {code for code in args.getlist("fylke") if len(code) == COUNTY_DIGITS}
    return Wanted(
        query=search_words(),
        counties=tuple(sorted(clean(code) for code in counties)),
        regions=tuple(code for code in REGIONS if code in args.getlist("region")),
        centrality=tuple(n for n in CENTRALITY_CLASSES if str(n) in args.getlist("sentralitet")),
        sizes=_chosen(SizeClass, "storrelse"),
        forms=_chosen(LanguageForm, "malform"),
        sort=next(iter(_chosen(Sort, "sorter")), Sort.COUNTY),
    )


def _chosen(kind: type[Kind], name: str) -> tuple[Kind, ...]:
    asked = request.args.getlist(name)
    return tuple(member for member in kind if member.value in asked)


def groups(counties: tuple[CountyChoice, ...]) -> tuple[Group, ...]:
    def group(name: str, legend: Message, choices: Iterable[tuple[str, Message | str]]) -> Group:
        asked = request.args.getlist(name)
        return Group(
            name,
            translate(legend),
            tuple(Option(code, translate(words), None, code in asked) for code, words in choices),
        )

    classes = [(str(n), class_words(n)) for n in CENTRALITY_CLASSES]
    return (
        group("fylke", say("Fylke"), ((c.number, c.name) for c in counties)),
        group("region", say("Helseregion"), REGIONS.items()),
        group("sentralitet", say("Sentralitet (1 er mest sentral)"), classes),
        group("storrelse", say("Størrelse"), SIZES.items()),
        group("malform", say("Målform"), LANGUAGE_FORMS.items()),
    )
