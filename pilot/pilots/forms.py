"""Shape of what is typed about pilots."""

from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf

from pilot.core.policy import Zone
from pilot.pilots.rules import ZONE_CHOICES, Course, PilotState, PilotText
from pilot.web.dates import Day
from pilot.web.forms import Area, KeyedForm, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class EditForm(KeyedForm):
    revision = HiddenField()
    title = Line(_l("Hva prøves ut?"), PLAIN)
    municipality = Line(_l("Kommune"), PLAIN)
    group = Line(_l("Gruppe av kommuner"), PLAIN)
    stories = Line(_l("Brukerhistorier"), PLAIN)
    contact = Line(_l("Kontakt"), PLAIN)
    starts_on = Day(_l("Oppstart"))
    state = RadioField(
        _l("Hvor langt er den kommet?"),
        [AnyOf(list(PilotState), _l("Velg en status."))],
        default=PilotState.PLANNED.value,
        validate_choice=False,
    )
    course = RadioField(
        _l("Hvordan går det?"),
        [AnyOf(list(Course), _l("Velg hvordan det går."))],
        default=Course.UNKNOWN.value,
        validate_choice=False,
    )
    in_words = Area(_l("Status i ord"), PLAIN)
    zone = RadioField(
        _l("Hvem skal se dette før alle kan?"),
        [AnyOf(list(ZONE_CHOICES), _l("Velg hvem som skal se utprøvingen."))],
        default=Zone.INTERNAL.value,
        validate_choice=False,
    )

    def fill(self, text: PilotText, municipality: str, refs: str, revision: int) -> None:
        """Start from what is stored."""
        self.revision.data = str(revision)
        self.municipality.data, self.stories.data = municipality, refs
        for name in ("title", "group", "contact", "starts_on", "in_words"):
            self[name].data = getattr(text, name)
        for name in ("state", "course", "zone"):
            self[name].data = getattr(text, name).value

    def pilot(self, organisation_id: int | None, stories: tuple[int, ...]) -> PilotText:
        return PilotText(
            title=self.title.data or "",
            group=self.group.data or "",
            organisation_id=organisation_id,
            contact=self.contact.data or "",
            starts_on=self.starts_on.data,
            state=PilotState(self.state.data),
            course=Course(self.course.data),
            in_words=self.in_words.data or "",
            zone=Zone(self.zone.data),
            stories=stories,
        )


class ReleaseForm(PilotForm):
    revision = HiddenField()
    decision = Line(_l("Hvilken beslutning bygger det på?"), PLAIN)
