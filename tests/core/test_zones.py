"""Zones: what DOMAIN.md says of each person, and that Python and SQL read it alike."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role, Zone
from pilot.core.policy.zones import clause, clears
from pilot.core.unit import unit_of_work
from pilot.stories.models import Story

MINE, THEIRS = 1, 2
K, Z = OrganisationKind, Zone


@dataclass(frozen=True)
class Row:
    zone: Zone
    organisation_id: int | None


def reads(actor: Actor, organisation_id: int = THEIRS) -> set[Zone]:
    return {zone for zone in Zone if clears(actor, Row(zone, organisation_id))}


def acting(kind: OrganisationKind, role: Role | None = Role.MEMBER, **more) -> Actor:
    return Actor(person_id=1, organisation_id=MINE, kind=kind, role=role, **more)


#: DOMAIN.md, «Zones», person by person: what of another organisation's they may know of.
TABLE = [
    (Actor(), {Z.PUBLIC}),
    (acting(K.KS), set(Zone)),
    (acting(K.KS, Role.LEAD), set(Zone)),
    (acting(K.MUNICIPALITY), {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE}),
    (acting(K.NATIONAL_PROVIDER), {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE}),
    (acting(K.HOSPITAL_TRUST), {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE}),
    (acting(K.AUTHORITY), {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE}),
    (acting(K.VENDOR), {Z.PUBLIC, Z.PARTIES}),
    (acting(K.VENDOR, Role.LEAD), {Z.PUBLIC, Z.PARTIES}),
    (acting(K.GP_OR_PRIVATE_PROVIDER), {Z.PUBLIC, Z.PARTIES}),
    # A steering-group member has no part in the project, also when employed by KS.
    (acting(K.KS, None, programme=frozenset({"steering_group"})), {Z.PUBLIC, Z.PARTIES}),
    (acting(K.MUNICIPALITY, None), {Z.PUBLIC, Z.PARTIES}),
    # The guard follows the person: at a municipality, and at a vendor too.
    (acting(K.MUNICIPALITY, vendor_ties=frozenset({9})), {Z.PUBLIC, Z.PARTIES}),
    # A seat in the core team.
    (
        acting(K.MUNICIPALITY, seats=frozenset({1})),
        {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE, Z.CORE_TEAM},
    ),
    (acting(K.VENDOR, seats=frozenset({1})), {Z.PUBLIC, Z.PARTIES, Z.CORE_TEAM}),
]


@pytest.mark.parametrize(("actor", "expected"), TABLE)
def test_what_each_may_know_of(actor, expected):
    assert reads(actor) == expected


def test_one_also_reads_what_is_the_own_organisations():
    assert reads(acting(K.MUNICIPALITY), MINE) == set(Zone) - {Z.CORE_TEAM, Z.INTERNAL}
    assert reads(acting(K.VENDOR), MINE) == {Z.PUBLIC, Z.PARTIES, Z.PUBLIC_SIDE, Z.OWN}


def test_a_row_without_an_organisation_is_nobodys_own():
    guest = Actor()
    assert not clears(guest, Row(Z.OWN, None))
    assert not clears(acting(K.MUNICIPALITY), Row(Z.OWN, None))


actors = st.one_of(
    st.just(Actor()),
    st.just(Actor.system()),
    st.builds(
        Actor,
        person_id=st.just(1),
        organisation_id=st.sampled_from(["first", "second", None]),
        kind=st.sampled_from([*K, None]),
        role=st.sampled_from([*Role, None]),
        seats=st.sampled_from([frozenset(), frozenset({1})]),
        vendor_ties=st.sampled_from([frozenset(), frozenset({1})]),
        programme=st.sampled_from([frozenset(), frozenset({"steering_group"})]),
    ),
)


@pytest.fixture
def rows(world) -> list[Story]:
    """A row of every zone, for two organisations."""
    owners = [world.municipality("0301"), world.municipality("1103")]
    made = [(world.story(owner), zone) for owner in owners for zone in Zone]
    with unit_of_work():
        for story, zone in made:
            db.session.get_one(Story, story.id).zone = zone
    return [story for story, _ in made]


def test_python_and_sql_agree(rows):
    owners = {"first": rows[0].organisation_id, "second": rows[-1].organisation_id, None: None}
    ids = {row.id for row in rows}

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.nested_given])
    @given(actors)
    def agree(drawn: Actor) -> None:
        fields = {**vars(drawn), "organisation_id": owners.get(drawn.organisation_id)}
        actor = Actor(**fields)
        by_sql = set(db.session.scalars(select(Story.id).where(clause(actor, Story)))) & ids
        assert by_sql == {row.id for row in rows if clears(actor, row)}

    agree()
