"""Builders: each makes one valid row, and a test names only what it is about."""

from datetime import date
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person, ProgrammeRole
from pilot.catalogue import service as catalogue
from pilot.catalogue.models import FoundationDocument
from pilot.catalogue.rules import DocumentText
from pilot.core import clock
from pilot.core.db import Base, db
from pilot.core.facts import DEMO, SiteFact
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, OrganisationKind, Programme, Role, Zone
from pilot.core.text import sort_key
from pilot.core.texts import Said, Texts
from pilot.core.unit import unit_of_work
from pilot.editorial import service as editorial
from pilot.editorial.models import EditorialPage, Notice
from pilot.editorial.rules import NoticeState, NoticeText, PageText
from pilot.following import service as following
from pilot.following.models import MailMessage
from pilot.following.queries.audiences import STANDARD
from pilot.following.rules import MessageText
from pilot.stories.models import Story, StoryStep, StorySupport, StoryVersion
from pilot.stories.rules import StoryState, StoryText, zone_of
from pilot.stories.service.steps import write
from pilot.stories.service.words import index_new

Row = TypeVar("Row", bound=Base)
numbers = count(1)


class World:
    """The register, the catalogue and their organisations are there already; add the rest."""

    def keep(self, row: Row) -> Row:
        with unit_of_work():
            db.session.add(row)
        return row

    # --- organisations and people ----------------------------------------------------------------

    def organisation(
        self, kind: OrganisationKind = OrganisationKind.VENDOR, name: str = "", **fields: Any
    ) -> Organisation:
        name = name or f"Organisasjon {next(numbers)}"
        return self.keep(Organisation(kind=kind, name=name, sort_key=sort_key(name), **fields))

    def seeded(self, kind: OrganisationKind, **fields: Any) -> Organisation:
        """An organisation that the reference data hold; the first of its kind."""
        wanted = select(Organisation).filter_by(kind=kind, **fields).order_by(Organisation.id)
        found = db.session.scalars(wanted.limit(1)).one()
        db.session.rollback()
        return found

    def municipality(self, number: str = "0301") -> Organisation:
        return self.seeded(OrganisationKind.MUNICIPALITY, municipality_number=number)

    def person(self, *, email: str = "", name: str = "", **fields: Any) -> Person:
        n = next(numbers)
        return self.keep(
            Person(
                email=email or f"person-{n}@prove.example",
                name=name or f"Person Prøve {n}",
                created_at=clock.now(),
                **fields,
            )
        )

    def membership(
        self, person: Person, organisation: Organisation, role: Role | None = Role.MEMBER
    ) -> Membership:
        return self.keep(
            Membership(person_id=person.id, organisation_id=organisation.id, role=role)
        )

    def programme_role(
        self, person: Person, role: Programme = Programme.STEERING_GROUP
    ) -> ProgrammeRole:
        return self.keep(ProgrammeRole(person_id=person.id, role=role))

    def member(
        self, organisation: Organisation, role: Role | None = Role.MEMBER, **fields: Any
    ) -> Person:
        """A person with a part in an organisation."""
        person = self.person(**fields)
        self.membership(person, organisation, role)
        return person

    # --- the site ---------------------------------------------------------------------------------

    def demo(self) -> SiteFact:
        """Make the site one that holds demo data."""
        return self.keep(SiteFact(name=DEMO, value="1"))

    def mail(self, address: str = "noen@prove.example", **fields: Any) -> OutboxMail:
        n = next(numbers)
        values = {
            "event_uid": f"{n:032x}",
            "person_id": n,
            "locale": "nb",
            "template": "stories/mail/moved",
            "values": {"verb": "ready", "ref": "BH-0001", "title": "En historie"},
            "note": "",
            "message_id": f"<{n}@pilotrommet>",
            "due_at": clock.now(),
            "created_at": clock.now(),
        }
        return self.keep(OutboxMail(address=address, **(values | fields)))

    # --- what KS writes ---------------------------------------------------------------------------

    def texts(self, word: str = "", *, nn: bool = False, en: bool = False) -> Texts:
        n = next(numbers)
        said = Said(f"Nytt fra arbeidet {n} {word}".strip(), f"Dette er teksten. {word}".strip())
        return Texts(said, said if nn else Said(), said if en else Said())

    def page(
        self, text: Texts | None = None, *, key: str = "", is_published: bool = True
    ) -> EditorialPage:
        """An editorial page, as the site itself would write it."""
        page = editorial.add_page(Actor.system(), PageText(text or self.texts()), key=key)
        if is_published:
            editorial.publish_page(Actor.system(), page.key, revision=page.revision)
        return page

    def notice(
        self,
        text: Texts | None = None,
        *,
        state: NoticeState = NoticeState.PUBLISHED,
        aimed_at: Zone = Zone.PUBLIC,
    ) -> Notice:
        system = Actor.system()
        said = NoticeText(text or self.texts(), date(2026, 11, 20), aimed_at)
        notice = editorial.add_notice(system, said)
        if state is not NoticeState.DRAFT:
            editorial.publish_notice(system, notice.id, revision=notice.revision)
        if state is NoticeState.WITHDRAWN:
            editorial.withdraw_notice(system, notice.id)
        return notice

    def message(
        self, audience: str = "vendors", *, is_sent: bool = False, **fields: Any
    ) -> MailMessage:
        system = Actor.system()
        text = MessageText(fields.pop("text", None) or self.texts(), audience)
        message = following.add_message(system, STANDARD, text)
        if is_sent:
            following.send_message(
                system, STANDARD, message.id, revision=message.revision, **fields
            )
        return message

    def document(self, **fields: Any) -> FoundationDocument:
        text = DocumentText(**({"title": f"Dokument {next(numbers)}"} | fields))
        return catalogue.add_document(Actor.system(), text)

    # --- stories ----------------------------------------------------------------------------------

    def text(self, **fields: Any) -> StoryText:
        """What a story says, with the four fields that are demanded."""
        n = next(numbers)
        values = {
            "title": f"Se prøvesvar {n}",
            "role": "sykepleier i hjemmetjenesten",
            "need": "se prøvesvar fra sykehuset i egen journal",
            "benefit": "slipper å ringe for å spørre",
        }
        return StoryText(**(values | fields))

    def story(
        self,
        organisation: Organisation | None = None,
        *,
        state: StoryState = StoryState.SUBMITTED,
        is_published: bool = False,
        author: Person | None = None,
        **fields: Any,
    ) -> Story:
        """A story in a state, with the version and the step that brought it there."""
        organisation = organisation or self.municipality()
        now, text = clock.now(), self.text(**fields)
        sent = state not in (StoryState.DRAFT, StoryState.WITHDRAWN)
        with unit_of_work():
            story = Story(
                organisation_id=organisation.id,
                author_id=author.id if author else None,
                state=state,
                zone=zone_of(state, is_published=is_published),
                created_at=now,
                state_since=now,
                revision=0,
                version=int(sent),
                published_at=now if is_published else None,
                published_version=1 if is_published else None,
            )
            write(story, text)
            db.session.add(story)
            db.session.flush()
            index_new(story)
            if sent:
                self._freeze(story, text)
        return story

    def stories(self, count: int, organisation: Organisation | None = None, **fields: Any) -> None:
        """Many at once, as like as can be: what pages cost with many rows, not what they say."""
        first = self.story(organisation, **fields)
        kept = {c.key for c in Story.__mapper__.column_attrs} - {"id"}
        values = {name: getattr(first, name) for name in kept}
        more = [Story(**values) for _ in range(count - 1)]
        with unit_of_work():
            db.session.add_all(more)
            db.session.flush()
            for story in more:
                index_new(story)

    def supports(self, story_id: int, *numbers: str, note: str = "") -> None:
        """The support of these municipalities, whatever the story's state."""
        ids = select(Organisation.id).where(Organisation.municipality_number.in_(numbers))
        now = clock.now()
        kept = {"story_id": story_id, "note": note, "given_at": now}
        rows = [StorySupport(organisation_id=one, **kept) for one in db.session.scalars(ids)]
        with unit_of_work():
            db.session.add_all(rows)

    def many_supports(self, story_id: int, count: int, note: str = "") -> None:
        """The support of so many more municipalities, the first by number."""
        have = select(StorySupport.organisation_id).where(StorySupport.story_id == story_id)
        wanted = (
            select(Organisation.municipality_number)
            .where(Organisation.municipality_number.is_not(None), Organisation.id.not_in(have))
            .order_by(Organisation.municipality_number)
        )
        numbers = [number or "" for number in db.session.scalars(wanted.limit(count))]
        self.supports(story_id, *numbers, note=note)

    def _freeze(self, story: Story, text: StoryText) -> None:
        now = clock.now()
        db.session.add_all(
            [
                StoryVersion(
                    story_id=story.id, number=1, body=text.dump(), note="", created_at=now
                ),
                StoryStep(
                    story_id=story.id,
                    verb=StoryState.SUBMITTED,
                    version=1,
                    organisation_id=story.organisation_id,
                    reason="",
                    happened_at=now,
                ),
            ]
        )
