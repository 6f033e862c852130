"""A token shown to a mail server: OAUTHBEARER (RFC 7628) and its forerunner XOAUTH2."""

import json
from base64 import b64encode
from collections.abc import Collection
from typing import Final, Self

from bot.mail.fields import one_line

#: The standard first; Exchange Online knows XOAUTH2 only.
_MECHANISMS: Final = ("OAUTHBEARER", "XOAUTH2")


class TokenExchange:
    """One sign-in: what is said at first, and to the reasons that a server gives for refusing.

    Attributes:
        mechanism: its SASL name.
        reason: why the server refused, as far as it said; empty: it did not.
    """

    def __init__(self, mechanism: str, username: str, token: str) -> None:
        """Prepares it.

        Args:
            mechanism: "OAUTHBEARER" or "XOAUTH2".
            username: the address of the mailbox.
            token: for it.
        """
        self.mechanism = mechanism
        self.reason = ""
        if mechanism == "OAUTHBEARER":
            # RFC 5801, 4: what the name may not hold is written by its number.
            name = username.replace("=", "=3D").replace(",", "=2C")
            message, self._end = f"n,a={name},\1auth=Bearer {token}\1\1", b"\1"
        else:
            name = username.replace("\1", "")
            message, self._end = f"user={name}\1auth=Bearer {token}\1\1", b""
        self._message = message.encode()
        self._said = False
        self.secrets = (token, message)

    @classmethod
    def among(cls, offered: Collection[str], username: str, token: str) -> Self | None:
        """By the best of the mechanisms that a server offers; None: it offers none.

        Args:
            offered: names in capitals.
            username: the address of the mailbox.
            token: for it.
        """
        for mechanism in _MECHANISMS:
            if mechanism in offered:
                return cls(mechanism, username, token)
        return None

    def __call__(self, challenge: bytes = b"") -> bytes:
        """What to answer: first the token, then what ends the talk (RFC 7628, 3.2.3)."""
        if not self._said:
            self._said = True
            return self._message
        self.reason = _reason(challenge) or self.reason
        return self._end

    def initial(self) -> str:
        """The first answer as it goes into a command (RFC 4954, 4)."""
        return b64encode(self()).decode()


def _reason(challenge: bytes) -> str:
    """The status that a server gives (RFC 7628, 3.2.2); what else it says may hold anything."""
    try:
        told = json.loads(challenge[:4096])
    except (ValueError, RecursionError):
        return ""
    status = told.get("status") if isinstance(told, dict) else None
    return one_line(str(status))[:40] if isinstance(status, str | int) else ""
