"""Each letter goes at its moment, by the outbox, once; and nobody is written to who may not be."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.demo.contacts import ADMINISTRATIONS, SECTOR_MEMBER
from bot.demo.form_letter import Answer
from bot.demo.messages import Attachment, Authentication
from bot.demo.word_forms import make_word_form
from bot.intake.review import ReviewDecision, Verdict
from bot.store.letters import StoredLetter
from tests.worker.workroom import Workroom, open_workroom

#: Nine o'clock in Geneva, a Thursday three weeks before the deadline's.
NINE = dt.datetime(2026, 4, 9, 7, 0, tzinfo=dt.UTC)
COMMENTS = Attachment(filename="Y.4241 comments.txt", data=b"Clause 6: say when.")
REGISTER = (
    "iso3,name,language,region,email,role,focal_point,domain\n"
    "CHE,,fr,,{che},Focal point,yes,{che_domain}\n"
    "PSE,,ar,,{pse},Focal point,yes,{pse_domain}\n"
    ",Telecom Laboratories,en,,{labs},Associate,no,\n"
)


@pytest.fixture
def room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    """Without reminders, so that only what is answered or asked goes out."""
    sections: dict[str, dict[str, object]] = {
        "reminders": {"days_before": [], "holidays": [dt.date(2026, 4, 15)]},
        "secretariat": {"digest_to": []},
    }
    with open_workroom(tmp_path, model_database, sections, now=NINE) as opened:
        assert opened.desk.settings.members.file is not None
        opened.desk.settings.members.file.write_text(
            REGISTER.format(
                che=ADMINISTRATIONS["CHE"].focal_point,
                che_domain=ADMINISTRATIONS["CHE"].domain,
                pse=ADMINISTRATIONS["PSE"].focal_point,
                pse_domain=ADMINISTRATIONS["PSE"].domain,
                labs=SECTOR_MEMBER,
            )
        )
        yield opened


def came(room: Workroom, raw: bytes) -> None:
    """A message comes in and is worked on; what is due goes out."""
    room.mailbox.deliver(raw, room.now)
    assert room.round().trouble == []


def on(room: Workroom, moment: str) -> int:
    """A round at that moment; how many letters it sent."""
    room.clock.advance(dt.datetime.fromisoformat(moment) - room.now)
    before = len(room.submission.taken)
    assert room.round().trouble == []
    return len(room.submission.taken) - before


def sent(room: Workroom) -> list[StoredLetter]:
    """Every letter there is, in the order in which they were written."""
    with room.desk.store.snapshot() as tx:
        return list(reversed(tx.letters.page(limit=100)))


def words(room: Workroom, letter: StoredLetter) -> str:
    """A letter's text, on one line."""
    with room.desk.store.snapshot() as tx:
        message = message_from_bytes(tx.letters.raw(letter.id), policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def decide(room: Workroom, name: str, decision: ReviewDecision) -> None:
    """A person decides, and what follows goes out."""
    room.desk.reviewer.decide(name, decision, who="reviewer@itu.example", now=room.now)
    assert room.round().trouble == []


def test_an_acknowledgement_gives_the_deadline_in_utc_and_in_the_capital(room: Workroom) -> None:
    came(room, room.reply("CHE"))
    (letter,) = sent(room)
    assert letter.kind == "acknowledgement"
    text = words(room, letter)
    assert "Deadline for replies 30 April 2026, 23:59 UTC" in text
    assert "Local time of the capital 1 May 2026, 01:59 (UTC+2)" in text


@pytest.mark.parametrize("authentication", [Authentication.FAIL, Authentication.NONE])
def test_a_sender_that_nobody_vouches_for_is_told_nothing_before_a_person_has_decided(
    room: Workroom, authentication: Authentication
) -> None:
    came(room, room.reply("CHE", "NDNNNNNNNN", authentication=authentication))
    # Nor is it reminded, nor asked for the reasons, however long it waits.
    for day in range(10, 31):
        assert on(room, f"2026-04-{day}T10:00Z") == 0
    assert sent(room) == []
    decide(room, "C106-CHE-1", ReviewDecision(accept=True))
    (letter,) = sent(room)
    assert letter.kind == "confirmation"


def test_what_a_program_sent_is_answered_by_nobody(room: Workroom) -> None:
    raw = room.reply("CHE").replace(
        b"\r\nSubject:", b"\r\nAuto-Submitted: auto-generated\r\nSubject:", 1
    )
    assert b"Auto-Submitted" in raw
    came(room, raw)
    decide(room, "C106-CHE-1", ReviewDecision(accept=True))
    assert sent(room) == []


def test_a_late_reply_is_told_so_and_asked_for_no_other_form(room: Workroom) -> None:
    on(room, "2026-05-01T00:00Z")
    came(room, room.reply("CHE", "NDNNNNNNNN"))
    (letter,) = sent(room)
    text = words(room, letter)
    assert "has been recorded as late and is not counted" in text
    assert "corrected form" not in text
    decide(room, "C106-CHE-1", ReviewDecision(admit="announced by telephone in time"))
    _, confirmation = sent(room)
    assert confirmation.kind == "confirmation"
    text = words(room, confirmation)
    assert "The deadline for replies passed on 30 April 2026, 23:59 UTC" in text
    assert "corrected form" not in text


def test_one_who_is_asked_for_information_only_reads_in_what_capacity(room: Workroom) -> None:
    form = make_word_form(
        room.circular,
        {text.designation: Answer.ASSIGN_NONE for text in room.circular.texts},
        administration="Telecom Laboratories",
        signatory_title="Head of Standards",
    )
    files = [Attachment(filename="Annex 2.docx", data=form)]
    came(room, room.reply("CHE", sender=SECTOR_MEMBER, files=files, text="Our company's view."))
    letters = sent(room)
    assert [each.recipient for each in letters] == [SECTOR_MEMBER]
    text = words(room, letters[0])
    assert "takes part in the work of ITU-T as an Associate; the Circular is copied to it" in text
    assert "Y.4241" not in text
    assert "Local time" not in text


def test_the_state_of_palestine_reads_that_it_is_listed_on_a_line_of_its_own(
    room: Workroom,
) -> None:
    came(room, room.reply("PSE"))
    (letter,) = sent(room)
    assert letter.language == "ar"
    assert "للقرار 99" in words(room, letter)


def test_a_question_after_the_deadline_asks_for_no_reply_by_then(room: Workroom) -> None:
    came(room, room.reply("CHE", "XNNNNNNNNN"))
    asked = room.desk.asker.question("C106-CHE-1", language="en", now=room.now)
    assert "The deadline for replies is 30 April" in " ".join(asked.text.split())
    after = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
    asked = room.desk.asker.question("C106-CHE-1", language="en", now=after)
    assert "passed on 30 April" in " ".join(asked.text.split())
    assert "Deadline for replies" not in asked.text


class TestWhatIsMissing:
    def test_is_asked_for_once_more_after_some_days_in_working_hours(self, room: Workroom) -> None:
        came(room, room.reply("CHE", "CDNNNNNNNN"))
        # Five days later is a Tuesday; it came at nine.
        assert on(room, "2026-04-14T06:59Z") == 0
        assert on(room, "2026-04-14T07:00Z") == 1
        first, request = sent(room)
        assert request.kind == "request"
        assert request.recipient == first.recipient
        text = words(room, request)
        assert "Y.4241" in text
        assert "Y.4242" in text
        assert "Y.4243" not in text
        with room.desk.store.snapshot() as tx:
            raw = message_from_bytes(tx.letters.raw(request.id), policy=policy.default)
        assert raw["In-Reply-To"] == first.header_id
        assert raw["Auto-Submitted"] == "auto-generated"
        # Once, and nothing after it.
        for day in range(15, 31):
            assert on(room, f"2026-04-{day}T10:00Z") == 0

    @pytest.mark.parametrize(
        ("moment", "letters"),
        [
            pytest.param("2026-04-14T16:00Z", 0, id="in the evening"),
            pytest.param("2026-04-15T10:00Z", 0, id="on a holiday"),
            pytest.param("2026-04-18T10:00Z", 0, id="on a Saturday"),
            pytest.param("2026-04-30T10:00Z", 1, id="on the last day: made up"),
            pytest.param("2026-05-04T10:00Z", 0, id="after the deadline"),
        ],
    )
    def test_is_asked_for_at_no_other_time(self, room: Workroom, moment: str, letters: int) -> None:
        came(room, room.reply("CHE", "CDNNNNNNNN"))
        assert on(room, moment) == letters

    def test_is_not_asked_for_once_it_has_come(self, room: Workroom) -> None:
        came(room, room.reply("CHE", "CNNNNNNNNN"))
        room.later(days=1)
        came(room, room.reply("CHE", "CNNNNNNNNN", beside=[COMMENTS]))
        assert len(sent(room)) == 2
        assert on(room, "2026-04-20T10:00Z") == 0

    def test_is_not_asked_for_while_something_of_theirs_waits(self, room: Workroom) -> None:
        came(room, room.reply("CHE", "CNNNNNNNNN"))
        room.later(days=1)
        came(room, room.reply("CHE", "XNNNNNNNNN"))
        assert on(room, "2026-04-20T10:00Z") == 0

    def test_is_not_asked_of_one_whose_acknowledgement_came_back(self, room: Workroom) -> None:
        room.submission.refuse(ADMINISTRATIONS["CHE"].focal_point)
        came(room, room.reply("CHE", "CNNNNNNNNN"))
        assert on(room, "2026-04-20T10:00Z") == 0
        assert len(sent(room)) == 1

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            pytest.param(
                [Attachment(filename="Y.4241 comments.docx", data=b"")],
                "documents listed below",
                id="in a file",
            ),
            pytest.param([], "No box was ticked", id="in the message itself"),
        ],
    )
    def test_is_not_asked_for_again_once_a_person_has_filed_what_came_without_a_form(
        self, room: Workroom, files: list[Attachment], said: str
    ) -> None:
        came(room, room.reply("CHE", "CNNNNNNNNN"))
        room.later(days=1)
        sent_files = [replace(each, data=COMMENTS.data) for each in files]
        body = "Our comments on Y.4241 of TSB Circular 106: clause 6 should say when."
        came(room, room.reply("CHE", files=sent_files, text=body))
        blank = {text.designation: Verdict(opinion=None) for text in room.circular.texts}
        decide(room, "C106-CHE-2", ReviewDecision(rows=blank))
        letter = sent(room)[-1]
        assert letter.kind == "confirmation"
        assert said in words(room, letter)
        assert room.tally().texts[0].assigns == 1
        assert on(room, "2026-04-20T10:00Z") == 0

    def test_goes_with_the_reminder_where_texts_are_missing_too(
        self, tmp_path: Path, model_database: Path
    ) -> None:
        with open_workroom(tmp_path, model_database, now=NINE) as room:
            rows = ["Y.4241", "Y.4242"]
            came(room, room.reply("CHE", "CD", rows=rows))
            # Not on the heels of the acknowledgement, though the thirtieth day was missed.
            assert [each.kind for each in sent(room) if each.state == "CHE"] == ["acknowledgement"]
            on(room, "2026-04-16T07:00Z")
            (letter,) = [
                each
                for each in sent(room)
                if each.state == "CHE" and each.kind in {"reminder", "request"}
            ]
            assert letter.kind == "reminder"
            text = words(room, letter)
            assert "Not received with your reply" in text
            assert "Y.4243" in text
