"""Hidden means hidden: what is not published is in no answer, whoever asks and wherever."""

import pytest

from pilot.core.policy import Actor, Zone
from pilot.core.texts import Said, Texts
from pilot.editorial import service
from pilot.editorial.rules import NoticeState, PageText

WHERE = (
    "/",
    "/status",
    "/oversikt",
    "/om",
    "/kilder",
    "/aktuelt",
    "/aktuelt?tilstand=draft",
    "/aktuelt?tilstand=withdrawn",
    "/aktuelt.atom",
    "/aktuelt.atom?sprak=nn",
    "/sok?q=hemmelegord",
    "/personvern",
)
WORD = "hemmelegord"


def said(place: str) -> Texts:
    """A text with its own marker in every field of every language."""
    words = (f"{WORD}-{place}-{one}" for one in ("nb", "nn", "en"))
    return Texts(*(Said(word, f"{word} i teksten") for word in words))


@pytest.fixture
def places(world) -> dict[str, str]:
    """Everything that can be hidden, by its marker and its address."""
    system = Actor.system()
    draft = world.page(said("sideutkast"), key="utkastet", is_published=False)
    gone = world.page(said("sidetrukket"), key="trukket")
    service.withdraw_page(system, gone.key)
    newer = world.page()
    service.edit_page(system, newer.key, PageText(said("nyversjon")), revision=newer.revision)
    hidden = {
        "sideutkast": f"/om/{draft.key}",
        "sidetrukket": f"/om/{gone.key}",
        "nyversjon": f"/om/{newer.key}",
    }
    for name, state, zone in (
        ("utkast", NoticeState.DRAFT, Zone.PUBLIC),
        ("trukket", NoticeState.WITHDRAWN, Zone.PUBLIC),
        ("deltakere", NoticeState.PUBLISHED, Zone.PARTIES),
    ):
        notice = world.notice(said(name), state=state, aimed_at=zone)
        hidden[name] = f"/aktuelt/{notice.id}"
    return hidden


@pytest.mark.parametrize("locale", ["nb", "en"])
def test_no_answer_holds_what_is_hidden(
    places, stranger, vendor, municipality, nhn, steering, locale
):
    for person in (stranger, vendor, municipality, nhn, steering):
        person.post("/sprak", locale=locale)
        allowed = {"deltakere"} if person is not stranger else set()
        tails = ("", "/utkast", "/versjoner", "/endre")
        own = [address + tail for address in places.values() for tail in tails]
        for path in (*WHERE, *own):
            text = person.get(path).text
            seen = {name for name in places if f"{WORD}-{name}-" in text}
            assert seen <= allowed, f"{path} shows {seen - allowed}"


def test_the_markers_are_really_there(places, ks):
    """The search above would be worth nothing otherwise."""
    for name, address in places.items():
        tail = "/utkast" if address.startswith("/om/") else ""
        assert f"{WORD}-{name}-" in ks.get(address + tail).text
