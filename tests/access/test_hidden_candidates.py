"""Hidden means hidden everywhere: every word written of a candidate is marked, and every answer
that anyone can get is searched for the words they must not see."""

import re
from itertools import count

import pytest

from pilot.candidates import queries, service
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import AnswerText, Written
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from tests.support.candidates import APPROVAL, Rounds

C, R = CandidateState, RoundState
COMMON = "merkeord"
MARKER = re.compile(rf"{COMMON}[a-z]+z")
numbers = count(1)
API = "/api/v1"
EVERYWHERE = (
    "/",
    "/status",
    "/oversikt",
    "/utproving",
    "/utproving/kandidater",
    "/utproving/kandidater?tilstand=selected&tilstand=declined&tilstand=reserve",
    "/samarbeidskommuner",
    "/utproving/mine-vurderinger",
    f"/sok?q={COMMON}",
    "/kommuner/0301",
    "/kommuner/1103",
    "/kommuner/kart",
    "/utboks",
    f"{API}/candidates?limit=500",
    f"{API}/candidates/0301",
    f"{API}/candidates/1103",
    f"{API}/municipalities?limit=500",
)
#: Words for what is decided, in the languages of pages and programs.
TELLING = ("Valgt", "Reserve", "Ikke valgt", "Besluttet", '"selected"', '"reserve"', '"declined"')
ANSWERS = "/kandidater/{n}/vurdering"
IN_ROUND = (
    *(
        "",
        "/interesse",
        "/trekk",
        "/hurtigsjekk",
        "/kandidater/{n}",
        "/kandidater/{n}/flytt/selected",
    ),
    *(ANSWERS, f"{ANSWERS}/anchoring", f"{ANSWERS}/anchoring/historikk", f"{ANSWERS}/send-inn"),
    f"{ANSWERS}/versjoner/1",
    *("/kandidater/{n}/panel", "/kandidater/{n}/panel/min", "/kandidater/{n}/panel/min/anchoring"),
    *("/kandidater/{n}/panel/samlet", "/kandidater/{n}/panel/samlet/anchoring"),
    *("/kandidater/{n}/panelvurdering", "/kandidater/{n}/panelvurdering/ny-vurdering"),
)


def marker() -> str:
    digits = str(next(numbers)).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"{COMMON}{digits}z"


@pytest.fixture
def story_of_two(crowd):
    """Oslo has agreed to be shown and Stavanger has not; both are decided, nothing is released."""

    def tell(first: C, second: C):
        rounds = Rounds(crowd["ks_lead"].actor)
        run = rounds.open()
        words: dict[str, dict[str, str]] = {}
        for who, number, shown in (("owner", "0301", True), ("neighbour", "1103", False)):
            kept = {
                name: marker() for name in ("said", "told", "reason", "short", "because", "alone")
            }
            words[number] = kept
            rounds.interested(
                run,
                crowd[who].actor,
                sentence=kept["said"],
                contact_name=kept["said"],
                approved_by=kept["said"],
                is_public=shown,
            )
            answers(rounds, run, crowd[who].actor, number, kept["because"])
            assesses(rounds, run, crowd["ks_member"].actor, number, kept["alone"])
        rounds.move(run, R.ASSESSING)
        for number, to in (("0301", first), ("1103", second)):
            candidate = candidate_of(run, crowd, number)
            kept = words[number]
            rounds.take(candidate, C.ASSESSED, reason=kept["told"])
            rounds.take(candidate, to, reason=kept["reason"], public_reason=kept["short"])
        rounds.move(run, R.DECIDED)
        return run, words

    return tell


def answers(rounds, run, owner, number, because):
    """What it says of itself, sent in, and more that it has not sent."""
    row = queries.page(rounds.lead, run.id, number).row
    rounds.take(row, C.APPLIED)
    for seen, level in ((0, 3), (1, 4)):
        text = AnswerText(level=level, rationale=because)
        service.save_answers(owner, row.id, {"F1": Written(text, seen)})
        if not seen:
            service.submit_assessment(owner, row.id, APPROVAL)


def assesses(rounds, run, member, number, alone):
    """Two at KS have each written something that nobody but the panel and KS may read."""
    row = queries.page(rounds.lead, run.id, number).row
    for one in (member, rounds.lead):
        service.ask_assessor(rounds.lead, row.id, one.person_id)
        service.declare(one, row.id, has_interest=False)
    for one in (member, rounds.lead):
        text = AnswerText(level=2, rationale=alone)
        service.save_review(one, row.id, {"F1": Written(text, 0)})
        service.finish_review(one, row.id)
    service.finish_panel(rounds.lead, row.id, APPROVAL)


def candidate_of(run, crowd, number):
    return queries.page(crowd["ks_lead"].actor, run.id, number).row


def addresses(run):
    paths = [f"{run.path}{tail}".format(n=n) for tail in IN_ROUND for n in ("0301", "1103")]
    return [*EVERYWHERE, *dict.fromkeys(paths)]


INSIDE = {"0301": {"owner"}, "1103": {"neighbour", "torn"}}
OUTSIDERS = ("stranger", "owner", "neighbour", "nhn", "hospital", "steering", "vendor", "torn")


@pytest.fixture
def looking(crowd, headers_of, unread):
    """What someone gets at an address."""

    def at(who, path):
        if path.startswith(API):
            return crowd[who].api("GET", path, headers=headers_of(crowd[who])).text
        return crowd[who].get(path).text

    return at


@pytest.mark.parametrize(
    ("first", "second"),
    [(C.SELECTED, C.DECLINED), (C.RESERVE, C.SELECTED), (C.DECLINED, C.RESERVE)],
)
def test_before_the_release_nobody_outside_ks_knows(story_of_two, looking, first, second):
    run, words = story_of_two(first, second)
    for who in OUTSIDERS:
        for path in addresses(run):
            text = looking(who, path)
            allowed = {
                kept[name]
                for number, kept in words.items()
                if who in INSIDE[number]
                for name in ("said", "told", "because")
            }
            found = set(MARKER.findall(text)) - allowed
            assert not found, f"{who} sees {found} at {path}"
            for word in TELLING:
                assert f">{word}<" not in text, f"{who} reads {word} at {path}"
                assert not word.startswith('"') or word not in text, f"{who}: {word} at {path}"
    mails = [f"{m.values} {m.note}" for m in db.session.query(OutboxMail)]
    said = {w for kept in words.values() for w in (kept["reason"], kept["short"])}
    assert not any(word in mail for word in said for mail in mails)
    assert "selected" not in " ".join(mails)


def test_the_pages_are_the_same_whatever_is_decided(story_of_two, looking, crowd):
    """Nothing at all differs: no order, no count, no time tells."""
    run, _ = story_of_two(C.SELECTED, C.DECLINED)
    before = {p: blurred(looking("owner", p)) for p in addresses(run)}
    rounds = Rounds(crowd["ks_lead"].actor)
    rounds.move(run, R.ASSESSING)
    rounds.take(candidate_of(run, crowd, "0301"), C.DECLINED)
    rounds.move(run, R.DECIDED)
    assert {p: blurred(looking("owner", p)) for p in addresses(run)} == before


def blurred(text: str) -> str:
    """Without what is new on every page: tokens and clocks."""
    text = re.sub(r'name="(csrf_token|form_key)"[^>]*', "", text)
    return re.sub(r"kl\. \d\d\.\d\d", "", text)


def test_after_the_release_reasons_are_still_the_municipalitys_own(story_of_two, looking, crowd):
    run, words = story_of_two(C.RESERVE, C.DECLINED)
    service.release_round(crowd["ks_lead"].actor, run.id)
    for who in OUTSIDERS:
        for path in addresses(run):
            allowed = {words["0301"]["short"]}  # has agreed to be shown
            for number, kept in words.items():
                allowed |= set(kept.values()) if who in INSIDE[number] else set()
            found = set(MARKER.findall(looking(who, path))) - allowed
            assert not found, f"{who} sees {found} at {path}"
    assert words["0301"]["short"] in looking("stranger", "/utproving")
    assert words["1103"]["reason"] in looking("neighbour", f"{run.path}/kandidater/1103")
