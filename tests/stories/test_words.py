"""A story says something: what cannot be seen is refused, on pages and over the API."""

import pytest

from pilot.core.text import has_words
from tests.stories.written import FIELDS, count
from tests.support import pages

NOTHING = [
    "\u200b",
    "\u200b\u2060\ufeff",
    "\u3164\u2800",
    "\xad\u2066\u2069",
    " \u3000\t",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_read(text):
    assert not has_words(text)


@pytest.mark.parametrize("text", ["a", "7", "…", "<b>fet</b>", "č", "π", "1 < 2", "a&b", "患者"])
def test_something_to_read(text):
    assert has_words(text)


def test_in_linear_time():
    for text in ("<" * 200_000, "<a" * 200_000, "&" * 200_000):
        has_words(text)


@pytest.mark.parametrize("way", ["submit", "save"])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", ["\u200b\u200b", "\u3164\u2800"])
def test_refused_at_its_field_on_the_page(municipality, field, text, way):
    answer = municipality.submit("/historier/ny", **{way: "1"}, **(FIELDS | {field: text}))
    assert answer.status_code == 422
    links = pages.parse(answer.text).findall(".//div[@class='pr-errors']//a")
    assert [(a.get("href"), pages.text(a)) for a in links] == [
        (f"#{field}", "Skriv noe som kan leses, med bokstaver eller tall.")
    ]
    assert count() == 0
