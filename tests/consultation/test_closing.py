"""The closing report is frozen; what is decided afterwards is an amendment with its reason."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.consultation.closing import amendments, close
from bot.consultation.record import DecidedOpinion, OpinionRecord, Standing
from bot.consultation.tally import tally
from tests.consultation.record_lines import NOON, line

CLOSED = NOON + dt.timedelta(days=21)
#: Seconds after `NOON` at which a late reply was received and recorded.
AFTER = int(dt.timedelta(days=22).total_seconds())


def decided(*records: OpinionRecord, who: str = "worker", why: str = "") -> list[DecidedOpinion]:
    return [DecidedOpinion(record=each, who=who, why=why) for each in records]


IN_TIME = (line(1, "CHE", "N"), line(2, "FRA", "D"), line(3, "BRA", "N", Standing.PENDING))


def test_the_report_counts_what_was_recorded_and_says_how_far(circular: Circular) -> None:
    report = close(circular, IN_TIME, moment=CLOSED, observers={"PSE"})

    first = report.tally.texts[0]
    assert (first.assigns, first.does_not_assign, first.pending) == (1, 1, 1)
    assert (report.last, report.outside, report.tally.as_of) == (3, ("PSE",), CLOSED)


def test_a_consultation_without_any_reply_closes_too(circular: Circular) -> None:
    report = close(circular, (), moment=CLOSED)

    assert report.last == 0
    assert all(each.threshold_met and each.decided for each in report.tally.texts)
    assert amendments(circular, (), report) == ()


def test_a_late_reply_is_no_amendment_until_somebody_admits_it(circular: Circular) -> None:
    report = close(circular, IN_TIME, moment=CLOSED)
    late = line(4, "IND", "N", Standing.LATE, received=AFTER, recorded=AFTER)
    admitted = replace(
        late, seq=5, recorded_at=late.recorded_at + dt.timedelta(days=1), standing=Standing.COUNTED
    )
    before = decided(*IN_TIME, late)

    assert amendments(circular, before, report) == ()

    who, why = "reviewer@itu.example", "the post was on strike"
    (only,) = amendments(circular, [*before, *decided(admitted, who=who, why=why)], report)
    assert (only.who, only.why, only.state, only.late) == (who, why, "IND", True)
    (text,) = only.texts
    assert (text.before.assigns, text.after.assigns) == (1, 2)
    assert not text.before.threshold_met
    assert not text.after.threshold_met


def test_settling_what_waited_is_an_amendment_and_no_late_one(circular: Circular) -> None:
    report = close(circular, IN_TIME, moment=CLOSED)
    settled = line(
        4, "BRA", "N", reply=3, received=3, recorded=int((CLOSED - NOON).total_seconds()) + 60
    )
    (only,) = amendments(circular, decided(*IN_TIME, settled), report)

    assert not only.late
    assert (only.texts[0].before.pending, only.texts[0].after.pending) == (1, 0)


def test_one_decision_over_several_texts_is_one_amendment(circular: Circular) -> None:
    report = close(circular, IN_TIME, moment=CLOSED)
    both = [
        line(seq, "IND", "D", reply=9, received=AFTER, recorded=AFTER, text=text)
        for seq, text in ((8, "Y.1"), (9, "Y.2"))
    ]
    (only,) = amendments(circular, decided(*IN_TIME, *both, why="admitted"), report)

    assert [each.after.text for each in only.texts] == ["Y.1", "Y.2"]


def test_amendments_are_told_as_of_a_moment(circular: Circular) -> None:
    report = close(circular, IN_TIME, moment=CLOSED)
    later = line(4, "IND", "N", received=AFTER, recorded=AFTER)

    known = decided(*IN_TIME, later)
    assert amendments(circular, known, report, moment=CLOSED) == ()
    assert len(amendments(circular, known, report, moment=later.recorded_at)) == 1


def test_a_text_that_the_circular_did_not_have_then_amends_nothing(circular: Circular) -> None:
    other = replace(circular, texts=circular.texts[:1])
    report = close(other, IN_TIME, moment=CLOSED)
    later = line(4, "IND", "N", text="Y.2", received=AFTER, recorded=AFTER)

    assert amendments(circular, decided(*IN_TIME, later), report) == ()


lines = st.lists(
    st.tuples(
        st.sampled_from(["CHE", "FRA", "BRA", None]),
        st.sampled_from("NCAD-?"),
        st.sampled_from(list(Standing)),
        st.sampled_from(["Y.1", "Y.2"]),
        st.integers(0, 5),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(rows=lines, cut=st.integers(0, 14))
def test_the_report_and_its_amendments_come_to_the_present_count(
    circular: Circular, rows: list[tuple[str | None, str, Standing, str, int]], cut: int
) -> None:
    records = [
        line(seq, state, letter, standing, text=text, reply=reply, received=reply)
        for seq, (state, letter, standing, text, reply) in enumerate(rows, start=1)
    ]
    report = close(circular, records[:cut], moment=CLOSED)
    numbers = {each.text: each for each in report.tally.texts}

    for each in amendments(circular, decided(*records), report):
        for text in each.texts:
            assert numbers[text.before.text] == text.before
            numbers[text.after.text] = text.after

    assert tuple(numbers.values()) == tally(circular, records, moment=CLOSED).texts
