"""What follows from a message: what is recorded, what waits, who is answered."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.intake.considering import OwnLetter, Situation
from bot.intake.decision import decide
from bot.intake.effects import Acknowledge, Kind, RecordReply, Then
from bot.intake.part_reading import PartReading
from bot.intake.purpose import Purpose
from bot.intake.reasons import Reason
from bot.letters.reasons import REASONS
from bot.mail.message import Address, Message
from parsers.reading import SCANNED_BOX, Doubt, Format
from tests.support.intake import (
    CIRCULAR,
    DEADLINE,
    ENTITY,
    OTHER,
    OTHER_SWISS,
    OURS,
    RECEIVED,
    STRANGER,
    SWISS,
    TEXTS,
    answers,
    considered,
    decided,
    document,
    form,
    letters_of,
    message,
    part,
    reading,
    record,
    replies,
    reply,
    situation,
    standings,
    unread,
)

LATE = DEADLINE + dt.timedelta(minutes=1)
OUR_LETTER = "<reminder@itu.example>"


def in_answer(known: str = OUR_LETTER) -> Situation:
    return situation(own_letters={known: OwnLetter(circular=106, state="CHE")})


def test_a_plain_reply_counts_and_is_acknowledged() -> None:
    outcome = decided(message(), form("NCD"))
    assert (outcome.kind, outcome.then, outcome.reasons) == (Kind.REPLY, Then.SETTLED, ())
    recorded = reply(outcome)
    assert (recorded.state, recorded.standing, recorded.reasons) == ("CHE", Standing.COUNTED, ())
    assert set(standings(outcome).values()) == {Standing.COUNTED}
    (answer,) = answers(outcome)
    assert answer == Acknowledge(
        circular=106, purpose=Purpose.RECORDED, recipient=SWISS, language="en"
    )
    assert recorded.comments_missing == ("Y.4242",)
    assert recorded.reasons_missing == ("Y.4420",)


def scanned(rows: str) -> PartReading:
    """A form as a scan: the same rows, read off pictures."""
    said = reading(rows, format=Format.PDF)
    seen = tuple(
        replace(
            each,
            boxes=tuple((role, replace(box, kind=SCANNED_BOX)) for role, box in each.boxes),
        )
        for each in said.rows
    )
    return part(replace(said, rows=seen), filename="scan.pdf")


def test_a_scan_waits_until_a_person_confirms_what_was_read_off_it() -> None:
    outcome = decided(message(), scanned("NCD"))
    assert (outcome.then, outcome.reasons) == (Then.HELD, ("read-from-picture",))
    assert set(standings(outcome).values()) == {Standing.PENDING}
    assert letters_of([row for row, _ in reply(outcome).rows]) == "NCD"
    (answer,) = answers(outcome)
    assert answer.purpose is Purpose.UNDER_REVIEW


def test_a_secretariat_that_trusts_scans_counts_them() -> None:
    outcome = decided(message(), scanned("NND"), known=replace(situation(), confirm_scans=False))
    assert set(standings(outcome).values()) == {Standing.COUNTED}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("fr", "fr", id="of the form"),
        pytest.param(None, "en", id="of the register where the form does not tell"),
    ],
)
def test_the_answer_is_in_the_language_of_the_form(language: str | None, expected: str) -> None:
    (answer,) = answers(decided(message(), form(language=language)))
    assert answer.language == expected


@pytest.mark.parametrize(
    ("received_at", "standing", "purpose"),
    [
        pytest.param(
            DEADLINE + dt.timedelta(seconds=59),
            Standing.COUNTED,
            Purpose.RECORDED,
            id="in the last minute",
        ),
        pytest.param(LATE, Standing.LATE, Purpose.LATE, id="a minute later"),
    ],
)
def test_the_last_minute_counts_as_a_whole(
    received_at: dt.datetime, standing: Standing, purpose: Purpose
) -> None:
    outcome = decided(message(), form(), received_at=received_at)
    assert (reply(outcome).standing, answers(outcome)[0].purpose) == (standing, purpose)
    assert outcome.then is Then.SETTLED


def test_a_late_reply_with_a_doubt_is_late_and_given_to_a_person() -> None:
    outcome = decided(message(), form("NX-"), received_at=LATE)
    assert set(standings(outcome).values()) == {Standing.LATE}
    assert (outcome.then, outcome.reasons) == (Then.HELD, ("contradiction",))
    assert [each.purpose for each in answers(outcome)] == [Purpose.LATE]


def test_rows_that_are_clear_count_and_the_others_wait() -> None:
    outcome = decided(message(), form("NX-"))
    assert standings(outcome) == {
        "Y.4241": Standing.COUNTED,
        "Y.4242": Standing.PENDING,
        "Y.4420": Standing.COUNTED,
    }
    assert (reply(outcome).standing, outcome.then) == (Standing.PENDING, Then.HELD)
    assert answers(outcome)[0].purpose is Purpose.UNDER_REVIEW


WHOLE = [
    pytest.param(message(vouched=False), (form(),), {"not-authenticated"}, id="not vouched for"),
    pytest.param(
        message(sender=STRANGER),
        (form(letter="Administration of Peru"),),
        {"sender-not-registered"},
        id="a stranger who names his Administration",
    ),
    pytest.param(
        message(sender=STRANGER),
        (form(),),
        {"sender-not-registered", "state-not-known"},
        id="a stranger",
    ),
    pytest.param(
        message(flaws=("broken-archive",)), (form(),), {"parts-left-out"}, id="something left out"
    ),
    pytest.param(
        message(), (form(), part(unread(), "3")), {"unread-file"}, id="a scan beside the form"
    ),
    pytest.param(
        message(), (form(doubts=(Doubt.BOXES_WITHOUT_TEXT,)),), {"boxes-without-text"}, id="boxes"
    ),
    pytest.param(
        message(subject="Reply to TSB Circular 105"),
        (form(),),
        {"subject-differs"},
        id="the subject names another circular",
    ),
    pytest.param(
        message(headers=[("precedence", "bulk")]),
        (form(),),
        {"automatic-with-form"},
        id="an odd gateway calls it bulk",
    ),
    pytest.param(
        message(), (form(), form("D", "3", number=99)), {"other-circular"}, id="another's form too"
    ),
    pytest.param(
        message("This Administration does not assign authority for any of them."),
        (form(),),
        {"words-differ"},
        id="the message says the opposite",
    ),
]


@pytest.mark.parametrize(("what", "parts", "reasons"), WHOLE)
def test_a_doubt_of_the_whole_lets_every_row_wait(
    what: Message, parts: tuple[PartReading, ...], reasons: set[str]
) -> None:
    outcome = decided(what, *parts)
    assert set(standings(outcome).values()) == {Standing.PENDING}
    assert outcome.then is Then.HELD
    assert set(outcome.reasons) == reasons
    assert all(each.purpose is Purpose.UNDER_REVIEW for each in answers(outcome))


@pytest.mark.parametrize(
    ("text", "letters", "standing"),
    [
        pytest.param("We do not assign authority to Y.4242.", "N?N", "CPC", id="of one row"),
        pytest.param("Y.4242: assigns authority.", "NNN", "CCC", id="the same"),
        pytest.param("> We do not assign authority to Y.4242.", "NNN", "CCC", id="quoted"),
        pytest.param(
            "We assign authority to all texts but Y.4242.", "NNN", "CCC", id="named as exception"
        ),
    ],
)
def test_a_sentence_that_contradicts_a_box_is_read_by_a_person(
    text: str, letters: str, standing: str
) -> None:
    outcome = decided(message(text), form())
    assert letters_of([each for each, _ in reply(outcome).rows]) == letters
    worth = {"C": Standing.COUNTED, "P": Standing.PENDING}
    assert list(standings(outcome).values()) == [worth[each] for each in standing]


def test_a_document_that_contradicts_a_box_is_read_by_a_person() -> None:
    letter = part(document("Our Administration does not assign authority to Y.4242."), "3")
    outcome = decided(message(), form(), letter)
    assert [e.text for e, worth in reply(outcome).rows if worth is Standing.PENDING] == ["Y.4242"]


BLANK = [
    pytest.param(message(), (), True, id="alone: recorded, and the answer says so"),
    pytest.param(message("When is the meeting?"), (), False, id="with a question"),
    pytest.param(
        message("We have no objection to any of the ten texts."), (), False, id="with a sentence"
    ),
    pytest.param(message(), (part(document("a letter"), "3"),), False, id="beside a document"),
]


@pytest.mark.parametrize(("what", "beside", "settled"), BLANK)
def test_a_form_without_a_tick_is_not_the_answer_where_something_else_may_be(
    what: Message, beside: tuple[PartReading, ...], settled: bool
) -> None:
    outcome = decided(what, form("---"), *beside)
    assert (outcome.then is Then.SETTLED) is settled
    assert outcome.reasons == (() if settled else ("blank",))


def test_a_scan_beside_the_form_as_it_was_issued_cannot_be_accepted_unread() -> None:
    outcome = decided(message(), form("---"), part(unread(), "3"))
    assert letters_of([each for each, _ in reply(outcome).rows]) == "???"
    assert "scan" in outcome.reasons


SENDERS = [
    pytest.param(SWISS, "DNN", RECEIVED, (), id="the same sender"),
    pytest.param(SWISS.upper(), "DNN", RECEIVED, (), id="the same sender in another case"),
    pytest.param(OTHER_SWISS, "DNN", RECEIVED, ("Y.4241",), id="another sender changes one row"),
    pytest.param(OTHER_SWISS, "NNN", RECEIVED, (), id="another sender says the same"),
    pytest.param(OTHER_SWISS, "---", RECEIVED, (), id="another sender leaves all blank"),
    pytest.param(
        OTHER_SWISS, "DNN", RECEIVED - dt.timedelta(days=9), (), id="another sender, but earlier"
    ),
]


@pytest.mark.parametrize(("sender", "rows", "received_at", "waits"), SENDERS)
def test_a_change_by_another_sender_waits(
    sender: str, rows: str, received_at: dt.datetime, waits: tuple[str, ...]
) -> None:
    stands = TextOpinion(
        text="Y.4241", opinion=Opinion.ASSIGNS, comments=Comments.NONE, status=Status.CLEAR
    )
    outcome = decided(
        message(sender=sender),
        form(rows),
        received_at=received_at,
        records=[record(stands, received_at=RECEIVED - dt.timedelta(days=1))],
        senders={1: SWISS},
    )
    pending = tuple(text for text, worth in standings(outcome).items() if worth is Standing.PENDING)
    assert pending == waits
    assert outcome.reasons == (("other-sender",) if waits else ())


def test_a_late_reply_changes_nothing_and_asks_nobody() -> None:
    stands = TextOpinion(
        text="Y.4241", opinion=Opinion.ASSIGNS, comments=Comments.NONE, status=Status.CLEAR
    )
    outcome = decided(
        message(sender=OTHER_SWISS),
        form("DNN"),
        received_at=LATE,
        records=[record(stands, received_at=RECEIVED)],
        senders={1: SWISS},
    )
    assert (outcome.then, outcome.reasons) == (Then.SETTLED, ())


def test_one_that_is_not_asked_is_recorded_and_thanked() -> None:
    outcome = decided(message(sender=ENTITY), form(letter="Telecom Laboratories"))
    recorded = reply(outcome)
    assert (recorded.state, recorded.standing) == (None, Standing.NOT_COUNTED)
    assert recorded.entity
    assert (outcome.then, answers(outcome)[0].purpose) == (Then.SETTLED, Purpose.NOT_COUNTED)


def test_one_that_is_not_asked_but_sends_the_form_of_an_administration_waits() -> None:
    outcome = decided(message(sender=ENTITY), form(letter="From: Administration of Peru"))
    recorded = reply(outcome)
    assert (recorded.state, recorded.entity, recorded.standing) == (None, None, Standing.PENDING)
    assert set(outcome.reasons) == {"entity-names-administration", "state-not-known"}


def test_a_question_of_one_that_is_not_asked_goes_to_a_person() -> None:
    outcome = decided(message("May we reply too?", sender=ENTITY, files=()))
    assert (outcome.kind, outcome.then) == (Kind.CORRESPONDENCE, Then.HELD)
    assert outcome.effects == ()


def test_the_state_of_palestine_is_recorded_like_a_member_state() -> None:
    outcome = decided(message(sender="regulation@telecom-ps.example"), form())
    assert (reply(outcome).state, reply(outcome).standing) == ("PSE", Standing.COUNTED)


def test_each_circular_gets_a_reply_and_an_answer_of_its_own() -> None:
    other = form("ND", "3", texts=("X.1060", "X.1254"), number=107)
    outcome = decided(message(), form(), other, known=situation(CIRCULAR, OTHER))
    assert [each.circular for each in replies(outcome)] == [106, 107]
    assert [each.circular for each in answers(outcome)] == [106, 107]


ANSWERED = [
    pytest.param(message(), (form(),), None, 1, id="a form"),
    pytest.param(message(sender=STRANGER), (form(),), None, 1, id="a stranger's form"),
    pytest.param(message(sender=STRANGER), (form("---"),), None, 0, id="a stranger's empty form"),
    pytest.param(message(vouched=False), (form(),), None, 0, id="nobody vouches for the sender"),
    pytest.param(message(sender=""), (form(),), None, 0, id="no sender"),
    pytest.param(message(sender=OURS), (form(),), None, 0, id="ourselves"),
    pytest.param(
        message(headers=[("auto-submitted", "auto-replied")]), (form(),), None, 0, id="a machine"
    ),
    pytest.param(
        message(headers=[("list-id", "<list.example>")]), (form(),), None, 0, id="through a list"
    ),
    pytest.param(
        message(sender="no-reply@telecom-ch.example"), (form(),), None, 0, id="no-reply address"
    ),
    pytest.param(message(), (part(unread()),), None, 1, id="a scan, its circular named"),
    pytest.param(
        message("Invitation", subject="Invitation"),
        (part(unread()),),
        None,
        0,
        id="a scan that may be anything",
    ),
    pytest.param(
        message("", sender=STRANGER, subject="Fax"), (part(unread()),), None, 0, id="a fax"
    ),
    pytest.param(
        message("A question.", subject="TSB Circular 106", files=()), (), None, 1, id="a question"
    ),
    pytest.param(
        message("Thank you.", subject="Re: TSB Circular 106", files=(), in_reply_to=OUR_LETTER),
        (),
        OUR_LETTER,
        0,
        id="thanks for our letter",
    ),
    pytest.param(
        message(
            "We do not assign authority to Y.4242.",
            subject="Re: TSB Circular 106",
            files=(),
            in_reply_to=OUR_LETTER,
        ),
        (),
        OUR_LETTER,
        1,
        id="an opinion in answer to our letter",
    ),
    pytest.param(
        message("", subject="Re: ", in_reply_to=OUR_LETTER),
        (part(unread()),),
        OUR_LETTER,
        1,
        id="a scan in answer to our letter",
    ),
]


@pytest.mark.parametrize(("what", "parts", "letter", "count"), ANSWERED)
def test_only_who_expects_it_is_answered(
    what: Message, parts: tuple[PartReading, ...], letter: str | None, count: int
) -> None:
    known = in_answer(letter) if letter else situation()
    outcome = decided(what, *parts, known=known)
    assert len(answers(outcome)) == count
    if not count:
        assert outcome.then is Then.HELD


def test_attachments_are_tied_to_texts_and_serve_what_they_name() -> None:
    comments = part(document("Comments"), "3", filename="Y4242_comments.docx")
    recorded = reply(decided(message(), form("CCN"), comments))
    assert [(each.filename, each.texts) for each in recorded.files] == [
        ("Y4242_comments.docx", ("Y.4242",))
    ]
    assert recorded.comments_missing == ("Y.4241",)


# Properties -----------------------------------------------------------------------------------

ROWS = st.text("NCAD-X?.", min_size=3, max_size=3)
SENDER = st.sampled_from([SWISS, OTHER_SWISS, ENTITY, STRANGER, "", OURS])
TEXT = st.sampled_from(
    ["", "Please find attached.", "We do not assign authority to Y.4241.", "Why? Y.4242", "x" * 500]
)
BESIDE = st.sampled_from(
    [
        part(unread(), "8"),
        part(unread(Doubt.ENCRYPTED, Format.DOCX), "8"),
        part(document("Reasons for Y.4241: none."), "8", filename="reasons.docx"),
        form("DD", "8", number=99),
    ]
)
MESSAGES = st.builds(
    message,
    TEXT,
    sender=SENDER,
    subject=st.sampled_from(["", "Reply to TSB Circular 106", "TSB Circular 7", "Re: thanks"]),
    vouched=st.booleans(),
    headers=st.sampled_from([(), (("list-id", "<l.example>"),), (("auto-submitted", "yes"),)]),
    flaws=st.sampled_from([(), ("broken-mime",)]),
)
PARTS = st.lists(ROWS, max_size=2).flatmap(
    lambda forms: st.lists(BESIDE, max_size=1).map(
        lambda beside: [*(form(rows, str(i)) for i, rows in enumerate(forms, 2)), *beside]
    )
)
WHEN = st.sampled_from([RECEIVED, DEADLINE, LATE])
FEW = settings(max_examples=80, deadline=None)


@given(MESSAGES, PARTS, WHEN)
@FEW
def test_whoever_is_not_vouched_for_never_counts_and_is_never_answered(
    what: Message, parts: list[PartReading], when: dt.datetime
) -> None:
    outcome = decided(what, *parts, received_at=when)
    vouched = what.field("authentication-results")[0].startswith("mx.example.org; dmarc=pass")
    if not vouched or not what.from_:
        assert answers(outcome) == []
        for recorded in replies(outcome):
            assert Standing.COUNTED not in {worth for _, worth in recorded.rows}


@given(MESSAGES, PARTS, WHEN)
@FEW
def test_a_doubt_never_counts_and_each_text_stands_once(
    what: Message, parts: list[PartReading], when: dt.datetime
) -> None:
    outcome = decided(what, *parts, received_at=when)
    for recorded in replies(outcome):
        texts = [opinion.text for opinion, _ in recorded.rows]
        assert texts == [text for text in TEXTS if text in texts]
        for opinion, worth in recorded.rows:
            if opinion.reasons or opinion.status is Status.AMBIGUOUS:
                assert worth is not Standing.COUNTED
        counts = recorded.standing is Standing.COUNTED
        assert counts <= (not recorded.reasons)
        assert (recorded.standing is Standing.NOT_COUNTED) or bool(recorded.reasons) == (
            outcome.then is Then.HELD
        )
    assert set(outcome.reasons) <= set(REASONS)
    recorded_first = [type(each) for each in outcome.effects]
    assert Acknowledge not in recorded_first or recorded_first[0] is RecordReply


@given(MESSAGES, PARTS, WHEN, st.data())
@FEW
def test_the_decision_is_the_same_each_time_and_whatever_the_order_of_the_parts(
    what: Message, parts: list[PartReading], when: dt.datetime, data: st.DataObject
) -> None:
    known = situation()
    understood = considered(what, *parts, received_at=when, known=known)
    once = decide(understood, [], {}, known.register)
    assert decide(understood, [], {}, known.register) == once
    other = decided(what, *data.draw(st.permutations(parts)), received_at=when)
    assert (other.kind, other.then, set(other.reasons)) == (
        once.kind,
        once.then,
        set(once.reasons),
    )
    assert [standings_of(each) for each in replies(other)] == [
        standings_of(each) for each in replies(once)
    ]


def standings_of(recorded: RecordReply) -> list[tuple[str, Standing]]:
    return [(opinion.text, worth) for opinion, worth in recorded.rows]


@pytest.mark.parametrize("code", list(Reason))
def test_every_reason_has_words(code: Reason) -> None:
    assert code.value in REASONS


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        pytest.param(
            message(sender=SWISS.replace("telecom-ch", "te1ecom-ch")),
            "look-alike-domain",
            id="a domain that looks like a registered one",
        ),
        pytest.param(
            replace(message(), from_=(Address(name=f"Post <{SWISS}>", email=STRANGER),)),
            "display-name-address",
            id="a name that shows another address",
        ),
        pytest.param(
            replace(message(), reply_to=(Address(name="", email=STRANGER),)),
            "reply-to-elsewhere",
            id="answers would go elsewhere",
        ),
        pytest.param(
            replace(message(), from_=(*message().from_, Address(name="", email=STRANGER))),
            "several-senders",
            id="two From addresses",
        ),
    ],
)
@pytest.mark.parametrize("required", [True, False], ids=["authenticity required", "not required"])
def test_who_may_pass_himself_off_as_another_waits_and_learns_nothing(
    what: Message, reason: str, required: bool
) -> None:
    outcome = decided(what, form("NNN"), known=situation(require_authenticity=required))
    assert reason in outcome.reasons
    assert outcome.then is Then.HELD
    assert set(standings(outcome).values()) == {Standing.PENDING}
    assert answers(outcome) == []
