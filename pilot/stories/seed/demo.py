"""The demo: sixty stories on their way through the rooms, and a few from invented municipalities.

Real municipalities appear in neutral states only. What was sent back or turned down belongs to
Eksempelvik and Prøvedal, which do not exist.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from pilot.core import clock
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work
from pilot.stories.rules import SolutionLink, StoryState, StoryText
from pilot.stories.seed.history import History, keep_all
from pilot.stories.seed.people import Cast, add_contacts, cast
from pilot.stories.seed.texts import lines, text_of

STORIES = "stories-nb.csv"
INVENTED = "stories-invented.csv"

#: What has become of the stories, by their number; those not named here are published.
DRAFTS = frozenset({12, 29, 50})
WITHDRAWN = frozenset({52})
SUBMITTED = frozenset({36, 48, 55, 56, 59})
IN_REVIEW = frozenset({35, 57, 58})
READY = frozenset({31, 51, 53, 60})
UNDER_WAY = DRAFTS | WITHDRAWN | SUBMITTED | IN_REVIEW | READY
#: Working days ago when KS published what was ready; the last one takes the rest.
RELEASES = (21, 11, 4)
FRIDAY = 4

MENDED = "Skrev hvilke opplysninger det gjelder."
CLARIFIED = "Presiserte akseptansekriteriene sammen med kommunen."
NOTES: dict[SolutionLink, tuple[str, ...]] = {
    SolutionLink.REUSE: (
        "Løsningen dekker behovet i dag. Det som mangler, er innføring i tjenesten.",
        "Kan brukes som den er, når journalsystemet støtter oppslaget.",
    ),
    SolutionLink.EXTEND: (
        "Løsningen finnes, men opplysningene er ikke med i dagens innhold.",
        "Kommunale tjenester kan lese, men ikke dele herfra i dag.",
    ),
    SolutionLink.MISSING: (
        "Ingen nasjonal løsning dekker behovet. Bør vurderes sammen med lignende historier.",
    ),
}


def demo(password_hash: str) -> int:
    """The demo's stories, with a contact in each municipality that wrote one."""
    told, invented = [*lines(STORIES)], [*lines(INVENTED)]
    with unit_of_work():
        add_contacts((line["municipality_number"] for line in told + invented), password_hash)
        people = cast()
        histories = [_story(at, line, people) for at, line in enumerate(told, 1)]
        histories += [_invented(at, line, people) for at, line in enumerate(invented, 1)]
        return keep_all(histories)


def _ago(days: int, number: int) -> datetime:
    """A moment so many working days ago, in working hours; another one for each story."""
    today = clock.now().replace(hour=7, minute=0, second=0, microsecond=0)
    friday = max(today.weekday() - FRIDAY, 0)  # at weekends, counted from the Friday before
    weekday = min(today.weekday(), FRIDAY)
    weekends = (days + FRIDAY - weekday) // (FRIDAY + 1)
    day = today - timedelta(days=friday + days + 2 * weekends)
    return day + timedelta(minutes=number * 37 % 450, seconds=number * 23 % 60)


# --- the sixty -------------------------------------------------------------------------------


def _story(number: int, line: dict[str, str], people: Cast) -> History:
    """Those under way came lately; the published ones came earlier, a few each day."""
    text = text_of(line)
    days = 13 - number % 11 if number in UNDER_WAY else 42 - number // 2
    author = people.by_municipality[line["municipality_number"]]
    first = _first_text(number, text)
    story = History(author, first, _ago(days, number))
    if number in DRAFTS:
        return story
    story.move(author, StoryState.SUBMITTED, _ago(days, number) + timedelta(minutes=25))
    if number in SUBMITTED:
        return story
    if number in WITHDRAWN:
        story.move(author, StoryState.WITHDRAWN, _ago(days - 1, number))
        return story
    _handle(story, people, number, text, days - 1)
    return story


def _first_text(number: int, text: StoryText) -> StoryText:
    """What the municipality sent at first, where KS made it clearer afterwards."""
    is_clarified = number % 4 == 0 and number not in UNDER_WAY
    return (
        replace(text, criteria=text.criteria[:1], patients_per_year=None) if is_clarified else text
    )


def _handle(story: History, people: Cast, number: int, text: StoryText, days: int) -> None:
    """KS reviews, mends, takes in and publishes; NHN has its say on what is taken in."""
    lead, member = people.ks
    story.move(member, StoryState.IN_REVIEW, _ago(days, number))
    if number in IN_REVIEW:
        return
    if _first_text(number, text) != text:
        story.edit(member, text, _ago(days, number) + timedelta(hours=1), note=CLARIFIED)
    story.move(lead, StoryState.READY, _ago(days - 1, number))
    if number in READY:
        return
    release = next((day for day in RELEASES if day < days - 1), RELEASES[-1])
    story.publish(lead, _ago(release, 0) + timedelta(seconds=number))
    if number % 5 not in (1, 3):
        _judge(story, people.nhn, number, text.solutions[0], release - 2)


def _judge(story: History, nhn: Actor, number: int, key: str, days: int) -> None:
    kind = (SolutionLink.REUSE, SolutionLink.EXTEND)[number % 2]
    if key == "ny":  # the category for what no solution covers
        kind = SolutionLink.MISSING
    notes = NOTES[kind]
    story.judge(nhn, key, kind, _ago(days, number), note=notes[number % len(notes)])


# --- the invented municipalities -------------------------------------------------------------


def _invented(number: int, line: dict[str, str], people: Cast) -> History:
    """`past` in the file says how far a story came; `reason` is what KS wrote."""
    text, past = text_of(line), line["past"]
    author = people.by_municipality[line["municipality_number"]]
    lead, member = people.ks
    first = replace(text, elements=text.elements[:1]) if past == "mended" else text
    story = History(author, first, _ago(24 - number, number))
    if past == "draft":
        return story
    story.move(author, StoryState.SUBMITTED, _ago(23 - number, number))
    story.move(member, StoryState.IN_REVIEW, _ago(21 - number, number))
    if past == "rejected":
        story.move(lead, StoryState.REJECTED, _ago(19 - number, number), reason=line["reason"])
    elif past == "published":
        story.move(lead, StoryState.READY, _ago(19 - number, number))
        story.publish(lead, _ago(RELEASES[-1], 0) + timedelta(seconds=number))
    else:
        story.move(lead, StoryState.RETURNED, _ago(19 - number, number), reason=line["reason"])
    if past == "mended":
        story.edit(author, text, _ago(3, number), note=MENDED, submit=True)
    return story
