"""How far a long piece of work is, for whoever shows it."""

from typing import Protocol


class Progress(Protocol):
    """Is told of every step."""

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tells it.

        Args:
            what: the piece at hand: "tables", "messages".
            done: how much of it is done.
            of: how much there is.
        """
        ...


def untold(what: str, done: int, of: int) -> None:
    """A `Progress` for nobody."""
    del what, done, of
