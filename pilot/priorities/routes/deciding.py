"""The list before the steering group, and its release."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, allows, require
from pilot.core.words import Message, say
from pilot.priorities import queries, service
from pilot.priorities.forms import ListForm, TreatmentForm
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.queries import ItemRow, ListPage
from pilot.priorities.routes.base import bp
from pilot.priorities.routes.paper import ANSWERS
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number


@dataclass(frozen=True)
class Words:
    title: Message
    lead: Message
    button: Message


PUT = Words(
    say("Legg listen fram for styringsgruppen"),
    say("Rekkefølgen låses til gruppen har svart. Gruppen ser listen, begrunnelsene og teksten."),
    say("Legg fram"),
)
RELEASE = Words(
    say("Publiser den prioriterte listen"),
    say("Alle kan lese listen og begrunnelsene. En publisert liste endres aldri."),
    say("Publiser for alle"),
)


@bp.route("/arbeid/legg-fram", methods=["GET", "POST"])
def put() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, PriorityPermission.PUT)
    form, found = ListForm(), _in_work(actor)
    if form.validate_on_submit():
        with form.accepting():
            service.put_before_group(actor, number_in(form.list_id) or 0)
            flash(translate(say("Listen er lagt fram for styringsgruppen.")), "success")
            return redirect(url_for(".work"))
    return _ask(form, found, PUT), form.status


@bp.post("/arbeid/ta-tilbake")
def take_back() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, PriorityPermission.PUT)
    service.take_back(actor, _in_work(actor).id)
    flash(translate(say("Listen er tatt tilbake, og kan endres igjen.")), "success")
    return redirect(url_for(".work"))


@bp.route("/arbeid/publiser", methods=["GET", "POST"])
def release() -> ResponseReturnValue:
    """It cannot be taken back, so it is asked for on a page of its own."""
    actor = current_actor()
    require(actor, PriorityPermission.RELEASE)
    form, found = ListForm(), _in_work(actor)
    if form.validate_on_submit():
        with form.accepting():
            service.release_list(actor, number_in(form.list_id) or 0)
            flash(translate(say("Listen er publisert, og kan leses av alle.")), "success")
            return redirect(url_for(".index"))
    return _ask(form, found, RELEASE), form.status


def _in_work(actor: Actor) -> ListPage:
    found = queries.list_in_work(actor)
    if found is None:
        raise Missing
    return queries.list_page(actor, found.id)


def _ask(form: ListForm, found: ListPage, words: Words) -> str:
    form.list_id.data = str(found.id)
    return render_template("priorities/ask.html", form=form, list=found, words=words)


@bp.route("/<int:list_id>/behandling", methods=["GET", "POST"])
def treat(list_id: int) -> ResponseReturnValue:
    """The paper: what the group is asked to approve; and the group's answer."""
    actor = current_actor()
    found = queries.list_page(actor, list_id)
    form = TreatmentForm()
    form.offer()
    if form.is_submitted():
        require(actor, PriorityPermission.DECIDE)
        if form.validate():
            with form.accepting():
                return _treated(list_id, form)
    page = render_template(
        "priorities/paper.html",
        form=form,
        list=found,
        page=_page(found),
        answers=ANSWERS,
        decides=allows(actor, PriorityPermission.DECIDE),
    )
    return page, form.status


def _treated(list_id: int, form: TreatmentForm) -> ResponseReturnValue:
    service.treat_list(current_actor(), list_id, approve=form.approves, treatment=form.treatment)
    done = (
        say("Listen er godkjent. KS kan publisere den.")
        if form.approves
        else say("Listen er sendt tilbake til KS med begrunnelsen.")
    )
    flash(translate(done), "success")
    return redirect(url_for(".index"))


def _page(found: ListPage) -> Paged[ItemRow]:
    total = len(found.items)
    number = within(page_number(), total)
    begin = (number - 1) * PAGE_SIZE
    return Paged(Page(found.items[begin : begin + PAGE_SIZE], number, total))
