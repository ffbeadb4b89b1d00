"""Writing a story: a new one, a change, and two people at once."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.catalogue import queries as catalogue
from pilot.core.errors import Conflict
from pilot.core.policy import allows, require
from pilot.core.words import say
from pilot.stories import queries, service
from pilot.stories.forms import StoryForm
from pilot.stories.permissions import StoryPermission
from pilot.stories.routes.base import bp
from pilot.stories.routes.pages import differences
from pilot.stories.rules import StoryState
from pilot.web.access import current_actor
from pilot.web.forms import number_in, said_stored
from pilot.web.i18n import current_locale


@bp.route("/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, StoryPermission.ADD)
    form = StoryForm()
    form.offer(*_choices())
    if form.is_submitted() and form.change_rows(request.form):
        return render_template("stories/add.html", form=form)
    if form.validate_on_submit():
        with form.accepting():
            submit = "submit" in request.form
            story = service.add_story(actor, form.text, submit=submit, form_key=form.key)
            return _stored(story.ref, submit=submit, stay=True)
    return render_template("stories/add.html", form=form), form.status


@bp.route("/<ref>/endre", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    form = StoryForm()
    require(actor, StoryPermission.WRITE if form.is_submitted() else StoryPermission.EDIT, story)
    form.offer(*_choices())
    if not form.is_submitted():
        form.fill(story.text, story.revision)
    elif form.change_rows(request.form):
        return render_template("stories/edit.html", form=form, story=story)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(story.id, form)
            except service.Stale:
                return _clash(ref, form)
    return render_template("stories/edit.html", form=form, story=story), form.status


def _edited(story_id: int, form: StoryForm) -> ResponseReturnValue:
    submit = "submit" in request.form
    stored = service.edit_story(
        current_actor(),
        story_id,
        form.text,
        revision=number_in(form.revision) or 0,
        submit=submit,
        note=form.note.data or "",
    )
    return _stored(stored.ref, submit=submit, stay=stored.state is StoryState.DRAFT)


def _clash(ref: str, form: StoryForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.page(current_actor(), ref)
    if not allows(current_actor(), StoryPermission.EDIT, stored):
        raise Conflict(say("Historien fikk en annen status mens du skrev, og kan ikke endres nå."))
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    differing = differences(stored.text, form.text)
    page = render_template("stories/edit.html", form=form, story=stored, clash=differing)
    return page, 409


def _stored(ref: str, *, submit: bool, stay: bool) -> ResponseReturnValue:
    """On to the story once it is sent; a draft stays in its form, so that Back makes no twin."""
    sent = say("%(ref)s er sendt inn. KS vurderer historien, og du får svar på e-post.", ref=ref)
    kept = say("%(ref)s er lagret. Du kan fortsette når det passer.", ref=ref)
    said_stored(sent if submit else kept)
    return redirect(url_for(".edit" if stay and not submit else ".show", ref=ref))


def _choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    settings = catalogue.care_setting_options(current_locale())
    return list(settings), list(catalogue.solution_names().items())
