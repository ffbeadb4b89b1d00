"""KS orders the list: one form for the whole order, and the pressed button says what moves."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Rejected
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import require
from pilot.core.words import say
from pilot.priorities import queries, service
from pilot.priorities.forms import NoteForm, OrderForm
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.queries import ItemRow, ListPage
from pilot.priorities.routes.base import bp
from pilot.web.access import current_actor
from pilot.web.forms import DIGITS_MAX, number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number

MOVED_ARG = "flyttet"  # in the address: the story that was moved last


@bp.get("/arbeid")
def work() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, PriorityPermission.ORDER)
    found = queries.list_in_work(actor)
    if found is None:
        return render_template("priorities/work.html", list=None)
    return _work(OrderForm(), found.id)


@bp.post("/arbeid")
def order() -> ResponseReturnValue:
    """One move: up, down, to a place, onto the list or off it."""
    actor = current_actor()
    require(actor, PriorityPermission.ORDER)
    form = OrderForm()
    list_id = number_in(form.list_id) or 0
    queries.visible_list(actor, list_id)
    if form.validate_on_submit():
        with form.accepting():
            return _moved(form, list_id)
    return _work(form, list_id), form.status


def _moved(form: OrderForm, list_id: int) -> ResponseReturnValue:
    actor, reason, pressed = current_actor(), form.reason.data or "", request.form
    up, down = pressed.get("up"), pressed.get("down")
    if up or down:
        by = -1 if up else 1
        item = service.move_story(actor, list_id, up or down or "", reason=reason, by=by)
        return _told(up or down or "", item.place)
    if ref := pressed.get("at"):
        place = _place(pressed.get(f"place-{ref}", ""))
        item = service.move_story(actor, list_id, ref, reason=reason, to=place)
        return _told(ref, item.place)
    if ref := pressed.get("remove"):
        service.remove_story(actor, list_id, ref, reason=reason)
        flash(translate(say("%(ref)s er tatt av listen.", ref=ref)), "success")
        return redirect(url_for(".work"))
    ref = pressed.get("add") or form.ref.data or ""
    if not ref:
        raise Rejected(say("Skriv nummeret på en historie, eller velg en som skal flyttes."), "ref")
    item = service.add_story(actor, list_id, ref, reason=reason)
    return _told(ref, item.place)


def _place(typed: str) -> int:
    typed = typed.strip()
    if not typed.isdecimal() or len(typed) > DIGITS_MAX or int(typed) < 1:
        raise Rejected(say("Skriv plassen som et tall, for eksempel 3."))
    return int(typed)


def _told(ref: str, place: int) -> ResponseReturnValue:
    """Back to the page where the moved row is, marked; the next move is owed its own reason."""
    ref = ref.strip().upper()
    told = say("%(ref)s står nå på plass %(place)s.", ref=ref, place=place)
    flash(translate(told), "success")
    page = -(-place // PAGE_SIZE) if place > PAGE_SIZE else None
    return redirect(url_for(".work", flyttet=ref, side=page))


def _work(form: OrderForm, list_id: int) -> str:
    actor = current_actor()
    shown = queries.list_page(actor, list_id)
    page = _page(shown)
    form.list_id.data = str(list_id)
    return render_template(
        "priorities/work.html",
        list=shown,
        form=form,
        page=page,
        moved=next((one for one in page.rows if one.ref == request.args.get(MOVED_ARG)), None),
        moves=queries.last_moves(actor, list_id),
        offers=queries.offers(actor, list_id) if shown.is_open else (),
    )


def _page(shown: ListPage) -> Paged[ItemRow]:
    total = len(shown.items)
    number = within(page_number(), total)
    begin = (number - 1) * PAGE_SIZE
    return Paged(Page(shown.items[begin : begin + PAGE_SIZE], number, total))


@bp.post("/arbeid/start")
def start() -> ResponseReturnValue:
    service.start_list(current_actor())
    flash(translate(say("En ny liste er under arbeid. Bare KS ser den.")), "success")
    return redirect(url_for(".work"))


@bp.route("/arbeid/tekst", methods=["GET", "POST"])
def note() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, PriorityPermission.ORDER)
    found = queries.list_in_work(actor)
    if found is None:
        return redirect(url_for(".work"))
    form = NoteForm()
    if not form.is_submitted():
        form.list_id.data, form.revision.data = str(found.id), str(found.revision)
        form.note.data = found.note
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _noted(form)
            except service.Stale:
                return _note_clash(form)
    return render_template("priorities/note.html", form=form, stored=None), form.status


def _noted(form: NoteForm) -> ResponseReturnValue:
    list_id, seen = number_in(form.list_id) or 0, number_in(form.revision) or 0
    service.write_note(current_actor(), list_id, form.note.data or "", revision=seen)
    flash(translate(say("Teksten er lagret.")), "success")
    return redirect(url_for(".work"))


def _note_clash(form: NoteForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.visible_list(current_actor(), number_in(form.list_id) or 0)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    return render_template("priorities/note.html", form=form, stored=stored.note), 409
