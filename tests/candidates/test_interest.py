"""A municipality's way in and out of a round, by itself and as KS enters it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pilot.candidates import queries, service
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Zone
from pilot.core.unit import unit_of_work
from tests.support import identity, pages
from tests.support.candidates import interest

R, C = RoundState, CandidateState
TYPED = {
    "sentence": "Vi vil være med.",
    "approved_by": "Grete Godkjent",
    "approved_role": "kommunalsjef",
}


def mails(template="candidates/mail/moved"):
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).filter_by(template=template)))


def test_the_form_knows_who_writes(run, municipality):
    page = municipality.get(f"{run.path}/interesse")
    fields = dict(pages.forms(page.text, "")[0].fields)
    assert fields["contact_name"] == municipality.actor.name
    assert "@" in fields["contact_email"]
    answer = municipality.submit(f"{run.path}/interesse", **TYPED)
    shown = municipality.follow(answer).text
    assert "Takk." in shown
    assert "Har meldt interesse" in shown
    assert "Grete Godkjent" in shown


def test_every_missing_field_is_named(run, municipality):
    answer = municipality.submit(
        f"{run.path}/interesse", contact_email="ikke en adresse", approved_on="2099-01-01"
    )
    assert answer.status_code == 422
    for name in ("sentence", "approved_by", "approved_role", "contact_email", "approved_on"):
        assert f'id="{name}-feil"' in answer.text
    assert "ikke en adresse" in answer.text
    assert db.session.scalar(select(Candidate.id)) is None


def test_an_identity_number_is_refused_at_its_field(run, municipality):
    answer = municipality.submit(
        f"{run.path}/interesse", **(TYPED | {"sentence": f"Se {identity.ORDINARY}"})
    )
    assert answer.status_code == 422
    assert 'id="sentence-feil"' in answer.text


def test_a_municipality_has_one_candidate_in_a_round(run, rounds, municipality, colleague):
    first = rounds.interested(run, municipality.actor)
    same = service.express_interest(colleague.actor, run.id, interest())
    assert same.id == first.id
    assert same.revision == 1  # the same form again changes nothing
    with pytest.raises(service.Stale):
        service.express_interest(colleague.actor, run.id, interest(sentence="Noe annet"))
    assert first.row.sentence == interest().sentence


def test_from_an_older_form_both_texts_are_shown(run, rounds, municipality, colleague):
    runner = rounds.interested(run, municipality.actor)
    seen = runner.row.revision
    service.express_interest(
        colleague.actor, run.id, interest(sentence="Kollegaens setning"), revision=seen
    )
    answer = municipality.post(
        f"{run.path}/interesse",
        TYPED
        | {"revision": str(seen), "contact_name": "Min"}
        | {"contact_email": "a@b.example", "approved_on": str(clock.today())},
    )
    assert answer.status_code == 409
    assert "Kollegaens setning" in answer.text
    assert TYPED["sentence"] in answer.text


def test_shown_to_everyone_only_if_it_has_agreed(run, rounds, municipality, neighbour, stranger):
    rounds.interested(run, municipality.actor, is_public=True)
    rounds.interested(run, neighbour.actor, is_public=False)
    text = stranger.get("/utproving").text
    assert "Oslo" in text
    assert "Stavanger" not in text
    assert "Kilde" in stranger.get("/kommuner/1103").text
    assert "Har meldt interesse" not in stranger.get("/kommuner/1103").text
    assert "Har meldt interesse" in stranger.get("/kommuner/0301").text


def test_a_change_of_mind_about_being_shown(run, rounds, municipality):
    runner = rounds.interested(run, municipality.actor, is_public=True)
    assert runner.row.zone is Zone.PUBLIC
    service.express_interest(municipality.actor, run.id, interest(), revision=1)
    assert runner.row.zone is Zone.OWN


def test_withdrawing_and_undoing_it(run, rounds, municipality, stranger):
    runner = rounds.interested(run, municipality.actor, is_public=True)
    municipality.follow(municipality.submit(f"{run.path}/trekk", reason="Vi rekker det ikke."))
    assert runner.row.state is C.WITHDRAWN
    assert "Oslo" not in pages.words(stranger.get("/utproving").text)
    municipality.submit(runner.path, to="/angre")
    assert runner.row.state is C.INTERESTED
    assert runner.row.sentence == interest().sentence
    assert "Oslo" in stranger.get("/utproving").text
    with pytest.raises(Conflict):
        service.resume_interest(municipality.actor, runner.id)


@pytest.mark.parametrize("state", [C.INVITED, C.APPLIED])
def test_undoing_leads_back_to_where_it_stood(state, rounds, municipality):
    runner = rounds.at(state, municipality.actor)
    service.withdraw_interest(municipality.actor, runner.id)
    service.resume_interest(municipality.actor, runner.id)
    assert runner.row.state is runner.row.own_state is state


def test_after_the_deadline_it_is_too_late(run, rounds, municipality, neighbour):
    runner = rounds.interested(run, municipality.actor)
    service.withdraw_interest(municipality.actor, runner.id)
    with unit_of_work():
        row = db.session.get_one(PilotRound, run.id)
        row.opens_on = row.closes_on = clock.today() - timedelta(days=1)
    for act in (
        lambda: service.express_interest(neighbour.actor, run.id, interest()),
        lambda: service.resume_interest(municipality.actor, runner.id),
    ):
        with pytest.raises(Conflict, match="Fristen for å melde interesse var"):
            act()
    assert "tar ikke imot" in neighbour.get(f"{run.path}/interesse").text
    assert neighbour.submit is not None
    # A mail that came in time is entered all the same.
    with pytest.raises(Conflict):
        rounds.registered(run, "5001")
    told = Behalf(Channel.MAIL, clock.today() - timedelta(days=1))
    entered = service.register_interest(rounds.lead, run.id, "5001", interest(), behalf=told)
    assert entered.state is C.INTERESTED


def test_while_it_is_assessed_nothing_is_changed_but_one_may_leave(rounds, municipality):
    runner = rounds.at(C.ASSESSED, municipality.actor)
    row = runner.row
    with pytest.raises(Conflict):
        service.express_interest(municipality.actor, row.round_id, interest(), revision=1)
    service.withdraw_interest(municipality.actor, runner.id)
    assert runner.row.state is C.WITHDRAWN


def test_only_the_municipality_itself(run, rounds, municipality, neighbour, vendor, nhn, ks):
    runner = rounds.interested(run, municipality.actor, is_public=True)
    for person in (neighbour, vendor, nhn, ks):
        with pytest.raises(Forbidden):
            service.withdraw_interest(person.actor, runner.id)
    hidden = rounds.interested(run, neighbour.actor)
    with pytest.raises(Missing):
        service.withdraw_interest(municipality.actor, hidden.id)
    for person in (vendor, nhn, ks):
        with pytest.raises(Forbidden):
            service.express_interest(person.actor, run.id, interest())


def test_colleagues_and_the_named_contact_get_a_mail(run, rounds, municipality, colleague):
    rounds.interested(run, municipality.actor, contact_email="innleid@prove.example")
    found = {mail.address: mail for mail in mails()}
    assert "innleid@prove.example" in found
    assert colleague.id in {mail.person_id for mail in found.values()}
    assert municipality.id not in {mail.person_id for mail in found.values()}


# --- as KS enters it -------------------------------------------------------------------------


def test_ks_enters_what_came_by_mail(run, ks, municipality):
    answer = ks.submit(
        f"{run.path}/registrer",
        number="0301",
        behalf_channel="mail",
        behalf_received_on=str(clock.today()),
        contact_name="Inga",
        contact_email="inga@prove.example",
        approved_on=str(clock.today()),
        is_public="y",
        **TYPED,
    )
    shown = ks.follow(answer).text
    assert "registrert av KS etter e-post" in shown
    assert "registrert av KS etter e-post" in municipality.get(f"{run.path}/kandidater/0301").text
    receipts = mails("candidates/mail/registered")
    assert {mail.person_id for mail in receipts} >= {municipality.id, None}
    # The municipality corrects it, and what it says itself is no longer KS' word.
    municipality.follow(municipality.submit(f"{run.path}/interesse", sentence="Vår egen setning."))
    assert "Vår egen setning." in ks.get(f"{run.path}/kandidater/0301").text
    row = queries.page(ks.actor, run.id, "0301")
    assert row.behalf is None
    assert row.row.is_new


def test_the_same_entry_twice_is_one_and_another_is_refused(run, rounds):
    first = rounds.registered(run, "0301")
    assert rounds.registered(run, "0301").id == first.id
    assert len(mails("candidates/mail/registered")) == 1  # to the contact that was named
    with pytest.raises(Conflict, match="allerede meldt interesse"):
        rounds.registered(run, "0301", sentence="Noe annet")


def test_an_entry_with_faults_stores_nothing(run, ks):
    answer = ks.submit(f"{run.path}/registrer", number="9999", **TYPED)
    assert answer.status_code == 422
    for name in ("behalf_channel", "behalf_received_on"):
        assert f'id="{name}-feil"' in answer.text
    with pytest.raises(Rejected):
        service.register_interest(
            ks.actor, run.id, "9999", interest(), behalf=Behalf(Channel.PHONE, clock.today())
        )
    assert db.session.scalar(select(Candidate.id)) is None


def test_ks_takes_one_out_that_has_called(run, rounds, municipality, ks):
    runner = rounds.interested(run, municipality.actor)
    answer = ks.submit(
        f"{runner.path}/trekk",
        behalf_channel="phone",
        behalf_received_on=str(clock.today()),
        reason="De ringte.",
    )
    assert "registrert av KS etter telefon" in ks.follow(answer).text
    assert runner.row.state is C.WITHDRAWN
    assert {mail.person_id for mail in mails("candidates/mail/registered")} >= {municipality.id}
    service.resume_interest(municipality.actor, runner.id)
    assert runner.row.state is C.INTERESTED
