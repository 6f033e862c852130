"""Secrets and seals: what a cookie, a link and a form hold so that nobody else can make them."""

import hashlib
import hmac
import secrets


class Seals:
    """Seals values with one secret (HMAC-SHA-256); each purpose has seals of its own."""

    def __init__(self, secret: str) -> None:
        """Takes the secret; any text, the longer the better."""
        self._secret = hashlib.sha256(secret.encode()).digest()

    def sealed(self, value: str, purpose: str) -> str:
        """The value with its seal."""
        return f"{value}.{self._seal(value, purpose)}"

    def opened(self, text: str, purpose: str) -> str | None:
        """The value of a sealed text; None where the seal is not ours."""
        value, _, seal = text.rpartition(".")
        return value if value and self._fits(seal, value, purpose) else None

    def form_token(self, key: str) -> str:
        """What a form holds that is shown to whoever has that key."""
        return self._seal(key, "form")

    def is_form_token(self, token: str, key: str) -> bool:
        """Whether a form came from a page that was shown to whoever has that key."""
        return bool(key) and self._fits(token, key, "form")

    def _seal(self, value: str, purpose: str) -> str:
        said = f"{purpose}\0{value}".encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()

    def _fits(self, seal: str, value: str, purpose: str) -> bool:
        # Compared as bytes: text that is not ASCII is refused, not an error.
        return hmac.compare_digest(seal.encode(), self._seal(value, purpose).encode())


def new_secret() -> str:
    """A word that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def key_of(secret: str) -> str:
    """Under which a secret is kept: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
