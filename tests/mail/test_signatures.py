"""Signatures and seals checked here: what holds vouches, and what only nearly holds does not."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.authentication.authenticity import Checked, Verdict, authenticity
from bot.mail.authentication.signatures import check_signatures
from bot.mail.opening import open_message
from tests.support.signing import BITS, KeyServer, key_pair, sealed, signed

DOMAIN = "administration.example"
LIST = "lists.example"
RAW = (
    b"From: Post <post@administration.example>\r\nSubject: Reply\r\nMessage-ID: <a@b>\r\n"
    b"To: tsbdir@itu.example\r\n\r\nWe assign.\r\n"
)
FOUND = f"mx.{LIST}; dmarc=pass header.from={DOMAIN}"


def _checked(raw: bytes, *sealers: str, keys: KeyServer | None = None) -> Checked:
    return check_signatures(raw, open_message(raw), frozenset(sealers), keys or _keys())


def _keys(*more: str) -> KeyServer:
    keys = KeyServer()
    for domain in (DOMAIN, "mail.administration.example", "evil.example", LIST, *more):
        keys.publish(domain)
    return keys


@pytest.mark.parametrize(
    ("raw", "signer"),
    [
        pytest.param(signed(RAW, DOMAIN), DOMAIN, id="its own"),
        pytest.param(
            signed(RAW, "mail.administration.example"),
            "mail.administration.example",
            id="of a subdomain",
        ),
        pytest.param(signed(signed(RAW, DOMAIN), "evil.example"), DOMAIN, id="below another"),
        pytest.param(
            b"Received: from a by b\r\n" + signed(RAW, DOMAIN), DOMAIN, id="with a trace above it"
        ),
        pytest.param(
            signed(RAW, DOMAIN).replace(b"Subject: Reply", b"Subject:\r\n  Reply"),
            DOMAIN,
            id="folded on its way",
        ),
    ],
)
def test_a_signature_that_holds_vouches(raw: bytes, signer: str) -> None:
    found = _checked(raw)
    assert found.signers == (signer,)
    said = authenticity(open_message(raw), "mx", checked=found)
    assert said.verdict is Verdict.PASS
    assert said.ground == f"dkim=pass of {signer}, checked here"


#: A message as long as the one above, with a second sender.
_TWO = RAW.replace(b"To:", b"From: x@evil.example\r\nTo:")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(RAW, id="none"),
        pytest.param(signed(RAW, "evil.example"), id="another's"),
        pytest.param(signed(RAW, DOMAIN).replace(b"assign", b"object"), id="other words"),
        pytest.param(signed(RAW, DOMAIN).replace(b"Reply", b"Other"), id="another subject"),
        pytest.param(
            signed(RAW, DOMAIN).replace(b"post@", b"boss@"), id="another sender of that domain"
        ),
        pytest.param(
            signed(
                RAW.replace(b"post@administration.example", b"x@evil.example"), "evil.example"
            ).replace(b"x@evil.example", b"post@administration.example"),
            id="signed before From was changed",
        ),
        pytest.param(b"From: x@evil.example\r\n" + signed(RAW, DOMAIN), id="a From above"),
        pytest.param(signed(_TWO, DOMAIN), id="two From fields"),
        pytest.param(signed(RAW, DOMAIN, whole=False) + b"More.\r\n", id="a part of the text"),
        pytest.param(signed(RAW, DOMAIN, algorithm=b"rsa-sha1"), id="SHA-1"),
        pytest.param(signed(RAW, DOMAIN).replace(b"v=1", b"v=2"), id="of another version"),
        pytest.param(signed(RAW, DOMAIN).replace(b"s=s1", b"s=../x"), id="an odd selector"),
        pytest.param(
            signed(RAW, DOMAIN).replace(b"DKIM-Signature:", b"DKIM-Signature :"), id="blank"
        ),
        pytest.param(b"\xef\xbb\xbf" + signed(RAW, DOMAIN), id="a mark above"),
        pytest.param(b"\r\n" + signed(RAW, DOMAIN), id="an empty line above"),
        pytest.param(
            b"DKIM-Signature: v=1; a=rsa-sha256; d=administration.example; s=s1; h=from; bh=; b=\r\n"
            + signed(RAW, "evil.example"),
            id="an empty one above that of another",
        ),
    ],
)
def test_whatever_else_is_there_vouches_for_nobody(raw: bytes) -> None:
    found = _checked(raw)
    assert found == Checked()
    assert authenticity(open_message(raw), "mx", checked=found).verdict is not Verdict.PASS


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"v=DKIM1; p=", id="withdrawn"),
        pytest.param(b"v=DKIM1; p=????", id="broken"),
        pytest.param(b"\xff\xfe", id="bytes"),
        pytest.param(key_pair(1024)[1], id="another key"),
        pytest.param(b"v=DKIM2; " + key_pair(BITS)[1][8:], id="of another version"),
        pytest.param(b"k=ed25519; p=AAAA", id="of a kind that is not checked"),
    ],
)
def test_a_key_that_does_not_fit_vouches_for_nobody(record: bytes) -> None:
    keys = KeyServer(records={f"s1._domainkey.{DOMAIN}": record})
    assert _checked(signed(RAW, DOMAIN), keys=keys) == Checked()


def test_a_key_of_1024_bits_is_enough() -> None:
    keys = KeyServer()
    keys.publish(DOMAIN, key_pair(1024)[1])
    assert _checked(signed(RAW, DOMAIN, bits=1024), keys=keys).signers == (DOMAIN,)


def test_a_key_that_cannot_be_had_now_is_told() -> None:
    keys = _keys()
    keys.be_down(DOMAIN)
    raw = signed(RAW, DOMAIN)
    found = _checked(raw, keys=keys)
    assert found == Checked(unavailable=True)
    said = authenticity(open_message(raw), "mx", checked=found)
    assert said.verdict is Verdict.NOT_SAID
    assert said.ground.endswith("a key could not be had")


def test_what_our_server_finds_wrong_no_signature_mends() -> None:
    raw = b"Authentication-Results: mx; dmarc=fail\r\n" + signed(RAW, DOMAIN)
    assert authenticity(open_message(raw), "mx", checked=_checked(raw)).verdict is Verdict.FAIL


def test_no_more_keys_are_asked_for_than_could_vouch() -> None:
    raw = RAW
    for number in range(40):
        raw = signed(raw, f"evil{number}.example")
    keys = _keys()
    _checked(raw, keys=keys)
    assert keys.asked == []
    for number in range(40):
        raw = signed(raw, f"m{number}.administration.example")
    _checked(raw, keys=keys)
    assert len(keys.asked) == 5


# Seals.


def _sent_on(raw: bytes) -> bytes:
    """As a list sends it on: with a mark in the subject, which breaks the sender's signature."""
    return raw.replace(b"Subject: Reply", b"Subject: [list] Reply")


def _verdict(raw: bytes, *sealers: str, keys: KeyServer | None = None) -> Verdict:
    found = _checked(raw, *sealers, keys=keys)
    raw = b"Authentication-Results: mx; dmarc=fail\r\n" + raw
    return authenticity(open_message(raw), "mx", frozenset(sealers), found).verdict


def test_a_trusted_seal_vouches_for_what_it_found() -> None:
    raw = sealed(_sent_on(RAW), LIST, FOUND)
    assert _checked(raw, LIST).chain
    assert _verdict(raw, LIST) is Verdict.PASS


def test_two_trusted_seals_vouch_together() -> None:
    raw = sealed(_sent_on(RAW), LIST, FOUND)
    raw = sealed(raw, "gateway.example", "mx.gateway.example; arc=pass; dmarc=fail", held="pass")
    keys = _keys("gateway.example")
    assert _verdict(raw, LIST, "gateway.example", keys=keys) is Verdict.PASS
    assert _verdict(raw, "gateway.example", keys=keys) is Verdict.FAIL
    assert _verdict(raw, LIST, keys=keys) is Verdict.FAIL


@pytest.mark.parametrize(
    ("raw", "sealers"),
    [
        pytest.param(sealed(RAW, LIST, FOUND), (), id="nobody is trusted"),
        pytest.param(sealed(RAW, "evil.example", FOUND), (LIST,), id="of another"),
        pytest.param(
            sealed(sealed(RAW, LIST, FOUND), "evil.example", FOUND, held="pass"),
            (LIST,),
            id="another's above it",
        ),
        pytest.param(
            sealed(RAW, LIST, "mx; dmarc=fail header.from=administration.example"),
            (LIST,),
            id="that found a failure",
        ),
        pytest.param(sealed(RAW, LIST, "mx; dmarc=pass"), (LIST,), id="about whom is not said"),
        pytest.param(
            sealed(RAW, LIST, "mx; dmarc=pass header.from=evil.example"),
            (LIST,),
            id="about another",
        ),
        pytest.param(
            sealed(RAW, LIST, FOUND).replace(b"assign", b"object"), (LIST,), id="other words"
        ),
        pytest.param(
            sealed(RAW, LIST, FOUND).replace(b"post@", b"boss@"), (LIST,), id="another sender"
        ),
        pytest.param(
            sealed(RAW, LIST, FOUND.replace("pass", "fail")).replace(b"dmarc=fail", b"dmarc=pass"),
            (LIST,),
            id="another finding",
        ),
        pytest.param(
            sealed(sealed(RAW, LIST, FOUND), LIST, FOUND, held="fail"), (LIST,), id="a broken chain"
        ),
        pytest.param(
            sealed(sealed(RAW, LIST, FOUND), LIST, FOUND, held="none"), (LIST,), id="a chain anew"
        ),
        pytest.param(
            sealed(RAW, LIST, FOUND).replace(b"i=1", b"i=2"), (LIST,), id="without its first"
        ),
    ],
)
def test_other_seals_do_not(raw: bytes, sealers: tuple[str, ...]) -> None:
    assert _verdict(raw, *sealers) is not Verdict.PASS


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=4), st.booleans())
def test_damage_never_raises_and_never_vouches_for_other_words(
    at: int, new: bytes, inserted: bool
) -> None:
    raw = sealed(signed(RAW, DOMAIN), LIST, FOUND)
    at %= len(raw)
    damaged = raw[:at] + new + raw[at + (0 if inserted else len(new)) :]
    message = open_message(damaged)
    found = check_signatures(damaged, message, frozenset({LIST}), _keys())
    said = authenticity(message, "mx", frozenset({LIST}), found)
    if said.verdict is Verdict.PASS:
        assert message.from_[0].email == "post@administration.example"
        assert "".join(message.text.split()) == "Weassign."
        assert " ".join(message.subject.split()) == "Reply"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: signed(RAW, DOMAIN) + b" " * 5_000_000 + b"x\r\n", id="blanks"),
        pytest.param(lambda: signed(RAW, DOMAIN) + b"\t \r\n" * 1_000_000, id="lines of blanks"),
        pytest.param(lambda: signed(RAW, DOMAIN) + b"\r\n" * 3_000_000, id="empty lines"),
        pytest.param(
            lambda: signed(RAW, DOMAIN).replace(b"; b=", b"; b" + b" \r\n " * 2000 + b"="),
            id="a folded tag",
        ),
        pytest.param(
            lambda: signed(RAW, DOMAIN).replace(b"; h=", b"; h=" + b"from:" * 1500),
            id="a field many times",
        ),
        pytest.param(lambda: b"X: y\r\n" * 100_000 + signed(RAW, DOMAIN), id="very many fields"),
    ],
)
def test_hostile_messages_take_bounded_time(make: Callable[[], bytes]) -> None:
    raw = make()
    message = open_message(raw)
    begun = time.process_time()
    check_signatures(raw, message, frozenset({LIST}), _keys())
    assert time.process_time() - begun < 10
