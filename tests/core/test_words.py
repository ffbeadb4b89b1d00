"""Words that travel: messages, and the labels of codes in three languages."""

import csv

import pytest

from pilot.core.policy import Zone
from pilot.core.words import DATA, LOCALES, Message, label, labels, locale_or_default, say
from pilot.stories.rules import LegalClearance, SolutionLink, StoryState


def test_a_message_fills_its_values():
    assert str(say("%(n)d tegn", n=3)) == "3 tegn"
    assert str(say("100 %")) == "100 %"
    assert say("a", n=1) == say("a", n=1) != say("a", n=2)
    assert len({say("a", n=1), say("a", n=1), Message("b")}) == 2


@pytest.mark.parametrize(
    ("asked", "given"), [("nn", "nn"), ("en", "en"), ("se", "nb"), (None, "nb")]
)
def test_an_unknown_language_is_bokmal(asked, given):
    assert locale_or_default(asked) == given


@pytest.mark.parametrize(
    ("thing", "codes"),
    [
        ("story", StoryState),
        ("zone", Zone),
        ("legal_clearance", LegalClearance),
        ("solution_link", SolutionLink),
    ],
)
def test_every_code_has_a_label_in_every_language(thing, codes):
    known = {key[0] for key in labels()}
    if thing not in known:
        pytest.fail(f"states.csv has no «{thing}»; it has {sorted(known)}")
    for code in codes:
        for locale in LOCALES:
            for gender in "mfn":
                assert label(thing, code, locale, gender).strip()


def test_the_labels_are_those_of_the_shipped_file():
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(labels())
    for row in rows:
        assert label(row["thing"], row["code"], "nn", "n") == (row["nn_n"] or row["nb_n"])
