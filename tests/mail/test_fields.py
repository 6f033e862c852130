"""Header blocks, parameters, encoded-words and addresses, as they really come."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.addresses import normal_email, parse_addresses
from bot.mail.fields import bare_name, decode_words, parameters, split_header


@pytest.mark.parametrize(
    ("raw", "names", "body"),
    [
        pytest.param(b"A: 1\nB: 2\n\nbody", ["a", "b"], b"body", id="plain"),
        pytest.param(b"A: 1\r\n 2\r\n\r\nbody", ["a"], b"body", id="folded"),
        pytest.param(b"A: 1\rB: 2\r\rbody", ["a", "b"], b"body", id="lone CR"),
        pytest.param(
            b"A: 1\rB: 2\r\n\r\nbody", ["a"], b"body", id="CR within a field is no line end"
        ),
        pytest.param(b"A : 1\n\nbody", ["a"], b"body", id="blank before the colon"),
        pytest.param(b"\nbody: x\n", [], b"body: x\n", id="no field"),
        pytest.param(b"body", [], b"body", id="no blank line"),
        pytest.param(
            b"A: 1\nbody text\nmore", ["a"], b"body text\nmore", id="blank line is missing"
        ),
        pytest.param(
            b"A: 1\nbroken\nB: 2\n\nbody", ["a", "b"], b"body", id="a line that is no field"
        ),
    ],
)
def test_a_header_block_is_taken_off(raw: bytes, names: list[str], body: bytes) -> None:
    block = split_header(raw)
    assert [name for name, _ in block.fields] == names
    assert raw[block.body :] == body


@pytest.mark.parametrize(
    ("value", "name"),
    [
        pytest.param("a/b; name=form.pdf", "form.pdf", id="plain"),
        pytest.param("a/b; name=my form.pdf", "my form.pdf", id="unquoted blanks"),
        pytest.param('a/b; x="1;2"; name="a;b.pdf"', "a;b.pdf", id="semicolon in quotes"),
        pytest.param('a/b; name="=?utf-8?b?w6k=?=.pdf"', "é.pdf", id="encoded-word"),
        pytest.param("a/b; name*=utf-8''%C3%A9.pdf", "é.pdf", id="RFC 2231"),
        pytest.param("a/b; name*0*=utf-8''%C3; name*1*=%A9; name*2=.pdf", "é.pdf", id="in pieces"),
        pytest.param('a/b; name="open.pdf', "open.pdf", id="open quotation mark"),
        pytest.param('a/b name="form.pdf"', "form.pdf", id="no semicolon"),
        pytest.param(r'a/b; name="C:\users\form.pdf"', r"C:\users\form.pdf", id="a whole path"),
    ],
)
def test_a_parameter_is_read(value: str, name: str) -> None:
    assert parameters(value).value == "a/b"
    assert parameters(value).parameters["name"] == name


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("C:\\a\\form.pdf", "form.pdf"),
        ("../../form.pdf", "form.pdf"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("..", None),
        ("", None),
        (None, None),
    ],
)
def test_a_file_name_has_no_folder(name: str | None, bare: str | None) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("=?utf-8?q?a=C3=A9_b?=", "aé b", id="Q"),
        pytest.param("=?utf-8?b?w6k?= =?utf-8?b?w6k=?=", "éé", id="no padding"),
        pytest.param("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é", id="cut within a character"),
        pytest.param("x=?utf-8?q?=C3=A9?=y", "xéy", id="within a word"),
        pytest.param("=?gb2312?b?zai6rw==?=", "通函", id="GB"),
        pytest.param("=?windows-1256?q?=D1=CF?=", "رد", id="Arabic"),
        pytest.param("=?koi8-r?b?79TXxdQ=?=", "Ответ", id="KOI8"),
        pytest.param("=?utf-8?q?open", "=?utf-8?q?open", id="open"),
        pytest.param("=?nosuch?q?a?=", "a", id="no such charset"),
    ],
)
def test_encoded_words_are_decoded(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize(
    ("value", "found"),
    [
        pytest.param("a@b.example", [("", "a@b.example")], id="bare"),
        pytest.param("Post <a@B.Example>", [("Post", "a@b.example")], id="named"),
        pytest.param('"Last, First" <a@b.example>', [("Last, First", "a@b.example")], id="comma"),
        pytest.param("a@b.example (Post)", [("Post", "a@b.example")], id="comment"),
        pytest.param(
            "=?utf-8?q?A=2C_B?= <a@b.example>", [("A, B", "a@b.example")], id="encoded comma"
        ),
        pytest.param(
            "Group: a@b.example, c@d.example;",
            [("", "a@b.example"), ("", "c@d.example")],
            id="group",
        ),
        pytest.param("undisclosed-recipients:;", [], id="empty group"),
        pytest.param("<@relay.example:a@b.example>", [("", "a@b.example")], id="source route"),
        pytest.param("Post a@b.example", [("Post", "a@b.example")], id="no brackets"),
        pytest.param("a@bücher.example", [("", "a@xn--bcher-kva.example")], id="IDN"),
        pytest.param("Post <a@b.example", [("Post", "a@b.example")], id="open bracket"),
        pytest.param(
            "<a@b.example> <c@d.example>",
            [("", "a@b.example"), ("", "c@d.example")],
            id="two without a comma",
        ),
        pytest.param('<"a b"@c.example>', [("", '"a b"@c.example')], id="quoted local part"),
        pytest.param("Post", [("Post", "")], id="no address"),
        pytest.param("", [], id="empty"),
    ],
)
def test_addresses_are_taken_apart(value: str, found: list[tuple[str, str]]) -> None:
    assert [(each.name, each.email) for each in parse_addresses(value)] == found


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='a@<>(),;:"\\ .=?é', max_size=60))
def test_no_value_raises_and_every_address_can_be_written_again(value: str) -> None:
    parameters(value)
    decode_words(value)
    for each in parse_addresses(value):
        assert normal_email(each.email) == each.email
        assert not set(each.email) & set("<>\r\n")
