"""Annex 1: of each draft text the title, the document and the note on IPR statements."""

import re
from dataclasses import dataclass, replace

from bot.circulars.headings import Heading, document_name, headings
from bot.circulars.wording import LANGUAGES, any_of

_SUMMARY = re.compile(
    rf"^\s*{any_of(*(each.summary for each in LANGUAGES))}\s*[:：.]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_NOTE = re.compile(
    rf"^\s*{any_of(*(each.note for each in LANGUAGES))}\b", re.IGNORECASE | re.MULTILINE
)
_DOCUMENT_AT_END = re.compile(r"\s*[(（]([^()（）]{2,40})[)）]\s*$")
#: Characters of a title at the most; more is a summary.
_TITLE = 500
_SENTENCE_ENDS = (".", "。", "/", "!", "؟", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummary:
    """What Annex 1 says of one draft text.

    Attributes:
        heading: as it stands there, with the document.
        title: may have several lines; empty where it could not be told.
        note: on IPR statements; None where there is none.
    """

    heading: Heading
    title: str
    note: str | None


def summaries(annex: str) -> dict[str, TextSummary]:
    """Designation -> what Annex 1 says of that text, in its order."""
    chosen: dict[str, Heading] = {}
    for heading in headings(annex):
        known = chosen.get(heading.designation)
        # A line of a summary may begin like a heading; only the real one has number or document.
        if known is None or _weight(heading) > _weight(known):
            chosen[heading.designation] = heading
    ordered = sorted(chosen.values(), key=lambda each: each.start)
    starts = [*(each.start for each in ordered), len(annex)]
    return {
        heading.designation: _summary(heading, annex[heading.end : end])
        for heading, end in zip(ordered, starts[1:], strict=True)
    }


def _weight(heading: Heading) -> tuple[bool, bool]:
    return heading.document is not None, heading.numbered


def _summary(heading: Heading, text: str) -> TextSummary:
    label = _SUMMARY.search(text)
    title = text[: label.start()] if label else ""
    if not label or len(title) > _TITLE:
        # No heading over the summary: the title is the first line after the heading.
        title = next((line for line in text.split("\n") if line.strip(" :–—-")), "")
    title = title.strip().lstrip(":：–—-,， ").strip()
    document = heading.document
    if document is None and (match := _DOCUMENT_AT_END.search(title)):
        document = document_name(match[1])
        title = title[: match.start()] if document else title
    return TextSummary(
        heading=replace(heading, document=document),
        title=_unquoted(title) if len(title) <= _TITLE else "",
        note=_note(text),
    )


def _unquoted(title: str) -> str:
    pairs = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("《", "》"))
    for first, last in pairs:
        if len(title) > 1 and title[0] == first and title[-1] == last and first not in title[1:-1]:
            return title[1:-1].strip()
    return title


def _note(text: str) -> str | None:
    start = _NOTE.search(text)
    if start is None:
        return None
    lines: list[str] = []
    for line in text[start.start() :].strip().split("\n"):
        if not line.strip():
            break
        lines.append(line)
        if line.rstrip().endswith(_SENTENCE_ENDS):
            break
    return "\n".join(lines)
