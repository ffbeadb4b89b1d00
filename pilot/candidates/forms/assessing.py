"""Shape of what a municipality types about itself: a form for each dimension's criteria."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf

from pilot.candidates.rules.assessing import (
    QUICK_WORDS,
    UNANSWERED,
    AnswerText,
    Approval,
    QuickAnswer,
    Written,
    answer_faults,
)
from pilot.candidates.rules.criteria import LEVELS, CriterionText, Dimension
from pilot.core.words import Message, say
from pilot.web.dates import Day
from pilot.web.forms import ApprovalForm, Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l
from pilot.web.i18n import translate

PLAIN = [no_identity_number]
NOT_ASSESSED = ""
SEEN = re.compile(r"([A-ZÆØÅ]{1,3}[1-9][0-9]?)\.([0-9]{1,9})")


class SectionForm(PilotForm):
    """The criteria of one dimension: `T1_level`, `T1_rationale` and `T1_evidence` for each.

    `revision` carries what each answer was written on, as «T1.3 T2.0».
    """

    CODES: tuple[str, ...] = ()
    EVIDENCE = True
    revision = HiddenField()

    def offer(self, criteria: Iterable[CriterionText], locale: str) -> None:
        """Each level in the words of its criterion."""
        for one in criteria:
            texts = zip(LEVELS, one.asked(locale).levels, strict=True)
            rows = [(str(level), f"{level} – {words}") for level, words in texts]
            self[f"{one.code}_level"].choices = [
                *rows,
                (NOT_ASSESSED, translate(say("Ikke vurdert"))),
            ]

    def fill(self, answers: Mapping[str, AnswerText]) -> None:
        for code in self.CODES:
            self._put(code, answers.get(code, UNANSWERED))

    def _put(self, code: str, text: AnswerText) -> None:
        self[f"{code}_level"].data = NOT_ASSESSED if text.level is None else str(text.level)
        self[f"{code}_rationale"].data = text.rationale
        if self.EVIDENCE:
            self[f"{code}_evidence"].data = "\n".join(text.evidence)

    def saw(self, revisions: Mapping[str, int]) -> None:
        """To save now is to have seen these."""
        self.revision.raw_data = None
        self.revision.data = seen_of(revisions)

    @property
    def written(self) -> dict[str, Written]:
        """What was typed, by the code of its criterion."""
        seen = {code: int(number) for code, number in SEEN.findall(self.revision.data or "")}
        return {code: Written(self.text(code), seen.get(code, 0)) for code in self.CODES}

    def text(self, code: str) -> AnswerText:
        typed = self[f"{code}_level"].data or NOT_ASSESSED
        shown = self[f"{code}_evidence"].data if self.EVIDENCE else ""
        lines = (shown or "").splitlines()
        return AnswerText(
            level=None if typed == NOT_ASSESSED else _level(typed),
            rationale=self[f"{code}_rationale"].data or "",
            evidence=tuple(line.strip() for line in lines if line.strip()),
        )

    def faults(self) -> Iterable[tuple[str, Message]]:
        for code in self.CODES:
            yield from answer_faults(code, self.text(code))


def seen_of(revisions: Mapping[str, int]) -> str:
    return " ".join(f"{code}.{number}" for code, number in revisions.items())


def _level(typed: str) -> int:
    """The level that was chosen; -1, which no rule takes, where it is none of those offered."""
    return int(typed) if typed in {str(level) for level in LEVELS} else -1


@cache
def section_form(codes: tuple[str, ...], *, evidence: bool = True) -> type[SectionForm]:
    """The form for these criteria; there are as many as published versions have dimensions. The
    panel's has no fields for evidence: it judges what the municipality has shown."""
    fields: dict[str, Any] = {"CODES": codes, "EVIDENCE": evidence}
    for code in codes:
        level = RadioField(_l("Nivå"), validate_choice=False, default=NOT_ASSESSED)
        fields[f"{code}_level"] = level
        fields[f"{code}_rationale"] = Area(_l("Begrunnelse"), PLAIN)
        if evidence:
            fields[f"{code}_evidence"] = Area(_l("Lenker til dokumentasjon"), PLAIN)
    return type("SectionForm", (SectionForm,), fields)


class QuickCheckForm(PilotForm):
    """The quick check's questions, one for each dimension; a field of a dimension that the round
    does not ask about is not drawn."""

    def offer(self) -> None:
        words = [(code.value, translate(text)) for code, text in QUICK_WORDS.items()]
        for one in Dimension:
            self[one.value].choices = words

    def fill(self, answers: Mapping[Dimension, QuickAnswer]) -> None:
        for dimension, said in answers.items():
            self[dimension.value].data = said.value

    @property
    def answers(self) -> dict[Dimension, QuickAnswer]:
        codes = {one.value: one for one in QuickAnswer}
        typed = {one: self[one.value].data for one in Dimension}
        return {one: codes[said] for one, said in typed.items() if said in codes}


for _one in Dimension:
    setattr(QuickCheckForm, _one.value, RadioField(validate_choice=False))


class AssignForm(PilotForm):
    """Who answers a dimension."""

    person_id = SelectField(_l("Hvem svarer?"), validate_choice=False)
    due_on = Day(_l("Frist"))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        rows = [(str(person_id), name) for person_id, name in people]
        self.person_id.choices = [("", translate(say("Alle i kommunen"))), *rows]

    @property
    def chosen(self) -> int | None:
        """The person; 0, who is nobody, where the field has been tampered with."""
        return number_of(self.person_id.data) if self.person_id.data else None


def number_of(typed: str | None) -> int:
    """The number of a person in a select; 0, who is nobody, where there is none."""
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 0


class AskForm(PilotForm):
    """Whom KS asks to assess a municipality."""

    person_id = SelectField(_l("Hvem skal vurdere?"), validate_choice=False)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        rows = [(str(person_id), name) for person_id, name in people]
        self.person_id.choices = [("", translate(say("Velg en person"))), *rows]

    @property
    def chosen(self) -> int:
        return number_of(self.person_id.data)


class DeclareForm(PilotForm):
    """Whether an assessor has an interest in the municipality, and what their own delivers."""

    interest = RadioField(
        _l("Har du en interesse i kommunen?"),
        [AnyOf(["no", "yes"], _l("Svar ja eller nei."))],
        validate_choice=False,
    )
    delivery = Line(_l("Hva leverer organisasjonen din til kommunen?"), PLAIN)

    def offer(self) -> None:
        self.interest.choices = [
            ("no", translate(say("Nei"))),
            ("yes", translate(say("Ja, jeg skal ikke vurdere denne kommunen"))),
        ]


class AskLookForm(PilotForm):
    text = Area(_l("Hva er dere uenige i, og hvorfor?"), PLAIN)


class AnswerLookForm(PilotForm):
    answer = Area(_l("Svar til kommunen"), PLAIN)


class SubmitForm(ApprovalForm):
    """«Hvem har godkjent dette?», before the answers are sent in."""

    @property
    def approval(self) -> Approval:
        return Approval(
            name=self.name.data or "", role=self.role_title.data or "", on=self.confirmed_on.data
        )
