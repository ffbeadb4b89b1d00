"""Those who come by themselves, and those who answer them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.accounts import queries, service
from pilot.accounts.forms.requests import AccessForm, ApproveForm, RefuseForm, VendorForm
from pilot.accounts.forms.signing_in import ButtonForm
from pilot.accounts.routes.base import asked_for, bp, let_in, may_send, target
from pilot.accounts.routes.invitations import role_choices
from pilot.accounts.rules import KINDS, NORWAY, normal_email
from pilot.core.policy import Role
from pilot.web.access import current_actor, public
from pilot.web.i18n import countries, current_locale, gettext
from pilot.web.lists import Paged, page_number


@bp.route("/be-om-tilgang", methods=["GET", "POST"])
@public
def ask_for_access() -> ResponseReturnValue:
    form = AccessForm()
    chosen = queries.municipality_choices()
    form.municipality.choices = [("", gettext("Velg kommune")), *chosen]
    if form.validate_on_submit():
        with form.accepting():
            if may_send(normal_email(form.email.data)) and not form.is_trapped:
                service.ask_for_access(
                    current_actor(),
                    form.municipality.data or "",
                    name=form.name.data or "",
                    role_title=form.role_title.data or "",
                    email=form.email.data or "",
                    locale=current_locale(),
                )
            return redirect(url_for(".look_in_mailbox", hva="tilgang"))
    return render_template("accounts/ask_for_access.html", form=form), form.status


@bp.route("/leverandor/registrer", methods=["GET", "POST"])
@public
def sign_up_vendor() -> ResponseReturnValue:
    form = VendorForm()
    form.country.choices = [("", gettext("Velg land")), *countries(current_locale(), but=NORWAY)]
    if form.validate_on_submit():
        with form.accepting():
            if may_send(normal_email(form.email.data)) and not form.is_trapped:
                service.sign_up_vendor(
                    current_actor(),
                    service.Firm(**form.typed_firm),
                    name=form.name.data or "",
                    email=form.email.data or "",
                    locale=current_locale(),
                    target=asked_for(),
                )
            return redirect(url_for(".look_in_mailbox", hva="leverandor", next=asked_for() or None))
    return render_template("accounts/sign_up_vendor.html", form=form), form.status


@bp.route("/leverandor/bekreft/<token>", methods=["GET", "POST"])
@public
def confirm_signup(token: str) -> ResponseReturnValue:
    signed_up = queries.signed_up(token)
    form = ButtonForm()
    if form.validate_on_submit():
        with form.accepting():
            person_id = service.confirm_signup(current_actor(), token)
            if person_id is None:
                return redirect(url_for(".look_in_mailbox", hva="sjekkes"))
            answer = let_in(person_id, target())
            flash(gettext("Velkommen! %(name)s er registrert.", name=signed_up.firm), "success")
            return answer
    page = render_template("accounts/confirm_signup.html", form=form, signed_up=signed_up)
    return page, form.status


# --- answering -------------------------------------------------------------------------------


@bp.get("/foresporsler")
def requests() -> ResponseReturnValue:
    page = Paged(queries.requests(current_actor(), page_number()))
    return render_template("accounts/requests.html", page=page, kinds=KINDS)


@bp.get("/foresporsler/<int:request_id>")
def request_to_answer(request_id: int) -> ResponseReturnValue:
    return _answering(request_id, _approving(request_id), RefuseForm())


@bp.post("/foresporsler/<int:request_id>/godkjenn")
def approve(request_id: int) -> ResponseReturnValue:
    form = _approving(request_id)
    if form.validate_on_submit():
        with form.accepting():
            service.approve_request(current_actor(), request_id, role=Role(form.role.data))
            flash(gettext("Tilgangen er godkjent, og personen får en lenke på e-post."), "success")
            return redirect(url_for(".requests"))
    return _answering(request_id, form, RefuseForm(formdata=None))


@bp.post("/foresporsler/<int:request_id>/avsla")
def refuse(request_id: int) -> ResponseReturnValue:
    form = RefuseForm()
    if form.validate_on_submit():
        with form.accepting():
            service.refuse_request(current_actor(), request_id, reason=form.reason.data)
            flash(gettext("Personen får svaret og begrunnelsen din på e-post."), "success")
            return redirect(url_for(".requests"))
    return _answering(request_id, _approving(request_id), form)


def _approving(request_id: int) -> ApproveForm:
    form = ApproveForm()
    form.role.choices = role_choices()
    if request.method == "GET" and not queries.request(current_actor(), request_id).has_lead:
        form.role.data = Role.LEAD.value
    return form


def _answering(
    request_id: int, approving: ApproveForm, refusing: RefuseForm
) -> ResponseReturnValue:
    asked = queries.request(current_actor(), request_id)
    approving.role.choices = role_choices()
    page = render_template(
        "accounts/answer.html", asked=asked, approving=approving, refusing=refusing, kinds=KINDS
    )
    return page, max(approving.status, refusing.status)
