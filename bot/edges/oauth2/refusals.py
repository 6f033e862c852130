"""Why a token endpoint refuses, in words that say who must do what.

RFC 6749, 5.2, names the errors; Entra ID says more exactly what is wrong by a number ("AADSTS...").
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.edges.transport import quoted_reply
from bot.errors import TokenError, TokenRefusedError

_NUMBER: Final = re.compile(r"\bAADSTS(\d{4,8})\b")
#: Errors that pass by themselves (RFC 6749, 4.1.2.1, and Entra ID's transient ones).
_PASSING: Final = frozenset({"temporarily_unavailable", "server_error"})
_PASSING_NUMBERS: Final = frozenset({"90006", "90012", "90024", "90033", "50196"})

_NEW_SECRET: Final = "make a new one in Entra ID (App registrations, Certificates & secrets)"  # noqa: S105
_ANEW: Final = "sign in anew: tsbbot sign-in"
_CONSENT: Final = (
    "grant admin consent in Entra ID (API permissions): IMAP.AccessAsApp and SMTP.SendAsApp,"
    " or IMAP.AccessAsUser.All and SMTP.Send with the device flow"
)
_ADMINISTRATOR: Final = "ask the administrator of Microsoft 365"

#: AADSTS number -> what is wrong, how to mend it.
_ENTRA: Final[dict[str, tuple[str, str]]] = {
    "7000215": (
        "the client secret is wrong",
        "give the secret's value, not its identifier, in client_secret_file",
    ),
    "7000222": ("the client secret has expired", _NEW_SECRET),
    "7000218": (
        "the application may not sign people in without a secret",
        'allow "public client flows" in its registration in Entra ID',
    ),
    "700016": ("the tenant knows no such application", "check client_id and tenant"),
    "700027": (
        "the certificate is not that of the application, or has expired",
        "upload it in Entra ID, or correct certificate_file",
    ),
    "700024": ("the proof of who we are is not valid now", "set this machine's clock right"),
    "90002": ("there is no such tenant", "check tenant"),
    "900023": ("the tenant's name is none", "check tenant"),
    "65001": ("nobody has consented to the application", _CONSENT),
    "70011": ("the scope is wrong", "check scope, or leave it out"),
    "1002012": ("the scope is wrong", 'a program signs in with a scope that ends in "/.default"'),
    "500011": ("the tenant has no such service as the scope names", "check scope and tenant"),
    "650052": (
        "the tenant has no such service as the scope names",
        "check scope, and that the tenant has Exchange Online",
    ),
    "50105": ("nobody has assigned the application to this account", _ADMINISTRATOR),
    "50034": ("the tenant has no such account", "check username and tenant"),
    "50057": ("the account is disabled", _ADMINISTRATOR),
    "50076": ("a second factor is asked for", _ANEW),
    "50079": ("a second factor must be set up", _ANEW),
    "53000": ("a rule on devices (Conditional Access) keeps us out", _ADMINISTRATOR),
    "53003": ("a rule (Conditional Access) keeps us out", _ADMINISTRATOR),
    "530034": ("a rule (Conditional Access) keeps us out", _ADMINISTRATOR),
    "50173": ("the sign-in was revoked, as when a password changes", _ANEW),
    "70000": ("the sign-in is not good any more", _ANEW),
    "70008": ("the sign-in has expired", _ANEW),
    "70043": ("the sign-in has expired by a rule (Conditional Access)", _ANEW),
    "700082": ("the sign-in has expired, having been unused for too long", _ANEW),
    "700084": ("the sign-in has expired", _ANEW),
}
#: RFC 6749, 5.2; RFC 8628, 3.5.
_PLAIN: Final[dict[str, tuple[str, str]]] = {
    "invalid_client": (
        "the client secret is wrong or has expired, or there is no such client",
        "check client_id, and make a new client secret if it has expired",
    ),
    "invalid_grant": ("the sign-in has expired or was revoked", _ANEW),
    "unauthorized_client": (
        "the application may not get tokens in this way",
        "grant it that at the provider (Google Workspace: domain-wide delegation of the scope)",
    ),
    "invalid_scope": ("the scope is wrong", "check scope, or leave it out"),
    "unsupported_grant_type": ("it knows no such flow", "check flow and token_endpoint"),
    "invalid_request": ("it does not understand the request", "check the endpoint and the scope"),
    "access_denied": ("the person who was asked said no", _ANEW),
    "expired_token": ("nobody signed in in time", _ANEW),
    "invalid_tenant": ("there is no such tenant", "check tenant"),
    "org_internal": ("the application is for its own organisation only", "use one of this one"),
}


def refusal(
    section: str, host: str, answer: Mapping[str, object], *secrets: str | None
) -> TokenError:
    """The error that an endpoint's answer stands for.

    Args:
        section: of the configuration, to name in the error.
        host: of the endpoint.
        answer: its JSON object (RFC 6749, 5.2).
        secrets: what was sent, which it may repeat.
    """
    described = answer.get("error_description")
    described = described if isinstance(described, str) else ""
    number = _number(answer, described)
    code = answer.get("error")
    code = quoted_reply(code, *filter(None, secrets))[:60] if isinstance(code, str) else ""
    where = f"the token endpoint {host}"
    if number in _PASSING_NUMBERS or code in _PASSING:
        return TokenError(
            f"{where} cannot answer now ({number or code})", mend="it is tried again later"
        )
    sign = f"AADSTS{number}" if number else code or "no reason given"
    reason, mend = _ENTRA.get(number) or _PLAIN.get(code) or ("", f"check [{section}]")
    if number not in _ENTRA:
        said = quoted_reply(described, *filter(None, secrets))
        reason = ": ".join(filter(None, (reason, said)))
    name = section.partition(".")[0]
    mend = mend.replace(_ANEW, f"{_ANEW} {name}")
    return TokenRefusedError(
        f"{where} refuses a token for [{section}]: {reason} ({sign})".replace(":  (", " ("),
        mend=mend,
    )


def _number(answer: Mapping[str, object], described: str) -> str:
    numbers = answer.get("error_codes")
    if isinstance(numbers, list) and numbers and isinstance(numbers[0], int):
        return str(numbers[0])
    found = _NUMBER.search(described)
    return found[1] if found else ""
