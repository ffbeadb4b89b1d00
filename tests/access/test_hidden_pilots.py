"""A pilot that is not released is nowhere, for any kind of person."""

import re

from pilot.core.policy import Zone
from tests.support.pilots import pilot


def test_a_pilot_that_is_not_released_is_nowhere(world, crowd, unread):
    """Its words, its municipality and its contact, in every place where they could come out."""
    story = world.story(is_published=True)
    oslo = crowd["owner"].organisation_id
    made = {
        zone: pilot(
            title=f"merkeord{zone.value.replace('_', '')}z",
            in_words=f"merkeord{zone.value.replace('_', '')}z",
            contact=f"merkeord{zone.value.replace('_', '')}z",
            organisation_id=oslo,
            zone=zone,
            stories=(story.id,),
        ).id
        for zone in (Zone.INTERNAL, Zone.OWN, Zone.CORE_TEAM, Zone.PUBLIC_SIDE)
    }
    sees = {
        "stranger": set(),
        "ks_member": set(made),
        "owner": {Zone.OWN, Zone.PUBLIC_SIDE},
        "neighbour": {Zone.PUBLIC_SIDE},
        "vendor": set(),
        "seated": {Zone.CORE_TEAM},
        "steering": set(),
        "torn": set(),
    }
    everywhere = ("/utprovinger", "/sok?q=merkeord", f"/historier/{story.ref}", "/kommuner/0301")
    for who, zones in sees.items():
        wanted = {f"merkeord{zone.value.replace('_', '')}z" for zone in zones}
        for path in (*everywhere, "/oversikt", "/status"):
            found = set(re.findall(r"merkeord[a-z]+z", crowd[who].get(path).text))
            assert found <= wanted, f"{who} sees {found - wanted} at {path}"
        listed = set(re.findall(r"merkeord[a-z]+z", crowd[who].get("/utprovinger").text))
        assert listed == wanted, who
        for zone, pilot_id in made.items():
            status = crowd[who].get(f"/utprovinger/{pilot_id}").status_code
            assert (status == 200) == (zone in zones), (who, zone)
