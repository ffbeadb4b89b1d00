"""Questions: asked, entered by KS, mended and withdrawn; what the rules and the database refuse."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from pilot.core import audit
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import OrganisationKind, Role
from pilot.core.unit import unit_of_work
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueAnswering, DialogueQuestion
from pilot.dialogue.rules import RECEIVED_MAX, QuestionState, QuestionText
from tests.support.identity import ORDINARY
from tests.support.people import Person
from tests.support.questions import RECEIPT, Desk, asked, mails, row, state_of

SAID = QuestionText("Hvilken profil gjelder?")
KEY = "a" * 32


@pytest.fixture
def desk(ks) -> Desk:
    return Desk(ks.actor)


def test_a_vendor_asks_and_a_form_sent_twice_is_one_question(vendor):
    first = service.ask(vendor.actor, SAID, form_key=KEY).id
    again = service.ask(vendor.actor, QuestionText("Noe annet"), form_key=KEY).id
    assert first == again
    kept = row(first)
    assert (kept.text, kept.zone, kept.state, kept.behalf) == (SAID.text, "own", "received", None)
    assert kept.person_id == vendor.id


def test_the_same_key_of_another_vendor_is_another_question(vendor, other_vendor):
    first = service.ask(vendor.actor, SAID, form_key=KEY).id
    assert service.ask(other_vendor.actor, SAID, form_key=KEY).id != first


def test_numbers_are_drawn_so_that_they_do_not_count_what_others_ask(vendor):
    made = [asked(vendor.actor) for _ in range(12)]
    assert made != sorted(made)
    assert all(len(str(number)) == 9 for number in made)


@pytest.mark.parametrize("words", ["", "  \n", "…!", "x" * (RECEIVED_MAX + 1), f"Ring {ORDINARY}"])
def test_what_is_not_a_question_is_refused_at_its_field(words, vendor):
    with pytest.raises(Rejected) as refusal:
        service.ask(vendor.actor, QuestionText(words))
    assert refusal.value.field == "text"


@pytest.mark.parametrize("who", ["ks", "nhn", "municipality", "steering"])
def test_only_vendors_ask(who, request):
    with pytest.raises(Forbidden):
        service.ask(request.getfixturevalue(who).actor, SAID)


@pytest.mark.parametrize("who", ["other_vendor", "nhn", "municipality", "steering", "hospital"])
def test_a_question_is_unknown_to_others(who, request, vendor):
    number, actor = asked(vendor.actor), request.getfixturevalue(who).actor
    for act in (
        lambda: queries.question(actor, number),
        lambda: service.change_question(actor, number, SAID, revision=1),
        lambda: service.withdraw_question(actor, number),
        lambda: service.restore_question(actor, number),
    ):
        with pytest.raises(Missing):
            act()


def test_the_list_holds_only_ones_own(vendor, other_vendor, desk):
    own = asked(vendor.actor)
    asked(other_vendor.actor)
    desk.told(other_vendor.organisation_id)
    page = queries.my_questions(vendor.actor, 1)
    assert ([one.id for one in page.rows], page.total) == ([own], 1)


def test_ks_sees_those_that_wait_the_oldest_first(vendor, other_vendor, desk):
    made = [asked(one.actor) for one in (vendor, other_vendor, vendor)]
    desk.draft(made[1])
    desk.at("withdrawn", vendor.actor)
    waiting = queries.incoming(desk.actor, done=False, page=1)
    assert [one.id for one in waiting.rows] == made
    assert queries.incoming(desk.actor, done=True, page=1).total == 1


def test_a_question_is_mended_until_ks_begins(vendor, desk):
    number = asked(vendor.actor)
    service.change_question(vendor.actor, number, QuestionText("Bedre"), revision=1)
    assert (row(number).text, row(number).revision) == ("Bedre", 2)
    with pytest.raises(service.Stale):
        service.change_question(vendor.actor, number, SAID, revision=1)
    desk.draft(number)
    with pytest.raises(Conflict, match="begynt"):
        service.change_question(vendor.actor, number, SAID, revision=2)


def test_withdrawn_and_taken_up_again(vendor):
    number = asked(vendor.actor)
    for _ in range(2):  # asked twice
        service.withdraw_question(vendor.actor, number)
        assert state_of(number) == "withdrawn"
    with pytest.raises(Conflict):
        service.change_question(vendor.actor, number, SAID, revision=row(number).revision)
    for _ in range(2):
        service.restore_question(vendor.actor, number)
        assert state_of(number) == "received"


def test_one_that_is_being_answered_can_be_withdrawn_and_the_draft_is_raised(vendor, desk):
    number = asked(vendor.actor)
    made = desk.draft(number)
    service.withdraw_question(vendor.actor, number)
    db.session.rollback()
    assert queries.draft(desk.actor, made).revision == 2
    assert queries.draft(desk.actor, made).answered == 0
    with pytest.raises(Conflict, match="trukket"):
        desk.publish(made)


def test_one_at_ks_who_also_works_for_a_vendor_is_not_let_in(app, world, vendor):
    """The conflict guard follows the person: a competitor's question is not theirs to read."""
    number = asked(vendor.actor)
    torn = world.member(world.seeded(OrganisationKind.KS), Role.LEAD)
    world.membership(torn, world.organisation())
    person = Person(app, torn.id, world.seeded(OrganisationKind.KS).id)
    assert person.get(f"/leverandordialog/sporsmal/{number}").status_code == 404
    for path in ("innkomne-sporsmal", "svar", "svar/publiser", "innkomne-sporsmal/registrer"):
        assert person.get(f"/leverandordialog/{path}").status_code == 403, path


# --- on behalf -----------------------------------------------------------------------------------


def test_ks_enters_a_question_and_the_vendor_gets_a_receipt(vendor, other_vendor, desk):
    number = desk.told(vendor.organisation_id, "Spurt på telefon")
    kept = row(number)
    assert kept.behalf == Behalf(Channel.PHONE, kept.behalf.received_on)
    assert kept.person_id is None
    (mail,) = mails(RECEIPT)
    assert mail.person_id == vendor.id
    assert mail.values["question"] == number
    assert "telefon" not in str(mail.values)  # the question itself stays on the site
    service.change_question(vendor.actor, number, QuestionText("Rettet"), revision=1)
    assert row(number).text == "Rettet"
    service.withdraw_question(vendor.actor, number)
    assert state_of(number) == "withdrawn"


def test_ks_mends_what_ks_entered_and_nothing_else(vendor, desk):
    theirs = asked(vendor.actor)
    for act in (service.withdraw_question, service.restore_question):
        with pytest.raises(Forbidden):
            act(desk.actor, theirs)
    with pytest.raises(Forbidden):
        service.change_question(desk.actor, theirs, SAID, revision=1)
    entered = desk.told(vendor.organisation_id)
    service.change_question(desk.actor, entered, SAID, revision=1)
    assert row(entered).text == SAID.text


def test_a_question_is_entered_for_a_vendor_and_by_ks(world, vendor, municipality, desk):
    with pytest.raises(Rejected):
        desk.told(municipality.organisation_id)
    for someone in (vendor, municipality):
        with pytest.raises(Forbidden):
            Desk(someone.actor).told(vendor.organisation_id)


# --- the database --------------------------------------------------------------------------------


def test_a_question_is_never_in_another_zone(vendor):
    moved = update(DialogueQuestion).where(DialogueQuestion.id == asked(vendor.actor))
    with pytest.raises(DBAPIError), unit_of_work():
        db.session.execute(moved.values(zone="public"))


def test_the_database_ties_a_question_only_while_it_is_answered(vendor, desk):
    tied, loose = asked(vendor.actor), asked(vendor.actor)
    made = desk.draft(tied)
    with pytest.raises(DBAPIError), unit_of_work():
        db.session.add(DialogueAnswering(draft_id=made, question_id=loose))
    for state in (QuestionState.PUBLISHED, QuestionState.WITHDRAWN, QuestionState.RECEIVED):
        moved = update(DialogueQuestion).where(DialogueQuestion.id == tied).values(state=state)
        with pytest.raises(DBAPIError), unit_of_work():
            db.session.execute(moved)
    assert state_of(tied) == "answering"


def test_a_published_question_stays_published(vendor, desk):
    number = desk.at("published", vendor.actor)
    for act in (service.withdraw_question, service.restore_question):
        with pytest.raises(Conflict):
            act(vendor.actor, number)
    with pytest.raises(DBAPIError), unit_of_work():
        db.session.execute(text("UPDATE dialogue_question SET state = 'received'"))
    assert audit.verify().fault is None
