"""National solutions and information services as others point at them; open to everyone."""

from collections.abc import Collection

from sqlalchemy import select

from pilot.catalogue.models import InformationService, NationalSolution
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Subject, link


def solution_subjects(_actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    wanted = select(NationalSolution.id, NationalSolution.name, NationalSolution.key)
    rows = db.session.execute(wanted.where(NationalSolution.id.in_(ids)))
    return {
        i: Subject(name, link("catalogue.solution", key=key), lang="nb") for i, name, key in rows
    }


def service_subjects(_actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    wanted = select(InformationService.id, InformationService.name, InformationService.key)
    rows = db.session.execute(wanted.where(InformationService.id.in_(ids)))
    return {
        i: Subject(name, link("catalogue.service", key=key), lang="nb") for i, name, key in rows
    }
