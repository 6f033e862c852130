"""The scorer is held to readings made by hand."""

from collections.abc import Sequence

import pytest

from bot.consultation.circular import Circular
from parsers.reading import Box, BoxRole, Doubt, Format, FormReading, Mark, RowReading
from tests.corpus.circulars import circulars
from tests.corpus.scoring import Score, Verdict, cases, interval
from tests.corpus.truth import Answer, Document, RowTruth

ROLES = tuple(BoxRole)
CIRCULAR: Circular = next(each for each in circulars(1) if len(each.texts) > 1)
TEXT = CIRCULAR.texts[0].designation
OTHER = CIRCULAR.texts[1].designation


def document(answer: Answer, *, plain: bool = True) -> Document:
    return Document(
        family="word",
        seed=1,
        index=0,
        suffix=".docx",
        data=b"",
        circular=CIRCULAR,
        language="en",
        traits={"maker": "by hand"},
        rows=(RowTruth(designation=TEXT, answer=answer, plain=plain),),
        places={},
    )


def row(
    ticked: Sequence[int], doubts: tuple[Doubt, ...] = (), designation: str = TEXT
) -> RowReading:
    boxes = tuple(
        (role, Box(mark=Mark.MARKED if place in ticked else Mark.EMPTY, kind="character", how=""))
        for place, role in enumerate(ROLES)
    )
    return RowReading(designation=designation, boxes=boxes, doubts=doubts)


def reading(*rows: RowReading, doubts: tuple[Doubt, ...] = ()) -> FormReading:
    return FormReading(format=Format.DOCX, rows=rows, doubts=doubts)


@pytest.mark.parametrize(
    ("answer", "said", "expected"),
    [
        pytest.param(Answer.ASSIGN_NC, reading(row([0, 1])), Verdict.AUTO, id="right"),
        pytest.param(Answer.DENY, reading(row([3])), Verdict.AUTO, id="right-denial"),
        pytest.param(Answer.ASSIGN_NC, reading(row([0, 2])), Verdict.WRONG, id="other-option"),
        pytest.param(Answer.DENY, reading(row([0])), Verdict.WRONG, id="opposite"),
        pytest.param(Answer.ASSIGN_C, reading(row([0])), Verdict.HALF, id="option-lost"),
        pytest.param(Answer.ASSIGN, reading(row([0])), Verdict.AUTO, id="no-option"),
        pytest.param(Answer.ASSIGN, reading(row([0, 1])), Verdict.WRONG, id="option-made-up"),
        pytest.param(Answer.BOTH_SUB, reading(row([0, 1, 2])), Verdict.AUTO, id="both-options"),
        pytest.param(Answer.BOTH_SUB, reading(row([0, 1])), Verdict.WRONG, id="one-of-both"),
        pytest.param(Answer.BLANK, reading(row([])), Verdict.OK, id="blank"),
        pytest.param(Answer.BLANK, reading(row([3])), Verdict.WRONG, id="blank-read-as-something"),
        pytest.param(Answer.DENY, reading(row([])), Verdict.MISSED, id="taken-for-blank"),
        pytest.param(
            Answer.DENY,
            reading(row([3], (Doubt.AMBIGUOUS_MARK,))),
            Verdict.FLAGGED,
            id="right-but-doubted",
        ),
        pytest.param(Answer.BOTH, reading(row([0, 1, 3])), Verdict.FLAGGED, id="contradiction"),
        pytest.param(Answer.BOTH, reading(row([3])), Verdict.WRONG, id="contradiction-lost"),
        pytest.param(Answer.CORRECTED, reading(row([3])), Verdict.WRONG, id="scribble-overlooked"),
        pytest.param(Answer.STRUCK, reading(row([])), Verdict.MISSED, id="struck-taken-for-blank"),
        pytest.param(Answer.ABSENT, reading(), Verdict.OK, id="absent"),
        pytest.param(Answer.ABSENT, reading(row([3])), Verdict.WRONG, id="row-made-up"),
        pytest.param(Answer.DENY, reading(), Verdict.MISSED, id="row-lost"),
        pytest.param(
            Answer.DENY, reading(doubts=(Doubt.SCAN,)), Verdict.FLAGGED, id="file-handed-over"
        ),
        pytest.param(
            Answer.DENY, reading(row([3], designation="Z.9.9.9")), Verdict.FLAGGED, id="stranger"
        ),
        pytest.param(
            Answer.DENY,
            reading(row([3], (Doubt.SEVERAL_TEXTS_IN_ROW,), OTHER)),
            Verdict.FLAGGED,
            id="row-lost-in-a-doubted-one",
        ),
    ],
)
def test_a_row_is_judged_by_what_was_read_of_it(
    answer: Answer, said: FormReading, expected: Verdict
) -> None:
    assert [case.verdict for case in cases(document(answer), said)] == [expected]


def test_only_rows_that_a_clerk_reads_at_once_count_towards_the_share_read() -> None:
    score = Score()
    for plain in (True, False):
        score.add(cases(document(Answer.DENY, plain=plain), reading(row([3]))))

    assert score.rows == {Verdict.AUTO: 2}
    assert score.clear == {Verdict.AUTO: 1}


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 1.0, id="nothing-tried"),
        pytest.param(0, 1000, 0.0, 0.003, id="rule-of-three"),
        pytest.param(0, 2, 0.0, 1.0, id="too-few"),
        pytest.param(50, 100, 0.4038, 0.5962, id="half"),
        pytest.param(100, 100, 0.9630, 1.0, id="all"),
    ],
)
def test_an_interval_says_how_sure_a_share_is(
    part: int, whole: int, low: float, high: float
) -> None:
    assert interval(part, whole) == pytest.approx((low, high), abs=0.0001)
