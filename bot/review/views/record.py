"""The record looked at from other sides: Member States, letters, the audit trail, search."""

import email
import email.policy
from email.message import EmailMessage

from starlette.responses import Response

from bot.register.member_state import Iso3
from bot.register.states import member_states
from bot.review.visit import NotThereError, Visit

_PAGE = 50
_LONGEST_SEARCH = 200


def members(visit: Visit) -> Response:
    """Who answered what to a circular."""
    circulars = visit.desk.office.circulars
    number = visit.asked_number("circular", circulars[-1].number)
    circular = next((each for each in circulars if each.number == number), circulars[-1])
    with visit.desk.store.snapshot() as tx:
        counted = visit.house.tallies.of(tx, circular, visit.now)
        bounced = tx.contacts.bounced()
    register = visit.desk.register_file.as_imported()
    answered: dict[str, int] = {}
    for state, _ in counted.standing:
        answered[state] = answered.get(state, 0) + 1
    rows = sorted(
        (
            {
                "code": code,
                "name": state.name(),
                "region": state.region,
                "stands": answered.get(code, 0),
                "pending": code in counted.tally.pending,
                "late": code in counted.tally.late,
                "contacts": len(register.contacts_of(code)),
                "bounces": sum(
                    (each.email or "").lower() in bounced for each in register.contacts_of(code)
                ),
            }
            for code, state in member_states().items()
        ),
        key=lambda row: str(row["name"]),
    )
    return visit.house.pages.show(
        visit,
        "members.html",
        {"rows": rows, "circular": circular, "circulars": circulars, "tally": counted.tally},
    )


def member(visit: Visit) -> Response:
    """One Member State: replies, what stands, contacts, letters."""
    code = visit.places["state"].upper()
    state = member_states().get(Iso3(code))
    if state is None:
        raise NotThereError
    with visit.desk.store.snapshot() as tx:
        consultations = []
        for circular in visit.desk.office.circulars:
            counted = visit.house.tallies.of(tx, circular, visit.now)
            replies = tx.replies.of_state(circular.number, code)[-_PAGE:]
            standing = {
                text.designation: counted.standing.get((code, text.designation))
                for text in circular.texts
            }
            consultations.append({"circular": circular, "replies": replies, "standing": standing})
        letters = tx.letters.of_state(code, limit=_PAGE)
        bounced = tx.contacts.bounced()
    contacts = visit.desk.register_file.as_imported().contacts_of(state.iso3)
    return visit.house.pages.show(
        visit,
        "member.html",
        {
            "state": state,
            "consultations": consultations,
            "contacts": contacts,
            "bounced": bounced,
            "letters": letters,
        },
    )


def letters(visit: Visit) -> Response:
    """What was written, the last first."""
    page = max(1, visit.asked_number("page", 1))
    kind = visit.query.get("kind", "")[:60] or None
    with visit.desk.store.snapshot() as tx:
        found = tx.letters.page(limit=_PAGE + 1, offset=(page - 1) * _PAGE, kind=kind)
        counts = tx.letters.count_by_status()
    return visit.house.pages.show(
        visit,
        "letters.html",
        {
            "letters": found[:_PAGE],
            "more": len(found) > _PAGE,
            "page": page,
            "kind": kind,
            "counts": counts,
            "kinds": (
                "acknowledgement",
                "confirmation",
                "reminder",
                "request",
                "question",
                "digest",
            ),
        },
    )


def letter(visit: Visit) -> Response:
    """One letter as it goes, or went."""
    with visit.desk.store.snapshot() as tx:
        found = tx.letters.get(visit.number("letter"))
        # A link to sign in is for whom it was mailed to, and nobody else.
        if found is None or found.kind == "sign-in":
            raise NotThereError
        raw = tx.letters.raw(found.id)
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    body = parsed.get_body(("plain",))
    return visit.house.pages.show(
        visit,
        "letter.html",
        {"letter": found, "text": str(body.get_content()) if body else ""},
    )


def trail(visit: Visit) -> Response:
    """The audit trail, the last entries first; checked when that is asked for."""
    with visit.desk.store.snapshot() as tx:
        last, head = tx.audit.head()
        pages = max(1, -(-last // _PAGE))
        page = min(max(1, visit.asked_number("page", 1)), pages)
        end = last - (page - 1) * _PAGE
        entries = tx.audit.all(after=max(0, end - _PAGE), limit=min(_PAGE, max(end, 1)))
        checked = "check" in visit.query
        broken = tx.audit.verify() if checked else None
    return visit.house.pages.show(
        visit,
        "trail.html",
        {
            "entries": entries[::-1],
            "page": page,
            "pages": pages,
            "last": last,
            "head": head,
            "checked": checked,
            "broken": broken,
        },
    )


def search(visit: Visit) -> Response:
    """Finds messages by reference, sender, subject or Member State."""
    text = " ".join(visit.query.get("q", "").split())[:_LONGEST_SEARCH]
    found = []
    if text:
        with visit.desk.store.snapshot() as tx:
            found = tx.finding.find(text, states=_named(text))
    return visit.house.pages.show(
        visit, "search.html", {"text": text, "found": found, "states": _named(text) if text else ()}
    )


def keys(visit: Visit) -> Response:
    """What the keys do."""
    return visit.house.pages.show(visit, "keys.html", {})


def _named(text: str) -> tuple[str, ...]:
    """Member States that a search may mean: by code, or by the beginning of a name in any language."""
    wanted = text.casefold()
    return tuple(
        code
        for code, state in member_states().items()
        if wanted in {code.casefold(), state.iso2.casefold()}
        or any(
            name.casefold().startswith(wanted)
            for names in state.names.values()
            for name in names
            if len(wanted) >= 2
        )
    )[:20]
