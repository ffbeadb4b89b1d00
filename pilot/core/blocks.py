"""Markdown as plain blocks, for documents that are not web pages: PDF now."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from pilot.core.text import parse_markdown


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"  # of a table, its cells set apart


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    text: str


OPENS = {
    "heading_open": BlockKind.HEADING,
    "list_item_open": BlockKind.ITEM,
    "tr_open": BlockKind.ROW,
}
CLOSES = {"heading_close", "list_item_close", "tr_close"}


def blocks(markdown: str) -> list[Block]:
    """The text in its order; emphasis is dropped, and a link's address follows its words."""
    found: list[Block] = []
    inside: list[BlockKind] = []
    cells: list[str] = []
    for token in parse_markdown(markdown):
        if token.type in OPENS:
            inside.append(OPENS[token.type])
        elif token.type in CLOSES:
            if inside.pop() is BlockKind.ROW:
                found.append(Block(BlockKind.ROW, " – ".join(cells)))
                cells = []
        elif token.type == "inline" and inside[-1:] == [BlockKind.ROW]:
            cells.append(_text(token))
        elif token.type in ("inline", "fence", "code_block"):
            kind = inside[-1] if inside else BlockKind.PARAGRAPH
            found.append(Block(kind, _text(token)))
    return [block for block in found if block.text]


def _text(token: Token) -> str:
    if token.children is None:
        return token.content.strip()
    return "".join(_parts(token.children)).strip()


def _parts(children: list[Token]) -> Iterator[str]:
    links: list[str] = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "link_open":
            links.append(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            yield f" ({links.pop()})"
        else:
            yield child.content
