"""Readers against bytes that nobody meant: `python -m tests.fuzz TARGET --seconds 60`."""
