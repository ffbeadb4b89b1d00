"""Shape of what KS types about criteria: the same fields in bokmål and in nynorsk."""

from types import MappingProxyType

from wtforms import HiddenField, SelectField

from pilot.candidates.queries import CriterionDraft
from pilot.candidates.rules.criteria import (
    ASKED,
    LEVELS,
    TONGUES,
    WEIGHT_MOST,
    Asked,
    CriterionText,
    Dimension,
    Quick,
    QuickText,
    Tongue,
)
from pilot.core.diff import Change, compare
from pilot.core.words import Message, label, say
from pilot.web.forms import Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l
from pilot.web.i18n import translate

PLAIN = [no_identity_number]
NONE = ""
#: The fields in words, for comparing two texts.
WORDS: MappingProxyType[str, Message] = MappingProxyType(
    {
        "title": say("Navn på kriteriet"),
        "question": say("Spørsmål"),
        "good": say("Hva kjennetegner god praksis?"),
        "level_0": say("Nivå 0"),
        "level_1": say("Nivå 1"),
        "level_2": say("Nivå 2"),
        "level_3": say("Nivå 3"),
        "level_4": say("Nivå 4"),
        "evidence": say("Ønsket dokumentasjon"),
    }
)
PROSE = frozenset({"question", "good", "evidence"})


class CriterionForm(PilotForm):
    """The fields of a language are made below, one for each of WORDS: `nb_title`, `nn_level_2`."""

    revision = HiddenField()
    code = Line(_l("Kode"), PLAIN)
    dimension = SelectField(_l("Dimensjon"), validate_choice=False)
    weight = SelectField(_l("Vekt"), validate_choice=False, default="1")
    gate = SelectField(_l("Minstekrav"), validate_choice=False, default=NONE)

    def offer(self, locale: str) -> None:
        """Fill the choices; they depend on the reader's language."""
        self.dimension.choices = [
            (NONE, translate(say("Velg dimensjon"))),
            *((one.value, label("dimension", one, locale)) for one in Dimension),
        ]
        self.weight.choices = [(str(n), str(n)) for n in range(WEIGHT_MOST + 1)]
        levels = ((str(n), translate(say("Nivå %(level)d", level=n))) for n in LEVELS[1:])
        self.gate.choices = [(NONE, translate(say("Ingen minstekrav"))), *levels]

    def fill(self, draft: CriterionDraft) -> None:
        text = draft.text
        self.code.data, self.dimension.data = text.code, str(text.dimension)
        self.weight.data = str(text.weight)
        self.gate.data = NONE if text.gate is None else str(text.gate)
        for tongue in TONGUES:
            for name, value in flat(text.asked(tongue)).items():
                self[f"{tongue}_{name}"].data = value
        self.saw(draft.revision)

    def saw(self, revision: int) -> None:
        """To save now is to have seen this one."""
        self.revision.raw_data = None
        self.revision.data = str(revision)

    @property
    def typed(self) -> CriterionText:
        return CriterionText(
            code=self.code.data or "",
            dimension=next((one for one in Dimension if one.value == self.dimension.data), None),
            weight=_number(self.weight.data),
            gate=_number(self.gate.data) if self.gate.data else None,
            nb=self._asked("nb"),
            nn=self._asked("nn"),
        )

    def _asked(self, tongue: Tongue) -> Asked:
        typed = {name: self[f"{tongue}_{name}"].data or "" for name in WORDS}
        levels = tuple(typed[f"level_{n}"] for n in LEVELS)
        return Asked(**{name: typed[name] for name in ASKED if name != "levels"}, levels=levels)

    def differing(self, stored: CriterionText) -> tuple[Change, ...]:
        """Where the stored text and the one typed differ, in both languages."""
        typed = self.typed
        return tuple(
            change
            for tongue in TONGUES
            for change in compare(WORDS, flat(stored.asked(tongue)), flat(typed.asked(tongue)))
        )


class QuickForm(PilotForm):
    """The quick check's question for a dimension."""

    nb_question = Area(_l("Spørsmål på bokmål"), PLAIN)
    nb_missing = Area(_l("Dette må på plass, på bokmål"), PLAIN)
    nn_question = Area(_l("Spørsmål på nynorsk"), PLAIN)
    nn_missing = Area(_l("Dette må på plass, på nynorsk"), PLAIN)

    def fill(self, quick: Quick) -> None:
        for tongue in TONGUES:
            self[f"{tongue}_question"].data = quick.of(tongue).question
            self[f"{tongue}_missing"].data = quick.of(tongue).missing

    def typed(self, dimension: Dimension) -> Quick:
        texts = {
            tongue: QuickText(
                question=self[f"{tongue}_question"].data or "",
                missing=self[f"{tongue}_missing"].data or "",
            )
            for tongue in TONGUES
        }
        return Quick(dimension=dimension, **texts)


class PublishForm(PilotForm):
    note = Area(_l("Hva er nytt i denne versjonen?"), PLAIN)


def flat(asked: Asked) -> dict[str, str]:
    """What one language asks, by the names of the form's fields."""
    levels = {f"level_{n}": words for n, words in zip(LEVELS, asked.levels, strict=True)}
    return {name: getattr(asked, name) for name in ASKED if name != "levels"} | levels


def _number(typed: str | None) -> int | None:
    """What was chosen in a select; -1, which no rule takes, where it is not one of its numbers."""
    return int(typed) if typed and typed.isdecimal() and len(typed) < 3 else -1


for _tongue in TONGUES:
    for _name, _words in WORDS.items():
        _kind = Area if _name in PROSE else Line
        setattr(CriterionForm, f"{_tongue}_{_name}", _kind(_l(_words.id), PLAIN))
