"""A story says something: what has no letter and no digit is refused, on pages and over the API."""

import re

import pytest

from pilot.core.text import clean, has_words
from pilot.web.api import EMPTY_OR_LEGIBLE
from tests.stories.written import FIELDS, count
from tests.support import pages

NOTHING = [
    "\u200b",
    "\u200b\u2060\ufeff",
    "...",
    "**__**",
    "– – –",
    "<b></b>",
    "<img src=x><br/>",
    "&nbsp;&zwnj;",
    "\u3164\u2800",
    "\u0301",
    "🙂",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_read(text):
    assert not has_words(text)


@pytest.mark.parametrize("text", ["a", "7", "<b>fet</b>", "č", "π", "1 < 2", "a&b", "患者"])
def test_something_to_read(text):
    assert has_words(text)


def test_the_description_of_the_api_promises_no_more():
    """But for tags and entities, which a pattern cannot tell from words."""
    for text in NOTHING:
        is_markup = text.startswith(("<", "&"))
        assert is_markup or not re.search(EMPTY_OR_LEGIBLE, text) or not clean(text), text
    for text in ("", " \n", "a", "7", "č", "患者", "1 < 2"):
        assert re.search(EMPTY_OR_LEGIBLE, text), text


def test_in_linear_time():
    for text in ("<" * 200_000, "<a" * 200_000, "&" * 200_000):
        has_words(text)


@pytest.mark.parametrize("way", ["submit", "save"])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", ["\u200b\u200b", "***", "<b></b>"])
def test_refused_at_its_field_on_the_page(municipality, field, text, way):
    answer = municipality.submit("/historier/ny", **{way: "1"}, **(FIELDS | {field: text}))
    assert answer.status_code == 422
    links = pages.parse(answer.text).findall(".//div[@class='pr-errors']//a")
    assert [(a.get("href"), pages.text(a)) for a in links] == [
        (f"#{field}", "Skriv noe som kan leses, med bokstaver eller tall.")
    ]
    assert count() == 0
