"""Papers as PDF: tagged, in the reader's language, and with nothing run that people wrote."""

import re
import zlib

import pytest

from pilot.core.blocks import Block, BlockKind, blocks
from pilot.web.i18n import reading_in
from pilot.web.pdf import Grid, Paper, Section, as_pdf

TEXT = """## Hva vi foreslår

Vi **foreslår** tre historier, se [styringsdokumentet](https://example.org/s).

- Først prøvesvar
- Så legemidler

| Historie | Plass |
|---|---|
| BH-0001 | 1 |
"""
PAPER = Paper(
    title='Prioritering <b>1</b> #panic("nei")',
    lead="",
    facts=(("Status", "Foreslått"),),
    sections=(
        Section("Forslag", tuple(blocks(TEXT)), Grid(("Plass", "Historie"), (("1", "BH-0001"),))),
    ),
)


def test_markdown_becomes_plain_blocks_in_its_order():
    assert blocks(TEXT) == [
        Block(BlockKind.HEADING, "Hva vi foreslår"),
        Block(
            BlockKind.PARAGRAPH,
            "Vi foreslår tre historier, se styringsdokumentet (https://example.org/s).",
        ),
        Block(BlockKind.ITEM, "Først prøvesvar"),
        Block(BlockKind.ITEM, "Så legemidler"),
        Block(BlockKind.ROW, "Historie – Plass"),
        Block(BlockKind.ROW, "BH-0001 – 1"),
    ]


@pytest.mark.parametrize(
    "text", ["", "[" * 20_000, "> > > - 1. x\n\n    kode", "<script>x</script>"]
)
def test_any_text_becomes_blocks(text):
    assert all(block.text for block in blocks(text))


def unpacked(pdf: bytes) -> bytes:
    parts = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)
    found = [pdf]
    for part in parts:
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_a_paper_is_tagged_and_in_the_readers_language(app, locale):
    with app.app_context(), reading_in(locale):
        pdf = unpacked(as_pdf(PAPER))
    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf
    assert re.search(rb"/MarkInfo|/Marked true", pdf)
    assert re.search(rb"/Lang\s*\(" + locale.encode(), pdf)
    for tag in (b"/H1", b"/H2", b"/LI", b"/TH", b"/TD"):
        assert tag in pdf, tag


def test_demo_data_mark_themselves(app, world):
    world.demo()
    with app.app_context():
        assert "[Demo] Prioritering".encode("utf-16-be") in as_pdf(
            PAPER
        ) or b"[Demo] Prioritering" in unpacked(as_pdf(PAPER))
