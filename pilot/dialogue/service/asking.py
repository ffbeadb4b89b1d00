"""Questions as a vendor asks them: asked, mended, withdrawn; or entered by KS for the vendor."""

from pilot.accounts import queries as accounts
from pilot.accounts.models import Organisation
from pilot.core import audit, clock, outbox
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.dialogue import queries
from pilot.dialogue.models import DialogueQuestion
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import WAITING, QuestionState, QuestionText
from pilot.dialogue.service.steps import Faulty, Stale
from pilot.dialogue.service.ties import untie

RECEIPT = "dialogue/mail/question"
SENT_ALREADY = say("Spørsmålet er allerede sendt.")
for constraint in (
    "uq_dialogue_question_organisation_id_form_key",
    "dialogue_question.organisation_id, dialogue_question.form_key",
):
    CLASHES[constraint] = SENT_ALREADY


@command
def ask(actor: Actor, typed: QuestionText, *, form_key: str | None = None) -> DialogueQuestion:
    """Ask a question for the vendor one acts for; a form sent twice is one question."""
    require(actor, DialoguePermission.ASK)
    organisation = db.session.get_one(Organisation, actor.organisation_id)
    stored = queries.question_of_form(organisation.id, form_key)
    if stored is not None:
        return stored
    question = _blank(organisation, typed, form_key)
    question.person_id = actor.person_id
    db.session.add(question)
    db.session.flush()
    audit.record(actor, "question asked", question)
    return question


@command
def ask_for(
    actor: Actor,
    typed: QuestionText,
    *,
    organisation_id: int,
    behalf: Behalf,
    form_key: str | None = None,
) -> DialogueQuestion:
    """Enter a question that a vendor has asked by mail or phone; its people get a receipt that
    leads to where they mend or withdraw it. The receipt does not hold the question."""
    require(actor, DialoguePermission.ANSWER)
    organisation = queries.vendor(organisation_id)
    if organisation is None:
        raise Rejected(say("Velg en leverandør fra listen."), "organisation_id")
    stored = queries.question_of_form(organisation.id, form_key)
    if stored is not None:
        return stored
    question = _blank(organisation, typed, form_key)
    question.behalf = behalf
    db.session.add(question)
    db.session.flush()
    uid = audit.record(actor, "question entered", question)
    _send_receipt(question, organisation, behalf, uid)
    return question


@command
def change_question(
    actor: Actor, question_id: int, typed: QuestionText, *, revision: int
) -> DialogueQuestion:
    """Mend a question, until KS begins to answer it."""
    question = queries.visible_question(actor, question_id, for_update=True)
    require(actor, DialoguePermission.CHANGE_QUESTION, question)
    if question.state is not QuestionState.RECEIVED:
        raise Conflict(
            say("KS har begynt på svaret. Spørsmålet kan ikke endres, men det kan trekkes.")
            if question.state is QuestionState.ANSWERING
            else say("Spørsmålet er publisert eller trukket, og kan ikke endres.")
        )
    if question.revision != revision:
        raise Stale(say("Noen har endret spørsmålet mens du skrev."))
    question.text = _checked(typed).text
    _changed(question)
    audit.record(actor, "question changed", question, fields=["text"])
    return question


@command
def withdraw_question(actor: Actor, question_id: int) -> DialogueQuestion:
    """Take a question back, until it is published. A draft that answers it is raised, so that
    nobody publishes what they saw before this."""
    question = queries.visible_question(actor, question_id, for_update=True)
    require(actor, DialoguePermission.CHANGE_QUESTION, question)
    if question.state is QuestionState.WITHDRAWN:
        return question  # asked twice
    if question.state not in WAITING:
        raise Conflict(say("Spørsmålet er publisert, og kan ikke trekkes."))
    untie(question)
    question.state = QuestionState.WITHDRAWN
    _changed(question)
    audit.record(actor, "question withdrawn", question)
    return question


@command
def restore_question(actor: Actor, question_id: int) -> DialogueQuestion:
    """Ask again what was withdrawn; it keeps its place among those that wait."""
    question = queries.visible_question(actor, question_id, for_update=True)
    require(actor, DialoguePermission.CHANGE_QUESTION, question)
    if question.state in WAITING:
        return question  # asked twice
    if question.state is not QuestionState.WITHDRAWN:
        raise Conflict(say("Spørsmålet er publisert, og kan ikke sendes på nytt."))
    question.state = QuestionState.RECEIVED
    _changed(question)
    audit.record(actor, "question restored", question)
    return question


# --- what they share -----------------------------------------------------------------------------


def _checked(typed: QuestionText) -> QuestionText:
    typed = typed.tidy
    if found := typed.faults():
        raise Faulty(found)
    return typed


def _blank(
    organisation: Organisation, typed: QuestionText, form_key: str | None
) -> DialogueQuestion:
    typed, now = _checked(typed), clock.now()
    return DialogueQuestion(
        organisation_id=organisation.id,
        text=typed.text,
        lang=typed.lang,
        form_key=form_key,
        created_at=now,
        changed_at=now,
    )


def _changed(question: DialogueQuestion) -> None:
    question.changed_at = clock.now()
    question.revision += 1


def _send_receipt(
    question: DialogueQuestion, organisation: Organisation, behalf: Behalf, uid: str
) -> None:
    for person in accounts.recipients(organisation.id):
        outbox.post(
            event_uid=uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=RECEIPT,
            values={
                "question": question.id,
                "organisation": organisation.name,
                "channel": behalf.channel.value,
                "received_on": behalf.received_on.isoformat(),
            },
        )
