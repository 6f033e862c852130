"""People's decisions: the record, the message, the letter and the audit trail, all or nothing."""

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest

from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.record import Standing
from bot.demo.contacts import SECTOR_MEMBER
from bot.demo.form_letter import Answer
from bot.demo.messages import Attachment, Authentication, make_message
from bot.demo.word_forms import make_word_form
from bot.errors import ReviewError
from bot.intake.review import VERDICTS, ReviewDecision
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.worker.decisions.undoing import last_words
from tests.worker.workroom import Workroom

WHO = "reviewer@itu.example"
NONE = VERDICTS["assigns,none"]
DENIES = VERDICTS["does_not_assign"]
BLANK = VERDICTS["blank"]


def waiting(room: Workroom, *raws: bytes, received_at: dt.datetime | None = None) -> None:
    """Those messages were taken and decided by the program."""
    for raw in raws:
        room.mailbox.deliver(raw, received_at or room.now)
    room.fetch()
    room.decide()
    room.later(minutes=5)


def decide(room: Workroom, name: str, **decision: object) -> StoredReply | None:
    """The reviewer's decision; `version` may be among what is given."""
    version = decision.pop("version", None)
    assert version is None or isinstance(version, int)
    return room.desk.reviewer.decide(
        name,
        ReviewDecision(**decision),  # type: ignore[arg-type]
        who=WHO,
        now=room.now,
        version=version,
    )


def contradictory(room: Workroom) -> None:
    """C106-ZAF-1: two of its rows contradict themselves, the others count."""
    waiting(room, room.reply("ZAF", "XYNNNNNNNN"))


def unregistered(room: Workroom) -> None:
    """C106-PER-1: from an address that nobody registered."""
    waiting(room, room.reply("PER", sender="office@ministry-of-transport.example"))


def unsigned_form(room: Workroom, name: str) -> Attachment:
    """A form that names no Member State."""
    answers = {text.designation: Answer.ASSIGN_NONE for text in room.circular.texts}
    data = make_word_form(
        room.circular, answers, administration=name, signatory_title="Head of Standards"
    )
    return Attachment(filename="Annex 2.docx", data=data)


def nobodys(room: Workroom) -> None:
    """C106-X1: nobody knows whose it is."""
    form = unsigned_form(room, "the Bureau")
    waiting(room, room.reply("PER", sender="office@somewhere.example", files=[form]))


def forged(room: Workroom) -> None:
    """C106-CHE-1: the server does not vouch for its sender."""
    waiting(room, room.reply("CHE", authentication=Authentication.FAIL))


def late(room: Workroom) -> None:
    """C106-LKA-1: nine hours after the deadline."""
    room.later(days=22)
    waiting(room, room.reply("LKA"), received_at=room.circular.deadline + dt.timedelta(hours=9))


def question(room: Workroom) -> None:
    """Message 1: names the circular and is from nobody who is asked."""
    raw = make_message(
        sender="press@daily.example",
        subject="Question on TSB Circular 106",
        text="What does it say?",
        received=room.now,
        recipient="tsbdir@itu.int",
        message_id="<question@daily.example>",
    )
    waiting(room, raw)


def standing_of(room: Workroom, reference: str) -> dict[str, Standing]:
    """What each row of a reply is worth now."""
    with room.desk.store.snapshot() as tx:
        reply = tx.replies.find(reference)
        assert reply is not None
        return {each.record.text: each.record.standing for each in tx.opinions.of_reply(reply.id)}


def confirmations(room: Workroom) -> list[str]:
    """The texts of the confirmations that were queued."""
    with room.desk.store.snapshot() as tx:
        found = []
        for letter in tx.letters.of_kind("confirmation"):
            message = message_from_bytes(tx.letters.raw(letter.id), policy=default)
            body = message.get_body(("plain",))
            assert body is not None
            found.append(body.get_content())
        return found


def everything(room: Workroom) -> object:
    """All that a decision might change."""
    with room.desk.store.snapshot() as tx:
        return (
            tx.replies.all(106),
            tx.opinions.records(106),
            [tx.messages.get(number) for number in range(1, 4)],
            tx.letters.of_kind("confirmation"),
            tx.audit.head(),
        )


def test_accepting_lets_stand_what_was_read(room: Workroom) -> None:
    unregistered(room)
    reply = decide(room, "C106-PER-1", accept=True)
    assert reply is not None
    assert (reply.standing, reply.needs_review, reply.reasons) == (Standing.COUNTED, False, ())
    assert (reply.settled_by, reply.settled_at) == (WHO, room.now)
    assert set(standing_of(room, "C106-PER-1").values()) == {Standing.COUNTED}
    assert room.message().status is MessageStatus.SETTLED
    assert {each.assigns for each in room.tally().texts} == {1}
    assert room.tally().pending == ()


def test_the_sender_is_told_once_what_was_settled(room: Workroom) -> None:
    unregistered(room)
    decide(room, "C106-PER-1", accept=True)
    (text,) = confirmations(room)
    assert "C106-PER-1" in text
    room.round()
    room.round()
    assert [to for to, _ in room.submission.taken].count(
        "office@ministry-of-transport.example"
    ) == 2


def test_who_decided_and_what_is_in_the_audit_trail_and_in_the_record(room: Workroom) -> None:
    contradictory(room)
    decide(room, "C106-ZAF-1", rows={"Y.4241": NONE, "Y.4242": DENIES}, why="by telephone")
    with room.desk.store.snapshot() as tx:
        reply = tx.replies.find("C106-ZAF-1")
        assert reply is not None
        (entry,) = tx.audit.of(f"reply/{reply.id}")
        said = [each for each in tx.opinions.of_reply(reply.id) if each.who == WHO]
        assert tx.audit.verify() is None
    assert (entry.who, entry.action, entry.at) == (WHO, "accept", room.now)
    assert entry.detail == {
        "said": "Y.4241 set to assigns,none; Y.4242 set to does_not_assign; by telephone"
    }
    first = next(each.record.opinion for each in said if each.record.text == "Y.4241")
    assert (first.opinion, first.comments) == (Opinion.ASSIGNS, Comments.NONE)
    assert said[0].why.startswith("Y.4241 set to assigns,none")


def test_ambiguous_rows_have_to_be_set(room: Workroom) -> None:
    contradictory(room)
    before = everything(room)
    with pytest.raises(ReviewError, match=r"nobody has read Y\.4241, Y\.4242"):
        decide(room, "C106-ZAF-1", accept=True)
    with pytest.raises(ReviewError, match=r"nobody has read Y\.4242"):
        decide(room, "C106-ZAF-1", accept=True, rows={"Y.4241": NONE})
    assert everything(room) == before


def test_setting_some_of_them_leaves_the_others_waiting(room: Workroom) -> None:
    contradictory(room)
    reply = decide(room, "C106-ZAF-1", rows={"Y.4241": NONE})
    assert reply is not None
    assert (reply.standing, reply.needs_review) == (Standing.PENDING, True)
    assert standing_of(room, "C106-ZAF-1")["Y.4241"] is Standing.COUNTED
    assert standing_of(room, "C106-ZAF-1")["Y.4242"] is Standing.PENDING
    assert room.message().status is MessageStatus.HELD
    assert confirmations(room) == []

    reply = decide(room, "C106-ZAF-1", rows={"Y.4242": BLANK})
    assert reply is not None
    assert (reply.standing, reply.needs_review) == (Standing.COUNTED, False)
    assert room.message().status is MessageStatus.SETTLED
    assert len(confirmations(room)) == 1
    assert [each.blank for each in room.tally().texts][:2] == [0, 1]


def test_a_row_that_was_read_can_be_corrected(room: Workroom) -> None:
    waiting(room, room.reply("CHE", "NNNNNNNNNN"))
    reply = decide(room, "C106-CHE-1", rows={"Y.4241": DENIES})
    assert reply is not None
    assert room.tally().texts[0].does_not_assign == 1
    assert reply.reasons_missing == ("Y.4241",)
    with room.desk.store.snapshot() as tx:
        rows = [each for each in tx.opinions.of_reply(reply.id) if each.record.text == "Y.4241"]
    # What was read stays in the record.
    assert [each.who for each in rows] == ["worker", WHO]
    assert rows[-1].record.opinion.status is Status.CLEAR


def test_saying_whose_it_is_gives_it_a_reference_of_that_state(room: Workroom) -> None:
    nobodys(room)
    (reply,) = room.replies()
    before = reply.reference
    settled = decide(room, before, accept=True, state="ECU")
    assert settled is not None
    assert (settled.reference, settled.state) == ("C106-ECU-1", "ECU")
    assert room.tally().replied == ("ECU",)
    with room.desk.store.snapshot() as tx:
        found = tx.replies.find(before)
    # The acknowledgement named the old one.
    assert found is not None
    assert found.reference == "C106-ECU-1"


def test_rejecting_counts_nothing_and_tells_nobody(room: Workroom) -> None:
    forged(room)
    reply = decide(room, "C106-CHE-1", reject=True)
    assert reply is not None
    assert (reply.standing, reply.needs_review) == (Standing.REJECTED, False)
    assert room.tally().replied == ()
    assert room.tally().pending == ()
    assert room.message().status is MessageStatus.SETTLED
    assert confirmations(room) == []


def test_a_late_reply_is_admitted_for_a_reason(room: Workroom) -> None:
    late(room)
    assert room.tally().late == ("LKA",)
    with pytest.raises(ReviewError, match="for a reason"):
        decide(room, "C106-LKA-1", admit=" ")
    reply = decide(room, "C106-LKA-1", admit="announced by telephone in time")
    assert reply is not None
    assert reply.standing is Standing.COUNTED
    assert room.tally().late == ()
    assert room.tally().replied == ("LKA",)
    assert len(confirmations(room)) == 1
    with room.desk.store.snapshot() as tx:
        (entry,) = tx.audit.of(f"reply/{reply.id}")
    assert entry.action == "admit"


def test_a_message_without_a_reply_is_settled_by_rejecting_it(room: Workroom) -> None:
    question(room)
    with pytest.raises(ReviewError, match="holds no reply"):
        decide(room, "1", accept=True)
    assert decide(room, "1", reject=True) is None
    assert room.message().status is MessageStatus.SETTLED
    with pytest.raises(ReviewError, match="does not wait"):
        decide(room, "1", reject=True)


def test_a_person_makes_a_reply_of_a_message_that_holds_none(room: Workroom) -> None:
    question(room)
    reply = decide(room, "1", state="CHE", rows={"Y.4241": NONE, "Y.4242": DENIES})
    assert reply is not None
    assert reply.reference == "C106-CHE-1"
    assert standing_of(room, "C106-CHE-1") == {
        "Y.4241": Standing.COUNTED,
        "Y.4242": Standing.COUNTED,
    }
    assert reply.reasons_missing == ("Y.4242",)
    assert room.message().status is MessageStatus.SETTLED
    assert len(confirmations(room)) == 1


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        pytest.param({"state": "CHE"}, "holds no reply", id="nobody says what it says"),
        pytest.param({"rows": {"Y.4241": NONE}}, "holds no reply", id="nobody says whose it is"),
        pytest.param(
            {"state": "CHE", "rows": {"Y.4241": NONE}, "circular": 7},
            "circular 7 is not configured",
            id="of a strange circular",
        ),
        pytest.param({"state": "XXX", "rows": {"Y.4241": NONE}}, "no Member State", id="of nobody"),
    ],
)
def test_a_reply_made_by_hand_has_to_be_whole(
    room: Workroom, decision: dict[str, object], said: str
) -> None:
    question(room)
    before = everything(room)
    with pytest.raises(ReviewError, match=said):
        decide(room, "1", **decision)
    assert everything(room) == before


def test_a_reply_stays_with_its_circular(room: Workroom) -> None:
    contradictory(room)
    with pytest.raises(ReviewError, match="answers circular 106"):
        decide(room, "C106-ZAF-1", accept=True, circular=107)


def test_a_decision_on_an_older_version_changes_nothing(room: Workroom) -> None:
    contradictory(room)
    (looked_at,) = room.replies()
    decide(room, "C106-ZAF-1", rows={"Y.4241": NONE})
    before = everything(room)
    with pytest.raises(ReviewError, match=f"changed by {WHO} meanwhile"):
        decide(room, "C106-ZAF-1", rows={"Y.4242": DENIES}, version=looked_at.version)
    assert everything(room) == before


def test_each_change_is_confirmed_once_however_often_it_is_decided(room: Workroom) -> None:
    waiting(room, room.reply("CHE"))
    for _ in range(2):
        decide(room, "C106-CHE-1", rows={"Y.4241": DENIES})
    assert len(confirmations(room)) == 1
    assert room.tally().texts[0].does_not_assign == 1
    decide(room, "C106-CHE-1", rows={"Y.4241": NONE})
    assert len(confirmations(room)) == 2
    assert room.tally().texts[0].assigns == 1


@pytest.mark.parametrize(
    ("prepare", "name", "decision", "words"),
    [
        pytest.param(forged, "C106-CHE-9", {"accept": True}, "nothing is called", id="no such"),
        pytest.param(
            contradictory, "C106-ZAF-1", {"rows": {"X.1": NONE}}, "has no text X.1", id="no text"
        ),
        pytest.param(
            forged, "C106-CHE-1", {"accept": True, "state": "XYZ"}, "no Member State", id="no state"
        ),
        pytest.param(
            forged,
            "C106-CHE-1",
            {"accept": True, "reject": True},
            "either rejected or accepted",
            id="both",
        ),
        pytest.param(nobodys, "C106-X1", {"accept": True}, "which Member State", id="nobody's"),
        pytest.param(forged, "C106-CHE-1", {"admit": "please"}, "did not come late", id="not late"),
    ],
)
def test_a_decision_that_cannot_be_taken_changes_nothing(
    room: Workroom,
    prepare: Callable[[Workroom], None],
    name: str,
    decision: dict[str, object],
    words: str,
) -> None:
    prepare(room)
    before = everything(room)
    with pytest.raises(ReviewError, match=words):
        decide(room, name, **decision)
    assert everything(room) == before


def test_one_who_is_not_asked_is_not_made_to_count_by_accepting(room: Workroom) -> None:
    """A Sector Member is copied for information; only a Member State can be said to be its author."""
    form = unsigned_form(room, "Telecom Laboratories")
    waiting(room, room.reply("CHE", sender=SECTOR_MEMBER, files=[form]))
    (reply,) = room.replies()
    assert reply.standing is Standing.NOT_COUNTED
    before = everything(room)
    with pytest.raises(ReviewError):
        decide(room, reply.reference, accept=True)
    assert everything(room) == before


def test_a_message_is_settled_only_once_all_its_replies_are(room: Workroom) -> None:
    contradictory(room)
    waiting(room, room.reply("CHE", authentication=Authentication.FAIL))
    decide(room, "C106-CHE-1", accept=True)
    assert [each.status for each in room.messages()] == [MessageStatus.HELD, MessageStatus.SETTLED]


def test_a_forged_sender_that_was_accepted_after_all_is_told(room: Workroom) -> None:
    """Whoever accepts it has found out that it is genuine."""
    forged(room)
    assert room.letters() == []
    decide(room, "C106-CHE-1", accept=True)
    assert len(confirmations(room)) == 1


def stands(room: Workroom, reference: str) -> object:
    """What there is to be seen of a reply, but for who decided on it when, and its version."""
    with room.desk.store.snapshot() as tx:
        reply = tx.replies.find(reference)
        assert reply is not None
        message = tx.messages.get(reply.message_id)
        assert message is not None
        return (
            (reply.state, reply.standing, reply.needs_review, reply.reasons),
            (reply.comments_missing, reply.reasons_missing),
            last_words(tx, reply),
            (message.status, message.kind, message.reasons),
            tx.contacts.all(),
            room.tally().texts,
        )


@pytest.mark.parametrize(
    ("prepare", "name", "decision"),
    [
        pytest.param(unregistered, "C106-PER-1", {"accept": True, "register": True}, id="accept"),
        pytest.param(contradictory, "C106-ZAF-1", {"rows": {"Y.4241": NONE}}, id="a row"),
        pytest.param(forged, "C106-CHE-1", {"reject": True}, id="reject"),
        pytest.param(late, "C106-LKA-1", {"admit": "announced in time"}, id="admit"),
        pytest.param(forged, "C106-CHE-1", {"accept": True, "state": "SWE"}, id="whose it is"),
    ],
)
def test_a_decision_that_is_taken_back_leaves_everything_as_before(
    room: Workroom, prepare: Callable[[Workroom], None], name: str, decision: dict[str, object]
) -> None:
    prepare(room)
    before = stands(room, name)
    decided = decide(room, name, **decision)
    assert decided is not None
    assert stands(room, name) != before
    room.desk.reviewer.undo(name, who=WHO, now=room.now, version=decided.version)
    assert stands(room, name) == before
    room.round()
    with room.desk.store.snapshot() as tx:
        assert {each.status for each in tx.letters.of_kind("confirmation")} <= {"withdrawn"}
        assert tx.audit.of(f"reply/{decided.id}")[-1].action == "undo"
        assert tx.audit.verify() is None


def test_a_decision_is_taken_back_once(room: Workroom) -> None:
    unregistered(room)
    decide(room, "C106-PER-1", accept=True)
    room.desk.reviewer.undo("C106-PER-1", who=WHO, now=room.now)
    with pytest.raises(ReviewError, match="can be taken back"):
        room.desk.reviewer.undo("C106-PER-1", who=WHO, now=room.now)
    decide(room, "C106-PER-1", accept=True)
    assert len(room.letters("confirmation")) == 2


def test_a_decision_stands_once_the_sender_was_told(room: Workroom) -> None:
    unregistered(room)
    decide(room, "C106-PER-1", accept=True)
    room.round()
    before = everything(room)
    with pytest.raises(ReviewError, match="the confirmation of C106-PER-1 has gone"):
        room.desk.reviewer.undo("C106-PER-1", who=WHO, now=room.now)
    assert everything(room) == before


def test_a_letter_that_is_just_being_sent_is_not_taken_back(room: Workroom) -> None:
    unregistered(room)
    room.round()
    decide(room, "C106-PER-1", accept=True)
    with room.desk.store.transaction() as tx:
        (letter,) = tx.letters.claim(room.now, room.now + dt.timedelta(minutes=5))
    before = everything(room)
    with pytest.raises(ReviewError, match="has gone"):
        room.desk.reviewer.undo("C106-PER-1", who=WHO, now=room.now)
    assert letter.kind == "confirmation"
    assert everything(room) == before


def test_a_reply_made_by_hand_and_taken_back_waits_and_says_nothing(room: Workroom) -> None:
    question(room)
    decide(room, "1", state="CHE", rows={"Y.4241": NONE})
    room.desk.reviewer.undo("C106-CHE-1", who=WHO, now=room.now)
    assert room.message().status is MessageStatus.HELD
    assert room.tally().replied == ()
    assert room.tally().texts[0].assigns == 0


def test_whoever_looked_at_an_older_version_takes_nothing_back(room: Workroom) -> None:
    contradictory(room)
    first = decide(room, "C106-ZAF-1", rows={"Y.4241": NONE})
    assert first is not None
    decide(room, "C106-ZAF-1", rows={"Y.4242": DENIES})
    before = everything(room)
    with pytest.raises(ReviewError, match="meanwhile"):
        room.desk.reviewer.undo("C106-ZAF-1", who=WHO, now=room.now, version=first.version)
    assert everything(room) == before


def test_a_sender_that_is_registered_stays_as_registered(room: Workroom) -> None:
    forged(room)
    before = room.register.contacts
    decide(room, "C106-CHE-1", accept=True, register=True)
    room.desk.reviewer.undo("C106-CHE-1", who=WHO, now=room.now)
    assert room.register.contacts == before


def test_nobodys_sender_is_not_registered(room: Workroom) -> None:
    nobodys(room)
    (reply,) = room.replies()
    with pytest.raises(ReviewError, match="can be no contact"):
        decide(room, reply.reference, reject=True, register=True)


def test_the_sender_is_asked_in_the_language_of_the_form(room: Workroom) -> None:
    waiting(room, room.reply("SEN", "XNNNNNNNNN"))
    (reply,) = room.replies()
    letter = room.desk.asker.question(reply.reference, "Merci.", now=room.now)
    assert letter.language == "fr"
    assert "Y.4241" in letter.text
    assert "Merci." in letter.text
    room.desk.asker.ask(reply.reference, "Merci.", who=WHO, now=room.now)
    assert room.letters("question") == [reply.sender]
    with room.desk.store.snapshot() as tx:
        assert tx.audit.of(f"reply/{reply.id}")[-1].action == "ask"
        assert tx.replies.get(reply.id) == reply
    with pytest.raises(ReviewError, match="asked before"):
        room.desk.asker.ask(reply.reference, "Merci.", who=WHO, now=room.now)


def test_the_sender_of_a_message_without_a_reply_is_asked_for_the_form(room: Workroom) -> None:
    question(room)
    long = "word " * 200
    text = room.desk.asker.question("1", long, language="en", now=room.now).text
    assert "No form that can be read" in text
    assert text.count("word") == 200
