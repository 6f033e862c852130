"""Letters from the secretariat's own templates, which go out even where one of those fails.

`tsbbot doctor` finds such a template before the day. On the day a reply is acknowledged all the same,
in the words that ship, and the digest says which file is to be mended: a slip in a template must
neither hold an answer back nor set a Member State's message aside.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import TemplateError
from bot.letters.languages import Language
from bot.letters.letter import Letter
from bot.letters.rendering import Letters


class SteadyLetters(Letters):
    """As `Letters`, but a letter whose own template fails is written with those that ship."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Takes templates from these folders first."""
        super().__init__(folders)
        self._shipped = Letters()
        self._failed: dict[tuple[str, str], str] = {}

    @property
    def failures(self) -> tuple[str, ...]:
        """What is wrong with the templates that failed when they were last used, one line each."""
        return tuple(dict.fromkeys(self._failed.values()))

    def _letter(
        self,
        name: str,
        language: Language,
        values: Mapping[str, object],
        pictures: tuple[tuple[str, bytes], ...] = (),
    ) -> Letter:
        key = (name, language.code)
        try:
            letter = super()._letter(name, language, values, pictures)
        except TemplateError as error:
            self._failed[key] = error.message
            return self._shipped._letter(name, language, values, pictures)  # noqa: SLF001 - its own kind
        self._failed.pop(key, None)
        return letter
