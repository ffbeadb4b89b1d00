"""A big site of stories to measure on; the same every time, and added only once.

Stored a chunk at a time, each in a unit of its own, so that a running site's writers get in
between. Each change has the audit event that its command would have recorded, and the chain is
as long as if people had done it: about five events a story.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.growing import in_pieces
from pilot.municipalities.models import Municipality
from pilot.municipalities.rules import LanguageForm
from pilot.stories.models import Story
from pilot.stories.rules import PUBLISHED, SolutionLink, StoryState, StoryText
from pilot.stories.seed.compose import SEED, Need, growth, needs, text_of
from pilot.stories.seed.demo import INVENTED, NOTES, STORIES
from pilot.stories.seed.history import History, keep_all
from pilot.stories.seed.people import Cast, cast
from pilot.stories.seed.texts import lines

TOTAL = 5_000  # with the demo's
KEY = "stor-"
MENDS = (
    "Gjorde akseptansekriteriene målbare.",
    "La til opplysninger etter samtale med kommunen.",
    "Rettet etter innspill fra flere kommuner.",
)
S = StoryState
REASONS: dict[str, str] = {
    S.RETURNED: "Skriv hvem som trenger opplysningene, og hva som skjer når de mangler.",
    S.REJECTED: "Behovet dekkes av et annet tiltak, og tas derfor ikke videre her.",
}
#: How far the stories have come, and how many of a hundred. Real municipalities' stand in neutral
#: states only; what was sent back or turned down belongs to invented ones.
REAL: dict[str, int] = {
    PUBLISHED: 62,
    S.READY: 8,
    S.IN_REVIEW: 7,
    S.SUBMITTED: 10,
    S.DRAFT: 8,
    S.WITHDRAWN: 5,
}
NOT_REAL: dict[str, int] = {S.RETURNED: 45, S.REJECTED: 30, PUBLISHED: 15, S.DRAFT: 10}
SEEN_BY_KS = frozenset({*REAL, *NOT_REAL}) - {S.DRAFT, S.WITHDRAWN}
INVENTED_EVERY = 30  # one story in so many
JUDGED = 0.45  # of the stories taken in, those NHN has judged
KEYS = ("dokumentdeling", "kjernejournal", "pll", "meldinger", "pmd", "helsenorge")


def large(_password_hash: str) -> int:
    """Add what is missing of the 5,000; a second run changes nothing."""
    have = set(db.session.scalars(select(Story.form_key).where(Story.form_key.startswith(KEY))))
    count = TOTAL - sum(1 for name in (STORIES, INVENTED) for _ in lines(name))
    wanted = [n for n in range(1, count + 1) if _key(n) not in have]
    places, people, all_needs = _places(count), cast(), needs(count)

    def store(numbers: Sequence[int]) -> None:
        keep_all([_story(n, all_needs[n - 1], places[n - 1], people) for n in numbers])

    return in_pieces(wanted, store)


def _key(number: int) -> str:
    return f"{KEY}{number:04d}"


def _places(count: int) -> list[Municipality]:
    """Where each story comes from: every municipality has some, and larger ones have more."""
    rng = Random(SEED)  # noqa: S311  # text to measure on, no secret
    rows = db.session.scalars(select(Municipality).order_by(Municipality.number)).all()
    real = [row for row in rows if not row.is_invented]
    places = rng.choices([row for row in rows if row.is_invented], k=count // INVENTED_EVERY)
    places += real
    places += rng.choices(real, [row.population**0.5 for row in real], k=count - len(places))
    rng.shuffle(places)
    db.session.expunge_all()  # to be read between the units, which let go of what they loaded
    return places


def _story(number: int, need: Need, place: Municipality, people: Cast) -> History:
    rng = Random(f"{SEED}-{number}")  # noqa: S311  # as above; one each, so that any may be missing
    odds = NOT_REAL if place.is_invented else REAL
    far = rng.choices([*odds], [*odds.values()])[0]
    is_nynorsk = place.language_form is LanguageForm.NYNORSK and rng.random() < 0.9
    edits = rng.choices(range(4), (5, 3, 2, 1))[0] if far in SEEN_BY_KS else 0
    texts = growth(text_of(rng, need, "nn" if is_nynorsk else "nb"), edits)
    moments = _moments(rng, is_settled=far in (PUBLISHED, S.REJECTED))
    author = people.by_address.get(f"kommune-{place.number}@stor.example")
    author = author or people.by_municipality[place.number]
    story = History(author, texts.pop(0), next(moments), form_key=_key(number))
    if far != S.DRAFT:
        story.move(author, S.SUBMITTED, next(moments))
    if far == S.WITHDRAWN:
        story.move(author, S.WITHDRAWN, next(moments))
    if far in SEEN_BY_KS:
        _handle(rng, story, people, moments, far, texts)
    return story


def _moments(rng: Random, *, is_settled: bool) -> Iterator[datetime]:
    """Later and later, and never later than now; what is settled began longer ago."""
    days = rng.uniform(30, 200) if is_settled else rng.uniform(1, 60)
    at = clock.now() - timedelta(days=days)
    while True:
        yield at
        at += (clock.now() - at) * rng.uniform(0.05, 0.3)


def _handle(
    rng: Random,
    story: History,
    people: Cast,
    moments: Iterator[datetime],
    far: str,
    texts: list[StoryText],
) -> None:
    """What KS and NHN do with a story that was sent in."""
    lead, member = people.ks
    for text in texts:
        story.edit(member, text, next(moments), note=rng.choice(MENDS))
    if far == S.SUBMITTED:
        return
    story.move(member, S.IN_REVIEW, next(moments))
    if far in REASONS:
        story.move(lead, S(far), next(moments), reason=REASONS[far])
    if far in (S.READY, PUBLISHED):
        story.move(lead, S.READY, next(moments))
    if far == PUBLISHED:
        story.publish(lead, next(moments))
    if far in (S.READY, PUBLISHED) and rng.random() < JUDGED:
        kind = rng.choice([*SolutionLink])
        key = rng.choice(KEYS) if kind is not SolutionLink.MISSING else "ny"
        story.judge(people.nhn, key, kind, next(moments), note=NOTES[kind][0])
