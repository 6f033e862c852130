"""Opening a message within limits: what is cut is said, and hostile input takes bounded time."""

import base64
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.mail.authentication.authenticity import authenticity
from bot.mail.automatic import automatic
from bot.mail.bounces.delivery_status import delivery_reports
from bot.mail.message import Message, OpeningLimits
from bot.mail.opening import open_header, open_message
from tests.mail.written import zip_of

#: Of the processor: far above what any of these takes, far below what a quadratic step takes.
SECONDS = 10.0


def _multiparts(depth: int) -> bytes:
    raw = b"Content-Type: text/plain\n\nx"
    for level in range(depth):
        mark = b"b%d" % level
        raw = b"\n".join(
            [
                b"Content-Type: multipart/mixed; boundary=" + mark,
                b"",
                b"--" + mark,
                raw,
                b"--" + mark + b"--",
                b"",
            ]
        )
    return raw


def _messages(depth: int) -> bytes:
    return b"From: a@b\nContent-Type: message/rfc822\n\n" * depth + b"From: a@b\n\nx"


def _attached(data: bytes, limits: OpeningLimits | None = None) -> Message:
    raw = (
        b"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWords.\n--b\n"
        b"Content-Type: application/octet-stream; name=a.bin\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(data)
        + b"--b--\n"
    )
    return open_message(raw, limits or OpeningLimits())


def test_ten_thousand_parts_are_cut() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000 + b"--b--\n"
    message = open_message(raw)
    assert len(message.parts) == OpeningLimits().parts
    assert "too-many-parts" in message.flaws


@pytest.mark.parametrize("make", [_multiparts, _messages])
@pytest.mark.parametrize("depth", [100, 1500])
def test_deep_nesting_is_cut(make: Callable[[int], bytes], depth: int) -> None:
    assert "nested-too-deep" in open_message(make(depth)).flaws


@pytest.mark.parametrize("make", [_multiparts, _messages])
def test_nesting_within_the_limit_is_opened(make: Callable[[int], bytes]) -> None:
    message = open_message(make(OpeningLimits().depth - 1))
    assert [part.data for part in message.parts] == [b"x"]
    assert message.flaws == ()


def test_nested_archives_are_cut_and_kept() -> None:
    data = zip_of({"a.txt": b"x"})
    for _ in range(30):
        data = zip_of({"a.zip": data})
    message = _attached(data)
    assert "nested-too-deep" in message.flaws
    assert message.parts[-1].data.startswith(b"PK")


def test_a_part_that_is_too_large_is_named_without_its_bytes() -> None:
    message = _attached(b"x" * 2000, OpeningLimits(part_bytes=1000))
    assert [(part.filename, part.data) for part in message.parts[1:]] == [("a.bin", b"")]
    assert message.text == "Words."
    assert message.flaws == ("part-too-large",)


def test_two_hundred_megabytes_are_not_decoded() -> None:
    raw = b"From: a@b\nContent-Type: application/pdf; name=a.pdf\n\n" + b"\0" * 200_000_000
    start = time.process_time()
    message = open_message(raw)
    assert message.flaws == ("part-too-large",)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("files", "limits"),
    [
        pytest.param({"a": b"\0" * 3_000_000}, OpeningLimits(part_bytes=1_000_000), id="one"),
        pytest.param(
            {str(number): b"\0" * 900_000 for number in range(20)},
            OpeningLimits(expanded_bytes=5_000_000),
            id="together",
        ),
        pytest.param(
            {f"{number}.zip": zip_of({"a": b"\0" * 900_000}) for number in range(20)},
            OpeningLimits(expanded_bytes=5_000_000),
            id="together, in archives of their own",
        ),
    ],
)
def test_an_archive_that_expands_too_far_is_cut(
    files: dict[str, bytes], limits: OpeningLimits
) -> None:
    message = _attached(zip_of(files), limits)
    assert message.flaws == ("archive-too-large",)
    assert sum(len(part.data) for part in message.parts) <= limits.expanded_bytes * 2


def test_an_archive_that_lies_about_sizes_is_charged_for_what_it_unpacks() -> None:
    data = zip_of({str(number): b"\0" * 500_000 for number in range(40)})
    # The listing claims another checksum, so that every member fails after it was unpacked.
    lying = b"".join(
        head + record[:12] + b"\1\2\3\4" + record[16:] if head else record
        for head, record in _listing(data)
    )
    message = _attached(lying, OpeningLimits(expanded_bytes=2_000_000))
    assert set(message.flaws) == {"broken-archive", "archive-too-large"}
    assert message.parts[-1].data == lying


def _listing(data: bytes) -> list[tuple[bytes, bytes]]:
    first, *records = data.split(b"PK\x01\x02")
    return [(b"", first), *((b"PK\x01\x02", record) for record in records)]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_unpacks_without_bound_is_not_used(method: int) -> None:
    data = zip_of({"a": b"\0" * 1_000_000}, method=method)
    message = _attached(data)
    assert message.flaws == ("broken-archive",)
    assert message.parts[-1].data == data


def test_an_archive_of_very_many_members_is_not_listed() -> None:
    message = _attached(b"PK\x03\x04" + b"PK\x01\x02" * 20_000)
    assert message.flaws == ("archive-too-large",)


def test_a_damaged_archive_is_kept_as_it_came() -> None:
    data = zip_of({"a.txt": b"words" * 100})[:-30]
    message = _attached(data)
    assert message.flaws == ("broken-archive",)
    assert message.parts[-1].data == data


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(zip_of({"a.txt": b"x", "b.txt": b"y"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    message = _attached(bytes(data))
    assert message.flaws == ("encrypted-archive",)
    assert [part.path for part in message.parts[1:]] == ["2!b.txt", "2"]


_HEAD = b"From: a@b\n"
_PAGE = _HEAD + b"Content-Type: text/html\n\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"a:\n" * 5_000_000, id="fields without end"),
        pytest.param(b"Subject: " + b"x" * 20_000_000, id="a field without end"),
        pytest.param(b"Subject: " + b"=?utf-8?q?=41?= " * 4000 + b"\n\n", id="encoded-words"),
        pytest.param(b"Subject: " + b"=?" * 30_000 + b"\n\n", id="open encoded-words"),
        pytest.param(b"References: " + b"a" * 60_000 + b"\n\n", id="an id without end"),
        pytest.param(b"References: " + b"a@" * 30_000 + b"\n\n", id="an id of at signs"),
        pytest.param(b"From: " + b"< " * 30_000 + b"\n\n", id="open brackets"),
        pytest.param(b"From: " + b"(" * 60_000 + b"\n\n", id="open comments"),
        pytest.param(b"Content-Type: a/b" + b"; a*0*=x" * 8000 + b"\n\n", id="parameters"),
        pytest.param(b'Content-Type: a/b; a="' + b"\\" * 60_000 + b"\n\n", id="open quotes"),
        pytest.param(
            b"Return-Path: <>\nFrom: " + b"(" * 2000 + b"\nSubject: failure notice\n\nFailed.\n",
            id="open comments of a bounce",
        ),
        pytest.param(_HEAD + b"\nbegin 644 x\n" + b"\n" * 5_000_000, id="blank lines as uuencode"),
        pytest.param(_HEAD + b"\n" + b"begin 644 x\n" * 100_000, id="beginnings of uuencode"),
        pytest.param(_HEAD + b"\nbegin 644 x\n" + b"!\n" * 1_000_000, id="short uuencode"),
        pytest.param(_PAGE + b"<svg>" * 300_000, id="elements that never end"),
        pytest.param(_PAGE + b"<" * 4_000_000, id="nothing but brackets"),
        pytest.param(_PAGE + b"<!--" * 1_000_000, id="comments that never end"),
        pytest.param(_PAGE + b"&#" + b"9" * 1_000_000, id="a reference without end"),
        pytest.param(_MIXED + b"--ab\n" * 1_000_000, id="nearly delimiters"),
        pytest.param(_MIXED.replace(b"=a", b"=-") + b"-" * 5_000_000, id="dashes"),
        pytest.param(_MIXED + b"--a" + b" " * 5_000_000 + b"x", id="a delimiter without end"),
        pytest.param(
            _HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n" * 200_000,
            id="flowed",
        ),
        pytest.param(b"\xef\xbb\xbf" + b"\r" * 5_000_000, id="nothing but returns"),
        pytest.param(
            b"Return-Path: <>\nFrom: mailer-daemon@b\n\n" + b"a@b.example\n" * 500_000,
            id="addresses",
        ),
        pytest.param(
            b"Return-Path: <>\nFrom: mailer-daemon@b\n\n" + b"sent to " * 500_000,
            id="words of a bounce",
        ),
        pytest.param(
            b"Return-Path: <>\nFrom: mailer-daemon@b\n\n" + b"message-id: " * 500_000,
            id="ids of a bounce",
        ),
        pytest.param(
            b"Content-Type: message/delivery-status\n\n" + b"\n" * 5_000_000, id="an empty report"
        ),
        pytest.param(
            b"Content-Type: message/delivery-status\n\n" + b"a:b\n\n" * 500_000, id="a long report"
        ),
        pytest.param(
            b"From: a@b\n" + b"Authentication-Results: mx; " + b"(" * 60_000 + b"\n\n", id="results"
        ),
    ],
)
def test_hostile_input_takes_bounded_time(raw: bytes) -> None:
    start = time.process_time()
    message = open_message(raw)
    open_header(raw)
    automatic(message)
    delivery_reports(message)
    authenticity(message, "mx")
    assert time.process_time() - start < SECONDS


_TOKENS = st.sampled_from(
    [
        b"From: a@b.example\n",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b'Content-Type: multipart/alternative; boundary="y\n',
        b"Content-Type: message/rfc822\n",
        b"Content-Type: message/delivery-status\n",
        b"Content-Type: text/html; charset=utf-16\n",
        b"Content-Type: text/plain; charset*0*=utf-8''%E9\n",
        b"Content-Type: application/pkcs7-mime\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"Content-Disposition: attachment; filename==?utf-8?b?w6k=?=\n",
        b"Subject: =?utf-8?b?w6k?= =?hz?q?~{?=\n",
        b"Date: Tue, 14 Apr 2026 10:00:00 +9999\n",
        b"Return-Path: <>\n",
        b'Authentication-Results: mx; dmarc="pass(; spf=\n',
        b"Final-Recipient: rfc822;<a@b\n",
        b"Auto-Submitted: ;\n",
        b"\n",
        b"\r\n",
        b"--x\n",
        b"--x--\n",
        b"--y\n",
        b"begin 644 a\n#86)C\nend\n",
        b"<html><script>&#x110000;",
        b"PK\x03\x04",
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80",
        b"%PDF-",
        b"\x00\xff\xfe",
    ]
)


def _judge_all(raw: bytes) -> None:
    message = open_message(raw)
    header = open_header(raw)
    assert header.message_id == message.message_id
    for each in (message, header):
        automatic(each, {"tsbdir@example.org"})
        delivery_reports(each)
        authenticity(each, "mx")
    message.text.encode("utf-8")
    message.subject.encode("utf-8")
    assert "\n" not in message.subject
    assert len({part.path for part in message.parts}) <= len(message.parts)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_never_raise(raw: bytes) -> None:
    _judge_all(raw)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_TOKENS | st.binary(max_size=6), max_size=25).map(b"".join))
def test_pieces_of_messages_in_any_order_never_raise(raw: bytes) -> None:
    _judge_all(raw)


_ARCHIVE = zip_of({"a/form.txt": b"words " * 40, "b.zip": zip_of({"c": b"x"})})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_ARCHIVE) - 1), st.integers(0, 255)), max_size=8))
@example(changes=[(_ARCHIVE.rindex(b"PK\x01\x02") + 28, 0)])
def test_a_damaged_archive_never_raises(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_ARCHIVE)
    for at, byte in changes:
        data[at] = byte
    assert _attached(bytes(data)).text == "Words."
