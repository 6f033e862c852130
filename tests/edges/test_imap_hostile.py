"""Servers that talk nonsense, fall silent or go away: an error in time, and no other mail lost."""

import dataclasses
import socket
import threading
import time

import pytest

from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.errors import (
    ConfigurationError,
    MailboxError,
    MailboxSignInError,
    MessageUnavailableError,
)
from bot.settings import Security
from tests.edges.scripted_imap import HOST, Fault, ScriptedImap

HEAD = b"Subject: x\r\n\r\n"
ABLE = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN"


def _literal(name: bytes, content: bytes) -> bytes:
    return name + b" {" + str(len(content)).encode() + b"}\r\n" + content


def _head(uid: int, *, internal: bytes = b'"30-Apr-2026 23:59:30 +0000"') -> bytes:
    return (
        f"* {uid} FETCH (UID {uid} RFC822.SIZE 100 INTERNALDATE ".encode()
        + internal
        + b" "
        + _literal(b"BODY[HEADER]<0>", HEAD)
        + b")"
    )


def _structure(uid: int, structure: bytes) -> bytes:
    return f"* {uid} FETCH (UID {uid} BODYSTRUCTURE ".encode() + structure + b")"


PLAIN = b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1 NIL NIL NIL NIL)'


@pytest.mark.parametrize(
    "structure",
    [
        pytest.param(b"NIL", id="nil"),
        pytest.param(b"()", id="empty"),
        pytest.param(b"(NIL NIL)", id="nothing known"),
        pytest.param(b'"text"', id="a string"),
        pytest.param(b"(((((((", id="left open"),
        pytest.param(b'("TEXT" "PLAIN" (', id="cut"),
        pytest.param(b"(5 6 7)", id="numbers"),
        pytest.param(b"(" * 5000 + b")" * 5000, id="nested too deep to read"),
        pytest.param(b"(" * 100 + PLAIN + b' "MIXED")' * 100, id="nested too deep"),
        pytest.param(b'("TEXT" "' + b"x" * 1_000_100 + b'")', id="a line of a megabyte"),
        pytest.param(b'"' + b"\\" * 99 + b'"', id="escapes"),
    ],
)
def test_a_structure_that_nobody_can_read_costs_only_itself(structure: bytes) -> None:
    with ScriptedImap() as server:
        server.answers |= {
            "FETCH": _head(1) + b"\r\n" + _head(2),
            "FETCH 1": _head(1),
            "FETCH 2": _head(2),
            "FETCH 1,2 BODYSTRUCTURE": _structure(1, structure) + b"\r\n" + _structure(2, PLAIN),
            "FETCH 1 BODYSTRUCTURE": _structure(1, structure),
            "FETCH 2 BODYSTRUCTURE": _structure(2, PLAIN),
        }
        with ImapMailbox(server.account()) as reader:
            first, second = reader.glance([1, 2])
    assert (first.structure, first.trouble, first.header) == (None, None, HEAD)
    assert second.structure is not None
    assert [part.content_type for part in second.structure] == ["text/plain"]


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(b"NO [SERVERBUG] Internal error", id="refused"),
        pytest.param(b"BAD what?", id="not understood"),
        pytest.param(b"* BYE Internal error\r\nOK x", id="bye"),
        pytest.param(Fault.DROP, id="dropped"),
        pytest.param(Fault.SILENCE, id="silent"),
        pytest.param(b"* 1 FETCH (UID 1)", id="nothing told"),
        pytest.param(b"* 1 FETCH (UID 1 RFC822.SIZE many)\r\n" + _head(2), id="size in words"),
        pytest.param(b"* 1 FETCH (UID", id="cut"),
    ],
)
def test_a_message_that_the_server_cannot_tell_about_stops_no_other_one(
    refusal: bytes | Fault,
) -> None:
    with ScriptedImap() as server:
        server.answers |= {
            "FETCH": refusal,
            "FETCH 2": _head(2),
            "FETCH BODYSTRUCTURE": _structure(2, PLAIN),
        }
        with ImapMailbox(server.account(timeout=0.3)) as reader:
            first, second = reader.glance([1, 2])
    assert first.trouble
    assert first.header == b""
    assert first.received_at is None
    assert second.trouble is None
    assert second.header == HEAD


def test_a_time_that_cannot_be_read_is_none() -> None:
    with ScriptedImap() as server:
        server.answers |= {
            "FETCH": _head(1, internal=b"NIL") + b"\r\n" + _head(2, internal=b'"31-Feb-2026"'),
            "FETCH BODYSTRUCTURE": _structure(1, PLAIN),
        }
        with ImapMailbox(server.account()) as reader:
            assert [each.received_at for each in reader.glance([1, 2])] == [None, None]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"NO [SERVERBUG] cannot open", id="refused"),
        pytest.param(b"* 1 FETCH (UID 1 BODY[] NIL)", id="nil"),
        pytest.param(b"* 1 FETCH (UID 1 BODY[] ~{3}\r\nabc)", id="literal8"),
        pytest.param(b"* 1 FETCH (UID 1 FLAGS (\\Seen))", id="flags only"),
        pytest.param(b"* 1 FETCH (UID 1 BODY[] (1 2))", id="a list"),
    ],
)
def test_a_message_that_is_not_handed_out_is_told_apart_from_a_server_that_fails(
    answer: bytes,
) -> None:
    with ScriptedImap(FETCH=answer) as server, ImapMailbox(server.account()) as reader:
        with pytest.raises(MessageUnavailableError, match="UID 1 of INBOX"):
            reader.fetch(1)
        # The next one can be asked for.
        server.answers["FETCH"] = b"* 2 FETCH (UID 2 " + _literal(b"BODY[]", HEAD) + b")"
        fetched = reader.fetch(2)
    assert fetched is not None
    assert fetched.raw == HEAD
    assert fetched.received_at is None


def test_a_message_that_says_nothing_is_empty_and_not_missing() -> None:
    answer = b'* 1 FETCH (UID 1 BODY[] "")'
    with ScriptedImap(FETCH=answer) as server, ImapMailbox(server.account()) as reader:
        fetched = reader.fetch(1)
    assert fetched is not None
    assert fetched.raw == b""


def test_news_of_other_messages_among_the_answers_is_put_up_with() -> None:
    answer = (
        b"* 3 EXISTS\r\n* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n* OK still here\r\n* 1 FETCH (UID 1 "
        + _literal(b"BODY[]", HEAD)
        + b")\r\n* 1 FETCH (UID 1 FLAGS ())\r\n* 2 EXPUNGE"
    )
    with ScriptedImap(FETCH=answer) as server, ImapMailbox(server.account()) as reader:
        fetched = reader.fetch(1)
    assert fetched is not None
    assert fetched.raw == HEAD


@pytest.mark.parametrize("command", ["GREETING", "CAPABILITY", "AUTHENTICATE", "EXAMINE", "SEARCH"])
@pytest.mark.parametrize("fault", [Fault.SILENCE, Fault.DROP])
def test_a_server_that_falls_silent_or_away_is_an_error_in_time(command: str, fault: Fault) -> None:
    begun = time.monotonic()
    with (
        ScriptedImap(**{command: fault}) as server,
        pytest.raises(MailboxError, match=rf"{HOST}:{server.port} ") as error,
        ImapMailbox(server.account(timeout=0.3)) as reader,
    ):
        reader.uids()
    assert time.monotonic() - begun < 3
    assert not isinstance(error.value, MailboxSignInError)
    assert error.value.mend
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"GREETING": b"* BYE overloaded"}, id="bye at once"),
        pytest.param({"GREETING": b"220 smtp.example.org ESMTP"}, id="another protocol"),
        pytest.param({"GREETING": b"\xff" * 50}, id="noise"),
        pytest.param({"EXAMINE": b"* BYE going down"}, id="bye later"),
        pytest.param({"EXAMINE": b"* OK [UIDNEXT 3] x"}, id="no UIDVALIDITY"),
        pytest.param({"EXAMINE": b"* x EXISTS\r\n* OK [UIDVALIDITY y] x"}, id="no numbers"),
        pytest.param({"SEARCH": b"* SEARCH one two"}, id="words for UIDs"),
        pytest.param({"SEARCH": b"* SEARCH 1 2\r\n* SEARCH 3"}, id="two answers"),
        pytest.param({"SEARCH": b"* SEARCH " + b"1 " * 600_000}, id="a line without end"),
        pytest.param({"SEARCH": b"NO not now"}, id="refused"),
        pytest.param({"AUTHENTICATE": b"NO [UNAVAILABLE] Try later"}, id="sign-in fails for now"),
        pytest.param({"AUTHENTICATE": b"* BYE too many\r\nNO x"}, id="bye at sign-in"),
    ],
)
def test_nonsense_is_a_mailbox_error_of_one_line(answers: dict[str, bytes]) -> None:
    with (
        ScriptedImap(**answers) as server,
        pytest.raises(MailboxError) as error,
        ImapMailbox(server.account(timeout=2)) as reader,
    ):
        reader.uids()
    assert not isinstance(error.value, MailboxSignInError)
    assert HOST in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 500


def test_a_folder_without_uidnext_is_read_all_the_same() -> None:
    with (
        ScriptedImap(EXAMINE=b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] v") as server,
        ImapMailbox(server.account()) as reader,
    ):
        assert reader.select().uidnext is None
        assert reader.uids() == [1, 2]


def test_a_server_that_repeats_the_password_does_not_get_it_shown() -> None:
    rude = b"NO guess-of-mine Z3Vlc3Mtb2YtbWluZQ== AHNvbWVib2R5AGd1ZXNzLW9mLW1pbmU=\x1b[31m"
    with ScriptedImap(AUTHENTICATE=rude) as server:
        assert "guess-of-mine" not in repr(server.account())
        with pytest.raises(MailboxSignInError) as error, ImapMailbox(server.account()):
            pass
    for secret in ("guess-of-mine", "Z3Vlc3Mtb2YtbWluZQ", "AHNvbWVib2R5", "\x1b"):
        assert secret not in str(error.value)
    assert error.value.__cause__ is None


def test_a_server_that_knows_only_login_is_signed_in_to() -> None:
    with ScriptedImap(CAPABILITY=b"* CAPABILITY IMAP4rev1") as server:
        account = dataclasses.replace(server.account(), username='some "body"')
        with ImapMailbox(account) as reader:
            assert reader.uids() == [1, 2]
        assert any(b'LOGIN "some \\"body\\"" "guess-of-mine"' in each for each in server.commands)


def test_a_password_that_such_a_server_cannot_take_is_said() -> None:
    with ScriptedImap(CAPABILITY=b"* CAPABILITY IMAP4rev1") as server:
        account = dataclasses.replace(server.account(), password="Schlüssel")
        with pytest.raises(MailboxSignInError, match="ASCII") as error, ImapMailbox(account):
            pass
    assert "Schl" not in str(error.value)


def test_a_server_is_not_asked_to_tell_where_that_is_not_wanted() -> None:
    with ScriptedImap(CAPABILITY=ABLE + b" IDLE") as server:
        with ImapMailbox(dataclasses.replace(server.account(), idle=False)) as reader:
            assert reader.wait(0.1, threading.Event()) is False
        assert not any(b"IDLE" in each for each in server.commands)


def test_nothing_is_said_where_starttls_is_not_offered() -> None:
    with ScriptedImap() as server:
        account = dataclasses.replace(server.account(), security=Security.STARTTLS)
        with pytest.raises(MailboxError, match="STARTTLS"), ImapMailbox(account):
            pass
        assert not any(b"AUTH" in each or b"LOGIN" in each for each in server.commands)


def test_a_renumbering_in_the_midst_of_a_batch_is_an_error() -> None:
    with ScriptedImap(FETCH=b"NO what?") as server, ImapMailbox(server.account()) as reader:
        reader.select()
        server.answers["EXAMINE"] = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 8] v\r\n* OK [UIDNEXT 3] n"
        with pytest.raises(MailboxError, match="UIDVALIDITY"):
            list(reader.glance([1, 2]))


def test_a_server_without_idle_is_asked_at_the_end_of_the_wait() -> None:
    with ScriptedImap() as server, ImapMailbox(server.account()) as reader:
        reader.uids()
        assert reader.wait(0.1, threading.Event()) is False
        server.answers["SEARCH"] = b"* SEARCH 1 2 3"
        assert reader.wait(0.1, threading.Event()) is True
        assert not any(b"IDLE" in each for each in server.commands)


def test_a_server_that_dies_while_it_is_waited_for_is_an_error() -> None:
    with (
        ScriptedImap(CAPABILITY=ABLE + b" IDLE", IDLE=Fault.DROP) as server,
        ImapMailbox(server.account()) as reader,
        pytest.raises(MailboxError, match="wait for new mail"),
    ):
        reader.wait(10, threading.Event())


def test_a_server_that_can_move_no_single_message_moves_none() -> None:
    with ScriptedImap() as server, ImapMailbox(server.account()) as reader:
        with pytest.raises(MailboxError, match="processed_folder"):
            reader.move(1, "Done")
        said = b" ".join(server.commands)
    for command in (b"EXPUNGE", b"STORE", b"COPY", b"SELECT"):
        assert command not in said


def test_without_move_only_that_message_is_removed() -> None:
    with ScriptedImap(CAPABILITY=ABLE + b" UIDPLUS") as server:
        server.answers["SELECT"] = server.answers["EXAMINE"]
        server.answers["LIST"] = b'* LIST () "/" Done'
        with ImapMailbox(server.account()) as reader:
            reader.move(2, "Done")
        said = [each.partition(b" ")[2] for each in server.commands]
    assert b'UID COPY 2 "Done"' in said
    assert b"UID STORE 2 +FLAGS.SILENT (\\Deleted)" in said
    assert b"UID EXPUNGE 2" in said
    assert said.index(b'UID COPY 2 "Done"') < said.index(b"UID EXPUNGE 2")


def test_a_folder_that_was_renumbered_gets_nothing_moved() -> None:
    with (
        ScriptedImap(CAPABILITY=ABLE + b" MOVE") as server,
        ImapMailbox(server.account()) as reader,
    ):
        reader.select()
        for command in ("SELECT", "EXAMINE"):
            server.answers[command] = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 8] v\r\n* OK [UIDNEXT 3] n"
        with pytest.raises(MailboxError, match="UIDVALIDITY"):
            reader.move(2, "Done")
        assert not any(b"MOVE" in each for each in server.commands)


def test_an_unreachable_server_is_said() -> None:
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    account = ImapAccount(
        host=HOST, port=port, security=Security.PLAIN, username="a", password="b", timeout=5
    )
    with pytest.raises(MailboxError, match="Connection refused") as error, ImapMailbox(account):
        pass
    assert f"{HOST}:{port}" in str(error.value)
    assert "check [mailbox] host and port" in str(error.value)


@pytest.mark.parametrize(
    "host", ["imap.example.org", "192.0.2.1", "2001:db8::1", "localhost.example"]
)
def test_plain_is_refused_for_another_machine(host: str) -> None:
    with pytest.raises(ConfigurationError, match="in clear"):
        ImapAccount(host=host, port=143, security=Security.PLAIN, username="a", password="b")
