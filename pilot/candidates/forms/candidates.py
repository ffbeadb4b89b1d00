"""Shape of what is typed about rounds, interest and partner municipalities."""

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField

from pilot.candidates.rules import Interest, Partner, RoundText
from pilot.web.dates import Day
from pilot.web.forms import (
    Address,
    Area,
    BehalfFields,
    KeyedForm,
    Line,
    PilotForm,
    no_identity_number,
)
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class RoundForm(KeyedForm):
    revision = HiddenField()
    name = Line(_l("Navn på runden"), PLAIN)
    opens_on = Day(_l("Åpner"))
    closes_on = Day(_l("Frist for å melde interesse"))
    decision_on = Day(_l("Ventet beslutning"))
    text = Area(_l("Om runden"), PLAIN)

    def fill(self, text: RoundText, revision: int) -> None:
        for name in ("name", "opens_on", "closes_on", "decision_on", "text"):
            self[name].data = getattr(text, name)
        self.revision.data = str(revision)

    @property
    def typed(self) -> RoundText:
        return RoundText(
            name=self.name.data or "",
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            decision_on=self.decision_on.data,
            text=self.text.data or "",
        )


class InterestFields:
    """What an expression of interest asks, whoever enters it."""

    contact_name = Line(_l("Kontaktperson"), PLAIN)
    contact_email = Address(_l("E-post til kontaktpersonen"), PLAIN)
    sentence = Area(_l("Hvorfor vil kommunen være med?"), PLAIN)
    approved_by = Line(_l("Hvem har godkjent dette?"), PLAIN)
    approved_role = Line(_l("Rollen til den som har godkjent"), PLAIN)
    approved_on = Day(_l("Når ble det godkjent?"))
    is_public = BooleanField(_l("Vis for alle at kommunen har meldt interesse"))

    @property
    def interest(self) -> Interest:
        """What was typed, as the domain knows it."""
        return Interest(
            contact_name=self.contact_name.data or "",
            contact_email=self.contact_email.data or "",
            approved_by=self.approved_by.data or "",
            approved_role=self.approved_role.data or "",
            approved_on=self.approved_on.data,
            sentence=self.sentence.data or "",
            is_public=bool(self.is_public.data),
        )


class InterestForm(InterestFields, PilotForm):
    revision = HiddenField()

    def fill(self, interest: Interest, revision: int) -> None:
        texts = ("contact_name", "contact_email", "approved_by", "approved_role", "sentence")
        for name in (*texts, "approved_on", "is_public"):
            self[name].data = getattr(interest, name)
        self.revision.data = str(revision)


class RegisterForm(InterestFields, BehalfFields, PilotForm):
    """The same, as KS enters it for a municipality."""

    number = Line(_l("Kommunenummer"), PLAIN)


class WithdrawForm(PilotForm):
    reason = Area(_l("Hvorfor trekker kommunen seg?"), PLAIN)


class WithdrawForForm(BehalfFields, PilotForm):
    """The same, as KS enters it for a municipality."""

    reason = Area(_l("Hva sa kommunen?"), PLAIN)


class MoveForm(PilotForm):
    """A change of state, from the page it was seen on."""

    seen = HiddenField()
    reason = Area(_l("Begrunnelse til kommunen"), PLAIN)
    public_reason = Line(_l("Kort begrunnelse som alle kan lese"), PLAIN)


class InviteForm(PilotForm):
    numbers = Area(_l("Navn eller nummer på kommunene"))
    counties = SelectMultipleField(_l("Alle kommuner i fylket"), validate_choice=False)


class PartnerForm(KeyedForm):
    revision = HiddenField()
    number = SelectField(_l("Kommune"), validate_choice=False)
    area = Area(_l("Hva samarbeider dere om?"), PLAIN)
    starts_on = Day(_l("Fra"))
    ends_on = Day(_l("Til"))
    contact_name = Line(_l("Kontaktperson"), PLAIN)
    contact_email = Address(_l("E-post til kontaktpersonen"), PLAIN)
    is_public = BooleanField(_l("Kommunen har sagt ja til å vises for alle"))

    def offer(self, municipalities: list[tuple[str, str]]) -> None:
        self.number.choices = [("", str(_l("Velg kommune"))), *municipalities]

    def fill(self, partner: Partner, revision: int) -> None:
        for name in ("number", "area", "starts_on", "ends_on", "contact_name", "contact_email"):
            self[name].data = getattr(partner, name)
        self.is_public.data = partner.is_public
        self.revision.data = str(revision)

    @property
    def partner(self) -> Partner:
        return Partner(
            number=self.number.data or "",
            area=self.area.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            contact_name=self.contact_name.data or "",
            contact_email=self.contact_email.data or "",
            is_public=bool(self.is_public.data),
        )
