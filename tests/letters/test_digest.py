"""What the secretariat reads first thing in the morning."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.consultation.tally import TextTally
from bot.letters.contexts import CameIn, OwedShown, SettledShown, TextChange
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.letters.tally_lines import outcome, support
from bot.letters.wrapping import width
from tests.letters.factories import (
    make_circular,
    make_circular_digest,
    make_digest,
    make_tally,
    make_text_tally,
    make_waiting,
)

LETTERS = Letters()
CAME_IN = CameIn(
    reference="C106-FRA-1",
    state_name="France",
    received_at=dt.datetime(2026, 4, 22, 22, 30, tzinfo=dt.UTC),
    note="read without a person",
)


def digest(**changes: Any) -> Letter:
    return LETTERS.digest(make_digest(**changes))


def lines(letter: Letter) -> list[str]:
    return letter.text.splitlines()


def test_the_first_line_sums_up_with_the_most_pressing_first() -> None:
    letter = digest(
        circulars=(
            make_circular_digest(came_in=(CAME_IN,), late=(("Chile", CAME_IN.received_at),)),
        ),
        waiting=(make_waiting(), make_waiting(message=42)),
        bounces=(("a@b.example", "550", "Reminder"),),
        trouble=("The disk is nearly full.",),
    )
    said = "2 wait for a person, 1 problem, 1 reply came in, 1 late, 1 letter came back"
    assert lines(letter)[2] == f"{said}."
    assert letter.subject == f"Consultations on 23 April 2026: {said}"


def test_a_quiet_day_is_one_line() -> None:
    letter = digest(quiet=True, circulars=(make_circular_digest(chart=b"PNG"),))
    assert lines(letter)[2] == (
        "Nothing new since the last digest. TSB Circular 106: 1 Member State has"
    )
    assert len(lines(letter)) < 10
    assert "Tally" not in letter.text + letter.html
    assert not letter.pictures


def test_a_quiet_day_still_says_what_waits() -> None:
    letter = digest(quiet=True, waiting=(make_waiting(),))
    assert "1 reply still waits for a person." in letter.text
    assert letter.subject == "Consultations on 23 April 2026: nothing new, 1 waiting"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        pytest.param(
            "https://review.example/replies/41", "https://review.example/replies/41", id="link"
        ),
        pytest.param(None, "tsbbot review 41", id="command"),
    ],
)
def test_what_waits_says_why_since_when_and_how_to_settle_it(link: str | None, said: str) -> None:
    letter = digest(waiting=(make_waiting(link=link),))
    # 23:30 UTC is half past one of the next day in Zurich.
    first = "C106-ITA-1, Italy, since today, 01:30"
    start = lines(letter).index(first)
    assert lines(letter)[start + 1 : start + 4] == [
        "  a mark is doubtful",
        "  regulation@administration-it.example - Reply",
        f"  > {said}",
    ]
    assert said in letter.html


def test_what_waits_without_a_reference_begins_with_whose_it_is() -> None:
    letter = digest(waiting=(make_waiting(reference="", state_name=None),))
    assert "Member State not known, since today, 01:30" in lines(letter)
    assert "</strong> ·" not in letter.html


@pytest.mark.parametrize(
    ("since", "age"),
    [
        (dt.datetime(2026, 4, 23, 1, 0, tzinfo=dt.UTC), "since today, 03:00"),
        (dt.datetime(2026, 4, 22, 1, 0, tzinfo=dt.UTC), "since yesterday, 03:00"),
        (dt.datetime(2026, 4, 13, 1, 0, tzinfo=dt.UTC), "since 13 Apr, 03:00, 10 days"),
    ],
)
def test_age_is_counted_on_the_secretariats_calendar(since: dt.datetime, age: str) -> None:
    assert age in digest(waiting=(make_waiting(since=since),)).text


@pytest.mark.parametrize(
    ("days_left", "said"),
    [(7, "7 DAYS LEFT"), (1, "1 DAY LEFT"), (0, "THE DEADLINE IS TODAY"), (-1, "CLOSED 1 DAY AGO")],
)
def test_a_circular_says_how_long_it_is_open(days_left: int, said: str) -> None:
    letter = digest(circulars=(make_circular_digest(days_left=days_left),))
    assert f"TSB CIRCULAR 106: {said}" in lines(letter)


def test_the_tally_is_an_aligned_table() -> None:
    texts = (make_text_tally(), make_text_tally(text="X.1060 Amd.1", assigns=0, does_not_assign=0))
    letter = digest(circulars=(make_circular_digest(tally=make_tally(*texts)),))
    table = [line for line in lines(letter) if line.startswith(("Text ", "Y.4241 ", "X.1060 "))]
    assert len({line.index(word) for line, word in zip(table, ["Threshold", "met", "met"])}) == 1  # noqa: B905
    assert "33 of 40, 82.5 %" in table[1]
    assert "no replies" in table[2]
    assert max(map(width, lines(letter))) <= 76


@pytest.mark.parametrize(
    ("text", "said", "stands"),
    [
        pytest.param(make_text_tally(), "33 of 40, 82.5 %", "met", id="met"),
        pytest.param(
            make_text_tally(assigns=69999, does_not_assign=30001, threshold_met=False),
            "69999 of 100000, 69.9 %",
            "not met",
            id="never rounded up to the threshold",
        ),
        pytest.param(
            make_text_tally(decided=False), "33 of 40, 82.5 %", "met, may change", id="open"
        ),
        pytest.param(
            make_text_tally(assigns=0, does_not_assign=0), "no replies", "met", id="no replies"
        ),
    ],
)
def test_a_text_of_the_tally_is_put_into_words(text: TextTally, said: str, stands: str) -> None:
    assert support(text) == said
    assert outcome(text) == stands


def test_each_section_is_there_with_its_number_and_none_that_is_empty() -> None:
    bare = digest()
    for heading in (
        "Came in",
        "Late",
        "missing",
        "Not answered",
        "Outside",
        "CAME BACK",
        "ABSENCE",
    ):
        assert heading not in bare.text
    full = digest(
        circulars=(
            make_circular_digest(
                came_in=(CAME_IN,),
                late=(("Chile", dt.datetime(2026, 5, 1, 0, 1, tzinfo=dt.UTC)),),
                missing=(
                    OwedShown(state_name="Japan", comments=("Y.4241", "Y.4420"), reasons=()),
                    OwedShown(
                        state_name="Brazil",
                        comments=("Y.4241",),
                        reasons=("Y.4420",),
                        asked_again=dt.date(2026, 4, 20),
                    ),
                ),
                regions={"Europe": 43},
                without_reply={"Europe": ("Denmark", "Finland"), "Africa": ("Ghana",), "CIS": ()},
                observers=("State of Palestine: all texts assigned",),
            ),
        ),
        bounces=(("a@b.example", "550 no such mailbox", "Reminder"),),
        unreachable=(("TSB Circular 106", "Mongolia"),),
        absences=(("c@d.example", "Out of office"),),
        not_counted=("C106-X-1, a Sector Member",),
        trouble=("The disk is nearly full.",),
    ).text
    for line in (
        "- 23 Apr, 00:30 C106-FRA-1 France: read without a person",
        "Late, not counted (1)",
        "- Chile, received 1 May 2026, 00:01 UTC",
        "Comments or reasons missing (2)",
        "- Japan: comments on Y.4241 and Y.4420",
        "- Brazil: comments on Y.4241; reasons for Y.4420 (asked again on 20 April",
        "Not answered (3)",
        "- Africa (1): Ghana",
        "- Europe (2 of 43): Denmark, Finland",
        "- State of Palestine: all texts assigned",
        "- a@b.example: 550 no such mailbox (Reminder)",
        "NOBODY TO REMIND (1)",
        "- Mongolia (TSB Circular 106)",
        "- c@d.example: Out of office",
        "NOT COUNTED (1)",
        "- The disk is nearly full.",
    ):
        assert line in full.splitlines()
    assert "CIS" not in full


def test_each_circular_has_its_chart() -> None:
    other = make_circular(number=107)
    letter = digest(
        circulars=(
            make_circular_digest(chart=b"one"),
            make_circular_digest(circular=other, chart=b"two"),
            replace(make_circular_digest(), circular=make_circular(number=108)),
        )
    )
    assert letter.pictures == (("tally-106@tsbbot", b"one"), ("tally-107@tsbbot", b"two"))
    assert letter.html.count("<img") == 2
    assert 'alt="Chart of the tally of TSB Circular 107:' in letter.html


class TestWhatChanged:
    CHANGES = (
        TextChange(before=make_text_tally(assigns=27), now=make_text_tally()),
        TextChange(
            before=make_text_tally(
                text="Y.4420", assigns=6, does_not_assign=4, threshold_met=False
            ),
            now=make_text_tally(text="Y.4420", assigns=7, does_not_assign=3, pending=0),
        ),
    )

    def letter(self, **changes: Any) -> str:
        return digest(circulars=(make_circular_digest(**changes),)).text

    def test_is_said_text_by_text(self) -> None:
        text = " ".join(self.letter(changes=self.CHANGES).split())
        assert "- Y.4241 (+6 for)" in text
        assert "- Y.4420: 6 of 10, 60 % → 7 of 10, 70 %; met (was: not met); pending 2 → 0" in text

    def test_a_threshold_that_is_met_now_is_in_the_first_line(self) -> None:
        letter = digest(circulars=(make_circular_digest(changes=self.CHANGES),))
        assert "Y.4420 now meets the threshold" in letter.subject
        assert "Y.4420 now meets the threshold" in " ".join(letter.text.split())

    def test_several_that_turned_are_counted_there(self) -> None:
        lost = TextChange(before=make_text_tally(), now=make_text_tally(threshold_met=False))
        letter = digest(circulars=(make_circular_digest(changes=(lost, lost)),))
        assert "2 texts no longer meet the threshold" in letter.subject

    def test_what_people_settled_is_named_with_who_did(self) -> None:
        settled = SettledShown(
            reference="C106-TUN-1", state_name="Tunisia", outcome="counted", by="a@itu.example"
        )
        text = self.letter(settled=(settled,))
        assert "- C106-TUN-1 Tunisia: counted, decided by a@itu.example" in text

    def test_what_was_sent_and_what_is_next_is_one_line(self) -> None:
        text = " ".join(
            self.letter(
                letters={"reminder": 14, "request": 1}, next_reminders=dt.date(2026, 4, 28)
            ).split()
        )
        assert (
            "Sent since the last digest: 14 reminders, 1 request for comments or reasons."
            " Next reminders: Tuesday 28 April 2026." in text
        )

    def test_texts_whose_outcome_stands_share_a_line(self) -> None:
        others = tuple(
            TextChange(
                before=make_text_tally(text=text, assigns=34, pending=4),
                now=make_text_tally(text=text, does_not_assign=8),
            )
            for text in ("Y.4241", "X.1060 Amd.1")
        )
        text = " ".join(self.letter(changes=others).split())
        assert (
            "- Y.4241 (-1 for, +1 against, -2 pending);"
            " X.1060 Amd.1 (-1 for, +1 against, -2 pending)" in text
        )

    def test_nothing_is_said_where_nothing_changed(self) -> None:
        text = self.letter()
        assert "Changed" not in text
        assert "Sent since" not in text
