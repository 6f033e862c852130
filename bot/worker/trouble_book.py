"""How it stands with each kind of trouble: what lasts is noted once, until it is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.edges.clock import Clock
from bot.errors import TsbbotError
from bot.store.store import Store
from bot.worker.log import log


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleBook:
    """Keeps the record of troubles.

    Attributes:
        store: where it is.
        clock: what time it is.
    """

    store: Store
    clock: Clock

    def met(self, code: str, error: TsbbotError, told: list[str]) -> None:
        """There is trouble of that kind; its line is added to those that are told of the round."""
        log().warning("trouble", code=code, error=str(error))
        told.append(str(error))
        self.stands(code, str(error))

    def missing(self, code: str, uids: Sequence[int], words: str) -> None:
        """Notes the UIDs with which something is wrong; none: nothing is."""
        named = ", ".join(map(str, uids[:10]))
        self.stands(code, f"{words}: UID {named}" if uids else None)

    def stands(self, code: str, text: str | None) -> None:
        """Notes how it stands.

        Args:
            code: which kind.
            text: of the trouble; None where there is none.
        """
        now = self.clock.now()
        with self.store.snapshot() as tx:
            lasting = [each.text for each in tx.troubles.open() if each.code == code]
        if text is None and not lasting:
            return
        with self.store.transaction() as tx:
            if lasting != [text]:
                tx.troubles.resolve(code, now)
            if text is not None:
                tx.troubles.note(code, text, now)
