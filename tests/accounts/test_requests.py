"""Those who come by themselves: a municipality asks for access, a vendor registers."""

import pytest
from sqlalchemy import func, select

from pilot.accounts import links, queries, service
from pilot.accounts.models import JoinRequest, Membership, Organisation, Person, VendorSignup
from pilot.accounts.rules import NumberKind
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from tests.support.arrivals import Arrivals, last_mail, token_to
from tests.support.identity import ORDINARY
from tests.support.people import ELSEWHERE, Stranger

NEW = "ny@prove.example"
ASKS = {"municipality": "1103", "name": "Nora Ny", "role_title": "rådgiver", "email": NEW}
FIRM = {"firm": "Blåbær AS", "name": "Sella Ny", "email": NEW}
NUMBER = "974760673"


@pytest.fixture
def come(world, ks) -> Arrivals:
    return Arrivals(world, ks.actor)


def count(model, **filters) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)).filter_by(**filters)) or 0


# --- a municipality --------------------------------------------------------------------------


def test_asked_approved_and_in(stranger, ks, world):
    sent = stranger.submit("/be-om-tilgang", **ASKS)
    assert sent.headers["Location"] == "/sjekk-e-posten?hva=tilgang"
    assert "Svar dem som ber om tilgang" in ks.get("/oversikt").text
    asked = db.session.scalars(select(JoinRequest)).one()
    page = ks.get(f"/foresporsler/{asked.id}").text
    assert "har ingen leder her ennå" in page
    assert ks.submit(f"/foresporsler/{asked.id}", to="/godkjenn").status_code == 302
    assert ks.get(f"/foresporsler/{asked.id}").status_code == 404  # nothing to answer any more
    stranger.submit(f"/invitasjon/{token_to(NEW)}", name="Nora Ny")
    assert stranger.get("/oversikt").status_code == 200
    place = world.municipality("1103").id
    assert count(Membership, organisation_id=place, role=Role.LEAD) == 1  # the first one leads


def test_refused_with_a_reason_by_mail(stranger, ks):
    stranger.submit("/be-om-tilgang", **ASKS)
    asked = db.session.scalars(select(JoinRequest)).one()
    path = f"/foresporsler/{asked.id}"
    empty = ks.submit(path, to="/avsla", reason=" ")
    assert empty.status_code == 422
    assert "Skriv en begrunnelse" in empty.text
    ks.submit(path, to="/avsla", reason="Vi snakker alt med en kollega hos dere.")
    mail = last_mail(NEW)
    assert (mail.person_id, mail.note) == (None, "Vi snakker alt med en kollega hos dere.")
    assert count(Person, email=NEW) == 0
    with pytest.raises(Conflict):
        service.approve_request(ks.actor, asked.id, role=Role.MEMBER)


def test_the_answer_is_the_same_for_all(stranger, app, world, come):
    inside = world.member(world.municipality("1103"), email="inne@prove.example")
    answers = [
        Stranger(app, f"10.0.0.{n}").submit("/be-om-tilgang", **(ASKS | {"email": email}))
        for n, email in enumerate((NEW, NEW, inside.email))
    ]
    assert {answer.headers["Location"] for answer in answers} == {"/sjekk-e-posten?hva=tilgang"}
    assert count(JoinRequest) == 1  # asked once; one who is in already asks for nothing
    assert count(OutboxMail) == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("municipality", ""),
        ("municipality", "9999"),
        ("name", " "),
        ("role_title", ""),
        ("email", "x"),
        ("name", f"Nora {ORDINARY}"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(stranger, field, typed):
    page = stranger.submit("/be-om-tilgang", **(ASKS | {field: typed}))
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert count(JoinRequest) == 0


def test_what_fills_in_the_trap_is_answered_and_dropped(stranger):
    sent = stranger.submit("/be-om-tilgang", **ASKS, website="https://spam.example")
    assert sent.headers["Location"] == "/sjekk-e-posten?hva=tilgang"
    stranger.submit("/leverandor/registrer", **FIRM, number_kind="none", website="x")
    assert count(JoinRequest) == count(VendorSignup) == 0


def test_a_lead_answers_for_the_own_organisation_only(come, municipality, neighbour, vendor):
    asked = come.request("0301")
    assert queries.requests(municipality.actor, 1).total == 1
    for other in (neighbour, vendor):
        assert queries.requests(other.actor, 1).total == 0
        assert "Svar dem" not in other.get("/oversikt").text
        assert other.post(f"/foresporsler/{asked.id}/godkjenn", role="lead").status_code == 404
    service.approve_request(municipality.actor, asked.id, role=Role.MEMBER)


# --- a vendor --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "stored"),
    [
        ({"number_kind": "norwegian", "org_number": "974 760 673"}, ("NO", NUMBER)),
        (
            {"number_kind": "foreign", "country": "SE", "foreign_number": "556016-0680"},
            ("SE", "5560160680"),
        ),
        ({"number_kind": "none", "org_number": "tull"}, (None, None)),
    ],
)
def test_three_ways_in_without_approval(stranger, numbers, stored):
    sent = stranger.submit("/leverandor/registrer", **FIRM, **numbers, group="Bærkonsernet")
    assert sent.headers["Location"] == "/sjekk-e-posten?hva=leverandor"
    assert count(Organisation, name="Blåbær AS") == 0  # nothing until the address is confirmed
    answer = stranger.submit(f"/leverandor/bekreft/{token_to(NEW)}")
    assert "Blåbær AS er registrert" in stranger.follow(answer).text
    firm = db.session.scalars(select(Organisation).filter_by(name="Blåbær AS")).one()
    assert (firm.kind, firm.country, firm.org_number) == (OrganisationKind.VENDOR, *stored)
    assert firm.declared_group == "Bærkonsernet"
    assert count(Membership, organisation_id=firm.id, role=Role.LEAD) == 1
    assert count(VendorSignup) == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("asked", "onward"),
    [("/leverandordialog", "/leverandordialog"), ("//evil.example/x", "/oversikt")],
)
def test_it_goes_on_to_where_it_was(stranger, asked, onward):
    stranger.submit(f"/leverandor/registrer?next={asked}", **FIRM, number_kind="none")
    target = last_mail(NEW).values["about"]["target"]
    link = f"/leverandor/bekreft/{token_to(NEW)}?next={target}"
    assert stranger.submit(link).headers["Location"] == onward


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number_kind": "norwegian", "org_number": "974760674"}, "org_number"),
        ({"number_kind": "norwegian", "org_number": ""}, "org_number"),
        ({"number_kind": "foreign", "country": "", "foreign_number": "1"}, "country"),
        ({"number_kind": "foreign", "country": "SE", "foreign_number": "-"}, "foreign_number"),
        ({"number_kind": "foreign", "country": "SE", "foreign_number": ORDINARY}, "foreign_number"),
        ({"number_kind": "none", "firm": ""}, "firm"),
        ({"number_kind": "none", "email": "x@y"}, "email"),
    ],
)
def test_a_wrong_number_is_said_at_its_field(stranger, typed, field):
    page = stranger.submit("/leverandor/registrer", **(FIRM | typed))
    assert page.status_code == 422
    assert f'id="{field}-feil"' in page.text
    assert (count(VendorSignup), count(OutboxMail)) == (0, 0)


def test_all_that_is_wrong_is_said_at_once(stranger):
    empty = {"firm": "", "name": "", "email": ""}
    page = stranger.submit("/leverandor/registrer", **empty, number_kind="norwegian")
    assert page.status_code == 422
    for field in ("firm", "org_number", "name", "email"):
        assert f'id="{field}-feil"' in page.text, field
    page = stranger.submit("/be-om-tilgang", **dict.fromkeys(ASKS, ""))
    for field in ASKS:
        assert f'id="{field}-feil"' in page.text, field


def test_the_same_number_twice_asks_to_join_and_tells_nobody(stranger, app, world, ks, vendor):
    firm = world.organisation(name="Tyttebær AS", country="NO", org_number=NUMBER)
    lead = world.member(firm, Role.LEAD)
    numbers = {"number_kind": "norwegian", "org_number": NUMBER}
    taken = stranger.submit("/leverandor/registrer", **FIRM, **numbers)
    free = Stranger(app, ELSEWHERE).submit(
        "/leverandor/registrer", **(FIRM | {"email": "fri@prove.example"}), number_kind="none"
    )
    assert taken.headers["Location"] == free.headers["Location"]
    token = token_to(NEW)
    assert "Tyttebær" not in stranger.get(f"/leverandor/bekreft/{token}").text
    answer = stranger.submit(f"/leverandor/bekreft/{token}")
    page = stranger.follow(answer).text
    assert "Vi må sjekke registreringen" in page
    assert "Tyttebær" not in page
    assert count(Organisation, org_number=NUMBER) == 1
    asked = db.session.scalars(select(JoinRequest)).one()
    assert asked.organisation_id == firm.id
    actor = queries.actor_of(lead.id, None, None)
    assert actor is not None
    service.approve_request(actor, asked.id, role=Role.MEMBER)
    assert token_to(NEW)


def test_the_form_sent_twice_is_one_firm(stranger):
    for _ in range(2):
        stranger.submit("/leverandor/registrer", **FIRM, number_kind="none")
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    first, _second = (links.token_of(mail.values["about"]["salt"]) for mail in mails)
    stranger.submit(f"/leverandor/bekreft/{token_to(NEW)}")
    assert count(Organisation, name="Blåbær AS") == 1
    assert stranger.post(f"/leverandor/bekreft/{first}").status_code == 410


def test_the_page_is_complete_in_english(stranger):
    stranger.post("/sprak", locale="en")
    page = stranger.get("/leverandor/registrer").text
    for word in ("Leverandør", "Registrer ", "firma", "Velg land"):
        assert word not in page
    sent = stranger.submit("/leverandor/registrer", **FIRM, number_kind="none")
    assert sent.status_code == 302
    assert last_mail(NEW).locale == "en"


def test_a_service_call_is_checked_as_the_form_is(stranger):
    for firm in (
        service.Firm(name="x", kind=NumberKind.FOREIGN, country="NO", number="1"),
        service.Firm(name="x", kind=NumberKind.NORWEGIAN, number=""),
        service.Firm(name="", kind=NumberKind.NONE),
    ):
        with pytest.raises(Rejected):
            service.sign_up_vendor(stranger.actor, firm, name="x", email=NEW, locale="nb")
