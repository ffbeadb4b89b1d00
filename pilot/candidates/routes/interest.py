"""A municipality's way in and out of a round; and the same as KS enters it for one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import InterestForm, RegisterForm, WithdrawForForm, WithdrawForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import CandidatePage, RoundPage
from pilot.candidates.routes.base import bp
from pilot.candidates.rules import Interest
from pilot.core import clock
from pilot.core.errors import Missing
from pilot.core.policy import require
from pilot.core.words import say
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate


@bp.route("/utproving/runder/<int:round_id>/interesse", methods=["GET", "POST"])
def interest(round_id: int) -> ResponseReturnValue:
    actor = current_actor()
    in_round = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.TAKE_PART)
    own = queries.own(actor, round_id)
    form = InterestForm()
    if not form.is_submitted():
        form.fill(*_begun(own))
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _expressed(in_round, form)
            except service.Stale:
                return _clash(in_round, form)
    page = render_template("candidates/interest.html", form=form, round=in_round, own=own)
    return page, form.status


def _begun(own: CandidatePage | None) -> tuple[Interest, int]:
    """What is stored; or the person who writes, as the contact of a new one."""
    if own is not None and own.has_written:
        return own.interest, own.revision
    actor = current_actor()
    contact = Interest(
        contact_name=actor.name,
        contact_email=queries.email_of(actor),
        approved_on=clock.today(),
    )
    return contact, own.revision if own else 0


def _expressed(in_round: RoundPage, form: InterestForm) -> ResponseReturnValue:
    actor = current_actor()
    seen = number_in(form.revision) or 0
    service.express_interest(actor, in_round.id, form.interest, revision=seen)
    done = say("Takk. KS har fått interessemeldingen, og svarer på e-post.")
    flash(translate(done), "success")
    return redirect(_own_page(in_round.id, actor.municipality_number))


def _clash(in_round: RoundPage, form: InterestForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    own = queries.own(current_actor(), in_round.id)
    form.revision.raw_data = None
    form.revision.data = str(own.revision if own else 0)
    page = render_template(
        "candidates/interest.html", form=form, round=in_round, own=own, clash=own
    )
    return page, 409


def _own_page(round_id: int, number: str | None) -> str:
    return url_for(".show", round_id=round_id, number=number)


@bp.route("/utproving/runder/<int:round_id>/trekk", methods=["GET", "POST"])
def withdraw(round_id: int) -> ResponseReturnValue:
    actor = current_actor()
    own = required(round_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        with form.accepting():
            reason = form.reason.data or ""
            service.withdraw_interest(actor, own.row.id, reason=reason)
            done = say("Kommunen er ikke lenger med i runden.")
            flash(translate(done), "success")
            return redirect(_own_page(round_id, own.row.number))
    return render_template("candidates/withdraw.html", form=form, candidate=own), form.status


@bp.post("/utproving/runder/<int:round_id>/angre")
def resume(round_id: int) -> ResponseReturnValue:
    own = required(round_id)
    service.resume_interest(current_actor(), own.row.id)
    flash(
        translate(say("Kommunen er med igjen. Alt dere hadde skrevet, står der ennå.")), "success"
    )
    return redirect(_own_page(round_id, own.row.number))


def required(round_id: int) -> CandidatePage:
    """One's own candidate; those who may take part and have none are told that it is missing."""
    actor = current_actor()
    queries.round_page(actor, round_id)
    require(actor, CandidatePermission.TAKE_PART)
    own = queries.own(actor, round_id)
    if own is None:
        raise Missing
    return own


# --- as KS enters it -------------------------------------------------------------------------


@bp.route("/utproving/runder/<int:round_id>/registrer", methods=["GET", "POST"])
def register(round_id: int) -> ResponseReturnValue:
    actor = current_actor()
    in_round = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.HANDLE)
    form = RegisterForm()
    form.offer_channels()
    if form.validate_on_submit():
        with form.accepting():
            return _registered(round_id, form)
    return render_template("candidates/register.html", form=form, round=in_round), form.status


def _registered(round_id: int, form: RegisterForm) -> ResponseReturnValue:
    number = form.number.data or ""
    service.register_interest(current_actor(), round_id, number, form.interest, behalf=form.behalf)
    done = say("Interessen er registrert, og kommunen får en kvittering på e-post.")
    flash(translate(done), "success")
    return redirect(_own_page(round_id, number))


@bp.route("/utproving/runder/<int:round_id>/kandidater/<number>/trekk", methods=["GET", "POST"])
def withdraw_for(round_id: int, number: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.page(actor, round_id, number)
    require(actor, CandidatePermission.HANDLE)
    form = WithdrawForForm()
    form.offer_channels()
    if form.validate_on_submit():
        with form.accepting():
            service.withdraw_interest(
                actor, found.row.id, reason=form.reason.data or "", behalf=form.behalf
            )
            done = say("Kommunen er tatt ut av runden, og får en kvittering på e-post.")
            flash(translate(done), "success")
            return redirect(_own_page(round_id, number))
    page = render_template("candidates/withdraw.html", form=form, candidate=found)
    return page, form.status
