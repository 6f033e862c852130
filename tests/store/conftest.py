"""A store on each of the two databases: whatever is tested holds on both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store.store import Store, open_store
from tests.support.postgresql import Postgresql, postgresql

__all__ = ["postgresql"]

#: Makes the URL of a new, empty database.
NewUrl = Callable[[], str]


@pytest.fixture(scope="session")
def model_database(postgresql: Postgresql) -> str:
    """The name of a PostgreSQL database that has the tables, to be copied."""
    name = postgresql.new_database()
    open_store(postgresql.url(name)).close()
    return name


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)],
)
def database(request: pytest.FixtureRequest) -> str:
    """Which of the two."""
    return str(request.param)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path}/tsbbot.db"
    server: Postgresql = request.getfixturevalue("postgresql")
    return server.url(server.new_database())


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of its own for each test."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path}/tsbbot.db"
    server: Postgresql = request.getfixturevalue("postgresql")
    model: str = request.getfixturevalue("model_database")
    return server.url(server.new_database(like=model))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store, open."""
    with open_store(url) as opened:
        yield opened
