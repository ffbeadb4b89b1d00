"""Pages as people's browsers read them: every page that a test fetches is parsed and checked."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import lxml.html
from lxml.etree import XPath
from lxml.etree import _Element as Element
from markupever import HtmlOptions, Parser

UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
DATA_BLOCKS = {"application/json", "application/ld+json"}
FRAME = "<!doctype html><html><head><title>.</title></head><body>", "</body></html>"
KEPT = 64  # pages; a test reads the same one several times


@lru_cache(maxsize=KEPT)
def parse(html: str) -> Element:
    """The document; markup that a browser must repair is a fault."""
    faults = _repairs(html)
    assert not faults, "not valid HTML:\n" + "\n".join(faults)
    reader = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(html.encode(), parser=reader)


def _repairs(html: str) -> list[str]:
    """What a browser would have to repair, by the standard's own algorithm; and where it begins."""
    faults = _faults(html)
    if not faults:
        return []
    lines = html.splitlines(keepends=True)
    parts = ("".join(lines[:most]) for most in range(1, len(lines) + 1))
    first = next(number for number, part in enumerate(parts) if _faults(part)[:1] == faults[:1])
    return [f"line {first + 1}: {lines[first].strip()[:160]}", *faults]


def _faults(html: str) -> list[str]:
    reader = Parser(HtmlOptions(exact_errors=True))
    reader.process(html)
    reader.finish()
    return list(reader.errors())


def text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def words(html: str) -> str:
    """All that a page says, without its markup."""
    body = parse(html).find("body")
    return text(body)


@lru_cache(maxsize=512)
def check(html: str, is_demo: bool = False) -> None:
    """Hold a page to the house's rules for every page; a fragment to those that fit it."""
    if not html.lstrip()[:15].lower().startswith("<!doctype html"):
        _check_parts(parse(html.join(FRAME)), is_whole=False)
        return
    document = parse(html)
    titles = [text(h) for h in document.iter("h1")]
    assert len(titles) == 1, f"one h1, not {titles}"
    title = text(document.find("head/title"))
    assert titles[0], "the h1 says nothing"
    assert titles[0] in title, f"the title «{title}» does not hold the h1 «{titles[0]}»"
    assert title.startswith("[Demo]") == is_demo, f"the demo mark of «{title}»"
    assert document.get("lang") in ("nb", "nn", "en"), "html has no language of ours"
    assert document.find(".//main") is not None, "no main"
    _check_parts(document, is_whole=True)


def _check_parts(document: Element, *, is_whole: bool) -> None:
    faults = [
        *_repeated_ids(document),
        *(_dangling(document) if is_whole else ()),
        *_unlabelled(document),
        *_inline(document),
    ]
    assert not faults, "\n".join(faults)


def _elements(root: Element) -> Iterator[Element]:
    return (e for e in root.iter() if isinstance(e.tag, str))


#: Compiled once: every page that a test reads is searched by these.
_ids = XPath("//@id")
_links_inside = XPath("//a[starts-with(@href, '#')]/@href")
_refers = {
    name: XPath(f"//@{name}")
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
}
_controls = XPath("//input | //select | //textarea")
_pressed = XPath("//a[not(@aria-hidden='true')] | //button[not(@aria-hidden='true')]")
_images_without_alt = XPath("//img[not(@alt)]")
_acting = XPath("//@*[name() = 'style' or starts-with(name(), 'on')]")
_addresses = XPath("//@href | //@src | //@action | //@formaction")
_scripts = XPath("//script[not(@src)] | //style")


def _repeated_ids(document: Element) -> list[str]:
    seen = Counter(_ids(document))
    return [f"id «{name}» stands {times} times" for name, times in seen.items() if times > 1]


def _dangling(document: Element) -> list[str]:
    """References to an id that is not on the page."""
    ids = set(_ids(document))
    faults = [
        f"{name} names «{one}», which is not there"
        for name, refers in _refers.items()
        for one in set(" ".join(refers(document)).split()) - ids
    ]
    anchors = {anchor[1:] for anchor in _links_inside(document)} - ids
    return faults + [f"a link leads to «#{anchor}», which is not there" for anchor in anchors]


def _unlabelled(document: Element) -> list[str]:
    named = {label.get("for") for label in document.iter("label") if text(label)}
    faults = [
        f"{element.tag} «{element.get('name')}» has no label"
        for element in _controls(document)
        if (element.get("type") or "") not in UNLABELLED and not _is_labelled(element, named)
    ]
    for element in _pressed(document):
        if not _name(element):
            faults.append(f"{element.tag} {dict(element.attrib)} has no name")
    return faults + [f"img {e.get('src')} has no alt" for e in _images_without_alt(document)]


def _is_labelled(control: Element, named: set[str | None]) -> bool:
    says = control.get("aria-label") or control.get("aria-labelledby")
    wrapped = next(control.iterancestors("label"), None) is not None
    return bool(says) or wrapped or control.get("id") in named


def _name(element: Element) -> str:
    if words := text(element):
        return words
    alts = " ".join(image.get("alt") or "" for image in element.iter("img"))
    titles = " ".join(e.get("aria-label") or "" for e in _elements(element))
    return (titles + alts + (element.get("aria-labelledby") or "")).strip()


def _inline(document: Element) -> list[str]:
    """What the content security policy would refuse."""
    faults = [f"{one.getparent().tag} has {one.attrname}" for one in _acting(document)]
    for one in _addresses(document):
        value = one.strip().lower()
        if value.startswith(("javascript:", "vbscript:", "data:text")):
            faults.append(f"{one.getparent().tag} has {one.attrname}={value[:40]}")
        if value.startswith("//"):
            faults.append(f"{one.getparent().tag} asks another site: {value[:60]}")
    for element in _scripts(document):
        if element.tag == "style":
            faults.append("a style element")
        elif element.get("type") not in DATA_BLOCKS:
            faults.append("an inline script")
    return faults


# --- forms ---------------------------------------------------------------------------------------


class Form:
    """A form as a browser would send it: what stands in it, and where it goes."""

    def __init__(self, element: Element, page: str) -> None:
        self.action = element.get("action") or page
        self.method = (element.get("method") or "get").lower()
        self.fields: list[tuple[str, str]] = list(_successful(element))
        self.names = {e.get("name") for e in _elements(element) if e.get("name")}

    def filled(self, values: dict[str, object]) -> dict[str, list[str]]:
        """The fields with some set by hand; a list is several of one name, None leaves it out."""
        unknown = set(values) - self.names
        assert not unknown, (
            f"the form has no {sorted(unknown)}; it has {sorted(map(str, self.names))}"
        )
        data: dict[str, list[str]] = {}
        for name, value in self.fields:
            if name not in values:
                data.setdefault(name, []).append(value)
        for name, wanted in values.items():
            if wanted is not None:
                many = wanted if isinstance(wanted, list | tuple) else [wanted]
                data[name] = [str(one) for one in many]
        return data


def forms(html: str, page: str) -> list[Form]:
    """The posting forms of a page's main part, in order."""
    document = parse(html)
    main = document.find(".//main")
    return [
        Form(element, page)
        for element in (main if main is not None else document).iter("form")
        if (element.get("method") or "").lower() == "post"
    ]


def _successful(form: Element) -> Iterator[tuple[str, str]]:
    """Name and value of each control that is sent; a button only when it is pressed."""
    for element in _elements(form):
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        kind = element.get("type") or "text"
        if element.tag == "textarea":
            yield name, "".join(element.itertext()).removeprefix("\n")
        elif element.tag == "select":
            yield from ((name, value) for value in _chosen(element))
        elif element.tag == "input" and _is_sent(element, kind):
            yield name, element.get("value") or ("on" if kind == "checkbox" else "")


def _is_sent(element: Element, kind: str) -> bool:
    if kind in ("checkbox", "radio"):
        return element.get("checked") is not None
    return kind not in UNLABELLED - {"hidden"}


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [o.get("value") if o.get("value") is not None else text(o) for o in chosen]
