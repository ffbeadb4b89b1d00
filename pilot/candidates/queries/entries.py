"""Every municipality with what it has said in a round; an import compares its rows with these."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.candidates.models import Candidate
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.pages import interest_of
from pilot.candidates.rules import CandidateState, Interest
from pilot.core.behalf import Behalf
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.municipalities.models import Municipality


@dataclass(frozen=True)
class Entry:
    """A municipality; without a state it is not in the round."""

    organisation_id: int
    number: str
    name: str
    state: CandidateState | None = None
    state_since: datetime | None = None
    interest: Interest | None = None
    behalf: Behalf | None = None

    @property
    def has_said(self) -> bool:
        """Whether an interest stands that a new one would write over."""
        has_sentence = self.interest is not None and bool(self.interest.sentence)
        return has_sentence and self.state is not CandidateState.WITHDRAWN

    @property
    def left_on(self) -> date | None:
        """The day on which it withdrew, if it did so last."""
        if self.state is not CandidateState.WITHDRAWN or self.state_since is None:
            return None
        return self.state_since.astimezone(OSLO).date()


def entries(actor: Actor, round_id: int) -> dict[str, Entry]:
    """By number, in one statement: there are 357."""
    require(actor, CandidatePermission.HANDLE)
    in_round = (Candidate.organisation_id == Organisation.id) & (Candidate.round_id == round_id)
    rows = db.session.execute(
        select(Organisation.id, Municipality.number, Municipality.name_unique, Candidate)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .outerjoin(Candidate, in_round)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    )
    return {row[1]: _entry(*row) for row in rows}


def _entry(organisation_id: int, number: str, name: str, stored: Candidate | None) -> Entry:
    if stored is None:
        return Entry(organisation_id, number, name)
    return Entry(
        organisation_id,
        number,
        name,
        stored.own_state,
        stored.own_state_since,
        interest_of(stored),
        stored.behalf,
    )
