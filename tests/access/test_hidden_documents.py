"""Drafts of recommendations, and the input of others, are nowhere."""

import re

from pilot.recommendations import service
from pilot.recommendations.rules import DocumentState as S
from tests.support.decisions import day
from tests.support.recommendations import document, give, text


def test_drafts_and_others_input_are_nowhere(crowd, unread):
    draft = document(body="merkeordutkastz")
    hearing = document(S.DRAFT, body="merkeordgammelz")
    service.edit_document(
        crowd["ks_lead"].actor, hearing.key, text(body="merkeordnyz"), revision=hearing.revision
    )
    to = S.CONSULTATION
    service.move_document(crowd["ks_lead"].actor, hearing.key, to=to, closes_on=day(3))
    for who in ("owner", "vendor"):
        give(crowd[who], hearing.key, f"merkeord{who}z")
    own = {"owner": {"merkeordownerz"}, "vendor": {"merkeordvendorz"}}
    own["two_for_oslo"] = own["owner"]
    key = hearing.key
    places = (
        *("/anbefalinger", "/sok?q=merkeord", f"/anbefalinger/{draft.key}", "/oversikt"),
        *(f"/anbefalinger/{key}", f"/anbefalinger/{key}?versjon=1"),
        *(f"/anbefalinger/{key}/innspill", f"/anbefalinger/{key}/vart-innspill"),
    )
    for who, person in crowd.items():
        if who.startswith("ks"):
            assert "merkeordownerz" in person.get(f"/anbefalinger/{key}/innspill").text
            continue
        for path in places:
            found = set(re.findall(r"merkeord[a-z]+z", person.get(path).text))
            hidden = found - {"merkeordnyz"} - own.get(who, set())
            assert not hidden, f"{who} sees {hidden} at {path}"
        assert "merkeordnyz" in person.get(f"/anbefalinger/{key}").text
