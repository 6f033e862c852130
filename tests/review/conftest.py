"""A hall for each test, and a browser for those that want one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.store.store import open_store
from tests.review.hall import READER, REVIEWER, Hall, Visitor, open_hall

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def model_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has its tables, to be copied."""
    path = tmp_path_factory.mktemp("model") / "model.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def hall(tmp_path: Path, model_database: Path) -> Iterator[Hall]:
    """The site over an empty record."""
    with open_hall(tmp_path, model_database) as hall:
        yield hall


@pytest.fixture
def stranger(hall: Hall) -> Iterator[Visitor]:
    """Nobody."""
    with hall.visitor() as visitor:
        yield visitor


@pytest.fixture
def reviewer(hall: Hall) -> Iterator[Visitor]:
    """Somebody who may decide, signed in."""
    with hall.visitor() as visitor:
        yield visitor.sign_in(REVIEWER)


@pytest.fixture
def reader(hall: Hall) -> Iterator[Visitor]:
    """Somebody who may look, signed in."""
    with hall.visitor() as visitor:
        yield visitor.sign_in(READER)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; skipped where there is none, failed where there must be one."""
    path = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        reason = "Chromium is not installed (Debian: chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
