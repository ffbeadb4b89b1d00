"""Something in every room: what everyone may know of, and then what only some may."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from pilot.candidates import service as candidates
from pilot.candidates.rules import Partner
from pilot.core import clock
from pilot.core.db import db
from pilot.core.policy import Role, Zone
from pilot.core.unit import unit_of_work
from pilot.coreteam.rules import Side
from pilot.editorial.rules import NoticeState
from pilot.overview import service as reports
from pilot.pilots.rules import Course, PilotState
from pilot.priorities.rules import ListState
from pilot.recommendations import service as recommendations
from pilot.recommendations.models import Document
from pilot.recommendations.rules import DocumentState, Position
from pilot.stories.rules import StoryState
from tests.support.arrivals import Arrivals
from tests.support.candidates import Rounds, Run
from tests.support.coreteam import seat, sits
from tests.support.decisions import action, day, decision
from tests.support.dialogue import Host, join
from tests.support.people import Person
from tests.support.pilots import pilot
from tests.support.pilots import released as released_pilot
from tests.support.priorities import Ranking
from tests.support.recommendations import document
from tests.support.world import World

COMMON = "merkeord"  # what a search asks for
MARKER = "merkeordskjultz"


@dataclass(frozen=True)
class Rooms:
    """Every room with something that is open to all; `hide` adds what is not."""

    world: World
    ks: Person
    steering: Person
    oslo: Person
    vendor: Person
    run: Run
    session: int
    document: str
    refs: tuple[str, ...]

    @classmethod
    def opened(
        cls, world: World, ks: Person, steering: Person, oslo: Person, vendor: Person
    ) -> "Rooms":
        ranking, host = Ranking(world, ks.actor, steering.actor), Host(ks)
        refs = tuple(ranking.stories(3))
        ranking.at(ListState.RELEASED, list(refs[:2]))
        run = Rounds(ks.actor).open()
        # A member whose name is hidden; that the seat is filled is for everyone to know.
        hidden = world.member(world.municipality("5501"), name=MARKER)
        sits(seat(Side.MUNICIPALITIES).id, hidden)
        seat(Side.VENDORS)
        released_pilot(state=PilotState.ACTIVE, starts_on=day(-5))
        session = host.session(capacity=1)
        join(vendor, session)
        key = document(DocumentState.CONSULTATION).key
        return cls(world, ks, steering, oslo, vendor, run, session, key, refs)

    def hide(self, other: Person) -> None:
        """In each room something that Oslo, `other` (a vendor) or KS alone may know of."""
        self._of_municipality()
        self._of_vendor(other)
        self._of_ks()

    def _of_municipality(self) -> None:
        said, rounds = {"sentence": MARKER, "contact_name": MARKER}, Rounds(self.ks.actor)
        self.world.story(state=StoryState.DRAFT, title=MARKER, need=MARKER)
        rounds.interested(self.run, self.oslo.actor, **said)
        partner = Partner(number="0301", area=MARKER, starts_on=clock.today())
        candidates.add_partner(self.ks.actor, partner)
        action(self.oslo.organisation_id, zone=Zone.OWN, text=MARKER, due_on=day(-1))
        self._answer(self.oslo)

    def _of_vendor(self, other: Person) -> None:
        """The session is full, so this one waits."""
        join(other, self.session, name=MARKER, address=f"{MARKER}@prove.example")
        self._answer(other)

    def _answer(self, person: Person) -> None:
        recommendations.give_input(
            person.actor, self.document, position=Position.SUPPORT, text=MARKER, revision=None
        )

    def _of_ks(self) -> None:
        world, lead = self.world, self.ks.actor
        Rounds(lead).planned(name=MARKER)
        ranking = Ranking(world, lead, self.steering.actor)
        ranking.at(ListState.BEFORE_STEERING_GROUP, list(self.refs))
        Host(self.ks).session(publish=False, title=MARKER)
        decision(zone=Zone.INTERNAL, text=MARKER)
        pilot(title=MARKER, state=PilotState.ACTIVE, starts_on=day(-5), course=Course.OFF_TRACK)
        document(DocumentState.DRAFT, title=MARKER)
        world.notice(world.texts(MARKER), state=NoticeState.DRAFT)
        world.message(text=world.texts(MARKER))
        world.mail(state="failed")
        world.member(world.organisation(name=MARKER), Role.LEAD, name=MARKER)
        Arrivals(world, lead).request()
        reports.add_report(lead, title=MARKER, words=MARKER)

    def pass_time(self) -> None:
        """The session is over, the consultation too."""
        host, then = Host(self.ks), clock.now() - timedelta(days=2)
        host.set(self.session, starts_at=then, ends_at=then + timedelta(hours=1))
        with unit_of_work():
            row = db.session.scalars(select(Document).where(Document.key == self.document)).one()
            row.closes_on = day(-1)
