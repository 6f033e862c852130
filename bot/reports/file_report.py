"""What `tsbbot read` says of one file: a form, or a message with all of its parts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion
from bot.intake.claims import Claim, Claims, claims_of
from bot.intake.part_reading import PartReading
from bot.intake.reasons import Reason
from bot.register.naming import namings
from bot.register.states import member_states
from parsers.reading import Box, Doubt, Mark, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """One row with its evidence: the boxes of every form that has it."""

    opinion: TextOpinion
    evidence: tuple[tuple[str | None, Box], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What one file says.

    Attributes:
        file: as it was named on the command line.
        format: by content.
        circular: "TSB Circular 106"; None where it is the form of none that is known.
        language: of the form, ISO 639-1; None where it cannot be told.
        rows: in the circular's order; those that the file does not have are left out.
        administration: English short name; None where it names none, or several.
        signatory: who signed, as the first form's letter says; None where no form was read.
        reasons: why a person has to look; empty where nobody has to.
        boxes: every box seen, in document order.
        error: one line where the file could not be read; None otherwise.
    """

    file: str
    format: str
    circular: str | None = None
    language: str | None = None
    rows: tuple[RowReport, ...] = ()
    administration: str | None = None
    signatory: Signatory | None = None
    reasons: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that `tsbbot read --json` prints."""
        return {
            "file": self.file,
            "format": self.format,
            "circular": self.circular,
            "language": self.language,
            "opinions": [_row_json(row) for row in self.rows],
            "administration": self.administration,
            "signatory": asdict(self.signatory) if self.signatory else None,
            "needs_review": bool(self.reasons),
            "reasons": list(self.reasons),
            "error": self.error,
        }

    def boxes_as_json(self) -> dict[str, Any]:
        """The object that `tsbbot read --boxes --json` prints."""
        return {
            "file": self.file,
            "format": self.format,
            "boxes": [
                {
                    "marked": box.mark is Mark.MARKED,
                    "doubtful": box.mark is Mark.DOUBTFUL,
                    "text": box.label,
                    "kind": box.kind,
                    "how": box.how,
                    **_place_json(box),
                }
                for box in self.boxes
            ],
            "error": self.error,
        }


def file_report(
    file: str,
    kind: str,
    parts: Sequence[PartReading],
    circulars: Sequence[Circular],
    *,
    flaws: Sequence[str] = (),
) -> FileReport:
    """Brings the parts of a file together.

    Args:
        file: its name, for the report.
        kind: its format.
        parts: the file itself, or the leaves of a message.
        circulars: that it may answer.
        flaws: of a message: what was left out of it.
    """
    found = claims_of(parts, circulars)
    claim = found.claims[0] if found.claims else None
    reasons = _reasons(found, parts)
    if flaws:
        reasons.append(Reason.PARTS_LEFT_OUT.value)
    readings = [part.reading for part in parts]
    letter = claim.letter if claim else "\n".join(each.letter for each in readings if each.rows)
    return FileReport(
        file=file,
        format=kind,
        circular=claim.circular.name if claim else None,
        language=(claim.language if claim else None)
        or next((each.language for each in readings if each.language), None),
        rows=_rows(claim) if claim else (),
        administration=_administration(letter),
        signatory=claim.forms[0].reading.signatory if claim and claim.forms else None,
        reasons=tuple(dict.fromkeys(reasons)),
        boxes=tuple(box for each in readings for box in each.boxes),
        # Beside a form that was read, a file that was not is a reason to look, and no failure.
        error=None if claim else next((each.error for each in readings if each.error), None),
    )


def _reasons(found: Claims, parts: Sequence[PartReading]) -> list[str]:
    claims = found.claims
    reasons = [reason for claim in claims for reason in claim.reasons]
    reasons += [reason for claim in claims for row in claim.rows for reason in row.reasons]
    if any(claim.from_picture for claim in claims):
        reasons.append(Reason.READ_FROM_PICTURE.value)
    if len(claims) > 1:
        reasons.append(Reason.SEVERAL_CIRCULARS.value)
    for part in found.unread:
        reasons += [doubt.value for doubt in part.reading.doubts]
    if found.strange and (not claims or any(part.answers for part in found.strange)):
        reasons.append(Reason.OTHER_CIRCULAR.value)
    if not claims and not found.strange and not found.unread:
        empty = bool(parts) and all(Doubt.EMPTY_FILE in part.reading.doubts for part in parts)
        reasons.append(Doubt.EMPTY_FILE.value if empty else Reason.NO_FORM.value)
    return reasons


def _rows(claim: Claim) -> tuple[RowReport, ...]:
    return tuple(
        RowReport(
            opinion=opinion,
            evidence=tuple(
                pair
                for form in claim.forms
                for row in form.reading.rows
                if row.designation == opinion.text
                for pair in row.boxes
            ),
        )
        for opinion in claim.rows
    )


def _administration(letter: str) -> str | None:
    named = namings(letter)
    strong = [each for each in named if each.strong] or list(named)
    states = {each.iso3 for each in strong}
    return member_states()[strong[0].iso3].name("en") if len(states) == 1 else None


def _row_json(row: RowReport) -> dict[str, Any]:
    said = row.opinion
    return {
        "text": said.text,
        "opinion": said.opinion.value if said.opinion else None,
        "comments": said.comments.value if said.comments else None,
        "status": said.status.value,
        "confidence": round(said.confidence, 4),
        "reasons": list(said.reasons) if said.status is Status.AMBIGUOUS else [],
        "evidence": [
            {
                "box": role.replace("-", "_") if role else None,
                "marked": box.mark is Mark.MARKED,
                "doubtful": box.mark is Mark.DOUBTFUL,
                "how": box.how,
                "text": box.label,
                **_place_json(box),
            }
            for role, box in row.evidence
        ],
    }


def _place_json(box: Box) -> dict[str, Any]:
    place = box.place
    at: object = place.path
    if place.at is not None:
        at = [round(edge, 1) for edge in place.at]
    return {"page": place.page, "at": at}
