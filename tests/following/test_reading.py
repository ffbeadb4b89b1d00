"""Reading a mail in the outbox: what its receiver reads, in the receiver's language."""

import pytest

from pilot.core.errors import Forbidden, Missing
from pilot.following import queries
from tests.support import pages

VALUES = {"verb": "returned", "ref": "BH-0042", "title": "Se <b>prøvesvar</b>"}


def test_the_list_shows_subjects_not_templates(world, ks):
    mail = world.mail(values=VALUES, state="sent", locale="nn")
    page = pages.parse(ks.get("/utboks").text)
    [link] = [a for a in page.iter("a") if a.get("href") == f"/utboks/{mail.id}"]
    assert pages.text(link) == "KS ber deg rette BH-0042"
    assert link.get("lang") == "nn"
    assert "stories/mail" not in pages.text(page.find("body"))


@pytest.mark.parametrize(
    ("locale", "word"), [("nb", "Begrunnelse fra KS"), ("nn", "Grunngiving"), ("en", "KS")]
)
def test_a_mail_reads_as_its_receiver_reads_it(world, ks, locale, word):
    mail = world.mail(values=VALUES, note="Skriv hvor.\n\nTakk!", locale=locale, state="sent")
    answer = ks.get(f"/utboks/{mail.id}")
    page = pages.parse(answer.text)
    heading = page.find(".//h1")
    assert "BH-0042" in pages.text(heading)
    assert heading.get("lang") == locale
    [text] = [e for e in page.iter("div") if e.get("class") == "pr-pre pr-break"]
    said = "".join(text.itertext())
    assert text.get("lang") == locale
    assert word in said
    assert "Se <b>prøvesvar</b>" in said
    assert "Skriv hvor.\n\nTakk!" in said
    assert "http://localhost/historier/BH-0042" in said
    assert page.get("lang") == "nb"  # the page itself is in the reader's own


def test_a_mail_that_cannot_be_drawn_still_has_its_row_and_page(world, ks):
    mail = world.mail(template="finnes/ikke", state="failed")
    assert "E-posten kan ikke vises" in ks.get("/utboks").text
    assert "Malen eller opplysningene" in ks.get(f"/utboks/{mail.id}").text


def test_sent_again_from_its_page(world, ks):
    mail = world.mail(state="failed")
    answer = ks.submit(f"/utboks/{mail.id}", to="/send")
    assert "lagt i kø på nytt" in ks.follow(answer).text


def test_leads_alone_read_it(world, ks_member, municipality, nhn, vendor, stranger):
    mail = world.mail()
    for person in (ks_member, municipality, nhn, vendor, stranger):
        with pytest.raises(Forbidden):
            queries.mail(person.actor, mail.id)


def test_one_that_there_is_not(ks):
    assert ks.get("/utboks/999999").status_code == 404
    with pytest.raises(Missing):
        queries.mail(ks.actor, 999_999)
