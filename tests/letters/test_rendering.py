"""Every letter, purpose and language, with every combination of content."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.consultation.opinion import Comments, Opinion, Status
from bot.errors import TemplateError
from bot.intake.purpose import Purpose
from bot.letters.contexts import (
    AcknowledgementContext,
    DigestContext,
    QuestionContext,
    ReminderContext,
    RequestContext,
    SignInContext,
)
from bot.letters.languages import LANGUAGES
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.letters.words import LABELS
from bot.letters.wrapping import width
from tests.letters.factories import (
    PLACEHOLDER,
    acknowledgements,
    digests,
    make_acknowledgement,
    make_circular,
    make_reminder,
    make_row,
    questions,
    reminders,
    requests,
    sign_ins,
)

LETTERS = Letters()
LANGUAGE = st.sampled_from(sorted(LANGUAGES))
PROPERTY = settings(max_examples=60, deadline=None)


def words_of(letter: Letter) -> str:
    """What a reader sees of the HTML."""
    parser = etree.HTMLParser(no_network=True)
    root = etree.fromstring(letter.html.encode(), parser)
    for style in root.iter("style"):
        style.text = ""
    return " ".join("".join(map(str, root.itertext())).split())


def assert_presentable(letter: Letter, *, hostile: bool = True) -> None:
    assert letter.subject.strip() == letter.subject != ""
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", letter.subject)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", letter.text)
    for said in (letter.subject, letter.text, words_of(letter)):
        assert not PLACEHOLDER.search(said)
        if not hostile:
            assert "{{" not in said
            assert "}}" not in said
    # What a client parses leniently must be well-formed all the same.
    root = etree.fromstring(letter.html.encode(), etree.XMLParser(resolve_entities=False))
    html = "{http://www.w3.org/1999/xhtml}"
    assert root.get("lang") == letter.language
    assert root.get("dir") == ("rtl" if letter.language == "ar" else "ltr")
    assert not list(root.iter(f"{html}script", f"{html}link", f"{html}iframe"))
    for image in root.iter(f"{html}img"):
        assert image.get("src") in {f"cid:{name}" for name, _ in letter.pictures}
        assert image.get("alt")
    assert not re.search(r"url\(|@import", letter.html.split("</style>")[0])


@PROPERTY
@given(acknowledgements, LANGUAGE)
def test_an_acknowledgement_of_any_content_renders_in_every_language(
    context: AcknowledgementContext, language: str
) -> None:
    letter = LETTERS.acknowledgement(context, language)
    assert_presentable(letter)
    assert letter.language == language
    assert "C106-CHE-1" in letter.subject
    assert "C106-CHE-1" in letter.text


@PROPERTY
@given(reminders, LANGUAGE)
def test_a_reminder_of_any_content_renders_in_every_language(
    context: ReminderContext, language: str
) -> None:
    letter = LETTERS.reminder(context, language)
    assert_presentable(letter)
    assert context.circular.reply_address in letter.text


@PROPERTY
@given(requests, LANGUAGE)
def test_a_request_of_any_content_renders_in_every_language(
    context: RequestContext, language: str
) -> None:
    letter = LETTERS.request(context, language)
    assert_presentable(letter)
    assert "C106-CHE-1" in letter.subject


@PROPERTY
@given(questions, LANGUAGE)
def test_a_question_of_any_content_renders_in_every_language(
    context: QuestionContext, language: str
) -> None:
    letter = LETTERS.question(context, language)
    assert_presentable(letter)
    assert letter.language == language


@PROPERTY
@given(sign_ins)
def test_a_link_to_sign_in_renders(context: SignInContext) -> None:
    letter = LETTERS.sign_in(context)
    assert_presentable(letter)
    assert context.link in letter.text


@PROPERTY
@given(digests)
def test_a_digest_of_any_content_renders(context: DigestContext) -> None:
    letter = LETTERS.digest(context)
    assert_presentable(letter)
    assert letter.language == "en"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("purpose", list(Purpose))
class TestEachPurpose:
    def letter(self, purpose: Purpose, language: str) -> Letter:
        return LETTERS.acknowledgement(
            make_acknowledgement(
                purpose=purpose,
                rows=(make_row("Y.4241"), make_row("Y.4420", status=Status.BLANK, opinion=None)),
                absent=("X.1060 Amd.1",),
                comments_missing=("Y.4241",),
                reasons_missing=("Y.4241",),
                attachments=("Annex 2.pdf",),
                decided_by_person=True,
            ),
            language,
        )

    def test_shows_no_placeholder(self, purpose: Purpose, language: str) -> None:
        assert_presentable(self.letter(purpose, language), hostile=False)

    def test_has_its_own_subject(self, purpose: Purpose, language: str) -> None:
        others = {self.letter(each, language).subject for each in Purpose if each is not purpose}
        assert self.letter(purpose, language).subject not in others

    def test_keeps_its_lines_within_76_columns(self, purpose: Purpose, language: str) -> None:
        for line in self.letter(purpose, language).text.splitlines():
            assert width(line) <= 76, line

    def test_says_the_same_in_text_and_in_html(self, purpose: Purpose, language: str) -> None:
        letter = self.letter(purpose, language)
        shown = words_of(letter)
        for word in re.findall(r"[\w.]{4,}", letter.text):
            assert word in shown

    def test_is_in_its_own_words(self, purpose: Purpose, language: str) -> None:
        if language == "en":
            return
        english = self.letter(purpose, "en")
        sentences = {line for line in english.text.splitlines() if len(line) > 40}
        assert not sentences & set(self.letter(purpose, language).text.splitlines())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("replied", [False, True], ids=["nothing came", "some texts open"])
def test_a_reminder_names_the_texts_the_time_and_the_address(language: str, replied: bool) -> None:
    letter = LETTERS.reminder(make_reminder(replied=replied), language)
    assert_presentable(letter, hostile=False)
    for said in (letter.text, words_of(letter)):
        for word in ("Y.4241", "Y.4420", "tsbdir@itu.int", "14", "59"):
            assert word in said
        assert "X.1060" not in said
    assert max(map(width, letter.text.splitlines())) <= 76


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            make_row(), "assigns authority; no comments or suggested changes", id="assigns"
        ),
        pytest.param(
            make_row(comments=Comments.ATTACHED),
            "assigns authority; comments and suggested changes attached",
            id="with comments",
        ),
        pytest.param(
            make_row(comments=None, comments_unsaid=True),
            "assigns authority; option on comments not indicated",
            id="option unsaid",
        ),
        pytest.param(
            make_row(opinion=Opinion.DOES_NOT_ASSIGN, comments=None),
            "does not assign authority",
            id="does not assign",
        ),
        pytest.param(
            make_row(superseded=True),
            "assigns authority; no comments or suggested changes (replaces an earlier opinion)",
            id="replaces",
        ),
        pytest.param(
            make_row(status=Status.AMBIGUOUS, opinion=None, comments=None),
            "under review by the secretariat",
            id="ambiguous",
        ),
        pytest.param(
            make_row(status=Status.AMBIGUOUS),
            "under review by the secretariat",
            id="ambiguous, whatever was read",
        ),
        pytest.param(
            make_row(opinion=None), "under review by the secretariat", id="clear, but no opinion"
        ),
        pytest.param(
            make_row(status=Status.BLANK, opinion=None, comments=None), "no box ticked", id="blank"
        ),
    ],
)
def test_a_row_is_stated_as_it_was_read(row: object, said: str) -> None:
    letter = LETTERS.acknowledgement(make_acknowledgement(rows=(row,)), "en")
    assert f"Y.4241 {said}" in " ".join(letter.text.split())
    assert said in words_of(letter)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_an_ambiguous_row_never_shows_an_opinion(language: str) -> None:
    context = make_acknowledgement(
        purpose=Purpose.UNDER_REVIEW, rows=(make_row(status=Status.AMBIGUOUS),)
    )
    letter = LETTERS.acknowledgement(context, language)
    labels = LABELS[language]
    for said in (" ".join(letter.text.split()), words_of(letter)):
        assert labels.under_review in said
        assert labels.assigns not in said


def test_rows_stand_in_the_circulars_order_with_the_absent_ones_among_them() -> None:
    context = make_acknowledgement(rows=(make_row("X.1060 Amd.1"), make_row("Y.4241")))
    context = make_acknowledgement(rows=context.rows, absent=("Y.4420",))
    text = LETTERS.acknowledgement(context, "en").text
    table = text.split("Opinions recorded")[1]
    places = [table.index(name) for name in ("Y.4241", "Y.4420", "X.1060 Amd.1")]
    assert places == sorted(places)
    assert "(ex Y.dt-SComCam)" not in text


def test_what_is_asked_for_names_the_texts_and_nothing_is_asked_where_nothing_is_missing() -> None:
    complete = LETTERS.acknowledgement(make_acknowledgement(), "en").text
    assert "still required" not in complete
    assert "without an opinion" not in complete
    asked = LETTERS.acknowledgement(
        make_acknowledgement(comments_missing=("Y.4241", "Y.4420", "X.1060 Amd.1")), "en"
    ).text
    assert "announced for Y.4241, Y.4420 and X.1060 Amd.1" in " ".join(asked.split())


@pytest.mark.parametrize(
    ("purpose", "there", "not_there"),
    [
        pytest.param(Purpose.RECORDED, "Correcting or completing", "under review", id="recorded"),
        pytest.param(Purpose.UNDER_REVIEW, "a confirmation will be sent", "late", id="review"),
        pytest.param(Purpose.LATE, "is not counted", "Correcting or completing", id="late"),
        pytest.param(Purpose.NOT_COUNTED, "only their replies are counted", "Y.4241", id="other"),
        pytest.param(Purpose.CONFIRMED, "I confirm", "settled by the secretariat", id="confirmed"),
    ],
)
def test_each_purpose_says_what_follows(purpose: Purpose, there: str, not_there: str) -> None:
    text = " ".join(
        LETTERS.acknowledgement(make_acknowledgement(purpose=purpose), "en").text.split()
    )
    assert there in text
    assert not_there not in text
    assert "sent automatically" in text


def test_arabic_is_set_from_right_to_left_with_designations_isolated() -> None:
    letter = LETTERS.acknowledgement(make_acknowledgement(absent=("Y.4420",)), "ar")
    assert '<bdi dir="ltr" style="white-space:nowrap;">ITU-T Y.4241</bdi>' in letter.html
    assert ">C106-CHE-1</bdi>" in letter.html
    assert "\u2066Y.4420\u2069" in letter.text
    assert "\u2066C106-CHE-1\u2069" in letter.text
    # Each line takes its direction from its first letter, which is made a right-to-left one; but
    # for that over the signature, which mail programs know by being nothing else (RFC 3676, 4.3).
    lines = [line for line in letter.text.splitlines() if line]
    assert [line for line in lines if not line.startswith("\u200f")] == ["-- "]
    for line in letter.text.splitlines():
        assert sum(map(line.count, "\u2066\u2068")) == line.count("\u2069")


def test_a_hostile_name_is_escaped_and_stays_on_one_line() -> None:
    letter = LETTERS.acknowledgement(
        make_acknowledgement(attachments=("<img src=x onerror=alert(1)>\r\nSubject: no\u202e",)),
        "en",
    )
    assert "<img" not in letter.html
    assert "\u202e" not in letter.html + letter.text
    assert "- <img src=x onerror=alert(1)> Subject: no\n" in letter.text


def test_a_reference_with_line_ends_cannot_add_a_header() -> None:
    context = make_acknowledgement(reference="C106\r\nBcc: everybody@example.org")
    assert "\n" not in LETTERS.acknowledgement(context, "fr").subject


@pytest.mark.parametrize("language", ["de", "", None], ids=["not official", "empty", "not known"])
def test_another_language_is_answered_in_english(language: str | None) -> None:
    assert LETTERS.acknowledgement(make_acknowledgement(), language).language == "en"


def test_a_circular_without_contact_address_gives_none() -> None:
    context = make_reminder(circular=make_circular(contact_address=None))
    assert "Questions" not in LETTERS.reminder(context, "en").text


class TestFolders:
    def test_an_own_folder_comes_first_file_by_file(self, tmp_path: Path) -> None:
        mine = tmp_path / "mail/reminder/en/subject.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("A reminder to {{ state_name }}")
        letter = Letters([tmp_path]).reminder(make_reminder(), "en")
        assert letter.subject == "A reminder to Switzerland"
        assert letter.text == LETTERS.reminder(make_reminder(), "en").text

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            pytest.param("one\ntwo {{ nobody }}", "line 2: 'nobody' is undefined", id="undefined"),
            pytest.param("one\n{% if %}", "line 2: Expected an expression", id="syntax"),
            pytest.param("{{ days_left + state_name }}", "line 1: unsupported operand", id="type"),
            pytest.param("{{ days_left / 0 }}", "line 1: division by zero", id="arithmetic"),
            pytest.param("\n\n{{ state_name | loud }}", "line 3: No filter named", id="filter"),
            pytest.param('{% extends "mail/gone.txt" %}', "there is no template mail/g", id="gone"),
        ],
    )
    def test_a_mistake_in_a_template_is_named_with_its_line(
        self, tmp_path: Path, written: str, said: str
    ) -> None:
        mine = tmp_path / "mail/reminder/en/subject.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text(written)
        with pytest.raises(TemplateError) as caught:
            Letters([tmp_path]).reminder(make_reminder(), "en")
        assert said in str(caught.value)
        assert "mail/reminder/en/subject.txt" in str(caught.value)
        assert "\n" not in str(caught.value)
