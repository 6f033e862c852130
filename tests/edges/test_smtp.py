"""Letters handed to real and to failing submission servers."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.smtp_server import EmbeddedSubmission
from bot.edges.smtp import Submission
from bot.edges.smtp_connection import SmtpAccount
from bot.errors import (
    ConfigurationError,
    LetterDeferredError,
    RecipientRefusedError,
    SubmissionError,
)
from bot.settings import Security
from tests.support.submission import Answer, FailingSubmission, Fault, SecureSubmission

SENDER = "tsbdir@itu.int"
RECIPIENT = "reply@regulator.example"
LETTER = (
    b"From: TSB <tsbdir@itu.int>\r\nTo: reply@regulator.example\r\n"
    b"Subject: Your reply\r\nMessage-ID: <1@itu.int>\r\n\r\nReceived.\r\n.\r\n..\r\n"
)


def _account(server: EmbeddedSubmission | FailingSubmission, timeout: float = 10) -> SmtpAccount:
    return SmtpAccount(host=server.host, port=server.port, security=Security.PLAIN, timeout=timeout)


def _send(server: EmbeddedSubmission | FailingSubmission, raw: bytes = LETTER) -> None:
    with Submission(_account(server)) as submission:
        submission.send(raw, envelope_from=SENDER, recipient=RECIPIENT)


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedSubmission]:
    with EmbeddedSubmission(refused=frozenset({"gone@regulator.example"})) as embedded:
        yield embedded


def test_a_letter_arrives_as_it_was_written(server: EmbeddedSubmission) -> None:
    _send(server)
    kept = server.letters[-1]
    assert kept.raw == LETTER
    assert kept.sender == SENDER
    assert kept.recipients == (RECIPIENT,)


def test_bounces_of_a_letter_may_go_nowhere(server: EmbeddedSubmission) -> None:
    with Submission(_account(server)) as submission:
        submission.send(LETTER, envelope_from="", recipient=RECIPIENT)
    assert server.letters[-1].sender == ""


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_line_ends_are_made_those_of_mail(server: EmbeddedSubmission, end: bytes) -> None:
    _send(server, LETTER.replace(b"\r\n", end))
    assert server.letters[-1].raw == LETTER


def test_no_letter_is_ended_early_by_what_stands_in_it(server: EmbeddedSubmission) -> None:
    before = len(server.letters)
    _send(server, b"Subject: x\r\n\r\none\n.\nMAIL FROM:<a@b.example>\r\ntwo\r\n.\rthree\r\n")
    assert len(server.letters) == before + 1
    assert server.letters[-1].raw.endswith(b"two\r\n.\r\nthree\r\n")


def test_text_beyond_ascii_arrives_as_it_was(server: EmbeddedSubmission) -> None:
    raw = LETTER.replace(b"Received", "Получено".encode())
    _send(server, raw)
    assert server.letters[-1].raw == raw


def test_a_domain_beyond_ascii_is_written_in_ascii(server: EmbeddedSubmission) -> None:
    with Submission(_account(server)) as submission:
        submission.send(LETTER, envelope_from=SENDER, recipient="reply@büro.example")
    assert server.letters[-1].recipients == ("reply@xn--bro-hoa.example",)


def test_an_address_beyond_ascii_is_used_where_the_server_can() -> None:
    with FailingSubmission(extensions=("8BITMIME", "SMTPUTF8")) as able:
        with Submission(_account(able)) as submission:
            submission.send(LETTER, envelope_from=SENDER, recipient="réponse@büro.example")
        assert "RCPT TO:<réponse@xn--bro-hoa.example>" in able.commands
        assert any("SMTPUTF8" in each for each in able.commands)


@pytest.mark.parametrize(
    ("raw", "recipient", "extensions", "reason"),
    [
        pytest.param(LETTER, "réponse@x.example", ("8BITMIME",), "SMTPUTF8", id="address"),
        pytest.param(
            LETTER.replace(b"TSB <", "Bureau désigné <".encode()), RECIPIENT, ("8BITMIME",),
            "SMTPUTF8", id="header",
        ),
        pytest.param(
            LETTER.replace(b"Received", "Reçu".encode()), RECIPIENT, (), "8BITMIME", id="text"
        ),
        pytest.param(LETTER, "nobody", ("8BITMIME",), "no domain", id="no domain"),
        pytest.param(LETTER, "", ("8BITMIME",), "no domain", id="no address"),
        pytest.param(LETTER, "a@b.example>\r\nRCPT TO:<c@d.example", (), "control", id="two"),
        pytest.param(LETTER, "a@ü..example", (), "domain", id="no such domain"),
    ],
)  # fmt: skip
def test_what_a_server_cannot_carry_is_refused_for_good_and_not_tried(
    raw: bytes, recipient: str, extensions: tuple[str, ...], reason: str
) -> None:
    with FailingSubmission(extensions=extensions) as plain:
        with (
            Submission(_account(plain)) as submission,
            pytest.raises(RecipientRefusedError, match=reason) as error,
        ):
            submission.send(raw, envelope_from=SENDER, recipient=recipient)
        assert not any(each.startswith("MAIL") for each in plain.commands)
    assert "\n" not in str(error.value)
    assert "\r" not in str(error.value)


def test_several_letters_go_over_one_connection() -> None:
    with FailingSubmission() as plain:
        with Submission(_account(plain)) as submission:
            for _ in range(3):
                submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        assert plain.letters == [LETTER] * 3
        assert plain.connections == 1


def test_a_connection_that_the_server_ended_meanwhile_is_opened_again() -> None:
    with FailingSubmission() as plain, Submission(_account(plain)) as submission:
        submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        plain.hang_up()
        submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        assert plain.letters == [LETTER] * 2
        assert plain.connections == 2


def test_after_its_end_it_can_be_used_again() -> None:
    with FailingSubmission() as plain:
        submission = Submission(_account(plain))
        for _ in range(2):
            submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
            submission.close()
        submission.close()
        assert plain.connections == 2


def test_a_refused_recipient_does_not_stop_the_next_one(server: EmbeddedSubmission) -> None:
    with Submission(_account(server)) as submission:
        with pytest.raises(RecipientRefusedError, match=r"550 .*No such mailbox") as error:
            submission.send(LETTER, envelope_from=SENDER, recipient="gone@regulator.example")
        assert "gone@regulator.example" in str(error.value)
        submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
    assert server.letters[-1].recipients == (RECIPIENT,)


@pytest.mark.parametrize(
    ("command", "answer", "for_good"),
    [
        pytest.param("CONNECT", "421 Too busy", False, id="421 at once"),
        pytest.param("CONNECT", "554 Not you", False, id="554 at once"),
        pytest.param("CONNECT", "what?", False, id="no reply at all"),
        pytest.param("CONNECT", Fault.DROP, False, id="dropped at once"),
        pytest.param("EHLO", Fault.DROP, False, id="dropped at the greeting"),
        pytest.param("MAIL", "451 Later", False, id="sender later"),
        pytest.param("MAIL", "550 Not that sender", False, id="sender refused"),
        pytest.param("MAIL", "552 Too large", True, id="too large"),
        pytest.param("RCPT", "450 Greylisted", False, id="recipient later"),
        pytest.param("RCPT", "421 Shutting down", False, id="421 at the recipient"),
        pytest.param("RCPT", "550 No such mailbox", True, id="no such mailbox"),
        pytest.param("RCPT", "530 Sign in first", False, id="sign in first"),
        pytest.param("DATA", "451 Disk full", False, id="data later"),
        pytest.param("DATA", "554 No valid recipients", True, id="data refused"),
        pytest.param(".", "452 Disk full", False, id="letter later"),
        pytest.param(".", "554 Looks like spam", True, id="letter refused"),
        pytest.param(".", Fault.DROP, False, id="dropped after the letter"),
    ],
)
def test_what_a_failure_means(command: str, answer: Answer, for_good: bool) -> None:
    with FailingSubmission() as failing:
        failing.answers[command] = answer
        submission = Submission(_account(failing))
        with pytest.raises(SubmissionError) as error:
            submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        assert isinstance(error.value, RecipientRefusedError) is for_good
        assert f"{failing.host}:{failing.port}" in str(error.value)
        assert error.value.mend
        assert "\n" not in str(error.value)
        # Once the fault is gone, the same object sends.
        del failing.answers[command]
        submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        submission.close()
        assert failing.letters[-1] == LETTER


@pytest.mark.parametrize(
    ("command", "answer", "others_may_go"),
    [
        pytest.param("CONNECT", "421 Too busy", False, id="nobody is let in"),
        pytest.param("MAIL", "451 Later", False, id="the sender"),
        pytest.param("RCPT", "450 Greylisted", True, id="the recipient"),
        pytest.param("RCPT", "421 Shutting down", False, id="the end"),
        pytest.param("DATA", "451 Disk full", True, id="the letter"),
        pytest.param(".", "452 Disk full", True, id="the whole letter"),
        pytest.param(".", Fault.DROP, False, id="the connection"),
    ],
)
def test_a_refusal_for_now_says_whether_it_is_about_the_letter(
    command: str, answer: Answer, others_may_go: bool
) -> None:
    with FailingSubmission() as failing:
        failing.answers[command] = answer
        with (
            Submission(_account(failing)) as submission,
            pytest.raises(SubmissionError) as error,
        ):
            submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        assert isinstance(error.value, LetterDeferredError) is others_may_go


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."])
def test_a_silent_server_is_left_after_the_time_out(command: str) -> None:
    with FailingSubmission() as silent:
        silent.answers[command] = Fault.SILENCE
        begun = time.monotonic()
        with (
            Submission(_account(silent, timeout=0.3)) as submission,
            pytest.raises(SubmissionError, match=r"no answer within 0\.3 s"),
        ):
            submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
        assert time.monotonic() - begun < 5


def test_an_unreachable_server_is_said() -> None:
    with FailingSubmission() as gone:
        account = _account(gone)
    with pytest.raises(SubmissionError, match="Connection refused") as error:
        Submission(account).send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
    assert "check [smtp] host and port" in str(error.value)


def test_plain_is_refused_for_another_machine() -> None:
    with pytest.raises(ConfigurationError, match=r"in clear to smtp\.example\.org"):
        SmtpAccount(host="smtp.example.org", port=25, security=Security.PLAIN)


@pytest.fixture(params=[Security.TLS, Security.STARTTLS])
def security(request: pytest.FixtureRequest) -> Security:
    return Security(request.param)


@pytest.fixture
def secure(tmp_path: Path, security: Security) -> Iterator[SecureSubmission]:
    with SecureSubmission(tmp_path, starttls=security is Security.STARTTLS) as server:
        yield server


def _signed_in(server: SecureSubmission, security: Security, **changes: str) -> SmtpAccount:
    given = {"host": server.host, "username": server.username, "password": server.password}
    given |= changes
    return SmtpAccount(
        host=given["host"],
        port=server.port,
        security=security,
        username=given["username"],
        password=given["password"],
        timeout=10,
        ca_file=server.ca_file,
    )


def test_a_letter_goes_through_tls_after_a_sign_in(
    secure: SecureSubmission, security: Security
) -> None:
    with Submission(_signed_in(secure, security)) as submission:
        submission.check()
        submission.send(LETTER, envelope_from=SENDER, recipient=RECIPIENT)
    assert secure.letters == [LETTER]


def test_a_wrong_password_is_said_without_being_shown(
    secure: SecureSubmission, security: Security
) -> None:
    account = _signed_in(secure, security, password="guess-of-mine")
    assert "guess-of-mine" not in repr(account)
    with pytest.raises(SubmissionError, match="check \\[smtp\\] username and password") as error:
        Submission(account).check()
    assert "535" in str(error.value)
    assert "guess-of-mine" not in str(error.value)
    assert error.value.__cause__ is None
    assert not isinstance(error.value, RecipientRefusedError)


def test_a_certificate_for_another_name_is_refused(
    secure: SecureSubmission, security: Security
) -> None:
    with pytest.raises(SubmissionError, match="certificate is not trusted") as error:
        Submission(_signed_in(secure, security, host="localhost")).check()
    assert "check the name in [smtp] host" in str(error.value)


def test_an_unknown_authority_is_refused(secure: SecureSubmission, security: Security) -> None:
    account = SmtpAccount(host=secure.host, port=secure.port, security=security, timeout=10)
    with pytest.raises(SubmissionError, match="certificate is not trusted"):
        Submission(account).check()


def test_nothing_is_sent_where_starttls_is_not_offered() -> None:
    with FailingSubmission() as plain:
        account = SmtpAccount(
            host=plain.host, port=plain.port, security=Security.STARTTLS, username="bot",
            password="guess-of-mine", timeout=10,
        )  # fmt: skip
        with pytest.raises(SubmissionError, match="STARTTLS"):
            Submission(account).check()
        assert not any("AUTH" in each for each in plain.commands)


def test_a_server_that_repeats_the_password_does_not_get_it_shown() -> None:
    with FailingSubmission(extensions=("AUTH PLAIN",)) as rude:
        rude.answers["AUTH"] = "535 Wrong: AGJvdABndWVzcy1vZi1taW5l guess-of-mine"
        account = SmtpAccount(
            host=rude.host, port=rude.port, security=Security.PLAIN, username="bot",
            password="guess-of-mine", timeout=10,
        )  # fmt: skip
        with pytest.raises(SubmissionError) as error:
            Submission(account).check()
    assert "guess-of-mine" not in str(error.value)
    assert "AGJvdABndWVzcy1vZi1taW5l" not in str(error.value)


def test_a_file_of_authorities_that_is_missing_is_a_matter_of_configuration(
    tmp_path: Path,
) -> None:
    account = SmtpAccount(
        host="127.0.0.1", port=9, security=Security.TLS, ca_file=tmp_path / "missing.pem"
    )
    with pytest.raises(ConfigurationError, match="ca_file"):
        Submission(account).check()
