"""Composing the large number of stories: the same needs, as different places would put them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random

from pilot.stories.rules import Frequency, StoryText
from pilot.stories.seed.flows import BACKGROUND, CRITERIA, FLOWS, GAINS, TODAY
from pilot.stories.seed.words import TOPICS, Flow, Topic, Words

SEED = 2026
MOST_OF_ONE = 15  # stories that share a need, at most

Need = tuple[Topic, Flow]

_VERBS = (Words("se", "sjå"), Words("få", "få"), Words("lese", "lese"))
_TITLES = (
    Words("{what} fra {where} {when}", "{what} frå {where} {when}"),
    Words("Vi mangler {what} fra {where}", "Vi manglar {what} frå {where}"),
    Words("{what} når det haster, fra {where}", "{what} når det hastar, frå {where}"),
    Words("{what} fra {where} i vår egen journal", "{what} frå {where} i vår eigen journal"),
)
_NEED = Words("{verb} {what} fra {where} {when}", "{verb} {what} frå {where} {when}")
_FREQUENCIES = (*[Frequency.DAILY] * 5, *[Frequency.WEEKLY] * 4, Frequency.MONTHLY, Frequency.RARER)


def needs(count: int) -> list[Need]:
    """As many needs as there are stories: some stand alone, some are met again and again."""
    rng = Random(SEED)  # noqa: S311  # text to measure on, no secret
    pairs = [(topic, flow) for topic in TOPICS for flow in FLOWS]
    rng.shuffle(pairs)
    chosen = [*islice(_repeated(pairs), count)]
    rng.shuffle(chosen)
    return chosen


def _repeated(pairs: list[Need]) -> Iterator[Need]:
    for at, pair in enumerate(pairs):
        yield from [pair] * (1 + at % MOST_OF_ONE)


def text_of(rng: Random, need: Need, language: str) -> StoryText:
    """One place's words for a need."""
    topic, flow = need
    words = {
        "verb": _VERBS[TOPICS.index(topic) % len(_VERBS)].read(language),
        "what": topic.name.read(language),
        "where": flow.where.read(language),
        "when": flow.when.read(language),
    }
    title = rng.choice(_TITLES).read(language).format(**words)
    return StoryText(
        title=title[:1].upper() + title[1:],
        role=flow.role.read(language),
        need=_NEED.read(language).format(**words),
        benefit=rng.choice(GAINS).read(language),
        context=rng.choice(BACKGROUND).read(language),
        consequence=rng.choice(TODAY).read(language),
        criteria=tuple(one.read(language) for one in rng.sample(CRITERIA, rng.randint(2, 4))),
        elements=tuple(one.read(language) for one in topic.elements),
        solutions=(topic.solution,) if rng.random() < 0.8 else (),
        from_setting=flow.source,
        to_setting=flow.target,
        frequency=rng.choice(_FREQUENCIES),
        patients_per_year=rng.choice((None, rng.randint(1, 9), rng.randint(10, 4_000))),
        language=language,
    )


def growth(text: StoryText, edits: int) -> list[StoryText]:
    """The text as it was before each of so many edits, and as it became; each differs."""
    steps = [text]
    if edits > 0:
        steps.append(replace(steps[-1], criteria=text.criteria[:-1]))
    if edits > 1:
        steps.append(replace(steps[-1], elements=text.elements[:-1]))
    if edits > 2:
        steps.append(replace(steps[-1], role=text.role.split(" ")[0]))
    return steps[::-1]
