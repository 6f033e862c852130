"""What somebody wrote into a form's rows beside the marks: answers in words, conditions, corrections.

No list of words could know them. A form says the same in each of its rows, so what one row says and
the others do not was written there, and a person has to read it.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from parsers.asked import AskedBoxes
from parsers.designation import designations
from parsers.passage import Passage
from parsers.reading import Box, BoxRole, Doubt
from parsers.row_groups import RowGroup, opening
from parsers.wording import fold, role_of

_ORDER = tuple(BoxRole)
#: Fewer letters than this are a slip of the pen or of a scan.
_FEWEST_LETTERS = 3
#: So many letters of a label can go missing by such a slip.
_MOST_LOST = 5
#: Labels are compared up to this length; longer ones that differ are not the form's own.
_LONGEST = 600
#: So many different labels are compared in one form; it has no more, were each torn by a page.
_MOST_COMPARED = 200
#: A title's paragraph is longer than this many letters, an answer is not.
_SHORTEST_TITLE = 25
_TELLING = "?!*#"
#: Answers in words, folded; only where they stand alone or at an end.
_ANSWERS: frozenset[str] = frozenset().union(
    ("yes", "no", "ok", "okay", "agree", "agreed", "approve", "approved", "accept", "accepted"),
    ("reject", "rejected", "na", "none", "nil", "support", "supported", "oppose", "opposed"),
    ("oui", "non", "daccord", "approuve", "accepte", "refuse", "rejete"),
    ("si", "acuerdo", "deacuerdo", "aprobado", "aceptado", "rechazado"),
    ("да", "нет", "согласен", "согласна", "согласны", "согласовано", "одобрено", "против"),
    ("نعم", "لا", "موافق", "موافقة", "اوافق", "نوافق", "مرفوض"),
    ("是", "否", "同意", "不同意", "反对", "赞成", "批准", "不批准", "可以"),
)

Labels = Sequence[tuple[Box, str]]


class FormWords:
    """What a form's rows say alike, as far as it can be told from the rows themselves."""

    def __init__(
        self,
        groups: Sequence[RowGroup],
        labels: Mapping[int, Labels],
        around: Sequence[Passage] = (),
        known: Mapping[str, str] | None = None,
        asked: AskedBoxes | None = None,
    ) -> None:
        """Compares the rows of a form.

        Args:
            groups: its rows.
            labels: id of a group -> its boxes with their labels.
            around: passages of its tables that belong to no row: the head, repeated on each page.
            known: names to look for besides numbers -> designation.
            asked: the boxes of its rows, where they are not the usual four.
        """
        self._known = known
        self._asked = asked
        self._compared = 0
        self._groups = groups
        self._labels = labels
        self._beside = {id(group): _beside(group, labels[id(group)]) for group in groups}
        self._boxes = Counter(len(texts) for texts in self._beside.values()).most_common(1)
        self._usual = self._usual_texts()
        self._around = {_signs(passage.text) for passage in around}
        self._common = Counter(
            words
            for group in groups
            for words in {_signs(passage.text) for passage in group.passages}
        )
        self._unexplained = {id(group): self._own_words(group) for group in groups}
        counts = Counter(len(each) for each in self._unexplained.values())
        number, often = counts.most_common(1)[0] if counts else (0, 0)
        self._usual_number = number if often * 2 > len(groups) else 0

    def _usual_texts(self) -> dict[int, str]:
        """Position of a box -> what most rows say there; the shortest where each says its own."""
        full = [texts for texts in self._beside.values() if len(texts) == self._boxes[0][0]]
        usual: dict[int, str] = {}
        if len(full) < 2:
            return usual
        for position, said in enumerate(zip(*full, strict=True)):
            words, count = Counter(said).most_common(1)[0]
            usual[position] = words if count * 2 > len(full) else min(said, key=len)
        return usual

    def doubts_of(self, group: RowGroup) -> tuple[Doubt, ...]:
        """WRITTEN_REMARK where the row says more than the others, TEXT_DELETED where it says less."""
        doubts: list[Doubt] = []
        texts = self._beside[id(group)]
        for position, found in enumerate(texts):
            wanted = self._usual.get(position) if len(texts) == len(self._usual) else None
            if wanted is None or found == wanted:
                continue
            self._compared += 1
            if self._compared > _MOST_COMPARED:
                doubts.append(Doubt.WRITTEN_REMARK)
            else:
                doubts.extend(_difference(wanted, found))
        labels = [label for _, label in self._labels[id(group)] if not self._is_asked(label)]
        if any(_ends_in_answer(label) or _has_lone_letter(label) for label in labels):
            doubts.append(Doubt.WRITTEN_REMARK)
        if self._says_more(group):
            doubts.append(Doubt.WRITTEN_REMARK)
        return tuple(dict.fromkeys(doubts))

    def _says_more(self, group: RowGroup) -> bool:
        """Whether paragraphs without boxes say something in this row only.

        Where each row has such a paragraph, it is the text's title.
        """
        own = self._unexplained[id(group)]
        if any(
            _signs(passage.text) in _ANSWERS
            and not (passage.boxes and self._is_asked(passage.text))
            for passage in group.passages
        ):
            return True
        usual = 0
        if len(self._groups) > 1:
            usual = self._usual_number
        else:
            named = {passage.cell for passage in group.passages if self._names(passage, group)}
            own = [
                passage
                for passage in own
                if passage.cell not in named or len(_signs(passage.text)) < _SHORTEST_TITLE
            ]
        return len(own) > usual

    def _is_asked(self, label: str) -> bool:
        """Whether they are the form's own words, which may be an answer by themselves: "Yes"."""
        return self._asked is not None and self._asked.role_of(label)[0] is not None

    def _names(self, passage: Passage, group: RowGroup) -> bool:
        found = designations(passage.text, self._known)
        return any(each.name == group.designation.name for each in found)

    def _own_words(self, group: RowGroup) -> list[Passage]:
        """Its paragraphs without boxes that are neither labels nor common to the rows."""
        used = {_signs(label) for _, label in self._labels[id(group)]}
        own = []
        for passage in group.passages:
            words = _signs(passage.text)
            if (
                passage.boxes
                or not _tells(words)
                or words in used
                or words in self._around
                or self._common[words] * 2 > max(len(self._groups), 2)
                # A label that a page break tore goes on in a paragraph of its own.
                or any(words in label for label in self._usual.values())
                or self._names(passage, group)
            ):
                continue
            own.append(passage)
        return own


def _beside(group: RowGroup, labels: Labels) -> list[str]:
    """For each box what stands before it in its line and after it, the row's own names left out.

    In the order of the roles where the labels tell all of them, else in that of the boxes.
    """
    texts = []
    before = {id(passage.boxes[0]): opening(passage) for passage in group.passages if passage.boxes}
    names = [_signs(group.designation.name), _signs(group.designation.former_name or "")]
    for box, label in labels:
        lead = before.get(id(box), "")
        words = _signs(label if lead == label.strip() else f"{lead} {label}")
        for name in names:
            words = words.replace(name, "") if name else words
        texts.append(words)
    roles = [role_of(label)[0] for _, label in labels]
    if set(roles) == set(_ORDER) and len(roles) == len(_ORDER):
        return [texts[roles.index(role)] for role in _ORDER]
    return texts


def _signs(text: str) -> str:
    """Letters, digits and signs that say something; no spaces, no punctuation."""
    return _signs_of_label(text) if len(text) < _LONGEST else _all_signs(text)


def _all_signs(text: str) -> str:
    return "".join(
        char
        for char in fold(text)
        if char.isalnum() or char in _TELLING or unicodedata.category(char)[0] == "S"
    )


#: A form says the same in each of its rows.
_signs_of_label = lru_cache(maxsize=256)(_all_signs)


def _tells(signs: str) -> bool:
    """Whether so few signs can be a remark: numbers alone (of a page, a row) are none."""
    letters = [char for char in signs if char.isalpha()]
    return (
        len(letters) >= _FEWEST_LETTERS
        or signs in _ANSWERS
        or any("\u2e80" <= char <= "\u9fff" for char in letters)
        or any(not char.isalnum() for char in signs)
    )


def _difference(wanted: str, found: str) -> tuple[Doubt, ...]:
    """What a label's text has more or less than it should."""
    if not found:
        return (Doubt.TEXT_DELETED,)
    if wanted.startswith(found):
        return ()  # Cut off by a page's end.
    if max(len(wanted), len(found)) > _LONGEST:
        return (Doubt.WRITTEN_REMARK,)
    more, less = "", ""
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            less += wanted[first:last]
            more += found[start:end]
    # A number that begins a label was put beside its box; within, it is a page's.
    numbered = found[0].isdigit() and not wanted[:1].isdigit()
    if numbered or _tells(more):
        return (Doubt.WRITTEN_REMARK,)
    return (Doubt.TEXT_DELETED,) if len(less) > _MOST_LOST else ()


def _ends_in_answer(label: str) -> bool:
    """Whether an answer in words stands after a label's own sentence, as in "(...): yes"."""
    words = label.split()
    if len(words) < 2:
        return _signs(label) in _ANSWERS
    closed = words[-2][-1] in ".:;)-–—。：；）"
    return closed and _signs(words[-1]) in _ANSWERS


def _has_lone_letter(label: str) -> bool:
    """Whether a label begins or ends with a letter by itself, as in "o No comments": a mark of sorts."""
    words = fold(label).split()
    ends = (words[0], words[-1]) if len(words) > 1 else ()
    return any(len(word) == 1 and word.isalpha() and word < "\u0590" for word in ends)
