"""The catalogue from the shipped files; and a few information services for the demo."""

import csv
from collections.abc import Iterator

from sqlalchemy import select

from pilot.catalogue import service
from pilot.catalogue.models import CareSetting, FoundationDocument, NationalSolution
from pilot.catalogue.rules import (
    Basis,
    DocumentText,
    LinkKind,
    LinkText,
    ServiceState,
    ServiceText,
    settings,
)
from pilot.core import audit
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.text import sort_key
from pilot.core.unit import unit_of_work
from pilot.core.words import DATA


def reference(_password_hash: str) -> int:
    """Care settings and national solutions: adds the missing, mends the changed."""
    with unit_of_work():
        return _care_settings() + _solutions()


def _care_settings() -> int:
    rows = {row.key: row for row in db.session.scalars(select(CareSetting))}
    for setting in settings().values():
        row = rows.get(setting.key)
        if row is None:
            db.session.add(CareSetting(key=setting.key, side=setting.side, level=setting.level))
        elif (row.side, row.level) != (setting.side, setting.level):
            row.side, row.level = setting.side, setting.level
    return len(settings()) - len(rows.keys() & settings().keys())


def _solutions() -> int:
    rows = {row.key: row for row in db.session.scalars(select(NationalSolution))}
    added = 0
    for line in _file("national_solutions.csv"):
        row = rows.get(line["key"])
        if row is None:
            row = NationalSolution(key=line["key"])
            db.session.add(row)
            added += 1
        elif (row.name, row.description) != (line["name_nb"], line["description_nb"]):
            _forget_confirmation(row)
        _write(row, line)
    return added


def _file(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _forget_confirmation(row: NationalSolution) -> None:
    """What was confirmed is another text now."""
    if row.confirmed_at is not None:
        row.confirmed_at = row.confirmed_by_id = row.confirmed_for_id = None
        audit.record(Actor.system(), "solution confirmation withdrawn", row)


def _write(row: NationalSolution, line: dict[str, str]) -> None:
    row.name, row.sort_key = line["name_nb"], sort_key(line["name_nb"])
    row.description, row.source = line["description_nb"], line["source"]
    row.basis, row.is_gap = Basis(line["basis"]), line["is_gap"] == "1"


# --- foundation documents --------------------------------------------------------------------

KS_TEXT = (
    "https://www.ks.no/fagomrader/digitalisering/felleslosninger/fkj/"
    "ks-videreforer-felles-arbeid-for-a-bedre-kommunenes-journaler/"
)
#: What the sources say, and no more: leads fill in owner, date and recommendations.
DOCUMENTS = (
    DocumentText(
        title="Styringsdokument",
        address=KS_TEXT,
        description="Dokumentet som anbefalingene i felles journalløft bygger på. Et samlet "
        "Nasjonalt e-helseråd har sluttet seg til det. Lenken går til teksten fra KS som omtaler "
        "dokumentet.",
    ),
    DocumentText(
        title="KS viderefører felles arbeid for å bedre kommunenes journaler",
        owner="KS",
        address=KS_TEXT,
        description="Beskriver de to målene: felles rammer og anbefalinger for anskaffelser, og "
        "utprøving av tjenester for informasjonsdeling sammen med Norsk helsenett.",
    ),
)


def documents(_password_hash: str) -> int:
    """The documents that the sources name; only where none has been registered."""
    with unit_of_work():
        if db.session.scalar(select(FoundationDocument.id).limit(1)) is not None:
            return 0
        for text in DOCUMENTS:
            service.add_document(Actor.system(), text)
    return len(DOCUMENTS)


# --- the demo --------------------------------------------------------------------------------

_K = LinkKind
DEMO = (
    ServiceText(
        name="Kommunal legemiddelinformasjon",
        description="Legevakt og sykehus ser legemidlene som hjemmetjenesten faktisk deler ut: "
        "siste utdeling, multidose og cave.",
        state=ServiceState.DEFINED,
        links=(
            LinkText("helseid", _K.REUSE, "Innlogging for helsepersonell i begge ender."),
            LinkText("pll", _K.EXTEND, "Utdelt legemiddel er ikke med i listen i dag."),
            LinkText("dokumentdeling", _K.NOT_ASSESSED),
        ),
    ),
    ServiceText(
        name="Delt palliativ plan og kriseplan",
        description="Samme plan for hjemmetjeneste, legevakt, ambulanse og sykehus, hele døgnet.",
        state=ServiceState.IDEA,
        links=(
            LinkText("dokumentdeling", _K.EXTEND, "Planen må kunne vises som strukturert innhold."),
            LinkText("helsenorge", _K.NOT_ASSESSED),
            LinkText("ny", _K.MISSING, "Ingen nasjonal løsning har felles redigering av planer."),
        ),
    ),
    ServiceText(
        name="Funksjonsnivå og tjenester før innleggelse",
        description="Sykehuset ser siste vurdering av funksjonsnivå og hvilke tjenester pasienten "
        "har fra kommunen.",
        state=ServiceState.IDEA,
        links=(LinkText("dokumentdeling", _K.REUSE), LinkText("adresseregisteret", _K.REUSE)),
    ),
)


def demo_services(_password_hash: str) -> int:
    for text in DEMO:
        service.add_service(Actor.system(), text)
    return len(DEMO)


def demo_document(_password_hash: str) -> int:
    """An invented document, so that the demo has recommendations to point at."""
    text = DocumentText(
        title="Eksempel på et grunnlagsdokument",
        owner="Eksempeldirektoratet",
        description="Oppdiktet, for å vise hvordan nummererte anbefalinger ser ut.",
        recommendations=(
            (1, "Gjenbruk nasjonale løsninger før noe nytt lages."),
            (2, "Prøv ut i liten skala, og mål virkningen."),
            (3, "Beskriv opplysningene likt i alle kommuner."),
            (4, "La kommunene være med på å forme tjenestene."),
            (5, "Del erfaringene med alle leverandører samtidig."),
        ),
    )
    service.add_document(Actor.system(), text)
    return 1
