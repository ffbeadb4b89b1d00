"""Solutions from the file, care settings, and information services."""

import pytest
from sqlalchemy import select

from pilot.catalogue import panels, queries, seed, service
from pilot.catalogue.models import NationalSolution
from pilot.catalogue.queries import Standing
from pilot.catalogue.rules import (
    Level,
    LinkKind,
    LinkText,
    ServiceState,
    ServiceText,
    key_of,
)
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.unit import unit_of_work
from tests.support.told import told_to

TEXT = ServiceText(
    name="Delt kriseplan",
    description="Samme plan hos alle.",
    links=(LinkText("helseid", LinkKind.REUSE, "Pålogging"), LinkText("ny", LinkKind.MISSING)),
)


def verbs() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)))[-3:]


# --- national solutions ----------------------------------------------------------------------


def test_seeding_again_changes_nothing():
    assert seed.reference("") == 0


def test_own_knowledge_is_not_confirmed_and_the_category_claims_nothing(stranger):
    standing = {row.key: row.standing for row in queries.solutions(stranger.actor)}
    assert standing["sysvak"] is Standing.UNCONFIRMED
    assert standing["helseid"] is Standing.SOURCED
    assert standing["ny"] is Standing.NO_CLAIM
    assert list(standing)[-1] == "ny"


def test_nhn_confirms_once_and_can_take_it_back(nhn):
    for _ in range(2):
        service.confirm_solution(nhn.actor, "sysvak")
    page = queries.solution(nhn.actor, "sysvak")
    assert page.row.standing is Standing.CONFIRMED
    assert page.confirmed_for == nhn.actor.organisation_name
    assert verbs().count("solution confirmed") == 1
    service.unconfirm_solution(nhn.actor, "sysvak")
    assert queries.solution(nhn.actor, "sysvak").row.standing is Standing.UNCONFIRMED


def test_nobody_else_confirms(ks, municipality, vendor, stranger):
    for person in (ks, municipality, vendor, stranger):
        with pytest.raises(Forbidden):
            service.confirm_solution(person.actor, "sysvak")


def test_a_changed_text_loses_its_confirmation(nhn):
    service.confirm_solution(nhn.actor, "sysvak")
    with unit_of_work():
        row = db.session.scalars(select(NationalSolution).filter_by(key="sysvak")).one()
        row.description = "Noe annet"
    seed.reference("")
    assert queries.solution(nhn.actor, "sysvak").row.standing is Standing.UNCONFIRMED


def test_unconfirmed_are_counted(nhn):
    before = len(queries.solutions(nhn.actor, unconfirmed_only=True))
    [need] = told_to(nhn.actor, panels.NEEDS)
    assert need.why.values["n"] == before
    service.confirm_solution(nhn.actor, "sysvak")
    [need] = told_to(nhn.actor, panels.NEEDS)
    assert need.why.values["n"] == before - 1


# --- care settings ---------------------------------------------------------------------------


def test_care_settings_read_in_the_language():
    assert queries.label_of("sykehus", "nn") == "sjukehus"
    assert queries.label_of("finnes-ikke", "nb") == "finnes-ikke"
    assert queries.level_of("fastlege") is Level.GP_PRIVATE
    options = queries.care_setting_options("nb")
    assert options[0] == ("ambulanse", "Ambulanse")
    assert options[-1][0] == "tannhelsetjeneste"


# --- information services --------------------------------------------------------------------


def test_ks_and_nhn_describe_services(ks, nhn):
    added = service.add_service(ks.actor, TEXT)
    page = queries.service(nhn.actor, added.key)
    assert page.key == "delt-kriseplan"
    assert page.text == TEXT
    assert page.organisation == ks.actor.organisation_name


def test_others_may_not(municipality, vendor, hospital):
    for person in (municipality, vendor, hospital):
        with pytest.raises(Forbidden):
            service.add_service(person.actor, TEXT)


def test_an_old_form_changes_nothing(ks, nhn):
    key = service.add_service(ks.actor, TEXT).key
    changed = ServiceText(name="Felles kriseplan", state=ServiceState.DEFINED)
    service.edit_service(nhn.actor, key, changed, revision=1)
    with pytest.raises(service.Stale):
        service.edit_service(ks.actor, key, TEXT, revision=1)
    assert queries.service(ks.actor, key).text == changed


def test_links_are_changed_added_and_removed(ks):
    key = service.add_service(ks.actor, TEXT).key
    links = (LinkText("helseid", LinkKind.EXTEND), LinkText("pll", LinkKind.REUSE))
    service.edit_service(ks.actor, key, ServiceText(name="Delt kriseplan", links=links), revision=1)
    assert queries.service(ks.actor, key).text.links == links


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (ServiceText(name=""), "name"),
        (ServiceText(name="???"), "name"),
        (ServiceText(name="Ny"), "name"),
        (ServiceText(name="x" * 121), "name"),
        (ServiceText(name="Plan", description="x" * 4_001), "description"),
        (ServiceText(name="Plan", state=ServiceState.NATIONAL), "state"),
        (ServiceText(name="Plan", links=(LinkText("nei", LinkKind.REUSE),)), "links"),
        (ServiceText(name="Plan", links=(LinkText("pll", LinkKind.REUSE),) * 2), "links"),
    ],
)
def test_faults_name_their_field(ks, text, field):
    with pytest.raises(Rejected) as refusal:
        service.add_service(ks.actor, text)
    assert refusal.value.field == field
    assert queries.services(ks.actor, 1).total == 0


def test_an_identity_number_is_never_stored(ks):
    with pytest.raises(Rejected):
        service.add_service(ks.actor, ServiceText(name="Plan 13097248022"))
    assert queries.services(ks.actor, 1).total == 0


def test_a_name_is_given_once(ks):
    service.add_service(ks.actor, TEXT)
    with pytest.raises(Rejected):
        service.add_service(ks.actor, ServiceText(name="delt KRISEPLAN"))


def test_a_key_that_is_taken_gets_a_number(ks):
    key = service.add_service(ks.actor, TEXT).key
    service.edit_service(ks.actor, key, ServiceText(name="Noe annet"), revision=1)
    assert service.add_service(ks.actor, TEXT).key == "delt-kriseplan-2"


def test_keys_are_plain_letters():
    assert key_of("Pasientens måledata (PMD) – ny!") == "pasientens-maledata-pmd-ny"


def test_unknown_service_is_missing(ks):
    with pytest.raises(Missing):
        queries.service(ks.actor, "finnes-ikke")
