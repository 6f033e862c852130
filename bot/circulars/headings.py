"""Headings of draft texts ("Draft new Recommendation ITU-T Y.4241 (ex Y.dt-SComCam) (SG20-R12)")."""

import re
from dataclasses import dataclass

from bot.circulars.phrases import squeezed
from bot.circulars.wording import LANGUAGES, PARTS, SECTOR, any_of
from bot.consultation.circular import Revision
from parsers.designation import designations

# A series letter may have been typed on a Cyrillic keyboard; the designation is normalised later.
_NAME = r"(?-i:[A-ZА-Я])\s?\.\s?\d{1,5}(?:\.\d{1,3})*(?![\w-]*[A-Za-z])"
_PART = r"(?:\s*[(（]?\s*(?:Amd|Amendment|Cor|Corrigendum)\.?\s*\d{1,2}\s*[)）]?)?"
_GROUPS = r"(?:\s*[(（][^()（）]{1,80}(?:[(（][^()（）]{1,20}[)）][^()（）]{0,40})?[)）])*"
_TEXT = rf"(?P<name>{_NAME}{_PART})(?P<groups>{_GROUPS})"
_START = r"^[ \t]*(?:[-–•*|_☐☒□▢]+[ \t]*)*(?P<number>\d{1,2}[.)]?\s+)?"
_BETWEEN = r"[^().;:!?|]{0,90}?"

# "Amendment" and its like are spelled out before the Recommendation's own name.
_FLAGS = re.IGNORECASE | re.MULTILINE
_HEADINGS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        *(
            rf"{_START}(?P<words>{each.draft}{_BETWEEN})\s*{SECTOR}?\s*{_TEXT}"
            rf"(?P<after>[ \t]+(?:{each.new}|{each.revised}))?"
            for each in LANGUAGES
            if each.draft
        ),
        # Chinese: the kind of text follows its name, or stands before it with "草案" at its end.
        (
            rf"{_START}{SECTOR}?\s*{_TEXT}(?P<words>[^().;:，。\n]{{0,20}}?(?:建议书|修正|勘误)\w{{0,6}}?草案)"
            rf"(?P<after>{_GROUPS})"
        ),
        (
            rf"{_START}(?P<words>{SECTOR}?[^().;:，。\nA-Z]{{0,20}}(?:建议书|修正|勘误)\w{{0,6}}?草案)"
            rf"\s*{SECTOR}?\s*{_TEXT}(?P<after>)"
        ),
    )
)
_NOUN = re.compile(any_of(*(each.noun for each in LANGUAGES)), re.IGNORECASE)
_NEW = re.compile(any_of(*(each.new for each in LANGUAGES)), re.IGNORECASE)
_REVISED = re.compile(any_of(*(each.revised for each in LANGUAGES)), re.IGNORECASE)
_PARTS = tuple((re.compile(pattern, re.IGNORECASE), end) for pattern, end in PARTS)
_COUNT = re.compile(r"\D{0,3}(\d{1,2})(?!\d)|第\s*(\d{1,2})")

_GROUP = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])+)[)）]")
_FORMER = re.compile(
    rf"^\s*{any_of(*(f'(?:{each.former})' for each in LANGUAGES))}\b[\s.:]*(?P<after>\S.*)$"
    rf"|^(?P<zh>[原前]\s*[A-Z]\s?\..*)$"
    rf"|^(?P<before>\S.*?)\s+{any_of(*(each.former for each in LANGUAGES if each.language == 'ar'))}$",
    re.IGNORECASE | re.DOTALL,
)
# "SG20-R12", "COM 17-R 45", "TD1234/P", in the six languages' abbreviations of study group.
_DOCUMENT = re.compile(
    r"^(?:(?:SG|COM|CE|ИК|LD|TSAG|C)\s?-?\s?\d{0,2}\s?[-–—/]\s?)?(?:R|TD|Р)\s?-?\s?\d{1,4}\S{0,12}"
    r"(?:\s?/\s?\S{1,8}|\s?Rev\.?\s?\d)?$|^(?:SG|COM|CE|ИК)\s?\d{1,2}\s?[-–—/]\s?\S.{0,20}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading of a draft text.

    Attributes:
        designation: normalised, "Y.4241" or "X.1060 Amd.1".
        former_name: with spacing flaws mended; None where the heading gives none.
        revision: None where the heading says neither new nor revised.
        document: "SG20-R12"; None where the heading gives none.
        numbered: whether a number stands before it, as in Annex 1.
        start, end: where in the text it stands.
    """

    designation: str
    former_name: str | None
    revision: Revision | None
    document: str | None
    numbered: bool
    start: int
    end: int


def headings(text: str) -> list[Heading]:
    """Every line that begins with a draft text's heading, in order; not what runs on in a sentence."""
    found: list[Heading] = []
    for pattern in _HEADINGS:
        for match in pattern.finditer(text):
            heading = _heading(match)
            if heading and not any(
                each.start < heading.end and heading.start < each.end for each in found
            ):
                found.append(heading)
    return sorted(found, key=lambda each: each.start)


def _heading(match: re.Match[str]) -> Heading | None:
    words = match["words"] + (match["after"] or "")
    if not _NOUN.search(words):
        return None
    named = designations(match["name"])
    if not named:
        return None
    groups = [squeezed(group) for group in _GROUP.findall(match["groups"] + (match["after"] or ""))]
    return Heading(
        designation=_with_part(named[0].name, match["words"]),
        former_name=next((name for group in groups if (name := former_name(group))), None),
        revision=_revision(words),
        document=next((name for group in groups if (name := document_name(group))), None),
        numbered=match["number"] is not None,
        start=match.start(),
        end=match.end(),
    )


def former_name(group: str) -> str | None:
    """The working name in what a pair of parentheses holds, its spacing flaws mended.

    "ex Y.dt- SComCam" gives "Y.dt-SComCam"; None where it holds something else.
    """
    match = _FORMER.match(group)
    if match is None:
        return None
    name = match["after"] or match["before"] or match["zh"][1:]
    name = re.sub(rf"^{SECTOR}\s*", "", squeezed(name))
    mended = re.sub(r"\s*([-‐‑._/])\s*", lambda sign: sign[1], name)
    return mended.replace("‐", "-").replace("‑", "-")


def document_name(group: str) -> str | None:
    """The document in what a pair of parentheses holds: "SG20-R12"; None where it is none."""
    if not _DOCUMENT.match(group):
        return None
    return re.sub(r"\s*[-–—]\s*", "-", group)


def _revision(words: str) -> Revision | None:
    new, revised = _NEW.search(words), _REVISED.search(words)
    if new and revised:
        # "Draft new Amendment 1 to revised Recommendation ...": the first speaks of the text itself.
        return Revision.NEW if new.start() < revised.start() else Revision.REVISED
    if new:
        return Revision.NEW
    return Revision.REVISED if revised else None


def _with_part(designation: str, words: str) -> str:
    if " " in designation:
        return designation
    for pattern, end in _PARTS:
        if (match := pattern.search(words)) and (count := _COUNT.search(words, match.end())):
            return f"{designation} {end}.{count[1] or count[2]}"
    return designation
