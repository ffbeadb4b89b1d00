"""A seat is filled; the priorities are ordered, approved and released."""

from playwright.sync_api import Page, expect

from tests.browser.second import IMPARTIALITY, INTERNAL_REASON, PUBLIC_REASON, main_of


def fills_a_seat(lead: Page) -> None:
    menu = lead.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_text("Mer", exact=True).click()
    menu.get_by_role("link", name="Kjerneteam").click()
    main_of(lead).get_by_role("link", name="Tjenesteansvarlig").click()
    lead.get_by_role("link", name="Oppnevn", exact=True).click()
    lead.get_by_label("E-post").fill("radgiver@nhn.example")
    lead.get_by_role("button", name="Oppnevn").click()
    expect(lead.get_by_text("Personen er oppnevnt og har fått e-post.")).to_be_visible()


def orders(lead: Page) -> str:
    """Two moves of one story: the last reason is for everyone, the first for KS alone."""
    lead.goto("/prioritering")
    lead.get_by_role("link", name="Arbeid med listen").click()
    row = lead.locator("tbody tr").nth(2)
    ref = row.get_attribute("id") or ""
    for reason, place in ((INTERNAL_REASON, 2), (PUBLIC_REASON, 1)):
        lead.get_by_label("Begrunnelse for det du endrer").fill(reason)
        lead.get_by_role("button", name=f"Opp {ref}").click()
        expect(lead.get_by_text(f"{ref} står nå på plass {place}")).to_be_visible()
    lead.get_by_role("link", name="Legg fram …").click()
    lead.get_by_role("button", name="Legg fram").click()
    expect(lead.get_by_text("Listen er lagt fram for styringsgruppen.")).to_be_visible()
    return ref


def approves(group: Page) -> None:
    group.goto("/oversikt")
    group.get_by_role("link", name="Behandle den prioriterte listen").click()
    group.get_by_label("Godkjenn listen").check()
    group.get_by_label("Habilitet").fill(IMPARTIALITY)
    group.get_by_role("button", name="Registrer svaret").click()
    expect(group.get_by_text("Listen er godkjent. KS kan publisere den.")).to_be_visible()


def releases(lead: Page) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Publiser den prioriterte listen").click()
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Listen er publisert, og kan leses av alle.")).to_be_visible()
