"""Every page reads in bokmål, nynorsk and English, the error pages too."""

import pytest

from pilot.catalogue.rules import ServiceText
from pilot.catalogue.service import add_service
from pilot.core.db import db
from pilot.municipalities.models import HospitalTrust
from pilot.overview.service import add_report
from pilot.stories.rules import StoryState
from tests.support import pages

S = StoryState
#: Not pages: files, figures, streams and what is read by machines.
MACHINES = (
    "/static/",
    "/healthz",
    "/readyz",
    "/diagram/",
    "/api/",
    "/historier/strom",
    ".csv",
    ".pdf",
)
LOCALES = ("nb", "nn", "en")
#: A word of the frame in each language.
FRAME = {"nb": "Hopp til hovedinnhold", "nn": "Hopp til hovudinnhald", "en": "Skip to main content"}


@pytest.fixture
def addresses(app, tell, ks, world) -> list[str]:
    """An address for every page there is, with a story in it."""
    story = tell.published(context="# Om", patients_per_year=3, solutions=("helseid",))
    waiting = tell.at(S.SUBMITTED)
    trust = db.session.query(HospitalTrust.key).first()[0]
    report = {"report_id": add_report(ks.actor, title="Status", words="Ord").id}
    values = {
        "catalogue.solution": {"key": "sysvak"},
        "municipalities.trust": {"key": trust},
        "stories.move": {"ref": waiting.ref, "state": "returned"},
        "stories.edit": {"ref": waiting.ref},
        "stories.publish": {"ref": tell.at(S.READY).ref},
        "stories.delete": {"ref": tell.draft().ref},
        "following.mail": {"mail_id": world.mail().id},
        "overview.report": report,
        "overview.edit_report": report,
    }
    of_service = {"key": add_service(ks.actor, ServiceText(name="Delt plan")).key}
    urls = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not any(part in rule.rule for part in MACHINES):
            known = values.get(rule.endpoint, {"ref": story.ref, "number": "0301"} | of_service)
            chosen = {name: known[name] for name in rule.arguments}
            found.append(urls.build(rule.endpoint, chosen))
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page(addresses, ks, municipality, stranger, demo, locale):
    assert len(addresses) > 25
    for person in (ks, municipality, stranger):
        person.post("/sprak", locale=locale)
    for address in addresses:
        answer = ks.get(address)
        for person in (municipality, stranger):
            answer = answer if answer.status_code == 200 else person.get(address)
        assert answer.status_code == 200, address
        assert pages.parse(answer.text).get("lang") == locale, address
        assert FRAME[locale] in answer.text, address


@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal(ks, municipality, csrf, tell, app, locale):
    story = tell.published()
    titles = {}
    for person in (ks, municipality):
        with person.client.session_transaction() as cookie:
            cookie["locale"] = locale
    asked = {
        404: lambda: ks.get("/finnes-ikke"),
        403: lambda: municipality.get("/utboks"),
        405: lambda: ks.post("/oversikt"),
        400: lambda: ks.post(f"{story.path}/publiser"),  # without its token
        413: lambda: ks.post("/sprak", data={"locale": "x" * 3_000_000}),
    }
    for code, ask in asked.items():
        answer = ask()
        assert answer.status_code == code
        assert pages.parse(answer.text).get("lang") == locale
        titles[code] = pages.text(pages.parse(answer.text).find(".//h1"))
    assert len(set(titles.values())) >= 4


def test_the_refusals_are_translated(ks):
    said = set()
    for locale in LOCALES:
        ks.post("/sprak", locale=locale)
        said.add(pages.text(pages.parse(ks.get("/finnes-ikke").text).find(".//h1")))
    assert len(said) == 3
