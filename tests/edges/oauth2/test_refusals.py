"""A refusal tells what is wrong and who must do what, in one line, without a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.oauth2.refusals import refusal
from bot.errors import TokenRefusedError


@pytest.mark.parametrize(
    ("answer", "reason", "mend"),
    [
        pytest.param(
            {"error": "invalid_client", "error_codes": [7000222], "error_description": "AADSTS..."},
            "the client secret has expired (AADSTS7000222)",
            "make a new one in Entra ID",
            id="an expired secret",
        ),
        pytest.param(
            {
                "error": "invalid_client",
                "error_description": "AADSTS7000215: Invalid client secret provided. Trace ID: x",
            },
            "the client secret is wrong (AADSTS7000215)",
            "the secret's value, not its identifier",
            id="a wrong secret",
        ),
        pytest.param(
            {"error": "invalid_grant", "error_description": "AADSTS65001: The user or admin"},
            "nobody has consented to the application",
            "IMAP.AccessAsApp",
            id="no consent",
        ),
        pytest.param(
            {"error": "invalid_grant", "error_description": "AADSTS700082: inactive"},
            "unused for too long",
            "tsbbot sign-in mailbox",
            id="a sign-in that was not used",
        ),
        pytest.param(
            {"error": "interaction_required", "error_codes": [50076]},
            "a second factor is asked for",
            "tsbbot sign-in mailbox",
            id="a second factor",
        ),
        pytest.param(
            {"error": "invalid_client"},
            "wrong or has expired",
            "check client_id",
            id="any provider's client",
        ),
        pytest.param(
            {"error": "unauthorized_client", "error_description": "Client is unauthorized"},
            "may not get tokens in this way: Client is unauthorized (unauthorized_client)",
            "domain-wide delegation",
            id="no delegation",
        ),
        pytest.param(
            {"error": "brand_new", "error_description": "AADSTS999999: Something\r\n else"},
            "AADSTS999999: Something else (AADSTS999999)",
            "check [mailbox.oauth2]",
            id="a number that is not known",
        ),
        pytest.param({}, "(no reason given)", "check [mailbox.oauth2]", id="no reason"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_how_to_mend_it(
    answer: dict[str, object], reason: str, mend: str
) -> None:
    error = refusal("mailbox.oauth2", "login.example.org", answer)
    assert isinstance(error, TokenRefusedError)
    assert reason in error.message
    assert mend in error.mend
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"error": "temporarily_unavailable"}, id="RFC 6749"),
        pytest.param({"error": "server_error"}, id="its own failure"),
        pytest.param({"error": "invalid_request", "error_codes": [90033]}, id="Entra ID"),
    ],
)
def test_what_passes_by_itself_is_no_refusal(answer: dict[str, object]) -> None:
    error = refusal("mailbox.oauth2", "login.example.org", answer)
    assert not isinstance(error, TokenRefusedError)
    assert "tried again later" in error.mend


def test_what_was_sent_is_not_repeated() -> None:
    answer: dict[str, object] = {
        "error": "bad geheim",
        "error_description": "no: geheim, eyJhbGciOi.eyJzdWIi.c2ln, Bearer abcdefgh",
    }
    said = str(refusal("smtp.oauth2", "login.example.org", answer, "geheim", None))
    assert not any(each in said for each in ("geheim", "eyJ", "abcdefgh"))


@given(
    st.dictionaries(
        st.sampled_from(["error", "error_description", "error_codes"]),
        st.none() | st.integers() | st.text(max_size=300) | st.lists(st.integers(), max_size=2),
    )
)
def test_no_refusal_is_too_odd_for_one_short_line(answer: dict[str, object]) -> None:
    said = str(refusal("mailbox.oauth2", "login.example.org", answer))
    assert len(said.splitlines()) == 1
    assert len(said) < 700
