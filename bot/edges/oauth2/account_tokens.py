"""The tokens of one account: kept, renewed early, and renewed once more when one is rejected."""

import datetime as dt
from typing import Protocol

from bot.edges.clock import Clock
from bot.edges.oauth2.token import Token
from bot.edges.oauth2.token_cache import TokenCache
from bot.errors import TokenError, TokenRefusedError


class Grant(Protocol):
    """A way to come by a token (RFC 6749, 1.3)."""

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """Asks for a new token.

        Args:
            kept: the last one, which may have ended; None: there is none.
            now: the present moment.

        Raises:
            TokenError: none can be had now.
            TokenRefusedError: none can be had before a person does something about it.
            ConfigurationError: a secret's file cannot be read.
        """
        ...


class AccountTokens:
    """See `AccessTokens`; several programs may share the file of tokens."""

    def __init__(self, name: str, *, grant: Grant, cache: TokenCache, clock: Clock) -> None:
        """Asks for nothing yet.

        Args:
            name: of the account, in the file.
            grant: where new tokens come from.
            cache: where they are kept.
            clock: the real one: tokens end whatever day is rehearsed.
        """
        self._name = name
        self._grant = grant
        self._cache = cache
        self._clock = clock
        #: Issued, but the disk did not take it: its refresh token may be the only good one.
        self._unkept: Token | None = None

    def token(self) -> str:
        """See `AccessTokens`."""
        return self._usable(rejected=None)

    def renewed(self, rejected: str) -> str:
        """See `AccessTokens`."""
        return self._usable(rejected=rejected)

    def keep(self, token: Token) -> None:
        """Keeps a token that a person has signed in for.

        Raises:
            ConfigurationError, TokenError: it cannot be kept.
        """
        with self._cache.locked():
            self._cache.put(self._name, token)

    def kept(self) -> Token | None:
        """The last token, which may have ended; None: there is none.

        Raises:
            ConfigurationError: the file of tokens cannot be read.
        """
        return self._cache.get(self._name)

    def _usable(self, *, rejected: str | None) -> str:
        kept = self.kept()
        if kept is not None and self._will_do(kept, rejected):
            return kept.access
        with self._cache.locked():
            if self._unkept is not None:
                self._cache.put(self._name, self._unkept)
                self._unkept = None
            # Another program may have renewed it while this one waited for the lock.
            kept = self.kept()
            if kept is not None and self._will_do(kept, rejected):
                return kept.access
            return self._renew(kept, rejected)

    def _will_do(self, token: Token, rejected: str | None) -> bool:
        return token.is_fresh(self._clock.now()) and token.access != rejected

    def _renew(self, kept: Token | None, rejected: str | None) -> str:
        now = self._clock.now()
        try:
            token = self._grant.obtain(kept, now)
        except TokenRefusedError:
            raise
        except TokenError:
            # Early enough to go on with the old one for a while.
            if kept is not None and kept.is_valid(now) and kept.access != rejected:
                return kept.access
            raise
        self._unkept = token
        self._cache.put(self._name, token)
        self._unkept = None
        return token.access
