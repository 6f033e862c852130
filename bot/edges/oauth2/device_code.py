"""Signing in on another device (RFC 8628): a code is shown here and typed in there."""

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final, Protocol

from bot.edges.clock import Clock
from bot.edges.oauth2.token import Token
from bot.errors import TokenError, TokenRefusedError
from bot.mail.fields import one_line

#: Added to the pause each time that the endpoint is asked too often (RFC 8628, 3.5).
_SLOWER: Final = 5.0
_LONGEST_PAUSE: Final = 60.0
_LONGEST_LIFE: Final = 3600.0


class Waiting(Enum):
    """What an endpoint answers while the person has not signed in yet (RFC 8628, 3.5)."""

    PENDING = "authorization_pending"
    #: It was asked too often.
    SLOWER = "slow_down"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What a person needs to sign in.

    Attributes:
        address: to open in a browser.
        user_code: to type in there.
        device_code: what is asked with meanwhile; secret.
        expires_at: when nobody may sign in with it any more.
        pause: seconds between two questions.
    """

    address: str
    user_code: str
    device_code: str = dataclasses.field(repr=False)
    expires_at: dt.datetime
    pause: float


class DeviceGrant(Protocol):
    """An endpoint that lets people sign in on another device."""

    def begin(self, now: dt.datetime) -> DeviceCode:
        """Asks for a code.

        Raises:
            TokenError, TokenRefusedError, ConfigurationError: none is given.
        """
        ...

    def poll(self, code: DeviceCode, now: dt.datetime) -> Token | Waiting:
        """Asks whether the person has signed in.

        Raises:
            TokenError: the endpoint is away.
            TokenRefusedError: the person said no, or the code has expired.
        """
        ...


def device_code_of(answer: Mapping[str, object], now: dt.datetime) -> DeviceCode:
    """What an endpoint gave to show (RFC 8628, 3.2).

    Raises:
        TokenError: it cannot be understood.
    """
    address = answer.get("verification_uri") or answer.get("verification_url")
    user_code, device_code = answer.get("user_code"), answer.get("device_code")
    if not (isinstance(address, str) and isinstance(user_code, str)):
        raise _nonsense()
    if not (isinstance(device_code, str) and address and user_code and device_code):
        raise _nonsense()
    try:
        life = float(str(answer.get("expires_in", 600)))
        pause = float(str(answer.get("interval", 5)))
        expires_at = now + dt.timedelta(seconds=min(max(life, 0), _LONGEST_LIFE))
    except ValueError:
        raise _nonsense() from None
    return DeviceCode(
        address=one_line(address)[:200],
        user_code=one_line(user_code)[:40],
        device_code=device_code,
        expires_at=expires_at,
        pause=min(max(pause, 1.0), _LONGEST_PAUSE),
    )


def sign_in_on_a_device(
    grant: DeviceGrant, *, show: Callable[[DeviceCode], None], clock: Clock, stop: threading.Event
) -> Token:
    """Shows a code and waits until somebody has signed in with it.

    Args:
        grant: the endpoint.
        show: tells the person what to do.
        clock: waited by.
        stop: ends the wait.

    Raises:
        TokenRefusedError: nobody signed in in time, or they said no, or `stop` was set.
        TokenError, ConfigurationError: there was no code to show.
    """
    code = grant.begin(clock.now())
    show(code)
    pause = code.pause
    while not clock.wait(pause, stop):
        now = clock.now()
        if now >= code.expires_at:
            break
        try:
            found = grant.poll(code, now)
        except TokenRefusedError:
            raise
        except TokenError:
            # It was away for a moment: less often, as RFC 8628, 3.5, asks.
            pause = min(pause * 2, _LONGEST_PAUSE)
            continue
        if isinstance(found, Token):
            return found
        if found is Waiting.SLOWER:
            pause = min(pause + _SLOWER, _LONGEST_PAUSE)
    raise TokenRefusedError("nobody signed in in time", mend="start again, and use the new code")


def _nonsense() -> TokenError:
    return TokenError(
        "the endpoint for devices answered without a code that can be shown",
        mend="check that device_endpoint is one (RFC 8628, 3.2)",
    )
