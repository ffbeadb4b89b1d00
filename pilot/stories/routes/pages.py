"""A story's page, and what differs between its versions."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from pilot.catalogue import queries as catalogue
from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.stories import queries
from pilot.stories.routes.base import bp, upcoming_after
from pilot.stories.rules import FEW_PATIENTS, FREQUENCY_WORDS, Change, StoryText, compare
from pilot.web.access import current_actor, public
from pilot.web.i18n import NAMES, current_locale, format_number, translate


@bp.get("/<ref>")
@public
def show(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    registry: Registry = current_app.extensions["registry"]
    return render_template(
        "stories/show.html",
        story=story,
        support=queries.support(actor, story),
        panels=registry.panels_of("story", actor, story.ref),
        upcoming=upcoming_after(story.id),
    )


@bp.get("/<ref>/versjoner")
@public
def versions(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    newest = story.versions[0].number if story.versions else 0
    old = request.args.get("fra", default=max(newest - 1, 1), type=int)
    new = request.args.get("til", default=newest, type=int)
    compared = queries.comparison(actor, ref, old, new) if len(story.versions) > 1 else None
    changes = differences(compared.old_text, compared.new_text) if compared else ()
    return render_template("stories/versions.html", story=story, compared=compared, changes=changes)


def differences(old: StoryText, new: StoryText) -> tuple[Change, ...]:
    """What differs between two texts, in the words that the pages use."""
    return compare(_shown(old), _shown(new))


def _shown(text: StoryText) -> dict[str, str]:
    settings = dict(catalogue.care_setting_options(current_locale()))
    solutions = catalogue.solution_names()
    patients = text.patients_per_year
    lines = {
        "criteria": "\n".join(text.criteria),
        "elements": "\n".join(text.elements),
        "solutions": "\n".join(solutions.get(key, key) for key in text.solutions),
        "from_setting": settings.get(text.from_setting or "", ""),
        "to_setting": settings.get(text.to_setting or "", ""),
        "frequency": translate(FREQUENCY_WORDS[text.frequency]) if text.frequency else "",
        "patients_per_year": "" if patients is None else _patients(patients),
        "language": dict(NAMES).get(text.language, text.language),  # type: ignore[call-overload]  # a code from the database
    }
    plain = ("title", "role", "need", "benefit", "context", "consequence")
    return lines | {name: getattr(text, name) for name in plain}


def _patients(count: int) -> str:
    return translate(say("under 10")) if count < FEW_PATIENTS else format_number(count)
