"""Shape of what is typed in the register and about conditions."""

import re

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import AnyOf

from pilot.core.policy import Zone
from pilot.core.registry import Thing
from pilot.decisions.rules import (
    LINKS_MOST,
    ZONE_CHOICES,
    ConditionState,
    ConditionText,
    EntryText,
    Owner,
)
from pilot.web.dates import Day
from pilot.web.forms import Address, Area, KeyedForm, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]
_THING = re.compile(r"([a-z_]{1,40}):([0-9]{1,9})")


def things_in(texts: list[str]) -> tuple[Thing, ...]:
    """What an address or a form points at: «story:42»; what is not so written is left out."""
    found = (_THING.fullmatch(text) for text in texts[: LINKS_MOST * 2])
    return tuple(dict.fromkeys(Thing(m[1], int(m[2])) for m in found if m))


class EntryForm(KeyedForm):
    revision = HiddenField()
    text = Line(_l("Hva er besluttet?"), PLAIN)
    reasons = Area(_l("Begrunnelse"), PLAIN)
    decided_on = Day(_l("Når ble det besluttet?"))
    decided_by = Line(_l("Hvem besluttet?"), PLAIN)
    owner = Line(_l("Hvem har ansvaret?"), PLAIN)
    owner_email = Address(_l("E-post til personen som har ansvaret"), PLAIN)
    due_on = Day(_l("Frist"))
    about = SelectMultipleField(_l("Gjelder"), validate_choice=False)
    zone = RadioField(
        _l("Hvem skal se dette?"),
        [AnyOf(list(Zone), _l("Velg hvem som skal se dette."))],
        default=Zone.INTERNAL.value,
        validate_choice=False,
    )
    for_steering = BooleanField(_l("Legg fram for styringsgruppen"))
    note = Line(_l("Hva har du rettet?"), PLAIN)

    def offer(self, zones: dict[Zone, str], about: list[tuple[str, str]]) -> None:
        self.zone.choices = [(zone.value, zones[zone]) for zone in ZONE_CHOICES]
        self.about.choices = about

    def fill(self, text: EntryText, owner: str, email: str, revision: int) -> None:
        """Start from what is stored."""
        self.revision.data = str(revision)
        self.owner.data, self.owner_email.data = owner, email
        for name in ("text", "reasons", "decided_on", "decided_by", "due_on", "for_steering"):
            self[name].data = getattr(text, name)
        self.zone.data = text.zone.value

    def entry(self, owner: Owner) -> EntryText:
        """What was typed, with the owner found by its name."""
        return EntryText(
            text=self.text.data or "",
            reasons=self.reasons.data or "",
            decided_on=self.decided_on.data,
            decided_by=self.decided_by.data or "",
            due_on=self.due_on.data,
            zone=Zone(self.zone.data),
            for_steering=bool(self.for_steering.data),
            owner=owner,
        )

    @property
    def things(self) -> tuple[Thing, ...]:
        return things_in(self.about.data or [])


class MoveForm(PilotForm):
    """A change of state, with what is said of it."""

    revision = HiddenField()
    note = Area(_l("Merknad"), PLAIN)


class ConditionForm(PilotForm):
    revision = HiddenField()
    state = RadioField(_l("Status"), validate_choice=False)
    owner = Line(_l("Hvem følger det opp?"), PLAIN)
    due_on = Day(_l("Når skal det være avklart?"))
    settled_by = Area(_l("Hva avklarer det?"), PLAIN)
    reason = Area(_l("Begrunnelse"), PLAIN)

    def fill(self, text: ConditionText, revision: int) -> None:
        """Start from what is stored."""
        self.revision.data = str(revision)
        self.state.data = text.state.value if text.state else None
        for name in ("owner", "due_on", "settled_by"):
            self[name].data = getattr(text, name)

    @property
    def condition(self) -> ConditionText:
        state = next((s for s in ConditionState if s.value == self.state.data), None)
        return ConditionText(
            state=state,
            owner=self.owner.data or "",
            due_on=self.due_on.data,
            settled_by=self.settled_by.data or "",
            reason=self.reason.data or "",
        )
