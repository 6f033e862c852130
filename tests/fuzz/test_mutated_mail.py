"""A share of the mutated messages; all of them: `python -m tests.fuzz mutate`."""

from pathlib import Path

from hypothesis import strategies as st

from tests.fuzz.mutated_mail import mutated_mail
from tests.fuzz.seed_mail import seeds
from tests.fuzz.sorting import sort_messages


def test_mutated_messages_end_recorded_left_alone_or_quarantined(tmp_path: Path) -> None:
    result = sort_messages(mutated_mail(), 250, 1, tmp_path)
    assert result.wrong == []
    assert result.ends.total() == result.messages >= 250
    # Otherwise nothing would be tried but what is left alone at first sight.
    assert result.ends["left alone"] < result.messages * 0.9
    assert {"reply", "bounce", "correspondence"} <= set(result.kinds)
    assert list(result.quarantined) == []


def test_undamaged_they_are_what_they_are(tmp_path: Path) -> None:
    every = list(seeds())
    result = sort_messages(st.sampled_from(every), len(every) * 4, 1, tmp_path)
    assert result.wrong == []
    assert {"reply", "bounce", "absence"} <= set(result.kinds)
    assert result.answered >= 2
