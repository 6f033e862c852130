"""A workroom for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.store import open_store
from tests.worker.workroom import Workroom, open_workroom


@pytest.fixture(scope="session")
def model_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has its tables, to be copied."""
    path = tmp_path_factory.mktemp("model") / "model.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    """A worker with fakes round it, which reminds nobody and writes no digest."""
    quiet: dict[str, dict[str, object]] = {
        "reminders": {"days_before": []},
        "secretariat": {"digest_to": []},
    }
    with open_workroom(tmp_path, model_database, quiet) as room:
        yield room


@pytest.fixture
def calendar_room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    """A worker with fakes round it, with the usual reminders and digests."""
    with open_workroom(tmp_path, model_database) as room:
        yield room
