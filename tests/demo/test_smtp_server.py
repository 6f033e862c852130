"""The embedded SMTP server keeps what is handed to it."""

import smtplib
import socket
from email.message import EmailMessage

import pytest

from bot.demo.smtp_server import EmbeddedSubmission


def _letter() -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "consultation@example.org"
    letter["To"] = "regulation@regulator.example"
    letter["Subject"] = "Réception de votre réponse"
    letter.set_content("Merci.")
    return letter


def test_a_letter_is_kept_with_its_envelope() -> None:
    with EmbeddedSubmission() as server:
        with smtplib.SMTP(server.host, server.port, timeout=10) as client:
            client.send_message(_letter())
        (kept,) = server.letters
    assert kept.sender == "consultation@example.org"
    assert kept.recipients == ("regulation@regulator.example",)
    assert kept.message()["Subject"] == "Réception de votre réponse"


def test_the_null_sender_is_kept_as_such() -> None:
    with EmbeddedSubmission() as server:
        with smtplib.SMTP(server.host, server.port, timeout=10) as client:
            client.send_message(_letter(), from_addr="")
        assert [letter.sender for letter in server.letters] == [""]


def test_a_refused_recipient_is_refused_for_good() -> None:
    with (
        EmbeddedSubmission(refused=frozenset({"regulation@regulator.example"})) as server,
        smtplib.SMTP(server.host, server.port, timeout=10) as client,
        pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
    ):
        client.send_message(_letter())
    assert refused.value.recipients["regulation@regulator.example"][0] == 550
    assert server.letters == ()


def test_no_port_is_left_open_even_with_a_client_connected() -> None:
    with EmbeddedSubmission() as server:
        port = server.port
        client = smtplib.SMTP(server.host, port, timeout=10)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    client.close()
