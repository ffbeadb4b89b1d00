"""Finding words: what a search looks for, and what it looks in.

Words are compared as names are sorted (`text.sort_key`: small letters, aa as å) and by their stems.
Those who write æ, ø or å mean just that letter. Those who do not may lack the keyboard: «aker» and
«naeroy» find «åker» and «Nærøy» too, after what is written as they did.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer
from sqlalchemy import ColumnElement, func

from pilot.core.text import clean, sort_key

QUERY_MAX = 200
TERMS_MOST = 8
WORD_MAX = 60  # of a longer word, its beginning
SHORTEST = 2  # signs in a word, for a search to be worth its answer

_WORD = re.compile(r"[^\W_]+")
#: æ, ø and å as sort keys have them, and as they are written without.
_OWN = {"{": "a", "|": "o", "}": "a"}
_OWN_LETTERS = str.maketrans(_OWN)
_PAIRS = re.compile("ae|oe")
_stemmer = snowballstemmer.stemmer("norwegian")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def folded(key: str) -> str:
    """A sort key without letters of our own; ae and oe are æ and ø on other keyboards."""
    return _PAIRS.sub(lambda pair: pair[0][0], key).translate(_OWN_LETTERS)


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for, as a sort key."""

    key: str

    @property
    def folded(self) -> str:
        """The same without letters of our own; empty if it is written with them."""
        return "" if any(letter in self.key for letter in _OWN) else folded(self.key)


def terms(query: str) -> tuple[Term, ...]:
    """The stems to look for, each once; a text must hold them all. None if it is too short."""
    return _terms(stem(word) for word in _words_in(query))


def whole_terms(query: str) -> tuple[Term, ...]:
    """The same words as they are written: to look for inside others, where a stem is everywhere."""
    return _terms(_words_in(query))


def names_something(query: str) -> bool:
    """Whether there is a word in it to search for: more than a sign or two of punctuation."""
    return bool(terms(query))


def _words_in(query: str) -> list[str]:
    words: list[str] = _WORD.findall(clean(query[:QUERY_MAX]).lower())
    return words if any(len(word) >= SHORTEST for word in words) else []


def _terms(words: Iterable[str]) -> tuple[Term, ...]:
    keys = dict.fromkeys(sort_key(word)[:WORD_MAX] for word in words)
    return tuple(map(Term, keys))[:TERMS_MOST]


def words_of(texts: Iterable[str]) -> dict[str, bool]:
    """What a search looks in: sort keys of words and stems, and whether each is folded.

    A search asks how a word begins, so what another word begins with is left out: most stems are.
    """
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    written = {sort_key(form)[:WORD_MAX] for word in words for form in (word, stem(word))}
    every = _longest(written | set(map(folded, written)))
    return dict.fromkeys(every, True) | dict.fromkeys(_longest(written), False)


def _longest(keys: set[str]) -> list[str]:
    """Those that no other begins with."""
    ordered = sorted(keys)
    return [key for key, after in pairwise([*ordered, ""]) if not after.startswith(key)]


def holds(column: ColumnElement[str], term: Term) -> ColumnElement[bool]:
    """Whether a column of sort keys holds a term; for short tables, which are read whole."""
    found = column.contains(term.key, autoescape=True)
    return found | plain(column).contains(term.folded, autoescape=True) if term.folded else found


def plain(column: ColumnElement[str]) -> ColumnElement[str]:
    """Sort keys without letters of our own."""
    for own, letter in _OWN.items():
        column = func.replace(column, own, letter)
    return column


def line_of(texts: Iterable[str]) -> str:
    """The same words in one column, for tables that are short enough to be read whole."""
    return " " + " ".join(sorted(words_of(texts)))


def in_line(column: ColumnElement[str], term: Term) -> ColumnElement[bool]:
    """Whether a word in such a column begins with a term."""
    found = column.contains(f" {term.key}", autoescape=True)
    return found | column.contains(f" {term.folded}", autoescape=True) if term.folded else found


def names(text: str, asked: Iterable[Term]) -> bool:
    """Whether a short text, such as a name, has a word that begins with each term."""
    line = line_of([text])
    return all(f" {term.key}" in line or f" {term.folded or term.key}" in line for term in asked)
