"""The boxes of a form that asks something else than the usual four: data, handed to the readers.

The usual form is read by its structure, since its wording varies; of another one only the words are
known beforehand, so its rows are clear only where every label is one of them, whole.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.wording import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBox:
    """One box of a row.

    Attributes:
        role: what it stands for, a short word.
        words: (ISO 639-1 language, what stands beside it).
    """

    role: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBoxes:
    """The boxes of each row of a form.

    Attributes:
        boxes: in the order of the form.
    """

    boxes: tuple[AskedBox, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """Their roles, in the order of the form."""
        return tuple(each.role for each in self.boxes)

    def role_of(self, label: str) -> tuple[str | None, str | None]:
        """The box that a label is the words of, and their language; (None, None) where of none.

        Case, accents, spaces and punctuation do not matter; one word more or less does.
        """
        said = _letters(label)
        for box in self.boxes:
            for language, words in box.words:
                if said and said == _letters(words):
                    return box.role, language
        return None, None

    def language_of(self, labels: Iterable[str]) -> str | None:
        """The language that most labels are in; None where none is known."""
        spoken = Counter(found for each in labels if (found := self.role_of(each)[1]) is not None)
        return spoken.most_common(1)[0][0] if spoken else None


def _letters(text: str) -> str:
    """Letters and digits alone."""
    return "".join(char for char in fold(text) if unicodedata.category(char)[0] in "LN")
