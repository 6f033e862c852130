"""Notes of absence as programs write them: never taken for what a person wrote."""

import pytest

from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.opening import open_header, open_message
from tests.support.absences import EXCHANGE, OTHERS

SUBJECT = "TSB Circular 106: reminder"


@pytest.mark.parametrize("language", EXCHANGE)
def test_exchange_says_in_each_language_that_somebody_is_away(language: str) -> None:
    prefix, words = EXCHANGE[language]
    raw = (
        f"From: focal@regulator.example\nSubject: {prefix}: {SUBJECT}\n"
        f"Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n\n{words}\n"
    ).encode()
    for message in (open_message(raw), open_header(raw)):
        found = automatic(message)
        assert found is not None
        assert (found.kind, found.certain) == (AutomaticKind.ABSENCE, True)


@pytest.mark.parametrize("language", EXCHANGE)
def test_by_its_subject_alone_it_is_none_of_a_persons(language: str) -> None:
    prefix, words = EXCHANGE[language]
    raw = f"From: focal@regulator.example\nSubject: {prefix}: {SUBJECT}\n\n{words}\n".encode()
    found = automatic(open_message(raw))
    assert found is not None
    assert found.kind is AutomaticKind.ABSENCE


@pytest.mark.parametrize("program", OTHERS)
def test_other_programs_mark_theirs(program: str) -> None:
    subject, fields, words = OTHERS[program]
    header = "".join(f"{name}: {value}\n" for name, value in fields)
    raw = (
        f"{header}From: focal@regulator.example\nSubject: {subject.format(subject=SUBJECT)}\n\n"
        f"{words}\n"
    ).encode()
    found = automatic(open_message(raw))
    assert found is not None
    assert found.certain
    assert found.kind in {AutomaticKind.ABSENCE, AutomaticKind.OTHER}
