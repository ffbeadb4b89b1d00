"""What is done to the text people write: cleaned, guarded, sorted, rendered."""

import html
import re
import unicodedata

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pilot.core.words import Message, say

MARKDOWN_MAX = 20_000

# Eleven digits, with up to six characters that are neither letters nor digits between each two. A
# lookahead, so that matches may overlap and no number hides behind the digits before it.
_ELEVEN = re.compile(r"(?<!\d)(?=(\d(?:[\W_]{0,6}\d){10})(?!\d))")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # drawn as nothing, though not marks
_TAG = re.compile(r"<[^<>]*>")
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Also the marks that turn the direction of what follows: they make a text read as another.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

HOLDS_IDENTITY_NUMBER: Message = say(
    "Fjern tallet som ligner på et fødselsnummer. Pilotrommet lagrer aldri slike tall."
)


def clean(text: str | None) -> str:
    """Text as it is stored: NFC, no control characters, LF line ends, no outer space."""
    if not text:
        return ""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text).strip()


def has_words(text: str) -> bool:
    """Whether there is something to read: a letter or a digit, outside of tags and not unseen."""
    bare = _TAG.sub(" ", html.unescape(text) if "&" in text else text)
    return any(c.isalnum() and c not in _UNSEEN for c in bare)


def holds_identity_number(text: str) -> bool:
    """Whether a national identity number with valid check digits stands in the text.

    Also D-numbers (day + 40), H-numbers (month + 40) and test numbers (month + 65 or + 80), however
    the digits are written or set apart: with spaces and signs, with invisible characters between,
    as HTML entities, in another script. Source of the check digits: Skatteetaten, «Fødselsnummer»;
    of the test months: Norsk helsenett and Tenor.
    """
    return any(
        _is_identity_number([int(c) for c in match.group(1) if c.isdigit()])
        for match in _ELEVEN.finditer(_bare(text))
    )


def _bare(text: str) -> str:
    """The text as a reader of numbers sees it: plain digits, and nothing that is not seen."""
    text = unicodedata.normalize("NFKD", html.unescape(text) if "&" in text else text)
    if text.isascii():
        return text
    return "".join(map(_seen, text))


def _seen(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _UNSEEN or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


def _is_identity_number(digits: list[int]) -> bool:
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    if not (1 <= day % 40 <= 31 and day < 72):
        return False
    if not any(1 <= month - shift <= 12 for shift in (0, 40, 65, 80)):
        return False
    first = -sum(w * d for w, d in zip(_WEIGHTS_1, digits, strict=False)) % 11
    second = -sum(w * d for w, d in zip(_WEIGHTS_2, digits, strict=False)) % 11
    return (first, second) == (digits[9], digits[10])


# --- order -----------------------------------------------------------------------------------

_FOLD = {"á": "a", "č": "c", "đ": "d", "ŋ": "n", "š": "s", "ŧ": "t", "ž": "z"}
_LAST = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def sort_key(name: str) -> str:
    """A key that sorts as Norwegian does, byte by byte: æ ø å last, aa as å, Sámi letters folded.

    Source of the order: Språkrådet, «Alfabetisering»; ä and ö go with æ and ø.
    """
    lowered = unicodedata.normalize("NFC", name).lower().replace("aa", "å")
    letters = (_LAST.get(c) or _FOLD.get(c) or _plain(c) for c in lowered)
    return "".join(letters)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter


# --- Markdown --------------------------------------------------------------------------------

COLUMNS_MOST = 12
CELLS_MOST = 600
# What stands under a table's headings; short rows are filled up to as many columns as it has.
_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[-:| \t]*)?")
_OPTIONS = {"html": False, "maxNesting": 20}
_markdown = MarkdownIt("js-default", _OPTIONS)
_without_tables = MarkdownIt("js-default", _OPTIONS).disable("table")
TABLE_TOO_LARGE: Message = say(
    "Tabellen er for stor. Bruk inntil %(columns)s kolonner og %(cells)s ruter.",
    columns=COLUMNS_MOST,
    cells=CELLS_MOST,
)
_cleaner = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
        *("h2", "h3", "h4", "h5", "a", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={"a": {"href", "title"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
    clean_content_tags={"script", "style"},
)


def parse_markdown(text: str) -> list[Token]:
    """The text's blocks and what is in them; HTML in it is text.

    Longer text than MARKDOWN_MAX, and tables that are too large, are refused before they come here;
    the cut and the plain parser are last guards.
    """
    parser = _without_tables if holds_large_table(text) else _markdown
    return parser.parse(text[:MARKDOWN_MAX])


def holds_large_table(text: str) -> bool:
    """Whether a table has too many columns, or all of them too many cells, to be shown.

    A few signs make a table of many thousand cells, which takes seconds to draw. Counted on the
    safe side, from the lines alone: what is under a rule, until a line is empty, is its rows.
    """
    columns = cells = 0
    for line in text.splitlines():
        signs = line.strip(" \t>")
        if not signs:
            columns = 0
        elif _RULE.fullmatch(line):
            columns = signs.removeprefix("|").removesuffix("|").count("|") + 1
        cells += columns  # the rule counts for the headings above it
        if columns > COLUMNS_MOST or cells > CELLS_MOST:
            return True
    return False


def render_markdown(text: str, *, top: int = 3) -> str:
    """Safe HTML from what a person wrote; headings start at h3, under the page's own, or at `top`.

    Where `top` is 2, the text is the page: its first two levels are both written as h2.
    """
    tokens = parse_markdown(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1])
            token.tag = f"h{min(max(level, 2) if top == 2 else level + 2, 5)}"
    return _cleaner.clean(_markdown.renderer.render(tokens, _markdown.options, {}))
