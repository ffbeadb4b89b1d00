"""Who a message goes to: the choices that the registry holds, and the people behind each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, case, exists, func, select, union

from pilot.accounts.models import Membership, Organisation, Person, ProgrammeRole
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Programme, require
from pilot.core.registry import Audience
from pilot.core.words import Message, say
from pilot.following.permissions import MailPermission
from pilot.municipalities.models import County, Municipality
from pilot.municipalities.rules import LanguageForm

Audiences = Mapping[str, Audience]
Choice = tuple[str, Message | str]


@dataclass(frozen=True, slots=True)
class Receiver:
    person_id: int
    address: str
    locale: str


def _split(choice: str) -> tuple[str, str]:
    kind, _, value = choice.partition(":")
    return kind, value


def choices(actor: Actor, audiences: Audiences) -> list[tuple[Message, list[Choice]]]:
    """Everything that can be chosen, under its headings; one statement for each kind that grows.

    A name stands as it is: the heading says the rest, and a list of names is searched by typing.
    """
    require(actor, MailPermission.MESSAGE)
    found: dict[Message, list[Choice]] = {}
    for kind, audience in audiences.items():
        rows = found.setdefault(audience.group, [])
        rows += [
            (f"{kind}:{value}" if value else kind, name or audience.label(""))
            for value, name in audience.options(actor)
        ]
    return list(found.items())


def name_of(actor: Actor, audiences: Audiences, choice: str) -> str | None:
    """The name of a choice as it stands now; None where there is no such choice."""
    kind, value = _split(choice)
    if kind not in audiences:
        return None
    return dict(audiences[kind].options(actor)).get(value)


def label_of(audiences: Audiences, choice: str, name: str) -> Message:
    """How a choice reads; also of one that is not offered any more."""
    audience = audiences.get(_split(choice)[0])
    return audience.label(name) if audience else say("Mottakere som ikke kan velges lenger")


def _people(audiences: Audiences, choice: str) -> Select[int]:
    kind, value = _split(choice)
    return select(Person.id).where(Person.is_active, Person.id.in_(audiences[kind].people(value)))


def how_many(actor: Actor, audiences: Audiences, choice: str) -> int:
    require(actor, MailPermission.MESSAGE)
    if _split(choice)[0] not in audiences:
        return 0
    wanted = _people(audiences, choice).subquery()
    return db.session.scalar(select(func.count()).select_from(wanted)) or 0


def receivers(actor: Actor, audiences: Audiences, choice: str) -> tuple[Receiver, ...]:
    """Each person once, with the language they read: their own choice, else nynorsk for a contact
    of a municipality that uses it, else bokmål."""
    require(actor, MailPermission.MESSAGE)
    if _split(choice)[0] not in audiences:
        return ()
    uses_nynorsk = exists().where(
        Membership.person_id == Person.id,
        Membership.organisation_id == Organisation.id,
        Organisation.municipality_number == Municipality.number,
        Municipality.language_form == LanguageForm.NYNORSK,
    )
    locale = func.coalesce(Person.locale, case((uses_nynorsk, "nn"), else_="nb"))
    wanted = select(Person.id, Person.email, locale).where(
        Person.id.in_(_people(audiences, choice))
    )
    return tuple(Receiver(*row) for row in db.session.execute(wanted.order_by(Person.id)))


def own_address(actor: Actor) -> str:
    """Where a test goes."""
    found = db.session.scalar(select(Person.email).where(Person.id == actor.person_id))
    return found or ""


# --- the audiences that are there from the start ----------------------------------------------


def _of_kind(*kinds: OrganisationKind) -> Select[int]:
    """People with a part in the project, for organisations of these kinds; of all, if none."""
    wanted = select(Membership.person_id).where(Membership.role.is_not(None))
    if kinds:
        wanted = wanted.join(Organisation).where(Organisation.kind.in_(kinds))
    return wanted


def _of_county(number: str) -> Select[int]:
    places = select(Municipality.number).where(Municipality.county_number == number)
    return _of_kind(OrganisationKind.MUNICIPALITY).where(
        Organisation.municipality_number.in_(places)
    )


def _of_organisation(value: str) -> Select[int]:
    wanted = int(value) if value.isdecimal() else 0
    return _of_kind().where(Membership.organisation_id == wanted)


def _steering_group() -> Select[int]:
    return select(ProgrammeRole.person_id).where(ProgrammeRole.role == Programme.STEERING_GROUP)


def _everyone() -> Select[int]:
    both = union(_of_kind(), _steering_group()).subquery()
    return select(both.c.person_id)


def _counties(_actor: Actor) -> Iterable[tuple[str, str]]:
    rows = db.session.execute(select(County.number, County.name).order_by(County.sort_key))
    return [(number, name) for number, name in rows]


def _organisations(_actor: Actor) -> Iterable[tuple[str, str]]:
    """Those that somebody would get the mail of."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_(select(Membership.organisation_id).where(_HAS_PART)))
        .order_by(Organisation.sort_key)
    )
    return [(str(number), name) for number, name in rows]


_HAS_PART = Membership.role.is_not(None)


def _one(_actor: Actor) -> Iterable[tuple[str, str]]:
    return [("", "")]


_GROUPS, _COUNTIES, _SINGLE = say("Grupper"), say("Kontakter i ett fylke"), say("Én organisasjon")
_KIND = OrganisationKind


STANDARD: dict[str, Audience] = {
    "municipalities": Audience(
        _GROUPS,
        lambda _: say("Alle kontakter i kommunene"),
        _one,
        lambda _: _of_kind(_KIND.MUNICIPALITY),
    ),
    "vendors": Audience(
        _GROUPS, lambda _: say("Alle leverandører"), _one, lambda _: _of_kind(_KIND.VENDOR)
    ),
    "steering_group": Audience(
        _GROUPS, lambda _: say("Styringsgruppen"), _one, lambda _: _steering_group()
    ),
    "participants": Audience(_GROUPS, lambda _: say("Alle deltakere"), _one, lambda _: _everyone()),
    "county": Audience(
        _COUNTIES,
        lambda name: say("Kontakter i %(name)s", name=name),
        _counties,
        _of_county,
    ),
    "organisation": Audience(
        _SINGLE,
        lambda name: say("Kontakter hos %(name)s", name=name),
        _organisations,
        _of_organisation,
    ),
}
