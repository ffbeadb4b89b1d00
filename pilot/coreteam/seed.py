"""The demo's core team: invented people on a few seats, and seats that wait for someone."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.core import audit, clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.search import line_of
from pilot.core.unit import unit_of_work
from pilot.coreteam import queries
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.rules import Side


@dataclass(frozen=True)
class Told:
    side: Side
    role: str
    responsibility: str
    share: int | None = None
    member: str = ""
    shows_name: bool = False
    vendor: str = ""  # that told KS of its seat by mail


DEMO = (
    Told(Side.KS, "Prosjektleder", "Leder kjerneteamet.", 100, "leder@ks.example", True),
    Told(Side.KS, "Fagrådgiver", "Følger brukerhistoriene.", 50, "medarbeider@ks.example"),
    Told(
        Side.NATIONAL_PROVIDER,
        "Løsningsarkitekt",
        "Vurderer hvilke nasjonale løsninger som kan gjenbrukes.",
        40,
        "radgiver@nhn.example",
        True,
    ),
    Told(Side.NATIONAL_PROVIDER, "Tjenesteansvarlig", "Avklarer drift og tilgjengelighet.", 20),
    Told(Side.MUNICIPALITIES, "Fagansvarlig sykepleier", "Sørger for at behovene stemmer.", 20),
    Told(Side.MUNICIPALITIES, "Digitaliseringsrådgiver", "Ser på innføring og opplæring.", 20),
    Told(
        Side.VENDORS,
        "Produktansvarlig",
        "Sier hva som er mulig i journalsystemene.",
        10,
        "selger@nordlys-epj.example",
        vendor="Nordlys EPJ",
    ),
    Told(Side.HOSPITAL_TRUSTS, "Samhandlingsleder", "Ser behovene fra sykehusenes side.", 10),
)


def demo(_password_hash: str) -> int:
    """Seats of all sides. No real municipality has anyone in the team.

    Written without the service, which would send mail to the demo's people.
    """
    today = clock.today()
    begins = today - timedelta(days=60)
    with unit_of_work():
        for told in DEMO:
            seat = _seat(told, begins)
            if told.member:
                _sits(seat, told, begins)
    return len(DEMO)


def _seat(told: Told, begins: date) -> Seat:
    organisation = select(Organisation.id).where(Organisation.name == told.vendor)
    seat = Seat(
        side=told.side,
        role=told.role,
        responsibility=told.responsibility,
        share=told.share,
        organisation_id=db.session.scalar(organisation) if told.vendor else None,
        search_text=line_of([told.role, told.responsibility]),
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    seat.behalf = Behalf(Channel.MAIL, begins) if told.vendor else None
    db.session.add(seat)
    db.session.flush()
    audit.record(Actor.system(), "seat added", seat, side=told.side)
    return seat


def _sits(seat: Seat, told: Told, begins: date) -> None:
    person = queries.candidate(told.member, seat.side, seat.organisation_id)
    appointment = Appointment(
        seat_id=seat.id,
        person_id=person.person_id,
        organisation_id=person.organisation_id,
        starts_on=begins,
        shows_name=told.shows_name,
        created_at=clock.now(),
    )
    db.session.add(appointment)
    db.session.flush()
    audit.record(Actor.system(), "person appointed", appointment, seat=seat.id, deputy=False)
