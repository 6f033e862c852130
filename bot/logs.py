"""The log: for people in a terminal, one JSON object a line elsewhere; and never a secret in it.

Secrets do not reach the log in the first place: errors are translated at the edges, and settings
do not show them. The mask is the last line of defence, for what a library says of itself.
"""

import base64
import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import Processor

#: Stands where a secret stood.
MASK = "***"
#: Shorter ones are words: masking them would make every line unreadable.
_SHORTEST = 4
#: What is a token by its look: JSON Web Tokens (RFC 7519), and whatever follows "Bearer".
_TOKENS = re.compile(
    r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*"
    r"|(?<=Bearer )[A-Za-z0-9._~+/=-]{8,}",
    re.IGNORECASE,
)
#: The password of a URL: `postgresql://user:PASSWORD@host` (RFC 3986, 3.2.1).
_IN_URL = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")


class Mask:
    """A structlog processor that takes known secrets, and what looks like one, out of a line."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Learns them.

        Args:
            secrets: as the settings have them; each is known in base64 and as part of a URL too.
        """
        forms: set[str] = set()
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                coded = base64.b64encode(secret.encode()).decode().rstrip("=")
                forms |= {
                    secret,
                    coded,
                    quote(secret, safe=""),
                    quote_plus(secret),
                    repr(secret)[1:-1],
                }
        # The longest first: one may be part of another.
        ordered = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(
        self, logger: object, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """See structlog's processors."""
        del logger, method
        return {key: self._clean(value) for key, value in event.items()}

    def text(self, said: str) -> str:
        """The text without secrets."""
        if self._known is not None:
            said = self._known.sub(MASK, said)
        return _IN_URL.sub(rf"\1:{MASK}@", _TOKENS.sub(MASK, said))

    def _clean(self, value: object) -> object:
        match value:
            case str():
                return self.text(value)
            case bytes():
                return self.text(value.decode("utf-8", "replace"))
            case dict():
                return {self._clean(key): self._clean(each) for key, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._clean(each) for each in value]
            case None | bool() | int() | float():
                return value
            case _:
                return self.text(str(value))


def set_up_logs(
    secrets: Iterable[str], *, verbose: bool = False, stream: TextIO | None = None
) -> None:
    """Sets the log up for this process: structlog's and that of libraries, on one stream.

    Args:
        secrets: that must not appear.
        verbose: whether details are told too.
        stream: where to; None: stderr. A terminal gets text, anything else JSON.
    """
    stream = stream or sys.stderr
    mask = Mask(secrets)
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        # As text, before the mask; without the local variables, which are people's mail.
        structlog.processors.format_exc_info,
        mask,
        structlog.dev.ConsoleRenderer(
            colors=True, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
        )
        if stream.isatty()
        else structlog.processors.JSONRenderer(sort_keys=True),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=ending, use_get_message=True
        )
    )
    root = logging.getLogger()
    for old in [each for each in root.handlers if getattr(each, "of_tsbbot", False)]:
        root.removeHandler(old)
    handler.of_tsbbot = True  # type: ignore[attr-defined]  # told apart from a test runner's
    root.addHandler(handler)
    # Libraries tell what they did at INFO; what they worry about is enough.
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.getLogger("tsbbot").setLevel(logging.DEBUG if verbose else logging.INFO)
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger("debug" if verbose else "info"),
        logger_factory=lambda *_: logging.getLogger("tsbbot"),
        cache_logger_on_first_use=False,
    )
