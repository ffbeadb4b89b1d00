"""People, for those who manage them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.accounts import queries, service
from pilot.accounts.routes.base import bp
from pilot.accounts.rules import KINDS
from pilot.core.errors import Missing
from pilot.core.policy import Programme, Role
from pilot.web.access import current_actor, local_path
from pilot.web.i18n import gettext
from pilot.web.lists import Paged, page_number

QUERY_MAX = 200


@bp.get("/folk")
def people() -> ResponseReturnValue:
    q = request.args.get("q", "").strip()[:QUERY_MAX]
    page = Paged(queries.people(current_actor(), q, page_number()))
    return render_template("accounts/people.html", page=page, q=q)


@bp.get("/folk/<int:person_id>")
def person(person_id: int) -> ResponseReturnValue:
    found = queries.person(current_actor(), person_id)
    return render_template("accounts/person.html", person=found, kinds=KINDS, Programme=Programme)


@bp.post("/folk/<int:person_id>/steng")
def close_account(person_id: int) -> ResponseReturnValue:
    closed = service.close_account(current_actor(), person_id)
    flash(gettext("Kontoen til %(name)s er stengt.", name=closed.name), "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/folk/<int:person_id>/apne")
def open_account(person_id: int) -> ResponseReturnValue:
    opened = service.open_account(current_actor(), person_id)
    flash(gettext("Kontoen til %(name)s er åpen igjen.", name=opened.name), "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/folk/<int:person_id>/styringsgruppen/inn")
def give_programme_role(person_id: int) -> ResponseReturnValue:
    role = Programme.STEERING_GROUP
    service.give_programme_role(current_actor(), person_id, role=role)
    flash(gettext("Personen er med i styringsgruppen."), "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/folk/<int:person_id>/styringsgruppen/ut")
def take_programme_role(person_id: int) -> ResponseReturnValue:
    role = Programme.STEERING_GROUP
    service.take_programme_role(current_actor(), person_id, role=role)
    flash(gettext("Personen er ikke lenger med i styringsgruppen."), "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/medlemskap/<int:membership_id>/rolle")
def change_role(membership_id: int) -> ResponseReturnValue:
    wanted = next((r for r in Role if r.value == request.form.get("role")), None)
    if wanted is None:
        raise Missing
    changed = service.change_role(current_actor(), membership_id, role=wanted)
    flash(gettext("Rollen er endret."), "success")
    return _back(changed.organisation_id)


@bp.post("/medlemskap/<int:membership_id>/avslutt")
def end_membership(membership_id: int) -> ResponseReturnValue:
    ended = service.end_membership(current_actor(), membership_id)
    flash(gettext("Personen er ikke lenger med i organisasjonen."), "success")
    return _back(ended.organisation_id)


def _back(organisation_id: int) -> ResponseReturnValue:
    """To the page the button stood on; one who left their own organisation does not see it."""
    own = url_for(".organisation", organisation_id=organisation_id)
    return redirect(local_path(request.form.get("next")) or own)
