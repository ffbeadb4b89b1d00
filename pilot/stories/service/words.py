"""The words that a search finds a story by."""

from sqlalchemy import delete, insert, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.search import words_of
from pilot.municipalities.models import Municipality
from pilot.stories.models import STORY_WORD, Story

W = STORY_WORD.c


def index(story: Story) -> None:
    """Bring a stored story's words up to date; most stay when a text is changed."""
    wanted = _words(story)
    held = db.session.execute(select(W.word, W.is_folded).where(W.story_id == story.id))
    have = {word: is_folded for word, is_folded in held}  # noqa: C416  # a Row is no pair to mypy
    gone = [word for word, is_folded in have.items() if wanted.get(word) is not is_folded]
    if gone:
        here = (W.story_id == story.id) & W.word.in_(gone)
        db.session.execute(delete(STORY_WORD).where(here))
    _add(story, {word: how for word, how in wanted.items() if have.get(word) is not how})


def index_new(story: Story) -> None:
    """The same for a story that has just been added: it has no words yet."""
    _add(story, _words(story))


def forget(story: Story) -> None:
    """Let nobody find a story that is about to be deleted."""
    db.session.execute(delete(STORY_WORD).where(W.story_id == story.id))


def _add(story: Story, words: dict[str, bool]) -> None:
    rows = [
        {"word": word, "story_id": story.id, "is_folded": is_folded}
        for word, is_folded in sorted(words.items())
    ]
    if rows:
        db.session.execute(insert(STORY_WORD), rows)


def _words(story: Story) -> dict[str, bool]:
    """What it says, and the name of its municipality."""
    place = db.session.scalar(
        select(Municipality.name_unique)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .where(Organisation.id == story.organisation_id)
    )
    text = (story.title, story.role, story.need, story.benefit, story.context, story.consequence)
    return words_of((*text, *story.elements, *story.criteria, place or ""))


def index_renamed() -> None:
    """Let stories be found by the name that their municipality has now."""
    stories = select(Story.id, Municipality.name_unique).join_from(Story, Organisation)
    named: dict[str, set[int]] = {}
    for number, name in db.session.execute(stories.join(Municipality)):
        for word in words_of((name,)):
            named.setdefault(word, set()).add(number)
    held = select(W.word, W.story_id).where(W.word.in_(named))
    for word, number in db.session.execute(held):
        named[word].discard(number)
    stale = set().union(*named.values())
    for story in db.session.scalars(select(Story).where(Story.id.in_(stale))) if stale else ():
        index(story)
