"""LibreOffice where it is needed."""

import pytest

from tests.support.office import require_office


@pytest.fixture(scope="session")
def office() -> None:
    """Says that a test needs LibreOffice."""
    require_office()
