"""Public keys of those who sign mail, looked up in the DNS (RFC 6376, 3.6.2)."""

import dns.exception
import dns.rdatatype
import dns.resolver

from bot.mail.authentication.signatures import KeyUnavailableError

#: Answers kept for as long as they say; a consultation's senders are a few hundred domains.
_KEPT = 1_000


class KeyRecords:
    """Asks the resolver of this platform; its word is believed, so it should be one that validates."""

    def __init__(self, seconds: float, resolver: dns.resolver.Resolver | None = None) -> None:
        """Names the resolver; nothing is asked yet.

        Args:
            seconds: for one question, all tries together.
            resolver: None: that of this platform.
        """
        self._seconds = seconds
        self._resolver = resolver

    def __call__(self, name: str) -> bytes | None:
        """The text of the record of that name; None where there is none.

        Raises:
            KeyUnavailableError: nobody answers, or the answer is that it cannot be had.
        """
        try:
            if self._resolver is None:
                self._resolver = dns.resolver.Resolver()
                self._resolver.cache = dns.resolver.LRUCache(_KEPT)
            answer = self._resolver.resolve(
                name, dns.rdatatype.TXT, lifetime=self._seconds, search=False
            )
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except (dns.exception.DNSException, OSError) as error:
            raise KeyUnavailableError(f"{name}: {type(error).__name__}") from error
        # Several records are against RFC 6376, 3.6.2.2; which of them is meant nobody knows.
        texts = [b"".join(record.strings) for record in answer]
        return texts[0] if len(texts) == 1 else None
