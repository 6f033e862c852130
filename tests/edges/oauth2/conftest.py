"""A provider of tokens for the module, new to each test, and a clock that is moved by hand."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.edges.clock import FixedClock
from tests.support.token_endpoint import TokenEndpoint

#: The moment that the clock of the tests starts at.
NOW = dt.datetime(2026, 4, 16, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenEndpoint]:
    with TokenEndpoint(tmp_path_factory.mktemp("provider")) as endpoint:
        yield endpoint


@pytest.fixture
def endpoint(provider: TokenEndpoint) -> TokenEndpoint:
    """A provider that knows of nothing yet."""
    provider.forget()
    return provider


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where tokens are kept."""
    return tmp_path / "mailbox.tokens"
