"""What an endpoint issues, and how long it is used."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.oauth2.token import Token, token_of
from bot.errors import TokenError
from tests.edges.oauth2.conftest import NOW

SECONDS = dt.timedelta(seconds=1)


def _token(life: float) -> Token:
    return Token(access="a", obtained_at=NOW, expires_at=NOW + life * SECONDS)


@pytest.mark.parametrize(
    ("life", "after", "fresh", "valid"),
    [
        pytest.param(3600, 0, True, True, id="new"),
        pytest.param(3600, 3299, True, True, id="five minutes and a second left"),
        pytest.param(3600, 3300, False, True, id="five minutes left"),
        pytest.param(3600, 3600, False, False, id="ended"),
        pytest.param(60, 47, True, True, id="short, and not yet near its end"),
        pytest.param(60, 48, False, True, id="short, and a fifth left"),
        pytest.param(0, 0, False, False, id="issued for no time at all"),
        pytest.param(3600, -119, True, True, id="the clock was set back a little"),
        pytest.param(3600, -121, False, False, id="the clock was set back"),
    ],
)
def test_a_token_is_renewed_before_it_ends(
    life: float, after: float, fresh: bool, valid: bool
) -> None:
    now = NOW + after * SECONDS
    assert (_token(life).is_fresh(now), _token(life).is_valid(now)) == (fresh, valid)


@pytest.mark.parametrize(
    ("said", "life"),
    [
        pytest.param(3600, 3600, id="a number"),
        pytest.param("3599", 3599, id="a number as text"),
        pytest.param(None, 600, id="nothing"),
        pytest.param("soon", 600, id="a word"),
        pytest.param([1], 600, id="a list"),
        pytest.param(-5, 0, id="less than nothing"),
        pytest.param(10**30, 600, id="beyond every calendar"),
        pytest.param(10**10, 400 * 86400, id="centuries"),
        pytest.param(float("nan"), 600, id="no number"),
    ],
)
def test_an_odd_life_is_made_a_sensible_one(said: object, life: float) -> None:
    token = token_of({"access_token": "a", "expires_in": said}, NOW, refresh=None)
    assert token.expires_at - NOW == life * SECONDS


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"access_token": ""}, id="an empty one"),
        pytest.param({"access_token": 7}, id="a number"),
        pytest.param({"access_token": "a\1auth=Bearer b"}, id="one that would end the message"),
        pytest.param({"access_token": "a\r\nA1 LOGOUT"}, id="one that would end the line"),
        pytest.param({"access_token": "é"}, id="beyond ASCII"),
        pytest.param({"access_token": "a" * 20_000}, id="an endless one"),
        pytest.param({"access_token": "abcdef", "token_type": "mac"}, id="of another kind"),
        pytest.param({"access_token": "abcdef", "token_type": 1}, id="of no kind"),
    ],
)
def test_what_is_no_token_is_refused_and_not_repeated(answer: dict[str, object]) -> None:
    with pytest.raises(TokenError) as caught:
        token_of(answer, NOW, refresh=None)
    assert "abcdef" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_refresh_token_stays_unless_another_one_comes() -> None:
    assert token_of({"access_token": "a"}, NOW, refresh="old").refresh == "old"
    rotated = {"access_token": "a", "refresh_token": "new"}
    assert token_of(rotated, NOW, refresh="old").refresh == "new"


def test_the_end_of_a_sign_in_is_noted_where_it_is_said() -> None:
    answer = {"access_token": "a", "refresh_token": "r", "refresh_token_expires_in": 604800}
    assert token_of(answer, NOW, refresh=None).refresh_expires_at == NOW + dt.timedelta(days=7)


def test_no_token_shows_in_its_representation() -> None:
    token = Token(access="geheim", obtained_at=NOW, expires_at=NOW, refresh="geheimer")
    assert "geheim" not in repr(token)


@given(
    st.dictionaries(
        st.sampled_from(["access_token", "refresh_token", "expires_in", "token_type"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.integers()),
    )
)
def test_no_answer_is_too_odd(answer: dict[str, object]) -> None:
    try:
        token = token_of(answer, NOW, refresh=None)
    except TokenError:
        return
    assert token.access.isascii()
    assert token.expires_at >= NOW
