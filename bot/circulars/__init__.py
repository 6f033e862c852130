"""Circulars as data: read from TOML, or made from the Word, PDF or text that TSB issues."""
