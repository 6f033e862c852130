"""An access token as it was issued (RFC 6749, 5.1), and how long it may be used."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Final, Protocol

from bot.errors import TokenError

#: Renewed so long before it ends, or a fifth of its life before, whichever is later.
_MARGIN: Final = dt.timedelta(minutes=5)
#: A clock may be set back by so much before what it noted is doubted.
_SKEW: Final = dt.timedelta(minutes=2)
#: Where the endpoint does not say how long (RFC 6749, 5.1: "RECOMMENDED"), or says nonsense.
_USUAL_LIFE: Final = dt.timedelta(minutes=10)
_LONGEST_LIFE: Final = dt.timedelta(days=400)
_NUMBER: Final = (int, float, str)
#: RFC 6749, A.12 and A.17: visible ASCII; so nothing in it can end the SASL message that holds it.
_SYNTAX: Final = re.compile(r"[\x21-\x7e]{1,16384}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token, and what renews it.

    Attributes:
        access: shown to the mail server; secret.
        obtained_at: when it was issued, by this machine's clock.
        expires_at: when it ends, by this machine's clock.
        refresh: what a new one is asked for with (RFC 6749, 6); None: by other means. Secret.
        refresh_expires_at: when that ends; None: not known.
    """

    access: str = dataclasses.field(repr=False)
    obtained_at: dt.datetime
    expires_at: dt.datetime
    refresh: str | None = dataclasses.field(default=None, repr=False)
    refresh_expires_at: dt.datetime | None = None

    def is_fresh(self, now: dt.datetime) -> bool:
        """Whether it need not be renewed yet."""
        margin = min(_MARGIN, (self.expires_at - self.obtained_at) / 5)
        return self.is_valid(now) and now < self.expires_at - margin

    def is_valid(self, now: dt.datetime) -> bool:
        """Whether it has not ended; one from the future tells that the clock was set back."""
        return self.obtained_at - _SKEW <= now < self.expires_at


class AccessTokens(Protocol):
    """The tokens of one account; a sign-in asks for one each time."""

    def token(self) -> str:
        """A token that is good for some minutes yet.

        Raises:
            TokenError: none can be had now.
            TokenRefusedError: none can be had before a person does something about it.
            ConfigurationError: a secret's file cannot be read.
        """
        ...

    def renewed(self, rejected: str) -> str:
        """Another token than the one that the mail server has just rejected.

        Raises:
            TokenError, TokenRefusedError, ConfigurationError: as with `token`.
        """
        ...


def token_of(answer: Mapping[str, object], now: dt.datetime, *, refresh: str | None) -> Token:
    """What a token endpoint issued.

    Args:
        answer: its JSON object (RFC 6749, 5.1).
        now: when it was asked.
        refresh: what it was asked with; stays good unless another one comes (RFC 6749, 6).

    Raises:
        TokenError: there is no usable token in it; says what is wrong, not what it says.
    """
    access, issued = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not _SYNTAX.fullmatch(access):
        raise TokenError(
            "the token endpoint answered without a usable access token",
            mend="check that its address is that of a token endpoint (RFC 6749, 5.1)",
        )
    kind = answer.get("token_type", "Bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise TokenError(
            "the token endpoint issued a token of a kind that no mail server takes",
            mend="have it issue bearer tokens (RFC 6750)",
        )
    if isinstance(issued, str) and _SYNTAX.fullmatch(issued):
        refresh = issued
    # Google, and Keycloak, say when a person must sign in again.
    ends = answer.get("refresh_token_expires_in") or answer.get("refresh_expires_in")
    return Token(
        access=access,
        obtained_at=now,
        expires_at=now + _life(answer.get("expires_in")),
        refresh=refresh,
        refresh_expires_at=now + _life(ends) if ends and refresh else None,
    )


def _life(seconds: object) -> dt.timedelta:
    # Some send a number as text.
    try:
        life = dt.timedelta(seconds=float(seconds)) if isinstance(seconds, _NUMBER) else _USUAL_LIFE
    except (ValueError, OverflowError):
        return _USUAL_LIFE
    return min(max(life, dt.timedelta(0)), _LONGEST_LIFE)
