"""A reading brought to what tests compare: text -> places of its marked boxes."""

from parsers.reading import BoxRole, Doubt, FormReading, Mark
from parsers.registry import read

_ORDER = list(BoxRole)


def told(data: bytes) -> dict[str, set[int] | None]:
    """Text -> places of its marked boxes, 0 to 3; None for a row that a person has to see."""
    return {
        text: None if doubts else ticked for text, (ticked, doubts) in _rows(read(data)).items()
    }


def rows_of(data: bytes) -> dict[str, set[int]]:
    """Text -> places of its marked boxes; no row and no file may be doubtful."""
    reading = read(data)
    assert not reading.doubts, reading.doubts
    rows = _rows(reading)
    doubtful = {text: doubts for text, (_, doubts) in rows.items() if doubts}
    assert not doubtful
    return {text: ticked for text, (ticked, _) in rows.items()}


def doubts_of(data: bytes) -> dict[str, tuple[Doubt, ...]]:
    """Text -> the doubts of its row, the doubtful ones only."""
    return {text: doubts for text, (_, doubts) in _rows(read(data)).items() if doubts}


def _rows(reading: FormReading) -> dict[str, tuple[set[int], tuple[Doubt, ...]]]:
    return {
        row.designation: (
            {
                _ORDER.index(BoxRole(role))
                for role, box in row.boxes
                if role and box.mark is Mark.MARKED
            },
            row.doubts,
        )
        for row in reading.rows
    }
