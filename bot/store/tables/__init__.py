"""The tables, one module for each group of nouns; only this package's modules use them."""

from bot.store.tables import chronicle, consultation, correspondence, mailbox, review
from bot.store.tables.row import TABLES

__all__ = ["TABLES", "chronicle", "consultation", "correspondence", "mailbox", "review"]
