"""What is said while a circular is made of its text."""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Findings:
    """Grows while the parts of a circular are read, a sentence each.

    Attributes:
        missing: what could not be found.
        notes: what does not agree or was concluded.
    """

    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
