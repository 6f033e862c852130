"""Messages that the tests of the mailbox deliver."""

import base64
import datetime as dt

RECEIVED = dt.datetime(2026, 4, 30, 23, 59, 30, tzinfo=dt.UTC)

PLAIN = (
    b"From: Ministry <info@ministry.example>\r\nTo: tsbdir@itu.int\r\n"
    b"Subject: TSB Circular 106\r\nMessage-ID: <1@ministry.example>\r\n\r\nWe assign.\r\n"
)

WITH_FORM = (
    b"From: Regulator <reply@regulator.example>\r\nSubject: Reply\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n'
    b"--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease find attached.\r\n"
    b"--edge\r\nContent-Type: application/octet-stream; name=form.docx\r\n"
    b"Content-Disposition: attachment; filename=form.docx\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--edge--\r\n"
)

FORWARDED = (
    b"From: Regulator <reply@regulator.example>\r\nSubject: Fwd: Reply\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n'
    b"--outer\r\nContent-Type: text/html\r\n\r\n<p>See below.</p>\r\n"
    b"--outer\r\nContent-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n"
    + WITH_FORM
    + b'\r\n--outer\r\nContent-Type: application/pdf; name="=?utf-8?B?'
    + base64.b64encode("表格.pdf".encode())
    + b'?="\r\nContent-Disposition: attachment\r\n\r\n%PDF-\r\n--outer--\r\n'
)


def with_parts(count: int, filename: str = "") -> bytes:
    """A message of so many parts."""
    named = f"Content-Disposition: attachment; filename={filename}\r\n" if filename else ""
    part = f"--edge\r\nContent-Type: text/plain\r\n{named}\r\nx\r\n".encode()
    return (
        b"Subject: Many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n"
        + part * count
        + b"--edge--\r\n"
    )


def nested(depth: int) -> bytes:
    """A message in a message in a message ..."""
    head = b"Subject: Deep\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * depth + PLAIN


#: A file name as most mail programs write it today (RFC 2231).
WITH_LONG_NAME = WITH_FORM.replace(
    b" filename=form.docx", b"\r\n filename*0*=utf-8''R%C3%A9ponse%20;\r\n filename*1*=106.docx"
)
