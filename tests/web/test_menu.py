"""The menu says where one is."""

import re

import pytest

pytestmark = pytest.mark.one_database


def test_one_entry_is_current_the_innermost(ks, stranger):
    for person, path, room in (
        (ks, "/utproving", "/utproving"),
        (ks, "/utproving/kandidater", "/utproving/kandidater"),
        (stranger, "/historier", "/historier"),
        (stranger, "/", "/"),
    ):
        menu = re.search(r'<nav class="pr-nav".*?</nav>', person.get(path).text, re.S)
        assert menu
        assert re.findall(r'href="([^"]+)" aria-current', menu.group()) == [room]
