"""Where in a letter a name stands, and what that says about whose letter it is.

The form's own addressee (Geneva, Switzerland) and the street of an address are told from the
Administration that writes; what stands beside "Administration of" tells the most.
"""

import re
from enum import StrEnum
from typing import Final

from bot.register.words import folded_text


class Where(StrEnum):
    """Where a name stands; the first ones weigh the most."""

    ADMINISTRATION = "administration"
    MINISTRY = "ministry"
    SIGNATURE = "signature"
    HEAD = "head"
    #: A name of two States, or one cut short, or one that is nearly a longer one.
    AMBIGUOUS = "ambiguous"
    #: A name misspelt, where an Administration signs.
    NEAR_MISS = "near-miss"
    TEXT = "text"


#: The places that say whose the letter is; the others are only evidence to look at.
STRONG: Final = frozenset({Where.ADMINISTRATION, Where.MINISTRY, Where.SIGNATURE, Where.HEAD})

_BEFORE: Final = 260
_AFTER: Final = 90
_SHORT_LINE: Final = 90
_LAST_LINES: Final = 6
_FIRST_LINES: Final = 15

# What may stand between "Administration" and the name: articles, prepositions, kinds of State and
# the adjectives of a telecommunication administration.
_BETWEEN = (
    r"(?:[\s,:–—-]|\b(?:of|the|de|la|le|les|l|du|des|d|del|los|las|el|en|for|pour|para|et|and|y|i|и"
    r"|national\w*|federal\w*|federat\w*|public\w*|telecom\w*|communication\w*|comunicacion\w*"
    r"|postal\w*|posts?|ict|tic|republi\w*|repub\w*|kingdom|royaume|reino|state|etat|estado"
    r"|principa\w*|sultanat\w*|democrati\w*|union|islami\w*"
    r"|связи|электросвязи|республик\w*|королевств\w*|государств\w*|федеральн\w*|национальн\w*"
    r"|الاتصالات|اتصالات|جمهوري\w*|مملك\w*|دول\w*|في|الوطني\w*)\b|['’])*"
)
_ADMINISTRATION = re.compile(
    r"(?:\b(?:administration|administracion|администраци\w*|[وبلف]?(?:ال|ل)?اداره)\b"
    r"|主管部门[:：])" + _BETWEEN + r"$"
)
_LABEL = re.compile(
    r"(?:member state|etats? membres?|estados? miembros?|государств\w*[ -]член\w*|الدوله العضو"
    r"|country|pays|pais|страна|البلد|成员国|国家)\s*(?:/[^:\n]{0,40})?[:：]\s*$"
)
_MINISTRY = re.compile(
    r"\b(?:ministry|minister[ei]?\w*|ministre|ministro|department|departement|departamento"
    r"|authority|autorite|autoridad|agency|agence|agencia|regulators?|regulatory|regulateur|regulador\w*|commission"
    r"|comision|government|gouvernement|gobierno|embass\w+|ambassade|embajada|mission|mision"
    r"|secretaria\w*|direc\w+ general\w*|general director\w*|office|institut\w*|superintendencia"
    r"|министерств\w*|агентств\w*|служб\w*|комитет\w*|правительств\w*|посольств\w*|представительств\w*"
    r"|[وبل]?(?:ال|ل)?(?:وزاره|هيئه|حكومه|سفاره|بعثه|جهاز|سلطه))\b"
    r"(?:(?![.;!?。；]\s)[^\n]|\n(?!\s*\n)){0,160}?$"
)
_ADMINISTRATION_AFTER = re.compile(
    r"^(?:[^。；;\n]{0,10}?主管(?:部门|机关|当局)|[ '’s]{0,3} administration\b)"
)
_MINISTRY_AFTER = re.compile(
    r"^(?:[^。；;，,\n]{0,16}?(?:部|局|总署|委员会|政府|代表团|大使馆)"
    r"|[ '’s]{0,3} (?:ministry|government|regulat\w+|department|embassy)\b)"
)
_STREET_BEFORE = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|blvd|place|quai|chemin|route|calle|avenida|avda|plaza|paseo"
    r"|улиц\w|ул|проспект\w?|площад\w|شارع|طريق)\b[.\s]*(?:(?:de|du|des|la|le|les|d|l|del|los|las|of"
    r"|the)\b['’\s]*)*$"
)
_STREET_AFTER = re.compile(r"^\s*(?:street|road|avenue|lane|square|house|str|路|大街|街)\b")

_GENEVA = r"(?:geneva|geneve|ginebra|genf|ginevra|женев\w|جنيف|日内瓦)"
_GENEVA_BEFORE = re.compile(
    _GENEVA + r"[^\w]{0,8}(?:\d{1,2}\b)?[^\w]{0,8}$"
    # Postal codes of the canton: most Permanent Missions have one.
    r"|\b12\d\d\b[^\d\n]{0,40}$"
)
_GENEVA_AFTER = re.compile(r"^[^\w\n]{0,8}" + _GENEVA)
# The circular's own list of addressees, where the whole of it comes back.
_RESOLUTION_99 = re.compile(r"^[\s\S]{0,60}?(?:\bres\w*|\bрез\w*|القرار|第)[\s.№]*99")

_CLOSING = re.compile(
    r"yours (?:faithfully|sincerely|truly)|sincerely|(?:kind|best) regards|faithfully yours"
    r"|veuillez agreer|salutations|atentamente|cordialmente|с уважением|وتفضلوا|تفضلوا|顺致|此致|敬礼",
)
_SALUTATION = re.compile(
    r"^\W*(?:dear\b|madame|monsieur|muy sen|estimad|senora?\b|уважаем|حضره|حضرات|السيد|تحيه|尊敬)",
    re.MULTILINE,
)


class LetterPlaces:
    """A letter's head and signature block, found once; then where each name stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._signature = _signature_start(text)
        self._head_end = _head_end(text)

    def of(self, start: int, end: int, *, since: int = 0) -> Where | None:
        """Where the name at text[start:end] stands; None for one that is no name of a writer.

        Args:
            start: where it begins.
            end: where it ends.
            since: where the name before it ends: what stands before that has had its own.
        """
        before, after = self._around(start, end, since)
        if _STREET_BEFORE.search(before) or _STREET_AFTER.match(after):
            return None
        if (
            _ADMINISTRATION.search(before)
            or _LABEL.search(before)
            or _ADMINISTRATION_AFTER.match(after)
        ):
            return Where.ADMINISTRATION
        if _MINISTRY.search(before) or _MINISTRY_AFTER.match(after):
            return Where.MINISTRY
        if len(self.line(start)) <= _SHORT_LINE:
            if start >= self._signature:
                return Where.SIGNATURE
            if end <= self._head_end:
                return Where.HEAD
        return Where.TEXT

    def in_geneva(self, start: int, end: int) -> bool:
        """Whether this "Switzerland" only says where Geneva is, as in every form's address."""
        before, after = self._around(start, end)
        return bool(_GENEVA_BEFORE.search(before) or _GENEVA_AFTER.match(after))

    def among_addressees(self, start: int, end: int) -> bool:
        """Whether a name is followed by Resolution 99, as in the circular's list of addressees."""
        return bool(_RESOLUTION_99.match(self._around(start, end)[1]))

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing stands in the line beside the name, but a place and a comma before it."""
        line_start = self._text.rfind("\n", 0, start) + 1
        line_end = self._text.find("\n", end)
        before = self._text[line_start:start].strip()
        after = self._text[end : line_end if line_end >= 0 else None].strip(" .,;)\t\r")
        return not after and (not before or before.endswith((",", "،", "(", "-", "–")))

    def line(self, place: int) -> str:
        """The line in which a place of the text is, without its ends."""
        start = self._text.rfind("\n", 0, place) + 1
        end = self._text.find("\n", place)
        return self._text[start : end if end >= 0 else None].strip()

    def signature_lines(self) -> list[str]:
        """The short lines of the signature block, and those that begin with "Administration"."""
        block = [line.strip() for line in self._text[self._signature :].splitlines()]
        return [line for line in block if line and len(line) <= _SHORT_LINE][-_LAST_LINES:]

    def _around(self, start: int, end: int, since: int = 0) -> tuple[str, str]:
        return (
            folded_text(self._text[max(since, start - _BEFORE, 0) : start]),
            folded_text(self._text[end : end + _AFTER]),
        )


def _signature_start(text: str) -> int:
    # Folding one character at a time keeps every place where it was only where no letter falls
    # apart into several; so the lines are searched, and a line is where the block begins.
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    filled = [place for place, line in enumerate(lines) if line.strip()]
    last = starts[filled[-_LAST_LINES]] if len(filled) >= _LAST_LINES else 0
    for place in reversed(filled):
        if _CLOSING.search(folded_text(lines[place])):
            rest = [each for each in filled if each > place]
            return starts[place + 1] if rest else last
    return last


def _head_end(text: str) -> int:
    lines = text.splitlines(keepends=True)
    end = 0
    filled = 0
    first = 0
    for line in lines:
        if _SALUTATION.search(folded_text(line)):
            return end
        end += len(line)
        filled += bool(line.strip())
        if filled <= _FIRST_LINES:
            first = end
    return first
