"""A letter rendered: what goes into the outbox."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter's words.

    Attributes:
        subject: on one line.
        text: plain text, lines of at most 76 columns where words allow.
        html: a whole HTML document, right to left where the language is.
        language: ISO 639-1.
        pictures: (Content-ID without angle brackets, PNG bytes) that `html` refers to by cid:.
    """

    subject: str
    text: str
    html: str
    language: str
    pictures: tuple[tuple[str, bytes], ...] = ()
