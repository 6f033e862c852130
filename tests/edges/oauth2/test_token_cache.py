"""The file of tokens: whole, its owner's alone, and one writer at a time."""

import dataclasses
import datetime as dt
import json
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.oauth2.token import Token
from bot.edges.oauth2.token_cache import TokenCache
from bot.errors import ConfigurationError, TokenError
from tests.edges.oauth2.conftest import NOW

TOKEN = Token(
    access="access",
    obtained_at=NOW,
    expires_at=NOW + dt.timedelta(hours=1),
    refresh="refresh",
    refresh_expires_at=NOW + dt.timedelta(days=7),
)


def test_a_token_is_found_again(cache: Path) -> None:
    TokenCache(cache).put("a", TOKEN)
    assert TokenCache(cache).get("a") == TOKEN
    assert TokenCache(cache).get("b") is None


def test_tokens_of_several_accounts_stand_side_by_side(cache: Path) -> None:
    other = dataclasses.replace(TOKEN, access="other", refresh=None, refresh_expires_at=None)
    TokenCache(cache).put("a", TOKEN)
    TokenCache(cache).put("b", other)
    assert [TokenCache(cache).get(name) for name in "ab"] == [TOKEN, other]


def test_nothing_is_kept_before_the_first_token(cache: Path) -> None:
    assert TokenCache(cache).get("a") is None
    assert not cache.exists()


def test_only_the_owner_can_read_it(cache: Path) -> None:
    store = TokenCache(cache)
    with store.locked():
        store.put("a", TOKEN)
    assert {stat.S_IMODE(path.stat().st_mode) for path in cache.parent.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(cache: Path) -> None:
    TokenCache(cache).put("a", TOKEN)
    cache.chmod(0o644)
    assert TokenCache(cache).get("a") == TOKEN
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"version": 1, "tok', id="cut off"),
        pytest.param(b"\xff\xfe\0", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"tokens": {"a": {"access": 1}}}', id="of other types"),
        pytest.param(b'{"tokens": {"a": "b"}}', id="no entry"),
        pytest.param(b"[" * 200_000, id="too deep"),
        pytest.param(b" " * 2_000_000, id="too long"),
        pytest.param(
            b'{"tokens": {"a": {"access": "x", "obtained_at": "2026-01-01T00:00",'
            b' "expires_at": "2026-01-01T00:00"}}}',
            id="times without a zone",
        ),
    ],
)
def test_a_damaged_file_counts_as_empty_and_is_written_anew(cache: Path, raw: bytes) -> None:
    cache.write_bytes(raw)
    store = TokenCache(cache)
    assert store.get("a") is None
    store.put("a", TOKEN)
    assert store.get("a") == TOKEN


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_is_too_odd(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.tokens"
    path.write_bytes(raw)
    assert TokenCache(path).get("a") is None


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: st.dictionaries(
            st.sampled_from(["access", "obtained_at", "expires_at", "refresh", "x"]), inner
        ),
        max_leaves=6,
    )
)
def test_no_entry_is_too_odd(tmp_path_factory: pytest.TempPathFactory, entry: object) -> None:
    path = tmp_path_factory.getbasetemp() / "entry.tokens"
    path.write_text(json.dumps({"tokens": {"a": entry}}), encoding="utf-8")
    TokenCache(path).get("a")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(ConfigurationError, match="no tokens can be kept"),
        TokenCache(tmp_path / "nowhere" / "a.tokens").locked(),
    ):
        pass


def test_a_disk_that_takes_nothing_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    store = TokenCache(folder / "a.tokens")
    store.put("a", TOKEN)
    # A name that is too long for the file aside stands for a full disk.
    cramped = TokenCache(folder / ("a" * 250))
    with pytest.raises(TokenError, match="cannot be kept"):
        cramped.put("a", TOKEN)
    assert sorted(each.name for each in folder.iterdir()) == ["a.tokens"]


def test_a_path_that_is_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        TokenCache(tmp_path).get("a")


def test_one_at_a_time_gets_a_token(cache: Path) -> None:
    with (
        TokenCache(cache).locked(),
        pytest.raises(TokenError, match="another program has been getting a token"),
        TokenCache(cache, patience=0.1).locked(),
    ):
        pass
    with TokenCache(cache, patience=0.1).locked():
        pass


def test_whoever_waits_for_the_lock_gets_it(cache: Path) -> None:
    first = threading.Event()
    done: list[str] = []

    def hold() -> None:
        with TokenCache(cache).locked():
            first.set()
            threading.Event().wait(0.2)
            done.append("first")

    holder = threading.Thread(target=hold)
    holder.start()
    first.wait(10)
    with TokenCache(cache).locked():
        done.append("second")
    holder.join()
    assert done == ["first", "second"]


def test_a_program_that_died_holds_no_lock(cache: Path) -> None:
    pid = os.fork()
    if pid == 0:
        # Never closed by Python: the system lets go of the lock.
        TokenCache(cache).locked().__enter__()
        os._exit(0)
    os.waitpid(pid, 0)
    with TokenCache(cache, patience=0.1).locked():
        pass
