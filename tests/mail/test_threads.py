"""Which letter of ours a message answers."""

import pytest

from bot.mail.opening import open_header
from bot.mail.threads import MOST_IDS, answers, message_ids
from tests.mail.written import mail

OURS = ("<one@example.org>", "<two@example.org>")


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        pytest.param("In-Reply-To: <one@example.org>\n", "<one@example.org>", id="In-Reply-To"),
        pytest.param(
            "References: <one@example.org> <x@y> <two@example.org> <z@y>\n",
            "<two@example.org>",
            id="the newest of References",
        ),
        pytest.param(
            "In-Reply-To: <one@example.org>\nReferences: <one@example.org> <two@example.org>\n",
            "<one@example.org>",
            id="In-Reply-To before References",
        ),
        pytest.param("In-Reply-To: one@example.org\n", "<one@example.org>", id="no brackets"),
        pytest.param("In-Reply-To: <ONE@Example.org>\n", "<one@example.org>", id="another case"),
        pytest.param("References: <one@\n example.org>\n", "<one@example.org>", id="folded within"),
        pytest.param(
            'In-Reply-To: Your message of Tuesday "<one@example.org>"\n',
            "<one@example.org>",
            id="words",
        ),
        pytest.param("In-Reply-To: <other@example.org>\n", None, id="another letter"),
        pytest.param("Subject: <one@example.org>\n", None, id="another field"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_letter_that_is_answered_is_found(header: str, answered: str | None) -> None:
    assert answers(open_header(mail(header + "\n")), OURS) == answered


def test_own_ids_may_come_without_brackets() -> None:
    assert answers(open_header(b"In-Reply-To: <a@b>\n\n"), ["a@b"]) == "a@b"


def test_a_list_that_grew_over_years_keeps_its_first_and_last() -> None:
    ids = message_ids(" ".join(f"<{number}@x>" for number in range(1000)))
    assert len(ids) == MOST_IDS
    assert (ids[0], ids[-1]) == ("<0@x>", "<999@x>")
