"""Rounds and candidates brought where a test needs them by the site's own commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.candidates import queries, service
from pilot.candidates.models import Candidate, CandidateStep, PartnerMunicipality, PilotRound
from pilot.candidates.rules import CandidateState, Interest, Partner, RoundState, RoundText
from pilot.candidates.rules.assessing import AnswerText, Approval, Written
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Zone
from pilot.core.unit import unit_of_work

C = CandidateState
R = RoundState
APPROVAL = Approval(name="Grete Godkjent", role="kommunalsjef", on=clock.today())
REASON = "Dere mangler en plan for innføring."
PUBLIC_REASON = "Andre kommuner dekker samme behov."


def interest(**fields: Any) -> Interest:
    """An expression of interest with all that is demanded."""
    values: dict[str, Any] = {
        "contact_name": "Inga Utkast",
        "contact_email": "inga@prove.example",
        "approved_by": "Grete Godkjent",
        "approved_role": "kommunalsjef",
        "approved_on": clock.today(),
        "sentence": "Vi vil gi hjemmetjenesten det den trenger.",
    }
    return Interest(**(values | fields))


def round_text(**fields: Any) -> RoundText:
    today = clock.today()
    values: dict[str, Any] = {
        "name": "Prøverunden",
        "opens_on": today,
        "closes_on": today + timedelta(days=30),
        "decision_on": today + timedelta(days=60),
        "text": "Om **runden**.",
    }
    return RoundText(**(values | fields))


@dataclass(frozen=True)
class Run:
    """A round by its number; its row is read anew each time it is asked for."""

    id: int

    @property
    def path(self) -> str:
        return f"/utproving/runder/{self.id}"

    @property
    def row(self) -> PilotRound:
        db.session.rollback()
        return db.session.get_one(PilotRound, self.id)


@dataclass(frozen=True)
class Runner:
    """A candidate by its number."""

    id: int
    path: str

    @property
    def row(self) -> Candidate:
        db.session.rollback()
        return db.session.get_one(Candidate, self.id)


class Rounds:
    """What KS' lead does with rounds, and municipalities in them."""

    def __init__(self, lead: Actor) -> None:
        self.lead = lead

    def planned(self, **fields: Any) -> Run:
        return Run(service.add_round(self.lead, round_text(**fields)).id)

    def open(self, **fields: Any) -> Run:
        made = self.planned(**fields)
        return self.move(made, R.OPEN)

    def move(self, run: Run, *states: RoundState) -> Run:
        for to in states:
            service.move_round(self.lead, run.id, to=to)
        return run

    def release(self, run: Run) -> None:
        service.release_round(self.lead, run.id)

    def interested(self, run: Run, owner: Actor, **fields: Any) -> Runner:
        made = service.express_interest(owner, run.id, interest(**fields))
        return Runner(made.id, f"{run.path}/kandidater/{owner.municipality_number}")

    def invited(self, run: Run, number: str) -> Runner:
        service.invite(self.lead, run.id, numbers=[number])
        found = queries.page(self.lead, run.id, number)
        return Runner(found.row.id, f"{run.path}/kandidater/{number}")

    def registered(self, run: Run, number: str, **fields: Any) -> Runner:
        told = Behalf(Channel.MAIL, clock.today())
        made = service.register_interest(self.lead, run.id, number, interest(**fields), behalf=told)
        return Runner(made.id, f"{run.path}/kandidater/{number}")

    def take(self, runner: Runner, *states: CandidateState, **words: str) -> Runner:
        given = {"reason": REASON, "public_reason": PUBLIC_REASON} | words
        for to in states:
            service.move_candidate(self.lead, runner.id, to=to, **given)
        return runner

    def at(
        self, state: CandidateState, owner: Actor, *, run: Run | None = None, **fields: Any
    ) -> Runner:
        """A candidate in a state, by the way it gets there on the site; its round is open, or
        being assessed where the state asks for that."""
        run = run or self.open()
        if state is C.INVITED:
            return self.invited(run, owner.municipality_number or "")
        runner = self.interested(run, owner, **fields)
        if state is C.WITHDRAWN:
            service.withdraw_interest(owner, runner.id)
        elif state is C.APPLIED:
            self.take(runner, state)
        elif state is not C.INTERESTED:
            self.move(run, R.ASSESSING)
            way = () if state is C.ASSESSED else (C.ASSESSED,)
            self.take(runner, *way, state)
        return runner


def answered(owner: Actor, runner: Runner, **levels: int | None) -> None:
    """What the municipality answers, over whatever stands there."""
    at = runner.row.round_id
    page = queries.assessment_page(owner, at, owner.municipality_number or "")
    texts = {
        code: Written(AnswerText(level=level), page.answer(code).revision)
        for code, level in levels.items()
    }
    service.save_answers(owner, runner.id, texts)


def subject(lead: Actor, owner: Actor, code: str, panel: Sequence[Actor] = ()) -> Run:
    """A new round, and Oslo in it, as a row of the access matrix names them: a state of a round
    or of a candidate, or `shown`. One round is open at a time: the one before it is closed."""
    rounds = Rounds(lead)
    for stale in queries.rounds(lead):
        if stale.state is R.OPEN:
            service.move_round(lead, stale.id, to=R.ASSESSING)
    run = rounds.planned()
    if code == R.PLANNED:
        return run
    rounds.move(run, R.OPEN)
    if code == "shown":
        rounds.interested(run, owner, is_public=True)
    elif code in ("answered", "sent", *PANEL):
        _answering(rounds, run, owner, code, panel)
    elif code in list(CandidateState):
        rounds.at(CandidateState(code), owner, run=run)
    elif code == R.DECIDED:
        rounds.move(run, R.ASSESSING, R.DECIDED)
    return run


def _answering(rounds: Rounds, run: Run, owner: Actor, code: str, panel: Sequence[Actor]) -> None:
    runner = rounds.at(C.APPLIED, owner, run=run)
    answered(owner, runner, F1=3)
    if code != "answered":
        service.submit_assessment(owner, runner.id, APPROVAL)
    if code in PANEL:
        judged(rounds.lead, runner, panel, PANEL.index(code))
    if code == "looked":
        service.ask_new_look(owner, runner.id, "Se på F1 igjen.")


#: How far a panel has come: asked, writing, all done, its result out, a new look asked for.
PANEL = ("panel", "reviewing", "together", "judged", "looked")


def judged(lead: Actor, runner: Runner, panel: Sequence[Actor], steps: int) -> None:
    """Take a panel so many steps on."""
    for one in panel:
        service.ask_assessor(lead, runner.id, one.person_id or 0)
    level = {"F1": Written(AnswerText(level=2), 0)}
    for one in panel if steps >= 1 else ():
        service.declare(one, runner.id, has_interest=False)
        service.save_review(one, runner.id, level)
    for one in panel if steps >= 2 else ():
        service.finish_review(one, runner.id)
    if steps >= 3:
        service.finish_panel(lead, runner.id, APPROVAL)


def partner(lead: Actor, *, is_public: bool) -> int:
    """Oslo as a partner municipality."""
    text = Partner(number="0301", area="Felles krav", starts_on=clock.today(), is_public=is_public)
    return service.add_partner(lead, text).id


def many(run: Run, count: int) -> None:
    """Candidates of so many municipalities, partners and steps: what pages cost with many rows."""
    rounds, now = select(Candidate.organisation_id).where(Candidate.round_id == run.id), clock.now()
    wanted = (
        select(Organisation.id)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.id.not_in(rounds),
        )
        .order_by(Organisation.id.desc())
        .limit(count)
    )
    first = db.session.scalars(select(Candidate).where(Candidate.round_id == run.id)).first()
    assert first is not None
    kept = {c.key for c in Candidate.__mapper__.column_attrs} - {"id", "organisation_id"}
    values = {name: getattr(first, name) for name in kept}
    organisations, candidate_id = list(db.session.scalars(wanted)), first.id
    with unit_of_work():
        for organisation_id in organisations:
            db.session.add(Candidate(organisation_id=organisation_id, **values))
            db.session.add(
                PartnerMunicipality(
                    organisation_id=organisation_id,
                    zone=Zone.PUBLIC,
                    area="Felles krav",
                    starts_on=clock.today(),
                    contact_name="Inga",
                    contact_email="",
                    created_at=now,
                )
            )
            db.session.add(
                CandidateStep(
                    candidate_id=candidate_id,
                    verb=queries.CHANGED,
                    is_internal=False,
                    reason="",
                    public_reason="",
                    happened_at=now,
                )
            )
