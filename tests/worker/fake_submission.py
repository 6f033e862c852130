"""An SMTP server in memory that does as the test says."""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from bot.errors import LetterDeferredError, RecipientRefusedError, SubmissionError


@dataclass(slots=True)
class FakeSubmission:
    """Speaks as `bot.edges.smtp.Submission` does, and can be told to fail.

    Attributes:
        taken: (recipient, letter) in order.
        envelopes: who each letter came from.
    """

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    envelopes: list[str] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)
    _later: list[str] = field(default_factory=list)
    _down: bool = False
    _dies_after: int | None = None

    # What the test says.

    def refuse(self, recipient: str) -> None:
        """Refuses that recipient for good (550)."""
        self._refused.add(recipient)

    def put_off(self, times: int = 1) -> None:
        """Refuses the next letters for now (451)."""
        self._later += ["451 try again later"] * times

    def be_down(self, *, down: bool = True) -> None:
        """Cannot be reached, or can again."""
        self._down = down

    def die_after(self, letters: int) -> None:
        """The program dies once so many letters were taken, before it can note the last."""
        self._dies_after = letters

    # What the worker says.

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        """See `Submission`."""
        if self._down:
            raise SubmissionError("the submission server cannot be used: Connection refused")
        if recipient in self._refused:
            raise RecipientRefusedError(f"the letter to {recipient} was refused for good: 550")
        if self._later:
            raise LetterDeferredError(self._later.pop())
        self.taken.append((recipient, raw))
        self.envelopes.append(envelope_from)
        if self._dies_after is not None and len(self.taken) >= self._dies_after:
            self._dies_after = None
            raise Killed


class Killed(BaseException):
    """The process was killed: nothing catches it."""
