"""Aktuelt: drafts, publishing, who reads what, and the feed."""

from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing
from pilot.core.policy import Actor, Zone
from pilot.core.texts import Said, Texts
from pilot.editorial import service
from pilot.editorial.models import Notice
from pilot.editorial.rules import NoticeState
from tests.support import pages

ATOM = "{http://www.w3.org/2005/Atom}"
S = NoticeState


def feed(someone, path="/aktuelt.atom"):
    answer = someone.get(path)
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)


def test_nothing_yet(stranger, ks):
    assert "Ingen oppslag ennå" in stranger.get("/aktuelt").text
    assert "Ingen oppslag her" in ks.get("/aktuelt?tilstand=withdrawn").text
    assert feed(stranger).findall(f"{ATOM}entry") == []


def test_a_draft_becomes_public_and_is_withdrawn(ks, stranger):
    answer = ks.submit("/aktuelt/ny", title_nb="Møte om journal", body_nb="Kom og **hør**.")
    path = answer.headers["Location"]
    assert stranger.get(path).status_code == 404
    assert "Oppslaget er et utkast" in ks.get(path).text
    ks.submit(path, to="/publiser")
    assert "<strong>hør</strong>" in stranger.get(path).text
    assert "Møte om journal" in stranger.get("/").text
    assert "Møte om journal" in stranger.get("/aktuelt").text
    ks.submit(path, to="/trekk")
    assert stranger.get(path).status_code == 404
    assert "Møte om journal" not in stranger.get("/").text
    ks.submit(path, to="/publiser")  # a mistake can be undone
    assert stranger.get(path).status_code == 200


def test_the_same_form_twice_is_one_notice(ks):
    form = pages.forms(ks.get("/aktuelt/ny").text, "/aktuelt/ny")[0]
    places = {ks.send(form, {"title_nb": "En", "body_nb": "To"}).headers["Location"] for _ in "ab"}
    assert len(places) == 1
    assert db.session.scalar(select(func.count(Notice.id))) == 1


def test_two_leads_at_once_lose_nothing(ks, world):
    path = f"/aktuelt/{world.notice().id}/endre"
    form = pages.forms(ks.get(path).text, path)[0]
    ks.submit(path, title_nb="Den førstes")
    clash = ks.send(form, {"title_nb": "Den andres"})
    assert clash.status_code == 409
    assert "Den førstes" in clash.text
    assert "Den andres" in clash.text
    assert ks.send(pages.forms(clash.text, path)[0], {}).status_code == 302


def test_participants_read_what_is_for_them(world, stranger, vendor, municipality, steering):
    notice = world.notice(aimed_at=Zone.PARTIES)
    for person in (vendor, municipality, steering):
        assert person.get(f"/aktuelt/{notice.id}").status_code == 200
        assert notice.title_nb in person.get("/aktuelt").text
        assert notice.title_nb in person.get("/oversikt").text
        assert notice.title_nb not in person.get("/").text  # the front page is everyone's
    assert stranger.get(f"/aktuelt/{notice.id}").status_code == 404
    assert notice.title_nb not in stranger.get("/aktuelt").text


@pytest.mark.parametrize("state", list(S))
def test_the_feed_holds_what_everyone_may_read(world, ks, state):
    shown = world.notice(state=state)
    hidden = world.notice(aimed_at=Zone.PARTIES)
    text = ks.get("/aktuelt.atom").text  # also to one who may read more
    assert (shown.title_nb in text) is (state is S.PUBLISHED)
    assert hidden.title_nb not in text


def test_the_feed_is_valid_and_safe(world, stranger):
    said = Said("<b>Fare</b> & ]]>", "<script>alert(1)</script> **fet** \ufffe")
    notice = world.notice(Texts(said, Said(), Said("Danger", "In English")))
    root = feed(stranger)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"http://localhost/aktuelt/{notice.id}"
    assert entry.findtext(f"{ATOM}title") == "<b>Fare</b> & ]]>"
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<strong>fet</strong>" in content.text
    assert "<script>" not in content.text
    for one in (root, entry):
        assert one.findtext(f"{ATOM}updated").endswith("+00:00")
    english = feed(stranger, "/aktuelt.atom?sprak=en").find(f"{ATOM}entry")
    assert english.findtext(f"{ATOM}title") == "Danger"


def test_the_feed_of_a_demo_says_so(world, stranger, demo):
    assert feed(stranger).findtext(f"{ATOM}title").startswith("[Demo] ")


def test_search_finds_only_what_one_may_read(world, stranger, vendor):
    open_to_all = world.notice(world.texts("granbar"))
    for_parties = world.notice(world.texts("granbar"), aimed_at=Zone.PARTIES)
    draft = world.notice(world.texts("granbar"), state=S.DRAFT)
    for person, seen in ((stranger, {open_to_all}), (vendor, {open_to_all, for_parties})):
        text = person.get("/sok?q=granbar").text
        for notice in (open_to_all, for_parties, draft):
            assert (f"/aktuelt/{notice.id}" in text) is (notice in seen)


def test_only_leads_write(world, ks_member, vendor):
    draft = world.notice(state=S.DRAFT)
    with pytest.raises(Forbidden):
        service.publish_notice(ks_member.actor, draft.id, revision=1)
    with pytest.raises(Missing):
        service.publish_notice(vendor.actor, draft.id, revision=1)
    with pytest.raises(Conflict):
        service.withdraw_notice(Actor.system(), draft.id)


def test_a_lead_is_reminded_of_drafts(world, ks, ks_member):
    assert "Publiser oppslag" not in ks.get("/oversikt").text
    world.notice(state=S.DRAFT)
    assert "Publiser oppslag" in ks.get("/oversikt").text
    assert "Publiser oppslag" not in ks_member.get("/oversikt").text


def test_fifty_a_page(world, stranger):
    for _ in range(51):
        world.notice()
    assert stranger.get("/aktuelt").text.count('href="/aktuelt/') == 50
    assert stranger.get("/aktuelt?side=2").text.count('href="/aktuelt/') == 1
