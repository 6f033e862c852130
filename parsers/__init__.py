"""Returned forms: from bytes to what the boxes say, with the evidence for it."""
