"""Who supports a story, a municipality's own support, and the same as KS enters it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Conflict
from pilot.core.policy import require
from pilot.core.words import Message, say, say_many
from pilot.stories import queries, service
from pilot.stories.forms import SupportForForm, SupportForm, TakeBackForm
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries import StoryPage
from pilot.stories.routes.base import bp
from pilot.web.access import current_actor
from pilot.web.forms import number_in, said_stored
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number


@bp.get("/<ref>/stotte")
def supports(ref: str) -> ResponseReturnValue:
    """All municipalities that support a story, by county and name."""
    actor = current_actor()
    story = queries.page(actor, ref)
    totals, page = queries.supporters(actor, story, page_number())
    return render_template("stories/supports.html", story=story, totals=totals, page=Paged(page))


@bp.route("/<ref>/stott", methods=["GET", "POST"])
def support(ref: str) -> ResponseReturnValue:
    """What one's own municipality says, and why."""
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.SUPPORT, story)
    form = SupportForm()
    if not form.is_submitted():
        if story.why_not_support:  # a receipt led here; the story's page says why, and what is left
            return _to(story)
        _begin(form, story)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _supported(story, form)
            except service.Stale:
                return _clash(story, form)
    page = render_template("stories/support.html", form=form, story=story, own=story.own)
    return page, form.status


def _begin(form: SupportForm, story: StoryPage) -> None:
    """What is stored; the permission says that there is a municipality to say it for."""
    if story.own:
        form.note.data, form.revision.data = story.own.note, str(story.own.revision)


def _supported(story: StoryPage, form: SupportForm) -> ResponseReturnValue:
    actor, revision = current_actor(), number_in(form.revision) or 0
    service.give_support(actor, story.id, note=form.note.data or "", revision=revision)
    said_stored(say("Takk. Kommunen støtter historien."))
    return _to(story)


def _clash(story: StoryPage, form: SupportForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    own = queries.page(current_actor(), story.ref).own
    form.revision.raw_data = None
    form.revision.data = str(own.revision if own else 0)
    page = render_template("stories/support.html", form=form, story=story, own=own, clash=own)
    return page, 409


def _to(story: StoryPage) -> ResponseReturnValue:
    return redirect(url_for(".show", ref=story.ref, _anchor="stotte"))


@bp.post("/<ref>/stott/trekk")
def withdraw_support(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    service.withdraw_support(actor, story.id)
    flash(translate(say("Støtten er trukket.")), "success")
    return _to(story)


@bp.post("/<ref>/stott/angre")
def resume_support(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    service.resume_support(actor, story.id)
    flash(translate(say("Kommunen støtter historien igjen.")), "success")
    return _to(story)


# --- as KS enters it -------------------------------------------------------------------------


@bp.route("/<ref>/stotte/registrer", methods=["GET", "POST"])
def support_for(ref: str) -> ResponseReturnValue:
    """Support that a municipality has told KS of."""
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.SUPPORT_FOR, story)
    form = SupportForForm()
    form.offer_channels()
    if not form.is_submitted() and story.why_not_support:
        raise Conflict(story.why_not_support)
    if form.validate_on_submit():
        with form.accepting():
            number, note = form.number.data or "", form.note.data or ""
            made = service.register_support(actor, story.id, number, note=note, behalf=form.behalf)
            return _registered(story, say("Støtten er registrert."), made.told)
    return render_template("stories/support_for.html", form=form, story=story), form.status


def _registered(story: StoryPage, done: Message, told: int) -> ResponseReturnValue:
    said_stored(done)
    sent = say_many(
        "Én kontakt i kommunen får en kvittering på e-post.",
        "%(n)s kontakter i kommunen får en kvittering på e-post.",
        told,
    )
    nobody = say("Ingen i kommunen kan få kvittering på e-post ennå. Si fra til kommunen selv.")
    flash(translate(sent if told else nobody), "success" if told else "warning")
    return _to(story)


@bp.route("/<ref>/stotte/<number>/trekk", methods=["GET", "POST"])
def withdraw_support_for(ref: str, number: str) -> ResponseReturnValue:
    """That a municipality has told KS it no longer supports the story."""
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.SUPPORT_FOR, story)
    form = TakeBackForm()
    form.offer_channels()
    if form.validate_on_submit():
        with form.accepting():
            made = service.withdraw_support_for(actor, story.id, number, behalf=form.behalf)
            return _registered(story, say("Det er registrert at støtten er trukket."), made.told)
    row = queries.supporter(actor, story, number)
    page = render_template("stories/withdraw_support.html", form=form, story=story, row=row)
    return page, form.status
