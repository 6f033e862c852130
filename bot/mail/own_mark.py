"""What our own letters are known by when they, or answers to them, come back.

The Message-ID of a letter is made from the letter's key, so that a letter sent twice after a crash
is the same message twice (RFC 5322, 3.6.4), and one that returns is recognised without a look-up.
"""

import hashlib
import re

#: Stands in every letter that we send; no mail program copies it into an answer.
LETTER_FIELD = "X-TSB-Letter"

_OWN = re.compile(r"<?tsb-letter\.([0-9a-f]{32})@[^\s<>@]{1,255}>?", re.IGNORECASE)
_MARK = re.compile(r"[0-9a-f]{32}")


def message_id_for(key: str, domain: str) -> str:
    """The Message-ID of the letter with that key, always the same one, in angle brackets.

    Args:
        key: the letter's key in the outbox; not to be guessed from the id.
        domain: of the sender.

    Raises:
        ValueError: the domain is no domain.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    made = f"<tsb-letter.{digest}@{domain.lower()}>"
    if not is_own_id(made) or not made.isascii():
        raise ValueError(f"not a domain for a Message-ID: {domain!r}")
    return made


def is_own_id(message_id: str) -> bool:
    """Whether an id has the shape of ours, with or without angle brackets, in any case."""
    return _OWN.fullmatch(message_id.strip()) is not None


def mark_of(message_id: str) -> str | None:
    """What tells the letter of that id from all others, in 32 hexadecimal digits; None: not ours."""
    own = _OWN.fullmatch(message_id.strip())
    return own[1].lower() if own else None


def message_id_of_mark(mark: str, domain: str) -> str | None:
    """The Message-ID of the letter with that mark; None where it is none."""
    return f"<tsb-letter.{mark}@{domain.lower()}>" if _MARK.fullmatch(mark) else None
