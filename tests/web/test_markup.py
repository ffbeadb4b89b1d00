"""The tests read pages as strictly as they say: markup that a browser must repair is a fault."""

import pytest

from tests.support import pages

PAGE = "<!doctype html><html lang='nb'><head><title>x</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a<div>b</p></div>",
        "<b><p>x</b></p>",
        "<a id=x id=y>z</a>",
        "<table><div>x</div></table>",
        "</span>",
        "<div>",
        "<ul><li>a</ul></li>",
        "<p><ul><li>x</li></ul></p>",
        "<a href='/'><a href='/'>x</a></a>",
        "<form><form></form></form>",
        "<button><button>x</button></button>",
        "<h1>x</h2>",
        "<div/>x",
        '<p a=b"c>x</p>',
        "<p <b>x</b></p>",
        "&finnesikke;",
        "&copyx",
        "&#0;",
        "<svg><p>x</p></svg>",
        "<p>x</p></body><p>y</p>",
    ],
)
def test_what_a_browser_must_repair_is_a_fault(markup):
    with pytest.raises(AssertionError, match="not valid HTML"):
        pages.parse(PAGE.format(f"\n{markup}\n"))


def test_a_fault_is_told_where_it_is():
    with pytest.raises(AssertionError, match="line 2: </span>"):
        pages.parse(PAGE.format("\n</span>\n"))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>x<ul><li>y</ul>",
        "<table><tr><td>x</table>",
        "<dl><dt>a<dd>b</dl>",
        "<p>&amp; «æøå» &nbsp;",
        "<svg viewBox='0 0 1 1'><path d='M0'/></svg>",
    ],
)
def test_what_the_standard_lets_one_leave_out_is_none(markup):
    assert pages.parse(PAGE.format(markup)).find("body") is not None
