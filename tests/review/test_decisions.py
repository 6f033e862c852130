"""What a reviewer does on a page, and what becomes of it."""

import datetime as dt
from collections.abc import Mapping

import httpx
import pytest

from bot.consultation.record import Standing
from bot.store.tables.mailbox import MessageStatus
from tests.review.hall import REVIEWER, Hall, Visitor


def decided(
    visitor: Visitor, reply: int, version: int, fields: Mapping[str, str] = {}, **more: str
) -> httpx.Response:
    """A decision sent as the page sends it."""
    return visitor.post(
        f"/replies/{reply}/decision",
        page="/messages/1",
        fields=fields,
        version=str(version),
        **more,
    )


def test_accepting_settles_a_reply(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.unregistered()
    answer = decided(reviewer, reply.id, reply.version, action="accept", state="PER")
    assert answer.headers["location"] == "/messages/1?done=settled"
    assert "nothing of it waits" in reviewer.get(answer.headers["location"]).text
    now = hall.reply("C106-PER-1")
    assert (now.standing, now.settled_by) == (Standing.COUNTED, REVIEWER)
    assert hall.room.letters("confirmation") == ["office@ministry-of-transport.example"]
    assert hall.room.tally().replied == ("PER",)


def test_a_sender_is_confirmed_and_registered(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.unregistered()
    decided(reviewer, reply.id, reply.version, action="accept", state="PER", register="yes")
    contacts = hall.room.desk.register_file.as_imported().contacts_at(reply.sender)
    assert [(each.iso3, each.focal_point) for each in contacts] == [("PER", False)]
    assert "sender added to the register" in reviewer.get("/trail").text


def test_rows_are_corrected_one_by_one(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.contradictory()
    answer = decided(
        reviewer, reply.id, reply.version, action="correct", fields={"row-0": "assigns,none"}
    )
    assert answer.headers["location"].endswith("done=waits")
    version = hall.reply("C106-ZAF-1").version
    answer = decided(
        reviewer, reply.id, version, action="accept", fields={"row-1": "does_not_assign"}
    )
    assert answer.headers["location"].endswith("done=settled")
    assert [each.does_not_assign for each in hall.room.tally().texts][:2] == [0, 1]


def test_what_nobody_has_read_cannot_be_accepted(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.contradictory()
    answer = decided(reviewer, reply.id, reply.version, action="accept")
    assert answer.status_code == 409
    assert "nobody has read" in answer.text
    assert hall.reply("C106-ZAF-1") == reply


def test_two_reviewers_never_overwrite_each_other(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.contradictory()
    decided(reviewer, reply.id, reply.version, action="correct", fields={"row-0": "assigns,none"})
    before = hall.reply("C106-ZAF-1")
    answer = decided(reviewer, reply.id, reply.version, action="reject")
    assert answer.status_code == 409
    assert f"changed by {REVIEWER} meanwhile" in answer.text
    assert hall.reply("C106-ZAF-1") == before


@pytest.mark.parametrize("version", ["", "x", "-1", "1" * 30])
def test_a_decision_says_what_was_looked_at(hall: Hall, reviewer: Visitor, version: str) -> None:
    reply = hall.unregistered()
    answer = reviewer.post(f"/replies/{reply.id}/decision", action="accept", version=version)
    assert answer.status_code == 409
    assert hall.reply(reply.reference) == reply


def test_rejecting_says_what_it_is_instead(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.unregistered()
    decided(
        reviewer, reply.id, reply.version, action="reject", kind="a duplicate", why="by fax too"
    )
    assert hall.reply(reply.reference).standing is Standing.REJECTED
    assert "rejected; a duplicate; by fax too" in reviewer.get("/messages/1").text


def test_a_late_reply_is_admitted_for_a_reason(hall: Hall, stranger: Visitor) -> None:
    hall.room.later(days=22)
    late = hall.room.circular.deadline + dt.timedelta(hours=9)
    hall.take(hall.room.reply("LKA"), received_at=late)
    reply = hall.reply("C106-LKA-1")
    reviewer = stranger.sign_in(REVIEWER)
    assert decided(reviewer, reply.id, reply.version, action="admit").status_code == 409
    decided(reviewer, reply.id, reply.version, action="admit", why="announced in time")
    assert hall.reply("C106-LKA-1").standing is Standing.COUNTED


def test_a_reply_is_made_by_hand_of_a_message_that_holds_none(
    hall: Hall, reviewer: Visitor
) -> None:
    hall.question()
    answer = reviewer.post(
        "/messages/1/decision",
        action="correct",
        circular="106",
        state="SWE",
        fields={"row-0": "assigns,none"},
    )
    assert answer.headers["location"].endswith("done=settled")
    assert hall.room.tally().replied == ("SWE",)
    again = reviewer.post(
        "/messages/1/decision", action="correct", state="SWE", fields={"row-0": "blank"}
    )
    assert again.status_code == 409


def test_a_message_that_holds_no_reply_is_settled(hall: Hall, reviewer: Visitor) -> None:
    hall.question()
    reviewer.post("/messages/1/decision", action="reject", kind="answered by hand")
    assert hall.room.message().status is MessageStatus.SETTLED
    assert "answered by hand" in reviewer.get("/messages/1").text


def test_a_decision_is_taken_back_until_the_sender_is_told(hall: Hall, reviewer: Visitor) -> None:
    before = hall.unregistered()
    decided(reviewer, before.id, before.version, action="accept", state="PER", register="yes")
    page = reviewer.get("/messages/1").text
    assert "Take it back" in page
    version = hall.reply(before.reference).version
    answer = reviewer.post(f"/replies/{before.id}/undo", version=str(version))
    assert answer.headers["location"].endswith("done=undone")
    now = hall.reply(before.reference)
    assert (now.standing, now.needs_review, now.reasons) == (
        before.standing,
        before.needs_review,
        before.reasons,
    )
    hall.room.round()
    assert len(hall.sent_to(before.sender)) == 1  # the acknowledgement alone
    assert "Take it back" not in reviewer.get("/messages/1").text


def test_a_decision_that_the_sender_was_told_of_stands(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.unregistered()
    decided(reviewer, reply.id, reply.version, action="accept", state="PER")
    hall.room.round()
    assert "Take it back" not in reviewer.get("/messages/1").text
    settled = hall.reply(reply.reference)
    answer = reviewer.post(f"/replies/{reply.id}/undo", version=str(settled.version))
    assert answer.status_code == 409
    assert hall.reply(reply.reference) == settled


def test_a_question_is_shown_before_it_goes(hall: Hall, reviewer: Visitor) -> None:
    reply = hall.contradictory()
    page = f"/replies/{reply.id}/question"
    assert "Y.4241" in reviewer.get(page).text
    shown = reviewer.post(page, action="show", remark="By <b>Friday</b>, please.", language="fr")
    assert "Remarque du secrétariat" in shown.text
    assert "By &lt;b&gt;Friday" in shown.text
    assert hall.room.letters("question") == []
    reviewer.post(page, action="send", remark="By Friday, please.", language="en")
    assert hall.room.letters("question") == [reply.sender]
    assert hall.reply(reply.reference) == reply
    again = reviewer.post(page, action="send", remark="By Friday, please.", language="en")
    assert again.status_code == 409


def test_everything_is_found_again(hall: Hall, reviewer: Visitor) -> None:
    hall.contradictory()
    hall.unregistered()
    for text, there in (
        ("c106-zaf", "C106-ZAF-1"),
        ("ministry-of", "C106-PER-1"),
        ("Afrique du Sud", "C106-ZAF-1"),
        ("PER", "C106-PER-1"),
        ("%", ""),
        ("_", ""),
    ):
        page = reviewer.get(f"/search?q={text}").text
        assert there in page
        if not there:
            assert "0 found" in page


def test_the_queue_is_filtered_and_ordered(hall: Hall, reviewer: Visitor) -> None:
    hall.contradictory()
    hall.room.later(hours=1)
    hall.unregistered()
    page = reviewer.get("/queue").text
    assert page.index("C106-ZAF-1") < page.index("C106-PER-1")
    only = reviewer.get("/queue?reason=sender-not-registered").text
    assert "C106-PER-1" in only
    assert "C106-ZAF-1" not in only
    assert "Nothing waits here" in reviewer.get("/queue?reason=late").text
    assert "Y.4241" in reviewer.get("/members/ZAF").text


def test_the_trail_says_whether_it_is_whole(hall: Hall, reviewer: Visitor) -> None:
    hall.unregistered()
    assert "are as they were written" in reviewer.get("/trail?check=1").text
