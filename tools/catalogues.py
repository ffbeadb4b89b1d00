"""The catalogues: bring them up to date (`update`), or say what they lack (`check`).

Every sentence of the code and the templates must stand in nynorsk and English, with the same
values in it as the bokmål it is made from.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "translations"
LOCALES = ("nn", "en")
PYBABEL = str(Path(sys.executable).with_name("pybabel"))
KEYWORDS = ("_l", "lazy_gettext", "say", "say_many:1,2", "plural:1,2")
VALUE = re.compile(r"%\((\w+)\)[a-z]")


def extract(to: Path) -> None:
    words = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    layout = ["--no-location", "--sort-output", "--no-wrap", "--omit-header"]
    command = [PYBABEL, "--quiet", "extract", "-F", "babel.cfg", *words, *layout]
    subprocess.run([*command, "-o", str(to), "."], cwd=ROOT, check=True)


def catalogue(locale: str) -> Path:
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def load(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def faults(locale: str, wanted: Catalog) -> list[str]:
    if not catalogue(locale).exists():
        return [f"{locale}: there is no catalogue; run `make messages`"]
    have = load(catalogue(locale))
    found = [f"{locale}: not there: {m.id!r}" for m in wanted if m.id and m.id not in have]
    for message in have:
        if not message.id:
            continue
        if message.id not in wanted:
            found.append(f"{locale}: no longer used: {message.id!r}")
        elif message.fuzzy:
            found.append(f"{locale}: fuzzy: {message.id!r}")
        else:
            found += [f"{locale}: {fault}: {message.id!r}" for fault in _faults(message)]
    return found


def _faults(message: Message) -> list[str]:
    ids, texts = _forms(message.id), _forms(message.string)
    if not all(texts):
        return ["not translated"]
    values = {name for one in ids for name in VALUE.findall(one)}
    used = {name for one in texts for name in VALUE.findall(one)}
    return [] if used <= values and values <= used | {"num", "n"} else ["other values"]


def _forms(text: object) -> tuple[str, ...]:
    """The singular and the plural, or the only form there is."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "messages.pot"
        extract(pot)
        wanted = load(pot)
    found = [fault for locale in LOCALES for fault in faults(locale, wanted)]
    print("\n".join(found) or f"catalogues: {len(wanted)} messages, {' and '.join(LOCALES)} whole")
    return 1 if found else 0


def update() -> int:
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "messages.pot"
        extract(pot)
        for locale in LOCALES:
            path = catalogue(locale)
            verb = "update" if path.exists() else "init"
            path.parent.mkdir(parents=True, exist_ok=True)
            command = [PYBABEL, "--quiet", verb, "-i", str(pot), "-o", str(path), "-l", locale]
            rest = ["--no-wrap"]
            if verb == "update":
                rest += ["--no-fuzzy-matching", "--ignore-obsolete", "--omit-header"]
            subprocess.run([*command, *rest], check=True)
    return 0


if __name__ == "__main__":
    sys.exit({"check": check, "update": update}[sys.argv[1]]())
