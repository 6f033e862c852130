"""What comes beside the form: files and words, and which texts they speak of."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.enclosures import kept_files, texts_explained
from bot.intake.own_words import own_words
from bot.intake.part_reading import Nature, PartReading
from bot.intake.sentences import statements
from parsers.reading import BoxRole, Doubt, Format, RowReading
from tests.support.intake import document, form, part, unread

TEXTS = ("Y.4241", "Y.4242", "Y.4816", "Y.4420", "Y.4614", "Y.4912", "Y.4512", "X.1060 Amd.1")

EXPLAINED = [
    pytest.param("Reasons for Y.4242: the scope overlaps.", ("Y.4242",), id="en"),
    pytest.param("Motifs pour Y.4242 : le champ n'est pas défini.", ("Y.4242",), id="fr"),
    pytest.param("Motivos de Y.4242: el alcance se solapa.", ("Y.4242",), id="es"),
    pytest.param("Замечания по Y.4242: область не определена.", ("Y.4242",), id="ru"),
    pytest.param("أسباب الرأي بشأن Y.4242: المتطلبات غير كاملة.", ("Y.4242",), id="ar"),
    pytest.param("关于Y.4242的理由：安全要求尚不完整。", ("Y.4242",), id="zh"),
    pytest.param(
        "Y.4242: the threat model is missing.\nY.4816: so are the requirements.",
        ("Y.4242", "Y.4816"),
        id="two of them",
    ),
    pytest.param(
        "Y.4242: does not assign authority.\nThe security requirements are incomplete.",
        ("Y.4242",),
        id="in the sentence that follows",
    ),
    pytest.param(
        "We do not assign authority because the requirements are incomplete.", (), id="for all"
    ),
    pytest.param("Reasons:\n\nThe requirements are not complete yet.", (), id="under a heading"),
    pytest.param("Comments: please define the term complex.", (), id="after an announcement"),
    pytest.param("理由：安全要求尚不完整，需要进一步研究。", (), id="for all, in Chinese"),
]


@pytest.mark.parametrize(("words", "texts"), EXPLAINED)
def test_reasons_and_comments_in_words(words: str, texts: tuple[str, ...]) -> None:
    assert texts_explained(words, TEXTS) == texts


NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param("Please find attached our reply to TSB Circular 106.", id="a covering note"),
    pytest.param("Veuillez trouver ci-joint nos observations sur Y.4242.", id="one in French"),
    pytest.param("Se adjuntan los comentarios sobre Y.4242.", id="one in Spanish"),
    pytest.param("Направляем замечания по проекту Y.4242.", id="one in Russian"),
    pytest.param("تجدون طيه الملاحظات بشأن Y.4242.", id="one in Arabic"),
    pytest.param("随附我方对Y.4242的意见。", id="one in Chinese"),
    pytest.param("Comments on Y.4242 are attached.", id="an announcement of a file"),
    pytest.param("We do not assign authority to Y.4242.", id="the opinion alone"),
    pytest.param("Comments: none", id="none"),
    pytest.param("Y.4242", id="a name alone"),
    pytest.param(
        "\n".join(f"{text}: a title of some words here" for text in TEXTS), id="a list of all"
    ),
    pytest.param(
        "Any comments in this e-mail are those of its author and of nobody else.",
        id="a disclaimer",
    ),
    pytest.param("> Reasons for Y.4242: the scope overlaps.", id="quoted"),
    pytest.param(
        "Thanks\n-----Original Message-----\nReasons for Y.4242: the scope overlaps.",
        id="below a line",
    ),
    pytest.param(
        "Thanks\nDe : TSB\nEnvoyé : lundi\nReasons for Y.4242: the scope overlaps.",
        id="below the head of a message",
    ),
    pytest.param(
        "Thanks\nOn Monday TSB wrote:\nReasons for Y.4242: the scope overlaps.", id="as written"
    ),
    pytest.param("Thanks\n-- \nReasons for Y.4242: the scope overlaps.", id="in the signature"),
]


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_no_reason(words: str) -> None:
    assert texts_explained(words, TEXTS) is None


OWN = [
    pytest.param("a\n> b\nc", "a\nc", id="between quotations"),
    pytest.param("a\nOn Monday X wrote:\n> b\nc", "a\nc", id="below a quotation"),
    pytest.param("a\nOn Monday X wrote:\nb", "a", id="above a quotation without marks"),
    pytest.param("a\n-- \nb", "a", id="above a signature"),
    pytest.param("a\n--\nb", "a\n--\nb", id="a line of two hyphens"),
    pytest.param("a\nFrom: X\nSent: Y\nb", "a", id="above the head of a message"),
    pytest.param(
        "From: Administration of Peru\nb", "From: Administration of Peru\nb", id="one such line"
    ),
    pytest.param("a\n发件人：X\n发送时间：Y\nb", "a", id="a head in Chinese"),
    pytest.param("a\nОт: X\nДата: Y\nb", "a", id="a head in Russian"),
    pytest.param("a\nمن: X\nالتاريخ: Y\nb", "a", id="a head in Arabic"),
    pytest.param("a\n________________________________\nb", "a", id="above a rule"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "own"), OWN)
def test_own_words_are_those_that_are_not_quoted(text: str, own: str) -> None:
    assert own_words(text) == own


SAID = [
    pytest.param("We do not assign authority to Y.4242.", (BoxRole.DOES_NOT_ASSIGN, ("Y.4242",))),
    pytest.param("Notre Administration autorise.", (BoxRole.ASSIGNS, ())),
    pytest.param("本主管部门不授权审议Y.4242。", (BoxRole.DOES_NOT_ASSIGN, ("Y.4242",))),
    pytest.param("We assign authority for all\nof the texts.", (BoxRole.ASSIGNS, ())),
]


@pytest.mark.parametrize(("words", "said"), SAID)
def test_an_opinion_in_words(words: str, said: tuple[BoxRole, tuple[str, ...]]) -> None:
    assert [(each.opinion, each.texts) for each in statements(words, TEXTS)] == [said]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Do you assign authority or do you not assign it?", id="both"),
        pytest.param("We assign authority for all except Y.4242.", id="all but one"),
        pytest.param("Y.4242 is interesting.", id="none"),
    ],
)
def test_no_opinion_in_words(words: str) -> None:
    assert statements(words, TEXTS) == ()


FILES = [
    pytest.param("Comments Y.4242.docx", "", ("Y.4242",), id="its name"),
    pytest.param("Y4242_comments.docx", "", ("Y.4242",), id="its name without the full stop"),
    pytest.param("comments_Y-4242_Y.4816.pdf", "", ("Y.4242", "Y.4816"), id="two in its name"),
    pytest.param("y 4242.pdf", "", ("Y.4242",), id="in small letters"),
    pytest.param("X.1060-Amd1.pdf", "", ("X.1060 Amd.1",), id="an amendment"),
    pytest.param("Y.42421.pdf", "", (), id="a longer number"),
    pytest.param("reply.pdf", "Comments on Y.4242 and Y.9", ("Y.4242",), id="its content"),
    pytest.param("Y.4816.pdf", "Comments on Y.4242", ("Y.4816",), id="its name before its content"),
    pytest.param("all.pdf", " ".join(TEXTS), (), id="all of them"),
    pytest.param(None, "", (), id="nothing"),
]


@pytest.mark.parametrize(("name", "letter", "texts"), FILES)
def test_a_file_is_tied_to_the_texts_that_it_names(
    name: str | None, letter: str, texts: tuple[str, ...]
) -> None:
    (kept,) = kept_files([part(document(letter), filename=name)], TEXTS)
    assert kept.texts == texts


def test_a_table_of_comments_names_its_texts() -> None:
    read = document("Comments")
    table = type(read)(format=read.format, rows=(RowReading(designation="Y.4242"),))
    assert kept_files([part(table)], TEXTS)[0].texts == ("Y.4242",)


NATURES = [
    pytest.param(form(), Nature.FORM, id="rows with boxes"),
    pytest.param(part(document()), Nature.FILE, id="a document"),
    pytest.param(part(document(), body=True), Nature.ORNAMENT, id="the message's own text"),
    pytest.param(
        part(document(kind=Format.TEXT), "2/1", filename=None, content_type="text/plain"),
        Nature.ORNAMENT,
        id="the text of an attached message",
    ),
    pytest.param(
        part(document(kind=Format.TEXT), "2/1", filename="a.txt", content_type="text/plain"),
        Nature.FILE,
        id="a text file in an attached message",
    ),
    pytest.param(part(unread()), Nature.UNREAD, id="a scan"),
    pytest.param(part(unread(kind=Format.PNG), size=14_000), Nature.ORNAMENT, id="a small picture"),
    pytest.param(part(unread(kind=Format.PNG), size=16_000), Nature.UNREAD, id="a page's picture"),
    pytest.param(
        part(unread(kind=Format.JPEG), size=90_000, inline=True), Nature.ORNAMENT, id="a banner"
    ),
    pytest.param(
        part(unread(kind=Format.JPEG), size=120_000, inline=True), Nature.UNREAD, id="a photograph"
    ),
    pytest.param(
        part(unread(kind=Format.TIFF), size=900, inline=True), Nature.UNREAD, id="a small fax"
    ),
    pytest.param(part(unread(Doubt.ENCRYPTED), size=900), Nature.UNREAD, id="a locked file"),
    pytest.param(
        part(document(), content_type="application/pgp-signature"), Nature.ORNAMENT, id="signature"
    ),
]


@pytest.mark.parametrize(("given", "nature"), NATURES)
def test_what_a_part_is(given: PartReading, nature: Nature) -> None:
    assert given.nature is nature


WORDS = st.lists(
    st.sampled_from(
        [*"aY.4242:\n> -_", "Y.4242", "reasons", "wrote:\n", "From: x\n", "because", "理由", "\n\n"]
    ),
    max_size=40,
).map("".join)


@given(WORDS)
@settings(max_examples=100, deadline=None)
def test_any_words_are_taken(words: str) -> None:
    found = texts_explained(words, TEXTS)
    assert found is None or set(found) <= set(TEXTS)
    assert set(own_words(words).split("\n")) <= {"", *words.split("\n")}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("wrote:\n> x\n" * 100_000, id="quotations"),
        pytest.param("From: x\n" * 100_000, id="heads"),
        pytest.param(" " * 1_000_000, id="blanks"),
        pytest.param("Y.4242 " * 100_000, id="names"),
        pytest.param("does not assign comments attached " * 30_000, id="labels"),
        pytest.param("comments " * 100_000 + ":", id="announcements"),
        pytest.param("замечани" * 100_000, id="one long word"),
    ],
)
def test_long_words_cost_little(words: str) -> None:
    begun = time.perf_counter()
    texts_explained(words, TEXTS)
    statements(own_words(words), TEXTS)
    assert time.perf_counter() - begun < 1.5
