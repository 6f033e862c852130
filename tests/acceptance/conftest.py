"""The consultation, the mailbox and the SMTP server of the acceptance tests."""

from collections.abc import Iterator

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.demo.smtp_server import EmbeddedSubmission


@pytest.fixture(scope="session")
def circular() -> Circular:
    """The circular that ships."""
    return shipped_circulars()[-1]


@pytest.fixture
def submission() -> Iterator[EmbeddedSubmission]:
    """An SMTP server that takes every letter."""
    with EmbeddedSubmission() as server:
        yield server
