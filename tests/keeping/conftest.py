"""Stores on both databases, as the tests of the store have them."""

from tests.store.conftest import database, empty_url, model_database, store, url
from tests.support.postgresql import postgresql

__all__ = ["database", "empty_url", "model_database", "postgresql", "store", "url"]
