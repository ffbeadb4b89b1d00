"""Questions and answers of the demo, and many to measure on; written as the commands leave them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select

from pilot.core import audit, clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor
from pilot.core.search import line_of
from pilot.core.text import render_markdown
from pilot.core.unit import unit_of_work
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueAnswerDraft,
    DialogueAnswering,
    DialogueQuestion,
)
from pilot.dialogue.rules import QUESTION_NUMBERS, QuestionState
from pilot.dialogue.seed.demo import FJORD, NORDLYS
from pilot.dialogue.seed.rows import Guest, guests, lead

QUESTIONS, BATCHES, IN_EACH = 600, 40, 5
CHUNK = 50
SEED = 20261124
KEY = "stor-sporsmal-"
BATCH_KEY = "stor-svar-"
VENDORS = "@stor.example"
ASKED = (
    "Skal tjenesten for legemidler følge den samme profilen som i dag?",
    "Når blir det klart hvilke nasjonale løsninger pilotene skal bruke?",
    "Kan vi bruke vår egen løsning for samtykke i en pilot?",
)
DRAFT = (
    "Kan en leverandør bruke sin egen løsning for samtykke?",
    "Utkast. Vi avklarer dette med Norsk helsenett først.",
)
PUBLISHED = (
    (
        "Må en leverandør delta i alle pilotene?",
        "Nei. Hver pilot har sin egen avtale. Deltakelse er frivillig.",
    ),
    (
        "Får leverandørene testdata?",
        "Ja, syntetiske data:\n\n- personer fra testregisteret\n- dokumenter som KS lager",
    ),
    (
        "Hvor lenge varer en utprøving?",
        "Fra seks til tolv måneder. Kommunene og KS avtaler perioden for hver pilot.",
    ),
)
TOPICS = ("legemidler", "epikriser", "prøvesvar", "pleieplan", "samtykke", "legevakt")


def demo_questions(_password_hash: str) -> int:
    """Questions of the two invented vendors: one waits, one came by phone, one has an answer in
    work; and a batch of three answers. They have numbers of their own, for links that last."""
    now = clock.now()
    with unit_of_work():
        ks, nordlys, fjord = lead(), guests(NORDLYS)[0], guests(FJORD)[0]
        _question(nordlys, ASKED[0], key="demo-1", at=now - timedelta(days=3))
        at = now - timedelta(days=2)
        tied = _question(nordlys, ASKED[2], key="demo-3", at=at, state=QuestionState.ANSWERING)
        _draft(ks, tied)
        day = (now - timedelta(days=1)).astimezone(OSLO).date()
        told = Behalf(Channel.PHONE, day)
        at = now - timedelta(days=1)
        _question(fjord, ASKED[1], key="demo-2", at=at, by=ks, behalf=told)
        _batch(ks, PUBLISHED, key="demo-1", at=now - timedelta(days=20))
    return 4


def large_questions(_password_hash: str) -> int:
    """Add what is missing of 600 questions and 40 batches; a second run changes nothing."""
    people, ks = guests(VENDORS), lead()
    known = _keys(DialogueQuestion.form_key, KEY)
    wanted = [n for n in range(1, QUESTIONS + 1) if f"{KEY}{n:03d}" not in known]
    added = in_pieces(wanted, one_by_one(lambda number: _large_question(people, number)), CHUNK)
    out = _keys(DialogueAnswerBatch.form_key, BATCH_KEY)
    missing = [n for n in range(1, BATCHES + 1) if f"{BATCH_KEY}{n:02d}" not in out]
    return added + in_pieces(missing, one_by_one(lambda number: _large_batch(ks, number)), CHUNK)


def _keys(column: object, begins: str) -> set[str]:
    wanted = select(column).where(func.substr(column, 1, len(begins)) == begins)  # type: ignore[call-overload]  # a column of a model
    return set(db.session.scalars(wanted))


def _large_question(people: Sequence[Guest], number: int) -> None:
    """A third waits; one in ten is withdrawn; the rest are published."""
    rng = Random(f"{SEED}-{number}")  # noqa: S311  # text to measure on, no secret
    text = f"Spørsmål {number}: hva er planen for {TOPICS[number % len(TOPICS)]}?"
    state = QuestionState.PUBLISHED
    if number > QUESTIONS * 2 // 3:
        state = QuestionState.RECEIVED
    elif number % 10 == 0:
        state = QuestionState.WITHDRAWN
    at = clock.now() - timedelta(hours=3 * (QUESTIONS - number) + 1)
    _question(rng.choice(people), text, key=f"{KEY}{number:03d}", at=at, state=state)


def _large_batch(ks: Actor, number: int) -> None:
    pairs = [
        (
            f"Hva gjelder for {topic} i runde {number}?",
            f"Se brukerhistoriene om {topic}.\n\n- Kravene er de samme for alle\n- Svar {number}",
        )
        for topic in TOPICS[:IN_EACH]
    ]
    at = clock.now() - timedelta(days=2 * (BATCHES - number) + 21)
    _batch(ks, pairs, key=f"{BATCH_KEY}{number:02d}", at=at)


def _question(
    asker: Guest,
    text: str,
    *,
    key: str,
    at: datetime,
    state: QuestionState = QuestionState.RECEIVED,
    by: Actor | None = None,
    behalf: Behalf | None = None,
) -> DialogueQuestion:
    question = DialogueQuestion(
        organisation_id=asker.organisation_id,
        person_id=None if by else asker.person_id,
        text=text,
        lang="nb",
        state=state,
        form_key=key,
        created_at=at,
        changed_at=at.astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0),
    )
    question.behalf = behalf
    if key.startswith("demo-"):
        question.id = QUESTION_NUMBERS[int(key.removeprefix("demo-"))]
    db.session.add(question)
    db.session.flush()
    own = Actor(person_id=asker.person_id, organisation_id=asker.organisation_id)
    audit.record(by or own, "question entered" if by else "question asked", question)
    return question


def _draft(ks: Actor, tied: DialogueQuestion) -> None:
    draft = DialogueAnswerDraft(
        organisation_id=ks.organisation_id,
        author_id=ks.person_id,
        form_key="demo-1",
        revision=1,
        question=DRAFT[0],
        answer=DRAFT[1],
        lang="nb",
    )
    db.session.add(draft)
    db.session.flush()
    db.session.add(DialogueAnswering(draft_id=draft.id, question_id=tied.id))
    audit.record(ks, "answer drafted", draft)


def _batch(ks: Actor, pairs: Sequence[tuple[str, str]], *, key: str, at: datetime) -> None:
    batch = DialogueAnswerBatch(
        organisation_id=ks.organisation_id,
        published_at=at,
        published_by_id=ks.person_id,
        form_key=key,
    )
    db.session.add(batch)
    db.session.flush()
    for place, (question, answer) in enumerate(pairs, 1):
        db.session.add(
            DialogueAnswer(
                batch_id=batch.id,
                place=place,
                organisation_id=batch.organisation_id,
                question=question,
                answer=answer,
                answer_html=render_markdown(answer),
                lang="nb",
                search_text=line_of((question, answer)),
            )
        )
    audit.record(ks, "answers published", batch, answers=len(pairs))
