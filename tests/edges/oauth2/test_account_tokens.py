"""An account's tokens: kept, renewed early, renewed once when rejected, shared by programs."""

import datetime as dt
import multiprocessing
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from bot.edges.clock import FixedClock
from bot.edges.oauth2.account_tokens import AccountTokens
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.system_clock import SystemClock
from bot.errors import TokenError, TokenRefusedError
from bot.settings.oauth2 import OAuth2Settings
from tests.edges.oauth2.configured import USERNAME, microsoft, other
from tests.support.token_endpoint import CLIENT, SECRET, TokenEndpoint

MINUTES = dt.timedelta(minutes=1)


@pytest.fixture(params=[microsoft, other], ids=["microsoft", "other"])
def configured(
    request: pytest.FixtureRequest, endpoint: TokenEndpoint, cache: Path
) -> OAuth2Settings:
    settings: OAuth2Settings = request.param(endpoint, cache)
    return settings


@pytest.fixture
def tokens(configured: OAuth2Settings, clock: FixedClock) -> AccountTokens:
    return account_tokens("mailbox", USERNAME, configured, clock)


def test_a_token_is_asked_for_once_and_then_kept(
    tokens: AccountTokens, configured: OAuth2Settings, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    first = tokens.token()
    assert [tokens.token() for _ in range(3)] == [first] * 3
    assert account_tokens("smtp", USERNAME, configured, clock).token() == first
    assert endpoint.issued == [first]
    assert endpoint.clients == [(CLIENT, SECRET)]


def test_it_is_renewed_before_it_ends(
    tokens: AccountTokens, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    first = tokens.token()
    clock.advance(54 * MINUTES)
    assert tokens.token() == first
    clock.advance(2 * MINUTES)
    assert tokens.token() == endpoint.issued[1]


def test_an_early_renewal_that_fails_leaves_the_old_one_in_use_to_its_end(
    tokens: AccountTokens, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    first = tokens.token()
    endpoint.say(b"{}", status=503)
    clock.advance(57 * MINUTES)
    assert tokens.token() == first
    clock.advance(3 * MINUTES)
    with pytest.raises(TokenError, match="cannot answer now"):
        tokens.token()
    endpoint.issue()
    assert tokens.token() == endpoint.issued[1]


def test_a_clock_that_was_set_back_gets_another_token(
    tokens: AccountTokens, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    tokens.token()
    clock.advance(-120 * MINUTES)
    tokens.token()
    assert len(endpoint.issued) == 2


def test_a_rejected_token_is_renewed_before_its_time(
    tokens: AccountTokens, endpoint: TokenEndpoint
) -> None:
    first = tokens.token()
    second = tokens.renewed(first)
    assert endpoint.issued == [first, second]
    assert tokens.token() == second


def test_whoever_comes_second_with_a_rejected_token_takes_the_renewed_one(
    tokens: AccountTokens, configured: OAuth2Settings, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    first = tokens.token()
    second = tokens.renewed(first)
    assert account_tokens("smtp", USERNAME, configured, clock).renewed(first) == second
    assert len(endpoint.issued) == 2


def test_a_damaged_file_costs_one_question(
    tokens: AccountTokens, cache: Path, endpoint: TokenEndpoint
) -> None:
    tokens.token()
    cache.write_bytes(cache.read_bytes()[:40])
    tokens.token()
    tokens.token()
    assert len(endpoint.issued) == 2


def test_threads_ask_together_for_one_token(tokens: AccountTokens, endpoint: TokenEndpoint) -> None:
    endpoint.be_slow(0.1)
    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(lambda _: tokens.token(), range(16)))
    assert got == set(endpoint.issued)
    assert len(got) == 1


def _get_token(settings: OAuth2Settings, found: "Queue[str]") -> None:
    found.put(account_tokens("mailbox", USERNAME, settings, SystemClock()).token())


def test_two_programs_ask_together_for_one_token(
    configured: OAuth2Settings, endpoint: TokenEndpoint
) -> None:
    endpoint.be_slow(0.5)
    context = multiprocessing.get_context("spawn")
    found: Queue[str] = context.Queue()
    programs = [context.Process(target=_get_token, args=(configured, found)) for _ in range(2)]
    for program in programs:
        program.start()
    got = {found.get(timeout=60) for _ in programs}
    for program in programs:
        program.join(10)
    assert got == set(endpoint.issued)
    assert len(got) == 1


def test_a_refusal_is_not_papered_over(
    tokens: AccountTokens, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    tokens.token()
    endpoint.refuse("invalid_client", "AADSTS7000222: it ended", error_codes=[7000222])
    clock.advance(57 * MINUTES)
    with pytest.raises(TokenRefusedError):
        tokens.token()


@contextmanager
def full_disk() -> Iterator[None]:
    """A disk that takes no byte more while the context lasts."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_refresh_token_that_the_disk_did_not_take_is_not_lost(
    endpoint: TokenEndpoint, clock: FixedClock, cache: Path, tmp_path: Path
) -> None:
    given = tmp_path / "refresh"
    given.write_text(endpoint.refresh_token(), encoding="utf-8")
    settings = other(endpoint, cache, flow="refresh_token", refresh_token_file=given)
    tokens = account_tokens("mailbox", USERNAME, settings, clock)
    rotated = endpoint.refresh_token()
    endpoint.more = {"refresh_token": rotated}
    with full_disk(), pytest.raises(TokenError, match="cannot be kept"):
        tokens.token()
    assert tokens.token() == endpoint.issued[0]
    kept = tokens.kept()
    assert kept is not None
    assert kept.refresh == rotated
    assert len(endpoint.issued) == 1
