"""The parts that a server says a message has."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edges.body_structure import leaf_parts

TEXT = (b"TEXT", b"Plain", (b"charset", b"utf-8"), None, None, b"7BIT", 50, 2, None, None, None)


def _file(parameters: object, disposition: object) -> tuple[object, ...]:
    return (b"APPLICATION", b"PDF", parameters, None, None, b"BASE64", 99, None, disposition, None)


def test_a_message_of_one_part_has_that_one() -> None:
    (part,) = leaf_parts(TEXT) or ()
    assert (part.path, part.content_type, part.size) == ("1", "text/plain", 50)
    assert (part.filename, part.disposition) == (None, None)


@pytest.mark.parametrize("kind", [list, tuple])
def test_parts_are_counted_as_imap_counts_them(kind: type) -> None:
    alternative = ([TEXT, TEXT], b"ALTERNATIVE") if kind is list else (TEXT, TEXT, b"ALTERNATIVE")
    mixed = ([alternative, TEXT], b"MIXED") if kind is list else (alternative, TEXT, b"MIXED")
    assert [part.path for part in leaf_parts(mixed) or ()] == ["1.1", "1.2", "2"]


def test_parts_of_attached_messages_are_counted_within_them() -> None:
    envelope = (None,) * 10
    attached = (b"MESSAGE", b"RFC822", None, None, None, b"7BIT", 500, envelope)
    inner = (*attached, (TEXT, TEXT, b"MIXED"), 20, None, None, None)
    outer = (*attached, (TEXT, inner, b"MIXED"), 20, None, None, None)
    found = leaf_parts(([TEXT, outer], b"MIXED"))
    assert [part.path for part in found or ()] == ["1", "2/1", "2/2/1", "2/2/2"]


@pytest.mark.parametrize(
    ("parameters", "disposition", "filename", "kind"),
    [
        pytest.param(None, None, None, None, id="none"),
        pytest.param((b"name", b"a.pdf"), None, "a.pdf", None, id="in the type"),
        pytest.param(
            (b"name", b"a.pdf"), (b"ATTACHMENT", (b"FileName", b"b.pdf")), "b.pdf", "attachment",
            id="in both",
        ),
        pytest.param(None, (b"inline", None), None, "inline", id="only disposed"),
        pytest.param(
            None, (b"attachment", (b"filename", b"=?utf-8?Q?R=C3=A9ponse.pdf?=")), "Réponse.pdf",
            "attachment", id="encoded word",
        ),
        pytest.param(
            None, (b"attachment", (b"filename*", b"utf-8''%D0%9E.pdf")), "О.pdf", "attachment",
            id="RFC 2231",
        ),
        pytest.param(
            None,
            (b"attachment", (b"filename*0*", b"utf-8''%D0", b"filename*1*", b"%9E.pdf")),
            "О.pdf", "attachment", id="RFC 2231 in pieces",
        ),
        pytest.param((b"name", "表.pdf".encode()), None, "表.pdf", None, id="raw UTF-8"),
        pytest.param((b"name", b"\xe9.pdf"), None, "é.pdf", None, id="raw Latin 1"),
        pytest.param((b"name", b'a";b=c\\d.pdf'), None, "d.pdf", None, id="quotation mark"),
        pytest.param((b"name", b"C:\\forms\\a.pdf"), None, "a.pdf", None, id="with a folder"),
        pytest.param((b"name", b"../../a.pdf"), None, "a.pdf", None, id="with folders above"),
        pytest.param((b"name", 2026), None, "2026", None, id="a number"),
        pytest.param((b"name",), None, None, None, id="half a pair"),
        pytest.param(
            None, b'attachment; filename="a b.pdf"', "a b.pdf", "attachment", id="as one string"
        ),
    ],
)  # fmt: skip
def test_a_file_has_its_name_in_any_spelling(
    parameters: object, disposition: object, filename: str | None, kind: str | None
) -> None:
    (part,) = leaf_parts(_file(parameters, disposition)) or ()
    assert (part.filename, part.disposition) == (filename, kind)


def test_a_text_has_its_disposition_one_place_later() -> None:
    (part,) = leaf_parts((*TEXT[:9], (b"ATTACHMENT", (b"filename", b"a.txt")), None)) or ()
    assert (part.filename, part.disposition) == ("a.txt", "attachment")


@pytest.mark.parametrize(
    "structure",
    [
        pytest.param(None, id="nil"),
        pytest.param((), id="empty"),
        pytest.param(b"text", id="a word"),
        pytest.param((5, 6), id="numbers"),
        pytest.param((b"text",), id="half"),
        pytest.param(((), b"mixed"), id="an empty part"),
        pytest.param(([], b"mixed"), id="no parts"),
    ],
)
def test_what_is_no_structure_is_none(structure: object) -> None:
    assert leaf_parts(structure) is None


def test_nesting_without_end_is_none() -> None:
    structure: object = TEXT
    for _ in range(10_000):
        structure = (structure, b"MIXED")
    assert leaf_parts(structure) is None


_ATOMS = (
    st.none()
    | st.integers(0, 2**40)
    | st.binary(max_size=30)
    | st.sampled_from(
        [b"text", b"message", b"rfc822", b"filename*0*", b"name", b"utf-8''%", b"=?x?B?=?="]
    )
)
_TREES = st.recursive(_ATOMS, lambda inner: st.lists(inner, max_size=12).map(tuple), max_leaves=60)


@given(_TREES)
@settings(max_examples=200, deadline=None)
def test_any_tree_gives_parts_or_none(tree: object) -> None:
    parts = leaf_parts(tree)
    assert parts is None or all(part.path and part.type == part.type.lower() for part in parts)


@pytest.mark.parametrize(
    "text", [b"a" * 500_000, b"=?" * 250_000, b'"\\' * 250_000, b"%" * 500_000]
)
def test_a_monstrous_name_takes_little_time(text: bytes) -> None:
    begun = time.monotonic()
    leaf_parts(_file((b"name", text, b"name*0*", text), None))
    assert time.monotonic() - begun < 2
