"""The export as JSON: everything, under stable keys, times in ISO 8601 with a Z."""

import json
from typing import Any

from bot.consultation.circular import Circular
from bot.reports.closing_report import amendment_as_json, closing_as_json
from bot.reports.export.content import (
    Contribution,
    EnclosedFile,
    Position,
    ReplyResult,
    Results,
    SilentState,
    TextResult,
    Words,
)
from bot.reports.export.wording import outcome_words
from bot.reports.tally_report import moment, tally_as_json


def json_file(results: Results) -> bytes:
    """The .json file."""
    return (json.dumps(as_json(results), ensure_ascii=False, indent=2) + "\n").encode(
        # Half of a surrogate pair, as a broken header may bring it, is no UTF-8.
        "utf-8",
        "replace",
    )


def as_json(results: Results) -> dict[str, Any]:
    """The object; `tally` is what `tsbbot tally --json` prints."""
    return {
        "circular": _circular(results.circular),
        "as_of": moment(results.as_of),
        "tally": tally_as_json(results.tally),
        "closing": None if results.closing is None else closing_as_json(results.closing),
        "amendments": [
            amendment_as_json(each.amendment, each.reference) for each in results.amendments
        ],
        "regions": [
            {
                "region": each.region,
                "asked": each.asked,
                "replied": each.replied,
                "pending": each.pending,
            }
            for each in results.regions
        ],
        "texts": [_text(each) for each in results.texts],
        "other_contributions": [_contribution(each) for each in results.others],
        "replies": [_reply(each) for each in results.replies],
        "states": [
            {
                "iso3": each.iso3,
                "name": each.name,
                "region": each.region,
                "in_percentage": each.counts,
                "positions": [_position(place) for place in each.positions],
            }
            for each in results.states
        ],
        "no_reply": [_silent(each) for each in results.silent],
        "held": [
            {
                "message": each.id,
                "received_at": moment(each.received_at),
                "sender": each.sender,
                "subject": each.subject,
                "reasons": list(each.reasons),
            }
            for each in results.held
        ],
    }


def _circular(circular: Circular) -> dict[str, Any]:
    return {
        "number": circular.number,
        "name": circular.name,
        "study_group": circular.study_group,
        "date": circular.date.isoformat(),
        "deadline": moment(circular.deadline),
        "meeting": {
            "place": circular.meeting.place,
            "first_day": circular.meeting.first_day.isoformat(),
            "last_day": circular.meeting.last_day.isoformat(),
        },
    }


def _text(result: TextResult) -> dict[str, Any]:
    draft = result.draft
    return {
        "text": draft.designation,
        "former_name": draft.former_name,
        "revision": draft.revision.value,
        "title": draft.title,
        "document": draft.document,
        "outcome": outcome_words(result.tally),
        "threshold_met": result.tally.threshold_met,
        "decided": result.tally.decided,
        "assigns": list(result.assigns),
        "assigns_with_comments": list(result.with_comments),
        "does_not_assign": list(result.does_not_assign),
        "pending": list(result.pending),
        "blank": list(result.blank),
        "outside_percentage": [
            {"name": name, "opinion": opinion.value} for name, opinion in result.outside
        ],
        "contributions": [_contribution(each) for each in result.contributions],
    }


def _contribution(each: Contribution) -> dict[str, Any]:
    return {
        "name": each.name,
        "reference": each.reference,
        "opinion": each.opinion.value if each.opinion else None,
        "missing": each.missing,
        "words": [_words(said) for said in each.words],
        "files": [file.place for file in each.files],
    }


def _reply(reply: ReplyResult) -> dict[str, Any]:
    return {
        "reference": reply.reference,
        "iso3": reply.iso3,
        "name": reply.name,
        "received_at": moment(reply.received_at),
        "sender": reply.sender,
        "language": reply.language,
        "standing": reply.standing.value,
        "opinions": [
            {
                "text": row.opinion.text,
                "opinion": row.opinion.opinion.value if row.opinion.opinion else None,
                "comments": row.opinion.comments.value if row.opinion.comments else None,
                "status": row.opinion.status.value,
                "standing": row.standing.value,
                "stands": row.stands,
                "reasons": list(row.reasons),
            }
            for row in reply.rows
        ],
        "reasons": list(reply.reasons),
        "comments_missing": list(reply.comments_missing),
        "reasons_missing": list(reply.reasons_missing),
        "words": [_words(each) for each in reply.words],
        "files": [_file(each) for each in reply.files],
        "unread": reply.unread,
    }


def _words(words: Words) -> dict[str, Any]:
    return {"source": words.source, "texts": list(words.texts), "text": words.text}


def _file(file: EnclosedFile) -> dict[str, Any]:
    return {
        "file": file.place,
        "sent_as": file.filename,
        "size": file.size,
        "sha256": file.sha256,
        "format": file.format,
        "texts": list(file.texts),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "text": position.text,
        "basis": position.basis.value,
        "opinion": position.opinion.value if position.opinion else None,
        "comments": position.comments.value if position.comments else None,
        "change_pending": position.change_pending,
        "reference": position.reference,
        "received_at": moment(position.received_at) if position.received_at else None,
    }


def _silent(state: SilentState) -> dict[str, Any]:
    return {
        "iso3": state.iso3,
        "name": state.name,
        "region": state.region,
        "contacts": [
            {
                "email": each.email,
                "name": each.name,
                "role": each.role,
                "focal_point": each.focal_point,
                "bounced": each.bounced,
            }
            for each in state.contacts
        ],
    }
