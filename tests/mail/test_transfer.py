"""Transfer encodings, charsets and HTML: undone as they were meant, and back again."""

import base64
import binascii

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.mail.charsets import codec_for, decode_text
from bot.mail.html_text import text_of_html
from bot.mail.opening import open_message
from bot.mail.transfer import cut_uuencoded, decode_base64, decode_transfer

DATA = bytes(range(256)) * 3


@pytest.mark.parametrize(
    ("raw", "sound"),
    [
        pytest.param(base64.encodebytes(DATA), True, id="lines"),
        pytest.param(base64.b64encode(DATA), True, id="one line"),
        pytest.param(base64.encodebytes(DATA).replace(b"\n", b"\r\n"), True, id="CRLF"),
        pytest.param(b" " + base64.encodebytes(DATA).replace(b"\n", b" \n "), True, id="indented"),
        pytest.param(base64.b64encode(DATA + b"x").rstrip(b"="), False, id="no padding"),
        pytest.param(base64.encodebytes(DATA) + b"!!\n", False, id="stray characters"),
    ],
)
def test_base64_is_decoded(raw: bytes, *, sound: bool) -> None:
    data, found = decode_base64(raw)
    assert data.startswith(DATA)
    assert found is sound


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "8bit"])
)
@example(data=b"\r", encoding="8bit")
@example(data=b"\r\n", encoding="8bit")
def test_every_part_comes_back_as_it_was_sent(data: bytes, encoding: str) -> None:
    encoded = {
        "base64": base64.encodebytes(data),
        "quoted-printable": binascii.b2a_qp(data, istext=False),
        "x-uuencode": b"begin 644 a\n"
        + b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
        + b"`\nend\n",
        "8bit": b"\xfe" + data,
    }[encoding]
    raw = (
        b"From: a@b\nContent-Type: multipart/mixed; boundary=some-boundary\n\n--some-boundary\n"
        b"Content-Type: image/x-none; name=a.bin\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\n\n"
        + encoded
        + b"\n--some-boundary--\n"
    )
    expected = b"\xfe" + data if encoding == "8bit" else data
    if encoding == "x-uuencode" and not data:
        return
    message = open_message(raw)
    got = message.parts[0].data
    assert got == expected or (
        encoding == "quoted-printable" and got.rstrip(b"\n") == expected.rstrip(b"\n")
    )


def test_a_block_that_breaks_off_is_told() -> None:
    rest, files, whole = cut_uuencoded(b"Words.\nbegin 644 a.txt\n#86)C\n")
    assert (rest, [each.data for each in files], whole) == (b"Words.\n", [b"abc"], False)


@pytest.mark.parametrize(
    "text", [b"begin 644 the work\non Monday\n", b"begin at once\n", b"We begin 644 x\n"]
)
def test_words_that_look_like_a_block_stay_words(text: bytes) -> None:
    assert cut_uuencoded(text) == (text, (), True)


def test_an_unknown_encoding_leaves_the_bytes() -> None:
    assert decode_transfer(b"abc", "x-nothing") == (b"abc", True)


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("é中".encode(), None, "é中"),
        ("é".encode("cp1252"), None, "é"),
        ("é".encode(), "iso-8859-1", "é"),
        ("“é”".encode("cp1252"), "iso-8859-1", "“é”"),
        ("通函".encode("gb18030"), "gb2312", "通函"),
        ("Ответ".encode("koi8-r"), "KOI8-R", "Ответ"),
        ("رد".encode("cp1256"), "windows-1256", "رد"),
        ("Ответ".encode(), "us-ascii", "Ответ"),
        ("é".encode("utf-16"), "utf-8", "é"),
        (b"a\x00b", "utf-8", "ab"),
        (b"abc", "rot13", "abc"),
    ],
)
def test_a_text_is_decoded_as_it_was_meant(data: bytes, charset: str | None, text: str) -> None:
    assert decode_text(data, charset) == text


@pytest.mark.parametrize(
    "label", ["punycode", "unicode_escape", "idna", "zip", "undefined", "", None, "a b"]
)
def test_codecs_that_are_no_charsets_cannot_be_asked_for(label: str | None) -> None:
    assert codec_for(label) is None


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=100),
    st.sampled_from(
        ["utf-7", "utf-16", "utf-32", "hz", "iso-2022-jp", "gb18030", "cp864", "nosuch", "johab"]
    ),
)
def test_no_bytes_and_no_charset_raise(data: bytes, charset: str) -> None:
    decode_text(data, charset).encode("utf-8")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("<p>One<br>Two</p><p>Three", "One\nTwo\n\nThree", id="lines"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb", id="cells"),
        pytest.param("<style>p{}</style><script>x<y</script>Words", "Words", id="scripts"),
        pytest.param("<script>never closed<p>Words", "never closed\nWords", id="an open script"),
        pytest.param(
            "a &amp; b &eacute; &#1054;&#99999999999;", "a & b é О\ufffd", id="references"
        ),
        pytest.param("1 < 2 <!-- not this -->and so on", "1 < 2 and so on", id="brackets"),
    ],
)
def test_the_words_of_a_page_are_read(page: str, text: str) -> None:
    assert text_of_html(page) == text


_LEAVES = st.tuples(
    st.sampled_from(["application/pdf", "image/png"]), st.binary(min_size=1, max_size=80)
)
_TREES = st.recursive(_LEAVES, lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12)


def _written(tree: object, marks: list[int]) -> tuple[bytes, list[bytes]]:
    if isinstance(tree, tuple):
        kind, data = tree
        data = b"\xfe" + data
        fields = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        return fields.encode() + base64.encodebytes(data), [data]
    assert isinstance(tree, list)
    marks[0] += 1
    mark = b"part-%d-" % marks[0]
    written = [_written(each, marks) for each in tree]
    body = b"".join(b"\r\n--" + mark + b"\r\n" + raw for raw, _ in written)
    head = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n'
    return head + b"\r\n" + body + b"\r\n--" + mark + b"--\r\n", [
        x for _, each in written for x in each
    ]


@settings(max_examples=100, deadline=None)
@given(_TREES)
def test_every_leaf_of_any_tree_comes_back_in_order(tree: object) -> None:
    raw, leaves = _written(tree, [0])
    message = open_message(b"From: a@b.example\r\n" + raw)
    if not message.flaws:
        assert [part.data for part in message.parts] == leaves
    else:
        assert message.flaws == ("nested-too-deep",)
