"""KS' own work on the criteria: a draft is written and published, and then stands."""

from dataclasses import replace

from pilot.candidates import queries
from pilot.candidates.models import CriteriaSet, CriterionRow, QuickQuestion
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules.criteria import (
    ASKED,
    Asked,
    CriterionText,
    Quick,
    SetState,
    criterion_faults,
    lacks,
    quick_faults,
)
from pilot.candidates.rules.texts import too_long
from pilot.candidates.service.steps import Stale, refuse
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

_TAKEN = say("En annen oppføring har denne koden. Velg en annen.")
CLASHES["uq_criterion_set_id_code"] = _TAKEN
CLASHES["criterion.set_id, criterion.code"] = _TAKEN
_ONE_DRAFT = say("Det finnes allerede et utkast. Last siden på nytt.")
CLASHES["uq_criteria_set_draft"] = CLASHES["criteria_set.state"] = _ONE_DRAFT
CLASHES["uq_criteria_set_version"] = CLASHES["criteria_set.version"] = _ONE_DRAFT
NOTE_MAX = 600


@command
def draft_criteria(actor: Actor) -> CriteriaSet:
    """Begin a new version as a copy of the newest; the draft itself, if there is one already."""
    require(actor, CandidatePermission.CRITERIA)
    standing = queries.the_draft()
    if standing is not None:
        return standing
    draft = CriteriaSet(
        version=queries.newest_version() + 1,
        state=SetState.DRAFT,
        note="",
        author_id=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(draft)
    db.session.flush()
    newest = queries.newest_published()
    if newest is not None:
        _copy(newest.id, draft.id)
    audit.record(actor, "criteria drafted", draft, version=draft.version)
    return draft


def _copy(from_id: int, to_id: int) -> None:
    for text in queries.criteria_of(from_id):
        _add(to_id, text)
    for row in queries.quick_rows(from_id).values():
        _write_quick(QuickQuestion(set_id=to_id, dimension=row.dimension), row.quick)


def _add(set_id: int, text: CriterionText) -> CriterionRow:
    row = CriterionRow(set_id=set_id, revision=1)
    row.write(text)
    db.session.add(row)
    return row


def _write_quick(row: QuickQuestion, quick: Quick) -> None:
    row.write(quick)
    db.session.add(row)


@command
def add_criterion(actor: Actor, version: int, text: CriterionText) -> CriterionRow:
    """Add a criterion to the draft; its code is its own within the version."""
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    text = _tidy(text)
    refuse(criterion_faults(text))
    if text.code in {one.code for one in queries.criteria_of(draft.id)}:
        raise Rejected(_TAKEN, "code")
    row = _add(draft.id, text)
    audit.record(actor, "criterion added", draft, text=text.nb.question or None, code=text.code)
    return row


@command
def edit_criterion(
    actor: Actor, version: int, code: str, text: CriterionText, *, revision: int
) -> CriterionRow:
    """Change a criterion of the draft, but not its code: answers follow it from version to version.

    From an older form than what is stored, nothing is.
    """
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    row = queries.criterion_row(draft.id, code)
    text = _tidy(replace(text, code=code))
    refuse(criterion_faults(text))
    if row.text == text:
        return row
    if row.revision != revision:
        raise Stale(say("Noen har endret kriteriet mens du skrev."))
    row.write(text)
    row.revision += 1
    audit.record(actor, "criterion edited", draft, text=text.nb.question or None, code=code)
    return row


@command
def remove_criterion(actor: Actor, version: int, code: str) -> None:
    """Take a criterion out of the draft. Earlier versions, and answers to them, keep it."""
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    db.session.delete(queries.criterion_row(draft.id, code))
    audit.record(actor, "criterion removed", draft, code=code)


@command
def edit_quick(actor: Actor, version: int, quick: Quick) -> None:
    """Change the quick check's question for a dimension."""
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    refuse(quick_faults(quick))
    row = queries.quick_rows(draft.id).get(quick.dimension)
    _write_quick(row or QuickQuestion(set_id=draft.id, dimension=quick.dimension), quick)
    audit.record(actor, "quick check edited", draft, dimension=quick.dimension)


@command
def publish_criteria(actor: Actor, version: int, *, note: str = "") -> CriteriaSet:
    """Make the draft what rounds that open from now on ask. It never changes after this."""
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    criteria = queries.criteria_of(draft.id)
    if not criteria:
        raise Conflict(say("Legg til minst ett kriterium før du publiserer."))
    if not any(one.weight for one in criteria):
        raise Conflict(say("Minst ett kriterium må ha vekt."))
    unwritten = [one.code for one in criteria if any(lacks(one))]
    if unwritten:
        codes = ", ".join(unwritten)
        raise Conflict(say("Disse kriteriene mangler tekst: %(codes)s.", codes=codes))
    note = clean(note)
    refuse(too_long("note", note, NOTE_MAX))
    draft.state, draft.note, draft.published_at = SetState.PUBLISHED, note, clock.now()
    audit.record(actor, "criteria published", draft, version=draft.version)
    return draft


@command
def discard_draft(actor: Actor, version: int) -> None:
    """Give the draft up; what was published stands."""
    draft = queries.visible_draft(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    for row in (*queries.criterion_rows(draft.id), *queries.quick_rows(draft.id).values()):
        db.session.delete(row)
    db.session.flush()
    audit.record(actor, "criteria discarded", draft, version=draft.version)
    db.session.delete(draft)


def _tidy(text: CriterionText) -> CriterionText:
    return replace(text, code=clean(text.code), nb=_cleaned(text.nb), nn=_cleaned(text.nn))


def _cleaned(asked: Asked) -> Asked:
    own = {name: clean(getattr(asked, name)) for name in ASKED if name != "levels"}
    return replace(asked, **own, levels=tuple(clean(one) for one in asked.levels))
