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


WRONG = {
    "<p id=a>x</p><p id=a>y</p>": "stands 2 times",
    "<label for=nei>x</label>": "for names «nei»",
    "<p aria-describedby='nei'>x</p>": "aria-describedby names «nei»",
    "<a href='#nei'>x</a>": "leads to «#nei»",
    "<input name=a>": "input «a» has no label",
    "<label for=b></label><select id=b name=b><option>x</option></select>": "select «b» has no",
    "<textarea name=c></textarea>": "textarea «c»",
    "<a href='/'></a>": "a {'href': '/'} has no name",
    "<button><img alt='' src='/x'></button>": "button {} has no name",
    "<img src='/x'>": "has no alt",
    "<p style='color: red'>x</p>": "p has style",
    "<p onclick='x()'>x</p>": "p has onclick",
    "<a href=' JavaScript:x()'>x</a>": "a has href=javascript:x()",
    "<form action='//x.example'></form>": "form asks another site",
    "<script>x()</script>": "an inline script",
    "<style>p {}</style>": "a style element",
}


def page(markup: str) -> str:
    return PAGE.format(f"<main><h1>x</h1>{markup}</main>")


@pytest.mark.parametrize("markup", WRONG)
def test_what_no_page_may_hold(markup):
    with pytest.raises(AssertionError) as fault:
        pages.check(page(markup))
    assert WRONG[markup] in str(fault.value)


def test_what_a_page_may_hold():
    pages.check(
        page(
            "<label>a<input></label><label for=b>b</label><input id=b><input type=hidden>"
            "<input aria-label=c><button><img alt='d' src='/x'></button><a href='#b'>e</a>"
            "<a href='/' aria-hidden='true'></a><script src='/x'></script>"
            "<script type='application/json'>{}</script>"
        )
    )
