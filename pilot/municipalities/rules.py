"""Classes of municipalities, the languages of their names, and what a list may be asked for."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pilot.core.search import Term
from pilot.core.text import sort_key
from pilot.core.words import Message, say

QUERY_MAX = 100  # characters of a search that are looked at
TERMS_MAX = 8
NAMES_APART = " - "  # between parallel names, as SSB writes them
CENTRALITY_CLASSES = range(1, 7)
#: What the source lines say: the day of SSB's table 07459, and the year of KLASS 128.
POPULATION_YEAR = 2026
CENTRALITY_YEAR = 2024


class LanguageForm(StrEnum):
    """The form of Norwegian that a municipality asks of the state; neutral when it has not."""

    BOKMAL = "bokmal"
    NYNORSK = "nynorsk"
    NEUTRAL = "noytral"


LANGUAGE_FORMS: MappingProxyType[LanguageForm, Message] = MappingProxyType(
    {
        LanguageForm.BOKMAL: say("Bokmål"),
        LanguageForm.NYNORSK: say("Nynorsk"),
        LanguageForm.NEUTRAL: say("Nøytral"),
    }
)


class SizeClass(StrEnum):
    """By population; 5 000 and 20 000 are the bounds of SSB's KOSTRA groups, the others ours."""

    TINY = "svaert-liten"
    SMALL = "liten"
    MEDIUM = "mellomstor"
    LARGE = "stor"
    HUGE = "svaert-stor"


#: The population that a municipality of the class stays under; None where there is no bound.
SIZE_BOUNDS: MappingProxyType[SizeClass, int | None] = MappingProxyType(
    {
        SizeClass.TINY: 2_000,
        SizeClass.SMALL: 5_000,
        SizeClass.MEDIUM: 20_000,
        SizeClass.LARGE: 50_000,
        SizeClass.HUGE: None,
    }
)
SIZES: MappingProxyType[SizeClass, Message] = MappingProxyType(
    {
        SizeClass.TINY: say("Svært liten (under 2\u00a0000 innbyggere)"),
        SizeClass.SMALL: say("Liten (2\u00a0000–4\u00a0999)"),
        SizeClass.MEDIUM: say("Mellomstor (5\u00a0000–19\u00a0999)"),
        SizeClass.LARGE: say("Stor (20\u00a0000–49\u00a0999)"),
        SizeClass.HUGE: say("Svært stor (50\u00a0000 eller flere)"),
    }
)
#: Health regions by the code they have in addresses.
REGIONS: MappingProxyType[str, str] = MappingProxyType(
    {
        "nord": "Helse Nord",
        "midt": "Helse Midt-Norge",
        "vest": "Helse Vest",
        "sor-ost": "Helse Sør-Øst",
    }
)


class Sort(StrEnum):
    """Orders of the list. There is none by readiness: this is no league table."""

    COUNTY = "fylke"
    NAME = "navn"
    POPULATION = "innbyggere"


SORTS: MappingProxyType[Sort, Message] = MappingProxyType(
    {
        Sort.COUNTY: say("Fylke, så navn"),
        Sort.NAME: say("Navn"),
        Sort.POPULATION: say("Flest innbyggere"),
    }
)


def size_of(population: int) -> SizeClass:
    return next(size for size, top in SIZE_BOUNDS.items() if top is None or population < top)


def class_words(centrality_class: int) -> Message:
    """The class where a heading says already that 1 is the most central."""
    return say("Klasse %(number)s", number=centrality_class)


# --- Sámi and Kven names ---------------------------------------------------------------------

SOUTH_SAMI, LULE_SAMI, NORTH_SAMI, KVEN = "sma", "smj", "se", "fkv"
#: Our own reading of the official names; a Sámi name that is not here is Northern Sámi.
_LANGUAGE_OF: MappingProxyType[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("Oslove", "Aarborte", "Raane", "Tråante", "Stïentje"), SOUTH_SAMI),
        **dict.fromkeys(("Nåavmesjenjaelmie", "Rosse", "Levangke", "Snåase"), SOUTH_SAMI),
        **dict.fromkeys(("Raarvihke", "Trööndelage"), SOUTH_SAMI),
        **dict.fromkeys(("Fuossko", "Fuolldá", "Hábmer", "Nordlánnda"), LULE_SAMI),
        **dict.fromkeys(("Yykeä", "Omasvuono", "Kaivuono", "Raisi", "Porsanki"), KVEN),
        **dict.fromkeys(("Tromssa", "Finmarkku"), KVEN),
    }
)


@dataclass(frozen=True, slots=True)
class LocalName:
    """An official name beside the Norwegian one, with the code of its language for `lang`."""

    text: str
    lang: str


def local_names(joined: str) -> tuple[LocalName, ...]:
    """The names in a stored `other_names`, in SSB's order."""
    parts = joined.split(NAMES_APART) if joined else ()
    return tuple(LocalName(part, _LANGUAGE_OF.get(part, NORTH_SAMI)) for part in parts)


# --- searching -------------------------------------------------------------------------------


def search_key(*texts: str) -> str:
    """What a search looks in: folded as names are sorted, a space before every word."""
    return " " + sort_key(" ".join(texts))


def search_terms(text: str) -> tuple[Term, ...]:
    """What to look for; all must be found. Digits are the beginning of a number."""
    keys = sort_key(text[:QUERY_MAX]).split()[:TERMS_MAX]
    return tuple(Term(f" {key}" if key.isdecimal() else key) for key in keys)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A search, filters and an order; an empty filter lets everything through."""

    query: str = ""
    counties: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    centrality: tuple[int, ...] = ()
    sizes: tuple[SizeClass, ...] = ()
    forms: tuple[LanguageForm, ...] = ()
    sort: Sort = Sort.COUNTY
