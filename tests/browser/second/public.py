"""What one who has not signed in sees, and what they do not."""

from playwright.sync_api import Page, expect

from tests.browser.second import HIDDEN, PLACE, PUBLIC_REASON, ROUND, SESSION, main_of
from tests.support.looks import looks_right


def sees_what_is_public(reader: Page, ref: str) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="Se hvor arbeidet står").click()
    looks_right(reader)
    for condition, state in (("kommuner", "Ikke avklart"), ("brukerhistorier", "Delvis avklart")):
        row = (
            main_of(reader).get_by_role("listitem").filter(has_text=f"Hvilke {condition} som skal")
        )
        expect(row).to_contain_text(state)
    reader.goto("/utproving")
    expect(main_of(reader).get_by_role("heading", name=ROUND)).to_be_visible()
    expect(reader.get_by_text("Ingen kommuner vises ennå.")).to_be_visible()
    reader.goto("/kjerneteam")
    seat = reader.get_by_role("row", name="Tjenesteansvarlig")
    expect(seat).to_contain_text("Norsk helsenett")
    expect(seat).not_to_contain_text("Mona Demo")  # has not agreed that everyone reads her name
    reader.goto("/prioritering")
    first = reader.locator("tbody tr").first
    expect(first).to_contain_text(ref)
    expect(first).to_contain_text(PUBLIC_REASON)
    reader.goto("/leverandordialog")
    listed = main_of(reader).get_by_role("listitem").filter(has_text=SESSION)
    expect(listed).to_contain_text("Fullt, venteliste")


def sees_nothing_else(reader: Page, where: str, session: str) -> None:
    """The municipality has a page of its own in the register, which tells nothing of the round."""
    rooms = ("/utproving", where, "/prioritering", "/leverandordialog", session, "/kjerneteam")
    for path in ("/", "/status", *rooms, "/sok?q=Bl%C3%A5b%C3%A4r", "/kommuner/1813"):
        reader.goto(path)
        page = reader.content()
        own = {PLACE} if path.startswith("/kommuner") else set()
        own |= {"Nordlys"} if path == "/kjerneteam" else set()  # a seat says which firm it is for
        assert not [words for words in HIDDEN if words in page and words not in own], path
    assert ROUND not in page
