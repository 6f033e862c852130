"""What is common to both servers: no password in clear, none in an error."""

import base64
import ssl
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.letter_transfer import UntransferableError, ascii_domain, with_line_ends
from bot.edges.transport import network_failure, quoted_reply, refuse_plain, tls_context
from bot.errors import ConfigurationError
from bot.settings import Security


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_plain_is_allowed_within_this_machine(host: str) -> None:
    refuse_plain("mailbox", host, Security.PLAIN)


@pytest.mark.parametrize(
    "host", ["mail.example.org", "192.0.2.1", "::", "0.0.0.0", "", "2130706433"]
)
def test_plain_is_refused_for_any_other(host: str) -> None:
    for security in (Security.TLS, Security.STARTTLS):
        refuse_plain("mailbox", host, security)
    with pytest.raises(ConfigurationError, match=r"\[mailbox\] security"):
        refuse_plain("mailbox", host, Security.PLAIN)


def test_tls_checks_the_certificate_and_its_name() -> None:
    context = tls_context("mailbox", None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("content", [b"", b"no certificate", b"\xff" * 100])
def test_a_file_without_certificates_is_a_matter_of_configuration(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "ca.pem"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"\[mailbox\] ca_file"):
        tls_context("mailbox", file)


@pytest.mark.parametrize(
    "error",
    [
        OSError(),
        ConnectionResetError(104, "reset"),
        TimeoutError(),
        ssl.SSLError(),
        ssl.SSLEOFError(),
    ],
)
def test_every_failure_of_the_network_says_what_to_do(error: OSError) -> None:
    failure = network_failure(error, "smtp", 30)
    assert failure.reason
    assert "[smtp]" in failure.mend


@given(st.text(min_size=4).filter(str.strip), st.text(), st.text())
def test_no_secret_is_quoted(secret: str, before: str, after: str) -> None:
    secret = "pw-" + secret.encode("utf-8", "replace").decode()
    encoded = base64.b64encode(secret.encode()).decode()
    for reply in (before + secret + after, before + encoded + after):
        shown = quoted_reply(reply.replace("*", ""), secret)
        assert encoded not in shown
        assert secret not in shown or secret in "***"
        assert "\n" not in shown
        assert len(shown) <= 200


def test_what_python_adds_to_a_quotation_is_taken_away() -> None:
    assert quoted_reply(Exception("b'[AUTHENTICATIONFAILED] no.'")) == "[AUTHENTICATIONFAILED] no."
    assert quoted_reply(b"5.1.1 No\xe9\r\n such mailbox") == "5.1.1 No\ufffd such mailbox"


@given(st.binary())
def test_every_line_of_a_letter_ends_as_mail_wants(raw: bytes) -> None:
    letter = with_line_ends(raw)
    assert b"\r\n".join(letter.split(b"\r\n")) == letter
    assert letter.replace(b"\r\n", b"").strip(b"\r\n") == letter.replace(b"\r\n", b"")
    assert with_line_ends(letter) == letter


@given(st.text(max_size=80))
def test_an_address_is_either_carried_on_one_line_or_refused(address: str) -> None:
    try:
        carried = ascii_domain(address)
    except UntransferableError:
        return
    assert carried.rpartition("@")[2].isascii()
    assert not set(carried) & set(" \r\n<>\0")
