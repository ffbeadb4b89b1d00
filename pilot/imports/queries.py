"""Reading files that wait: what each would do now, by the data as they are now."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.imports import Importer, Plan, Row, plain_faults, rows_of
from pilot.core.policy import Actor, allows, require
from pilot.core.tables import read
from pilot.imports.models import ImportFile
from pilot.imports.permissions import ImportPermission

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Preview:
    """A file and what it would do."""

    id: int
    file_name: str
    importer: Importer
    plan: Plan
    is_stored: bool


def offered(actor: Actor, importers: Iterable[Importer]) -> list[Importer]:
    """What the actor may import."""
    require(actor, ImportPermission.SEE)
    return [importer for importer in importers if allows(actor, importer.permission)]


def importer_of(actor: Actor, importers: Iterable[Importer], key: str) -> Importer:
    found = next((i for i in offered(actor, importers) if i.key == key), None)
    if found is None:
        raise Missing
    return found


def read_file(importer: Importer, data: bytes) -> list[Row]:
    """The file's rows; raises `Rejected` where it is no table, or not one for this importer."""
    return rows_of(importer.columns, read(data))


def plan_of(actor: Actor, importer: Importer, rows: list[Row]) -> Plan:
    """What the rows would do; the importer sees only rows that are whole."""
    faults = plain_faults(importer.columns, rows)
    faulty = {fault.number for fault in faults}
    plan = importer.plan(actor, [row for row in rows if row.number not in faulty])
    plan.faults = sorted([*plan.faults, *faults], key=lambda fault: fault.number)
    return plan


def preview(actor: Actor, importers: Iterable[Importer], file_id: int) -> Preview:
    file = file_for(actor, file_id)
    importer = importer_of(actor, importers, file.importer)
    plan = Plan() if file.stored_at else plan_of(actor, importer, kept_rows(file))
    return Preview(file.id, file.file_name, importer, plan, file.stored_at is not None)


def file_for(actor: Actor, file_id: int, *, for_update: bool = False) -> ImportFile:
    """A file of the actor's own that has not grown old."""
    require(actor, ImportPermission.SEE)
    wanted = select(ImportFile).where(
        ImportFile.id == file_id,
        ImportFile.person_id == actor.person_id,
        ImportFile.uploaded_at > clock.now() - KEPT,
    )
    file = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if file is None:
        raise Missing
    return file


def kept_rows(file: ImportFile) -> list[Row]:
    return [Row(**row) for row in json.loads(file.rows)]


def as_text(rows: list[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False)
