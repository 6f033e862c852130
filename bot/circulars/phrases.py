"""Phrases as one line, whatever lines their source broke them into."""

import re


def squeezed(text: str) -> str:
    """One space between words, and none at the ends."""
    return " ".join(text.split())


def joined(text: str) -> str:
    """Lines of one phrase as one; a hyphen at a line's end stays, without a space."""
    joined = re.sub(r"(?<=\S)-\n\s*", "-", text)
    joined = re.sub(r"(?<=[\u2e80-\u9fff])\s*\n\s*(?=[\u2e80-\u9fff])", "", joined)
    return squeezed(joined)
