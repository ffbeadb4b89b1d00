"""The steps of the second journey, room by room; its people and its words."""

import re

from playwright.sync_api import Locator, Page

from tests.support.mail import Mailbox, parts

LEAD, GROUP = "leder@ks.example", "styringsgruppe@ks.example"
FIRST, RIGHT = "postmottak@1813.kommune.example", "rita.rett@1813.kommune.example"
NORDLYS, FOREIGN = "selger@nordlys-epj.example", "astrid@blabar.example"
PLACE, FIRM = "Brønnøy", "Blåbär Journal AB"
ROUND, SESSION = "Runde for den andre reisen", "Samtale om felles innlogging"
JOIN = "https://mote.example/den-andre-reisen"
SENTENCE = "Vi mister tid når opplysningene ikke følger pasienten."
APPROVER = "Grete Godkjent"
OWN_REASON = "Dere beskrev forløpet tydelig."
INTERNAL_REASON, PUBLIC_REASON = "Bare et forsøk.", "Gjelder flest pasienter."
IMPARTIALITY = "Ingen meldte seg inhabile i saken."
#: What may be read nowhere by one who has not signed in.
HIDDEN = (
    *(PLACE, FIRST, RIGHT, "Rita Rett", SENTENCE, APPROVER, OWN_REASON, "Gått videre"),
    *("Nordlys", "Selma Selger", FIRM, "Astrid Ås", FOREIGN, JOIN),
    *(INTERNAL_REASON, IMPARTIALITY),
)


def main_of(page: Page) -> Locator:
    return page.get_by_role("main")


def link_in(mailbox: Mailbox, address: str, count: int = 1) -> str:
    """The link to the site in the newest mail to an address, once there are so many."""
    text, _ = parts(mailbox.wait_for(address, count))
    found = re.search(r"http://127\S+", text)
    assert found, text
    return found.group()
