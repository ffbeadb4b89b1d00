"""The pages of questions and answers as people meet them: what they say, refuse and keep."""

import re
from html import unescape

import pytest

from pilot.core.behalf import Behalf
from pilot.dialogue import service
from pilot.dialogue.models import DialogueAnswerBatch, DialogueAnswerDraft, DialogueQuestion
from pilot.dialogue.rules import QuestionText
from tests.dialogue.test_pages import count
from tests.support.identity import ORDINARY
from tests.support.questions import Desk, asked, seen, state_of

ROOT = "/leverandordialog"
OWN, QUEUE, DRAFTS = f"{ROOT}/sporsmal", f"{ROOT}/innkomne-sporsmal", f"{ROOT}/svar"
OUT = f"{ROOT}/sporsmal-og-svar"
NOT_WHO = "Skriv derfor ikke hvem dere er, og ikke forretningshemmeligheter."


@pytest.fixture
def desk(ks) -> Desk:
    return Desk(ks.actor)


# --- vendors -------------------------------------------------------------------------------------


def test_a_vendor_asks_changes_withdraws_and_asks_again(vendor):
    page = vendor.get(f"{OWN}/nytt")
    assert NOT_WHO in page.text
    assert "Bare leverandøren og KS ser det som står her." in page.text
    asked_page = vendor.follow(vendor.submit(f"{OWN}/nytt", to="nytt", text="Hvilken\nprofil?"))
    assert "KS har fått spørsmålet." in asked_page.text
    where = re.search(rf"{OWN}/\d+", asked_page.text)[0]
    changed = vendor.follow(vendor.submit(f"{where}/endre", to="endre", text="Hvilken versjon?"))
    assert "Hvilken versjon?" in changed.text
    gone = vendor.follow(vendor.submit(where, to="trekk"))
    assert "Spørsmålet er trukket. KS svarer ikke på det." in gone.text
    back = vendor.follow(vendor.submit(where, to="send-igjen"))
    assert "Spørsmålet er sendt igjen." in back.text
    assert "Hvilken versjon?" in vendor.get(OWN).text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv hva dere vil spørre om."),
        ("x" * 5_001, "Teksten er for lang: 5001 tegn. Kort den ned til 5000 tegn."),
        (f"Ring {ORDINARY}", "Fjern tallet som ligner på et fødselsnummer."),
    ],
)
def test_what_will_not_do_gets_a_sentence_and_is_kept(text, sentence, vendor):
    answer = vendor.submit(f"{OWN}/nytt", to="nytt", text=text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert text in answer.text
    assert count(DialogueQuestion) == 0


def test_a_form_sent_twice_asks_once(vendor):
    form = vendor.get(f"{OWN}/nytt")
    key = re.search(r'name="form_key"[^>]*value="(\w+)"', form.text)[1]
    places = [
        vendor.post(f"{OWN}/nytt", text="Hva?", form_key=key).headers["Location"] for _ in range(2)
    ]
    assert places[0] == places[1]
    assert count(DialogueQuestion) == 1


def test_two_colleagues_at_once_lose_nothing(vendor):
    number = asked(vendor.actor)
    service.change_question(vendor.actor, number, QuestionText("Kollegaens"), revision=1)
    answer = vendor.post(f"{OWN}/{number}/endre", text="Min tekst", revision="1")
    assert answer.status_code == 409
    assert "Kollegaens" in answer.text
    assert "Min tekst" in answer.text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', answer.text)[1]
    again = vendor.post(f"{OWN}/{number}/endre", text="Min tekst", revision=revision)
    assert "Min tekst" in vendor.follow(again).text


def test_text_typed_when_ks_has_begun_is_given_back(vendor, desk):
    number = asked(vendor.actor)
    desk.draft(number)
    answer = vendor.post(f"{OWN}/{number}/endre", text="Skrevet for sent", revision="1")
    assert answer.status_code == 409
    assert "Skrevet for sent" in answer.text
    assert "KS har begynt på svaret." in vendor.get(f"{OWN}/{number}").text


def test_markup_in_a_question_is_text(vendor, ks, desk):
    number = asked(vendor.actor, "<script>alert(1)</script>")
    for page in (vendor.get(OWN), ks.get(QUEUE), ks.get(f"{DRAFTS}/nytt?sporsmal={number}")):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


# --- KS ------------------------------------------------------------------------------------------


def test_ks_registers_and_the_vendor_sees_how_it_came(ks, vendor):
    path = f"{QUEUE}/registrer"
    wrong = ks.submit(path, to="registrer", text="Hva gjelder?")
    assert wrong.status_code == 422
    assert "Velg hvordan beskjeden kom." in wrong.text
    fields = {"behalf_channel": "phone", "behalf_received_on": "2026-11-12", "text": "Hva gjelder?"}
    nobody = ks.submit(path, to="registrer", **fields)
    assert "Velg en leverandør fra listen." in nobody.text
    number = str(vendor.organisation_id)
    page = ks.follow(ks.submit(path, to="registrer", organisation_id=number, **fields))
    assert "Leverandøren får en kvittering" in page.text
    assert "registrert av KS etter telefon 12. november 2026" in vendor.get(OWN).text


def test_from_the_queue_to_what_everyone_reads(ks, vendor, other_vendor, stranger, desk):
    numbers = [asked(one.actor, f"Mottatt av {n}") for n, one in enumerate((vendor, other_vendor))]
    queue = ks.get(QUEUE).text
    assert "Mottatt av 0" in queue
    assert "Mottatt av 1" in queue
    chosen = f"{DRAFTS}/nytt?" + "&".join(f"sporsmal={number}" for number in numbers)
    saved = ks.submit(chosen, to=chosen, question="Hva gjelder?", answer="**Det samme**")
    assert "Utkastet er lagret." in ks.follow(saved).text
    preview = ks.get(f"{DRAFTS}/publiser").text
    assert "Kan noen kjenne igjen hvem som spurte?" in preview
    assert "Du publiserer ett svar alene." in preview
    assert "<strong>Det samme</strong>" in preview
    assert "Mottatt av" not in preview
    path = f"{DRAFTS}/publiser"
    unsaid = ks.submit(path, to="publiser")
    assert unsaid.status_code == 422
    assert "Svar ja eller nei." in unsaid.text
    doubtful = ks.submit(path, to="publiser", recognisable="yes")
    assert doubtful.status_code == 422
    assert "Skriv om teksten før du publiserer." in doubtful.text
    assert count(DialogueAnswerBatch) == 0
    published = ks.submit(path, to="publiser", recognisable="no")
    assert "Alle leverandører får e-post." in ks.follow(published).text
    for page in (stranger.get(OUT), stranger.get(published.headers["Location"])):
        assert "<strong>Det samme</strong>" in page.text
        assert "Mottatt" not in page.text
    assert "Svaret er publisert for alle." in vendor.get(f"{OWN}/{numbers[0]}").text
    assert "Les spørsmål og svar" in stranger.get(ROOT).text


def test_what_is_previewed_is_what_is_published(ks, stranger, vendor, desk):
    made = [desk.draft(asked(vendor.actor), answer=f"- punkt {n}\n- to") for n in range(3)]
    preview = ks.get(f"{DRAFTS}/publiser?utkast={made[0]}&utkast={made[2]}").text
    shown = sorted(re.findall(r"<h3>.*?</article>", preview, re.DOTALL))
    assert len(shown) == 2
    batch = desk.publish(made[0], made[2])
    out = re.findall(r"<h3>.*?</article>", stranger.get(f"{OUT}/{batch}").text, re.DOTALL)
    assert sorted(out) == shown


def test_two_leads_who_write_the_same_answer_lose_nothing(ks, vendor, desk):
    number = asked(vendor.actor)
    made = desk.draft(number)
    form = {"questions": str(number), "lang": "nb", "revision": "1"}
    path = f"{DRAFTS}/{made}/endre"
    assert ks.post(path, question="Den første", answer="Ja", **form).status_code == 302
    answer = ks.post(path, question="Den andre", answer="Nei", **form)
    assert answer.status_code == 409
    assert "Den første" in answer.text
    assert "Den andre" in answer.text


def test_a_draft_whose_question_is_withdrawn_says_so_and_is_deleted(ks, vendor, desk):
    number = asked(vendor.actor)
    made = desk.draft(number)
    was = seen([made])
    service.withdraw_question(vendor.actor, number)
    assert "ingen, spørsmålet er trukket" in ks.get(DRAFTS).text
    assert "Ingen svar er klare" in ks.get(f"{DRAFTS}/publiser").text
    stale = ks.post(
        f"{DRAFTS}/publiser", drafts=f"{made}-{was[made]}", recognisable="no", form_key="d" * 32
    )
    assert stale.status_code == 409
    assert "Spørsmålet er trukket." in ks.get(f"{DRAFTS}/{made}/endre").text
    gone = ks.follow(ks.submit(f"{DRAFTS}/{made}/endre", to="slett"))
    assert "Utkastet er slettet." in gone.text
    assert count(DialogueAnswerDraft) == 0
    assert state_of(number) == "withdrawn"


def test_ks_is_told_that_questions_wait_and_no_one_else(ks, vendor, nhn):
    asked(vendor.actor)
    page = unescape(ks.get("/oversikt").text)
    assert "Svar på spørsmål fra leverandører" in page
    assert "Ett spørsmål venter på svar." in page
    for someone in (vendor, nhn):
        assert "venter på svar" not in someone.get("/oversikt").text


def test_rubbish_in_addresses_and_forms_breaks_nothing(ks, vendor, desk):
    desk.draft(asked(vendor.actor))
    for path in (
        f"{DRAFTS}/publiser?utkast=x&utkast=-1&utkast=99999999999999",
        f"{DRAFTS}/nytt?sporsmal=x&sporsmal=99999999999999&sporsmal=1",
        f"{OUT}?side=99999",
        f"{QUEUE}?vis=alt&side=-4",
    ):
        assert ks.get(path).status_code == 200, path
    for path in (f"{OUT}/99999999999999", f"{OWN}/99999999999999"):
        assert ks.get(path).status_code == 404, path
    rubbish = {"recognisable": "no", "drafts": ["1", "x-1", "1-x", "-", "²-1"]}
    assert ks.post(f"{DRAFTS}/publiser", rubbish).status_code == 422


def test_search_finds_what_is_published_and_nothing_received(ks, vendor, stranger, desk):
    number = asked(vendor.actor, "Sjeldentordmottatt")
    made = desk.draft(number, question="Om sjeldentordutkast", answer="Svarordet")
    for someone in (ks, vendor, stranger):
        assert "Om sjeldentord" not in someone.get("/sok?q=sjeldentordutkast").text
    batch = desk.publish(made)
    for someone in (ks, vendor, stranger):
        found = someone.get("/sok?q=svarordet").text
        assert "Om sjeldentordutkast" in found
        assert f"{OUT}/{batch}#svar-" in found
        assert f"{OWN}/{number}" not in someone.get("/sok?q=sjeldentordmottatt").text


def test_the_words_of_how_it_came_are_for_the_vendor_and_ks(ks, vendor, desk):
    number = desk.told(vendor.organisation_id)
    assert isinstance(service.restore_question(vendor.actor, number).behalf, Behalf)
    assert "registrert av KS etter telefon" in ks.get(QUEUE).text
