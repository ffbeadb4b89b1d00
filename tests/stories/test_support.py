"""Support: one for each municipality and story, changed, taken back and given again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pilot.core import clock
from pilot.core.audit import AuditEvent, AuditText
from pilot.core.behalf import Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Zone
from pilot.stories import queries, service
from pilot.stories.models import StorySupport
from pilot.stories.rules import (
    OWN_STORY,
    SENTENCE_MAX,
    SUPPORTABLE,
    StoryState,
    why_not_support,
)
from tests.support import identity, pages
from tests.support.people import Person
from tests.support.stories import told

S = StoryState
NOTE = "Vi har det samme behovet på legevakten."


@pytest.fixture
def story(tell):
    return tell.at(S.SUBMITTED)


def rows(**filters):
    db.session.rollback()
    return list(db.session.scalars(select(StorySupport).filter_by(**filters)))


def only(**filters):
    (row,) = rows(**filters)
    return row


def verbs():
    db.session.rollback()
    wanted = select(AuditEvent.verb).where(AuditEvent.verb.startswith("support "))
    return list(db.session.scalars(wanted.order_by(AuditEvent.id)))


def shown(person, story):
    """What the story's page says of support."""
    found = pages.parse(person.get(story.path).text).xpath('//section[@aria-labelledby="stotte"]')
    return pages.text(found[0]) if found else ""


def receipts():
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).filter_by(template="stories/mail/support")))


# --- giving ----------------------------------------------------------------------------------


def test_a_municipality_supports_anothers_story(story, neighbour, municipality, ks, nhn):
    assert "Ingen kommuner støtter historien ennå." in shown(neighbour, story)
    answer = neighbour.submit(f"{story.path}/stott", note=f"  {NOTE}\u0007 ")
    assert "Takk. Kommunen støtter historien." in neighbour.follow(answer).text
    row = only()
    assert (row.note, row.zone, row.revision) == (NOTE, Zone.PUBLIC_SIDE, 1)
    assert (row.organisation_id, row.person_id) == (neighbour.organisation_id, neighbour.id)
    for person in (neighbour, municipality, ks, nhn):
        text = shown(person, story)
        assert "Én kommune støtter historien." in text
        assert "innbyggere" in text
        assert NOTE in text
        assert "Rogaland" in text
    assert verbs() == ["support given"]
    assert db.session.scalars(select(AuditText.text)).all()[-1] == NOTE


def test_a_note_is_not_demanded_and_not_endless(story, neighbour):
    service.give_support(neighbour.actor, story.id)
    assert only().note == ""
    with pytest.raises(Rejected) as refused:
        service.give_support(neighbour.actor, story.id, note="x" * (SENTENCE_MAX + 1), revision=1)
    assert refused.value.field == "note"


def test_an_identity_number_is_refused_at_its_field(story, neighbour):
    answer = neighbour.submit(f"{story.path}/stott", note=f"Se {identity.ORDINARY}")
    assert answer.status_code == 422
    assert 'id="note-feil"' in answer.text
    assert not rows()


def test_nobody_supports_the_story_of_their_own_municipality(story, municipality, colleague):
    for person in (municipality, colleague):
        text = shown(person, story)
        assert str(OWN_STORY) in text
        assert "på vegne av" not in text
        with pytest.raises(Forbidden):
            service.give_support(person.actor, story.id)
    assert not rows()


def test_only_municipalities_give_support(story, ks, nhn, hospital):
    for person in (ks, nhn, hospital):
        assert "på vegne av" not in shown(person, story)
        with pytest.raises(Forbidden):
            service.give_support(person.actor, story.id)


@pytest.mark.parametrize("state", StoryState)
def test_support_is_given_while_it_is_weighed(state, world, neighbour):
    story = world.story(state=state)
    if state in (S.DRAFT, S.WITHDRAWN):
        with pytest.raises(Missing):
            service.give_support(neighbour.actor, story.id)
    elif state in SUPPORTABLE:
        service.give_support(neighbour.actor, story.id)
        assert "Stavanger" in neighbour.get(f"/historier/{story.ref}").text
    else:
        with pytest.raises(Conflict):
            service.give_support(neighbour.actor, story.id)
        page = neighbour.get(f"/historier/{story.ref}")
        assert str(why_not_support(state)) in pages.words(page.text)
        assert "på vegne av" not in pages.words(page.text)
        # A receipt may lead here; it goes on to where the sentence stands.
        assert neighbour.get(f"/historier/{story.ref}/stott").status_code == 302
    assert len(rows()) == (state in SUPPORTABLE)


def test_a_published_story_is_supported_too(tell, neighbour, stranger, vendor):
    story = tell.published()
    tell.supported(story, neighbour, note=NOTE)
    assert NOTE in shown(neighbour, story)
    for person in (stranger, vendor):
        assert shown(person, story) == ""
        assert NOTE not in person.get(story.path).text


def test_support_changes_nothing_of_the_story(story, neighbour):
    before = story.row
    seen = (before.revision, before.changed_at, before.version)
    service.give_support(neighbour.actor, story.id, note=NOTE)
    after = story.row
    assert (after.revision, after.changed_at, after.version) == seen


# --- changing, taking back, undoing -----------------------------------------------------------


def test_the_same_form_twice_is_one_support(story, neighbour):
    for _ in range(2):
        service.give_support(neighbour.actor, story.id, note=NOTE)
    assert only().revision == 1
    assert verbs() == ["support given"]


def test_from_an_older_form_both_texts_are_shown(app, world, story, neighbour):
    friend = Person(app, world.member(world.municipality("1103")).id)
    path = f"{story.path}/stott"
    (form,) = [f for f in pages.forms(neighbour.get(path).text, path) if "note" in f.names]
    service.give_support(friend.actor, story.id, note="Kollegaens grunn")
    answer = neighbour.send(form, {"note": "Min grunn"})
    assert answer.status_code == 409
    assert "Kollegaens grunn" in answer.text
    assert "Min grunn" in answer.text
    assert only().note == "Kollegaens grunn"
    (form,) = [f for f in pages.forms(answer.text, path) if "note" in f.names]
    neighbour.send(form, {})
    assert only().note == "Min grunn"  # to save now is to have seen the other


def test_taking_back_and_undoing_use_the_same_row(story, neighbour, municipality):
    service.give_support(neighbour.actor, story.id, note=NOTE)
    first = only()
    kept = first.id, first.given_at
    neighbour.submit(story.path, to="/stott/trekk")
    assert not only().is_given
    text = shown(neighbour, story)
    assert "Stavanger har trukket støtten." in text
    assert NOTE not in text
    assert "Ingen kommuner støtter" in shown(municipality, story)
    neighbour.submit(story.path, to="/stott/angre")
    row = only()
    assert (row.id, row.given_at, row.note, row.is_given) == (*kept, NOTE, True)
    assert verbs() == ["support given", "support withdrawn", "support resumed"]


def test_giving_again_reuses_the_row(story, neighbour):
    service.give_support(neighbour.actor, story.id, note=NOTE)
    service.withdraw_support(neighbour.actor, story.id)
    with pytest.raises(service.Stale):  # from a form that was open all the while
        service.give_support(neighbour.actor, story.id, note=NOTE)
    page = neighbour.get(f"{story.path}/stott")
    assert NOTE in page.text
    neighbour.submit(f"{story.path}/stott")
    assert only().is_given
    assert only().revision == 3


def test_what_is_done_twice_is_done_once(story, neighbour):
    for act in (service.withdraw_support, service.resume_support):
        with pytest.raises(Conflict):
            act(neighbour.actor, story.id)
    service.give_support(neighbour.actor, story.id)
    for act in (service.withdraw_support, service.resume_support):
        for _ in range(2):
            act(neighbour.actor, story.id)
    assert verbs() == ["support given", "support withdrawn", "support resumed"]


def test_nobody_is_held_to_their_support(story, tell, neighbour):
    service.give_support(neighbour.actor, story.id)
    tell.move(story, S.REJECTED)
    neighbour.submit(story.path, to="/stott/trekk")
    assert not only().is_given
    assert "Angre" not in shown(neighbour, story)
    with pytest.raises(Conflict):
        service.resume_support(neighbour.actor, story.id)


# --- KS on behalf of a municipality -----------------------------------------------------------


def test_ks_registers_what_came_by_mail(story, ks, neighbour, municipality):
    day = clock.today() - timedelta(days=3)
    answer = ks.submit(
        f"{story.path}/stotte/registrer",
        number="1103",
        note=NOTE,
        behalf_channel="mail",
        behalf_received_on=str(day),
    )
    page = ks.follow(answer).text
    assert "Støtten er registrert." in page
    assert "Én kontakt i kommunen får en kvittering" in page
    row = only()
    assert (row.organisation_id, row.person_id) == (neighbour.organisation_id, ks.id)
    assert row.behalf == told(day, Channel.MAIL)
    for person in (ks, neighbour, municipality):
        assert "registrert av KS etter e-post" in shown(person, story)
    (mail,) = receipts()
    assert mail.person_id == neighbour.id
    assert mail.note == NOTE
    assert verbs() == ["support given"]


def test_the_municipality_corrects_what_ks_wrote(story, tell, neighbour):
    tell.registered(story, "1103", note="Feil ord")
    neighbour.submit(f"{story.path}/stott", note=NOTE)
    row = only()
    assert (row.note, row.behalf, row.person_id) == (NOTE, None, neighbour.id)
    assert "registrert av KS" not in shown(neighbour, story)


def test_to_save_it_as_it_is_makes_it_ones_own(story, tell, neighbour):
    tell.registered(story, "1103", note=NOTE)
    neighbour.submit(f"{story.path}/stott")
    assert only().behalf is None


def test_the_municipality_takes_back_what_ks_registered(story, tell, neighbour):
    tell.registered(story, "1103", note=NOTE)
    neighbour.submit(story.path, to="/stott/trekk")
    assert not only().is_given


def test_ks_enters_that_support_was_taken_back(story, tell, ks, neighbour):
    service.give_support(neighbour.actor, story.id, note=NOTE)
    ks.submit(
        f"{story.path}/stotte/1103/trekk",
        behalf_channel="phone",
        behalf_received_on=str(clock.today()),
    )
    assert not only().is_given
    (mail,) = receipts()
    assert (mail.values["verb"], mail.note) == ("withdrawn", "")
    neighbour.submit(story.path, to="/stott/angre")
    assert only().is_given
    assert only().behalf is None


def test_registering_twice_is_once(story, tell, neighbour):
    for _ in range(2):
        assert tell.registered(story, "1103", note=NOTE).told == 1
    assert only().revision == 1
    assert len(receipts()) == 1
    with pytest.raises(Rejected) as refused:
        tell.registered(story, "1103", note="Noe annet")
    assert refused.value.field == "number"


@pytest.mark.parametrize("number", ["9999", "", "0301", "x"])
def test_ks_names_another_municipality_that_there_is(number, story, ks):
    answer = ks.submit(
        f"{story.path}/stotte/registrer",
        number=number,
        behalf_channel="mail",
        behalf_received_on=str(clock.today()),
    )
    assert answer.status_code == 422
    assert 'id="number-feil"' in answer.text
    assert not rows()


def test_an_old_mail_does_not_undo_what_was_said_since(story, tell, neighbour):
    yesterday = told(clock.today() - timedelta(days=1))
    service.give_support(neighbour.actor, story.id)
    with pytest.raises(Rejected) as refused:
        service.withdraw_support_for(tell.ks.actor, story.id, "1103", behalf=yesterday)
    assert refused.value.field == "behalf_received_on"
    service.withdraw_support(neighbour.actor, story.id)
    with pytest.raises(Rejected):
        tell.registered(story, "1103", behalf=yesterday)
    tell.registered(story, "1103")  # from today
    assert only().is_given


def test_ks_mends_its_own_mistake(story, tell, neighbour):
    """Taken back and registered anew, from the same mail."""
    mail = told(clock.today() - timedelta(days=5))
    tell.registered(story, "1103", note="Feil", behalf=mail)
    service.withdraw_support_for(tell.ks.actor, story.id, "1103", behalf=mail)
    tell.registered(story, "1103", note=NOTE, behalf=mail)
    assert (only().note, only().is_given) == (NOTE, True)


def test_where_nobody_can_get_a_receipt_ks_is_told(story, ks):
    answer = ks.submit(
        f"{story.path}/stotte/registrer",
        number="5001",
        behalf_channel="phone",
        behalf_received_on=str(clock.today()),
    )
    assert "Ingen i kommunen kan få kvittering" in ks.follow(answer).text
    assert only().is_given
    assert not receipts()


def test_one_who_also_works_for_a_vendor_gets_no_mail_of_what_is_not_published(
    world, story, tell, neighbour
):
    torn = world.member(world.municipality("1103"))
    world.membership(torn, world.organisation())
    tell.registered(story, "1103")
    assert {mail.person_id for mail in receipts()} == {neighbour.id}


def test_others_register_nothing(story, neighbour, nhn):
    for person in (neighbour, nhn):
        with pytest.raises(Forbidden):
            service.register_support(person.actor, story.id, "5001", behalf=told())
        with pytest.raises(Forbidden):
            service.withdraw_support_for(person.actor, story.id, "1103", behalf=told())


# --- reading ---------------------------------------------------------------------------------


def test_inhabitants_are_those_of_the_register(story, tell, neighbour, ks):
    tell.supported(story, neighbour)
    tell.registered(story, "5001")
    page = queries.page(ks.actor, story.ref)
    totals, listed = queries.supporters(ks.actor, page, 1)
    assert totals.municipalities == listed.total == 2
    assert [row.name for row in listed.rows] == ["Stavanger", "Trondheim"]  # Rogaland, Trøndelag
    assert totals.population > 300_000


def test_ten_are_shown_first_and_the_rest_on_a_page_of_its_own(story, world, ks):
    world.many_supports(story.id, 10, note=NOTE)
    assert f'{story.path}/stotte"' not in ks.get(story.path).text
    world.many_supports(story.id, 200)
    text = ks.get(story.path).text
    assert "Se alle 210 kommunene" in text
    assert len(pages.parse(text).xpath('//section[@aria-labelledby="stotte"]//tbody/tr')) == 10
    listed = ks.get(f"{story.path}/stotte?side=5")
    assert len(pages.parse(listed.text).xpath("//tbody/tr")) == 10
    assert "201–210 av 210" in pages.words(listed.text)


def test_an_empty_list_says_where_support_is_given(story, ks):
    assert "Ingen kommuner støtter historien ennå" in ks.get(f"{story.path}/stotte").text


def test_the_person_finds_it_among_what_is_kept_about_them(story, neighbour):
    service.give_support(neighbour.actor, story.id, note=NOTE)
    assert "støtte til en historie" in neighbour.get("/personvern").text
    (kept,) = neighbour.get("/min-side/mine-opplysninger.json").json["support"]
    assert (kept["story"], kept["note"]) == (story.ref, NOTE)
