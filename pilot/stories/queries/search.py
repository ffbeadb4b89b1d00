"""Which stories a search finds: by their words, among them the municipality's name, and number."""

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    cast,
    func,
    literal,
    select,
    union_all,
)

from pilot.core.search import Term, terms
from pilot.stories.models import STORY_WORD, Story
from pilot.stories.rules import number_in, refs_in

W = STORY_WORD.c
MISSES = func.min(cast(W.is_folded, Integer)).label("misses")
Matches = Select[int, int]  # the number of a story, and its misses


def found_by(query: str) -> Subquery:
    """Number of each story that holds every word, and how many words only when folded (`misses`).

    No word to search for finds nothing. What comes out is not cleared: to be joined to stories.
    """
    refs, rest = refs_in(query)
    asked = [_numbered(ref) for ref in refs] + [_holding(term) for term in terms(rest)]
    if len(asked) < 2:
        return (asked or [_numbered(0)])[0].subquery()
    every = union_all(*asked).subquery()
    found = select(every.c.story_id, func.sum(every.c.misses).label("misses"))
    return found.group_by(every.c.story_id).having(func.count() == len(asked)).subquery()


def finds_anything(query: str) -> bool:
    """Whether there is a number or a word in it to look for."""
    refs, rest = refs_in(query)
    return bool(refs or terms(rest))


def _holding(term: Term) -> Matches:
    """Each story once, with 0 where a word begins just so, and 1 where only its plain form does."""
    number = number_in(term.key)
    worded = select(W.story_id, MISSES).where(_begins(term)).group_by(W.story_id)
    if number is None:
        return worded
    either = union_all(worded, _numbered(number)).subquery()
    misses = func.min(either.c.misses).label("misses")
    return select(either.c.story_id, misses).group_by(either.c.story_id)


def _begins(term: Term) -> ColumnElement[bool]:
    as_written = _between(term.key)
    if term.folded in ("", term.key):
        return as_written
    return as_written | (_between(term.folded) & W.is_folded)


def _between(key: str) -> ColumnElement[bool]:
    """The words that begin so, as a stretch of the index."""
    return (W.word >= key) & (W.word < key[:-1] + chr(ord(key[-1]) + 1))


def _numbered(number: int) -> Matches:
    return select(Story.id.label("story_id"), literal(0).label("misses")).where(Story.id == number)
