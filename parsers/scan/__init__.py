"""Scanned, faxed and photographed forms: where their rows and boxes are, and what a pen did there."""
