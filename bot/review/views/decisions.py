"""What a reviewer decides: the forms of a message's page, carried out by the code of the command line."""

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from bot.consultation.circular import Circular
from bot.errors import ReviewError
from bot.intake.review import VERDICTS, ReviewDecision, Verdict
from bot.review.visit import NotThereError, Visit
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply

_MOST_WORDS = 2000


def decide_reply(visit: Visit) -> Response:
    """A decision on a reply."""
    reply, message = _reply(visit)
    circular = visit.desk.office.circular(reply.circular)
    decision = _decision(visit, circular, known=reply.state)
    return _decided(visit, reply.reference, message, decision, version=_version(visit))


def decide_message(visit: Visit) -> Response:
    """A decision on a message that holds no reply: one made by hand, or none."""
    with visit.desk.store.snapshot() as tx:
        message = tx.messages.get(visit.number("message"))
    if message is None:
        raise NotThereError
    circulars = visit.desk.office.circulars
    number = visit.form.get("circular", "")
    circular = next((each for each in circulars if str(each.number) == number), circulars[-1])
    decision = _decision(visit, circular, known=None, by_hand=True)
    # Version 0 is of no reply: whoever made one meanwhile is not overwritten.
    return _decided(visit, str(message.id), message, decision, version=0)


def undo(visit: Visit) -> Response:
    """Takes the last decision on a reply back."""
    reply, message = _reply(visit)
    visit.desk.reviewer.undo(
        reply.reference, who=visit.person.address, now=visit.now, version=_version(visit)
    )
    return _back(message, "undone")


def question(visit: Visit) -> Response:
    """Shows the letter that would ask the sender, before it goes."""
    name, message = _named(visit)
    remark = visit.form.get("remark", "")[:_MOST_WORDS]
    language = visit.form.get("language") or None
    letter = visit.desk.asker.question(name, remark, language=language, now=visit.now)
    return visit.house.pages.show(
        visit,
        "question.html",
        {"message": message, "letter": letter, "remark": remark, "name": name},
    )


def ask(visit: Visit) -> Response:
    """Sends that letter."""
    if visit.form.get("action") != "send":
        return question(visit)
    name, message = _named(visit)
    visit.desk.asker.ask(
        name,
        visit.form.get("remark", "")[:_MOST_WORDS],
        language=visit.form.get("language") or None,
        who=visit.person.address,
        now=visit.now,
    )
    return _back(message, "asked")


def _decided(
    visit: Visit, name: str, message: StoredMessage, decision: ReviewDecision, *, version: int
) -> Response:
    reply = visit.desk.reviewer.decide(
        name, decision, who=visit.person.address, now=visit.now, version=version
    )
    if decision.reject:
        return _back(message, "rejected")
    return _back(message, "waits" if reply is not None and reply.needs_review else "settled")


def _decision(
    visit: Visit, circular: Circular | None, *, known: str | None, by_hand: bool = False
) -> ReviewDecision:
    form = visit.form
    action = form.get("action", "")
    why = form.get("why", "").strip()[:_MOST_WORDS]
    state = form.get("state", "").strip().upper()[:3]
    if action == "reject":
        kind = form.get("kind", "").strip()[:100]
        return ReviewDecision(reject=True, why="; ".join(each for each in (kind, why) if each))
    if action == "admit" and not why:
        raise ReviewError("a late reply is admitted for a reason", mend="write it beside “Remark”")
    if action not in {"accept", "correct", "admit"}:
        raise ReviewError("nothing was decided", mend="choose what is to be done")
    return ReviewDecision(
        accept=action == "accept" and not by_hand,
        rows=_rows(visit, circular),
        state=state if state and state != known else None,
        admit=why if action == "admit" else None,
        circular=circular.number if by_hand and circular else None,
        register=form.get("register") == "yes",
        why="" if action == "admit" else why,
    )


def _rows(visit: Visit, circular: Circular | None) -> dict[str, Verdict]:
    rows: dict[str, Verdict] = {}
    for number, text in enumerate(circular.texts if circular else ()):
        said = visit.form.get(f"row-{number}", "")
        if said in VERDICTS:
            rows[text.designation] = VERDICTS[said]
    return rows


def _reply(visit: Visit) -> tuple[StoredReply, StoredMessage]:
    with visit.desk.store.snapshot() as tx:
        reply = tx.replies.get(visit.number("reply"))
        message = tx.messages.get(reply.message_id) if reply else None
    if reply is None or message is None:
        raise NotThereError
    return reply, message


def _named(visit: Visit) -> tuple[str, StoredMessage]:
    """What the path names: a reply, or a message that holds none."""
    if "reply" in visit.places:
        reply, message = _reply(visit)
        return reply.reference, message
    with visit.desk.store.snapshot() as tx:
        found = tx.messages.get(visit.number("message"))
    if found is None:
        raise NotThereError
    return str(found.id), found


def _version(visit: Visit) -> int:
    said = visit.form.get("version", "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise ReviewError("the form does not say what was looked at", mend="look at it again")
    return int(said)


def _back(message: StoredMessage, done: str) -> Response:
    return RedirectResponse(f"/messages/{message.id}?done={quote(done)}", status_code=303)
