"""Keeping a file until its preview has been seen, and storing what it says."""

from sqlalchemy import delete

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.imports import Change, Importer, Plan, Row
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.imports import queries
from pilot.imports.models import ImportFile
from pilot.imports.permissions import ImportPermission

NAME_MAX = 200


@command
def keep_file(actor: Actor, importer: Importer, file_name: str, rows: list[Row]) -> ImportFile:
    """Keep a file without faults for a day; what is older is forgotten at the same time."""
    require(actor, ImportPermission.SEE)
    require(actor, importer.permission)
    now = clock.now()
    db.session.execute(delete(ImportFile).where(ImportFile.uploaded_at < now - queries.KEPT))
    file = ImportFile(
        person_id=actor.person_id,
        importer=importer.key,
        file_name=file_name[:NAME_MAX],
        rows=queries.as_text(rows),
        uploaded_at=now,
    )
    db.session.add(file)
    db.session.flush()  # the trail needs its number
    audit.record(actor, "import file kept", file, importer=importer.key, rows=len(rows))
    return file


@command
def store(actor: Actor, importer: Importer, file_id: int) -> Plan:
    """Do all that the file says, by the data as they are now, or nothing; once."""
    file = queries.file_for(actor, file_id, for_update=True)
    require(actor, importer.permission)
    if file.stored_at is not None:
        raise Conflict(say("Filen er allerede importert."))
    rows = queries.kept_rows(file)
    plan = queries.plan_of(actor, importer, rows)
    if plan.faults:
        raise Rejected(say("Noe er endret siden du så forhåndsvisningen. Last opp filen på nytt."))
    importer.apply(actor, rows)
    file.stored_at, file.rows = clock.now(), "[]"
    audit.record(
        actor,
        "file imported",
        file,
        importer=importer.key,
        new=plan.count(Change.NEW),
        changed=plan.count(Change.CHANGED),
    )
    return plan
