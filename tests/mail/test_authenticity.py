"""Authenticity: what the receiving server vouches for, and what a sender only claims."""

import pytest

from bot.mail.authentication.alignment import aligned
from bot.mail.authentication.authenticity import Verdict, authenticity
from bot.mail.opening import open_header
from tests.mail.written import mail

FROM = "From: Post <post@administration.example>\n"
RECEIVED = "Received: from a by mx.example.org; Tue, 14 Apr 2026 08:00:00 +0000\n"


def _verdict(header: str) -> Verdict:
    return authenticity(open_header(mail(header)), "mx.example.org").verdict


def _says(results: str) -> str:
    return f"Authentication-Results: {results}\n"


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        pytest.param("mx.example.org; dmarc=pass", "pass", id="DMARC"),
        pytest.param(
            "mx.example.org; dmarc=pass header.from=administration.example", "pass", id="named"
        ),
        pytest.param("MX.Example.ORG 1; DMARC = Pass", "pass", id="odd case, version, blanks"),
        pytest.param('"mx.example.org"; dmarc="pass"', "pass", id="quoted"),
        pytest.param(
            "mx.example.org (mx; dmarc=fail (a) b);\n (c) dmarc=pass (p=none; x)",
            "pass",
            id="comments",
        ),
        pytest.param("mx.example.org; dmarc=fail", "fail", id="DMARC fails"),
        pytest.param(
            "mx.example.org; dmarc=fail; dkim=pass header.d=administration.example",
            "fail",
            id="DMARC fails beside a signature",
        ),
        pytest.param(
            "mx.example.org; dkim=pass header.d=administration.example", "pass", id="DKIM"
        ),
        pytest.param(
            "mx.example.org; dkim=pass header.i=@mail.administration.example header.b=ab/c==",
            "pass",
            id="DKIM of a subdomain",
        ),
        pytest.param(
            "mx.example.org; dmarc=none; dkim=fail header.d=administration.example;"
            " dkim=pass header.d=administration.example",
            "pass",
            id="one signature of two",
        ),
        pytest.param(
            "mx.example.org; dkim=pass header.d=other.example", "not_said", id="foreign DKIM"
        ),
        pytest.param("mx.example.org; dkim=pass", "not_said", id="DKIM without a domain"),
        pytest.param(
            "mx.example.org; spf=pass smtp.mailfrom=post@administration.example", "pass", id="SPF"
        ),
        pytest.param(
            'mx.example.org; spf=pass smtp.mailfrom="a;dkim=pass@administration.example"@evil.example',
            "not_said",
            id="SPF of a crafted local part",
        ),
        pytest.param(
            'mx.example.org; spf=none reason="; dmarc=pass"', "not_said", id="a result in quotes"
        ),
        pytest.param(
            "mx.example.org; spf=none x=y=dmarc=pass", "not_said", id="a result in a property"
        ),
        pytest.param(
            "mx.example.org; spf=pass smtp.helo=administration.example", "not_said", id="HELO"
        ),
        pytest.param(
            "mx.example.org; spf=fail smtp.mailfrom=administration.example", "fail", id="SPF fails"
        ),
        pytest.param(
            "mx.example.org; spf=softfail smtp.mailfrom=administration.example",
            "not_said",
            id="soft",
        ),
        pytest.param("mx.example.org; none", "not_said", id="none"),
        pytest.param("mx.example.org; dmarc=bestguesspass", "not_said", id="a guess"),
        pytest.param("mx.example.org; dmarc=temperror", "not_said", id="an error"),
        pytest.param(
            "mx.example.org; dmarc=pass header.from=other.example", "not_said", id="another From"
        ),
        pytest.param("other.example; dmarc=pass", "not_said", id="another server"),
        pytest.param("mx.example.org.evil.example; dmarc=pass", "not_said", id="a longer name"),
        pytest.param("dmarc=pass; spf=pass", "not_said", id="no server"),
        pytest.param("mx.example.org.; dmarc=pass", "not_said", id="our name with a full stop"),
        pytest.param("mx.eXample.org; dmarc=pass", "pass", id="our name in capitals"),
        pytest.param("mx.example.org evil; dmarc=pass", "not_said", id="a word after our name"),
        pytest.param("mx.example.org 1 1; dmarc=pass", "not_said", id="two versions"),
        pytest.param("mx.example.org/1; dmarc=pass", "not_said", id="a version in the name"),
        pytest.param("m\u0445.example.org; dmarc=pass", "not_said", id="a Cyrillic letter"),
        pytest.param("mx.example.or\u01f5; dmarc=pass", "not_said", id="an accent"),
        pytest.param("mx.example.org\u200b; dmarc=pass", "not_said", id="a blank of no width"),
        pytest.param("=?utf-8?q?mx.example.org?=; dmarc=pass", "not_said", id="an encoded-word"),
        pytest.param(
            "mx.example.org; =?utf-8?q?dmarc=3Dpass?=", "not_said", id="an encoded result"
        ),
        pytest.param("mx.example.org; dmarc/1=pass", "pass", id="a version of the method"),
        pytest.param("mx.example.org; dmarc=passed", "not_said", id="nearly a pass"),
        pytest.param("mx.example.org; x-dmarc=pass", "not_said", id="nearly DMARC"),
        pytest.param("mx.example.org; dmarc=(fail)pass", "pass", id="a comment in between"),
        pytest.param("mx.example.org; (dmarc=pass", "not_said", id="an open comment"),
        pytest.param('mx.example.org; "dmarc=pass', "not_said", id="open quotes"),
        pytest.param("mx.example.org; dmarc=fail, dmarc=pass", "not_said", id="commas"),
        pytest.param(
            "mx.example.org; dmarc=pass (p=none) header.from=administration.example.evil.example",
            "not_said",
            id="DMARC of a longer domain",
        ),
        pytest.param(
            "mx.example.org; dkim=pass header.d=example", "not_said", id="DKIM of a whole country"
        ),
        pytest.param(
            "mx.example.org; dkim=pass header.i=@evil.example header.d=evil.example"
            " header.d=administration.example",
            "not_said",
            id="DKIM of two domains",
        ),
        pytest.param(
            "mx.example.org; spf=pass smtp.mailfrom=administration.example@evil.example",
            "not_said",
            id="SPF of our domain as a local part",
        ),
        pytest.param("mx.example.org; arc=pass", "not_said", id="a chain alone"),
        pytest.param("", "not_said", id="empty"),
        pytest.param("mx.example.org; =pass; dmarc=; ;(", "not_said", id="broken"),
    ],
)
def test_a_result_is_judged(results: str, verdict: str) -> None:
    assert _verdict(_says(results) + FROM) == verdict


@pytest.mark.parametrize(
    ("header", "verdict"),
    [
        pytest.param(FROM, "not_said", id="no results"),
        pytest.param(
            _says("other.example; dmarc=fail") + _says("mx.example.org; dmarc=pass") + FROM,
            "pass",
            id="a foreign one above",
        ),
        pytest.param(
            _says("mx.example.org; spf=none") + _says("mx.example.org; dmarc=pass") + FROM,
            "pass",
            id="a field for each method",
        ),
        pytest.param(
            RECEIVED + RECEIVED + _says("mx.example.org; dmarc=pass") + FROM,
            "pass",
            id="below our own Received",
        ),
        pytest.param(
            _says("mx.example.org; dmarc=none")
            + RECEIVED
            + _says("mx.example.org; dmarc=pass")
            + FROM,
            "not_said",
            id="a forged one below the next Received",
        ),
        pytest.param(
            _says("mx.example.org; dmarc=fail") + _says("mx.example.org; dmarc=pass") + FROM,
            "fail",
            id="a forged one beside ours",
        ),
        pytest.param(
            _says("mx.example.org; spf=fail smtp.mailfrom=administration.example")
            + _says("mx.example.org; spf=pass smtp.mailfrom=administration.example")
            + FROM,
            "fail",
            id="SPF that contradicts itself",
        ),
        pytest.param(
            _says("\n mx.example.org\n ;\n\tdmarc\n = \n pass") + FROM,
            "pass",
            id="folded everywhere",
        ),
        pytest.param(
            "AUTHENTICATION-RESULTS: mx.example.org; dmarc=pass\n" + FROM, "pass", id="capitals"
        ),
        pytest.param(
            "Authentication-Results : mx.example.org; dmarc=pass\n" + FROM,
            "not_said",
            id="a blank before the colon",
        ),
        pytest.param(
            "Authentication-Results\t: mx.example.org; dmarc=pass\n" + FROM,
            "not_said",
            id="a tab before the colon",
        ),
        pytest.param(
            "X: y\rAuthentication-Results: mx.example.org; dmarc=pass\n" + FROM,
            "not_said",
            id="behind a lone return",
        ),
        pytest.param(
            "X-Authentication-Results: mx.example.org; dmarc=pass\n" + FROM,
            "not_said",
            id="another field",
        ),
        pytest.param(
            _says("mx.example.org; dmarc=none") + FROM + "\n" + _says("mx.example.org; dmarc=pass"),
            "not_said",
            id="in the text",
        ),
        pytest.param(
            _says("mx.example.org; dmarc=none")
            + _says("other.example; dmarc=pass")
            + "Subject: x\n"
            + _says("mx.example.org.; dmarc=pass")
            + FROM,
            "not_said",
            id="several of others",
        ),
        pytest.param(
            "".join(_says("mx.example.org; spf=none") for _ in range(30))
            + _says("mx.example.org; dmarc=pass")
            + FROM,
            "not_said",
            id="behind very many",
        ),
        pytest.param(_says("mx.example.org; dmarc=pass"), "not_said", id="no From"),
        pytest.param(
            _says("mx.example.org; dmarc=pass") + FROM + FROM, "not_said", id="two From fields"
        ),
        pytest.param(
            _says("mx.example.org; dmarc=pass")
            + "From: a@administration.example, b@evil.example\n",
            "not_said",
            id="two From addresses",
        ),
        pytest.param(
            _says("mx.example.org; dmarc=pass") + "From: Post\n",
            "not_said",
            id="From without address",
        ),
    ],
)
def test_fields_are_believed_by_their_place(header: str, verdict: str) -> None:
    assert _verdict(header) == verdict


def test_without_a_configured_server_nobody_is_believed() -> None:
    header = open_header(mail(_says("; dmarc=pass") + FROM))
    assert authenticity(header, "").verdict is Verdict.NOT_SAID


def test_the_ground_and_the_domain_are_said() -> None:
    said = authenticity(open_header(mail(_says("mx; dmarc=pass") + FROM)), "mx")
    assert (said.ground, said.domain) == ("dmarc=pass", "administration.example")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("admin.example", "admin.example", True),
        ("mail.admin.example", "ADMIN.example", True),
        ("regulator.gov.example", "mail.regulator.gov.example", True),
        ("gov.example", "regulator.gov.example", False),
        ("co.example", "company.co.example", False),
        ("example", "admin.example", False),
        ("a.admin.example", "b.admin.example", False),
        ("notadmin.example", "admin.example", False),
        ("", "", False),
    ],
)
def test_domains_are_aligned_with_care(one: str, other: str, *, same: bool) -> None:
    assert aligned(one, other) is same
    assert aligned(other, one) is same


@pytest.mark.parametrize(
    "forged", ["\u212aey.example.org", "key.example.org\u17b5", "\uff4bey.example.org"]
)
def test_letters_that_only_fold_to_those_of_our_server_are_not_its_own(forged: str) -> None:
    header = open_header(mail(_says(f"{forged}; dmarc=pass") + FROM))
    assert authenticity(header, "key.example.org").verdict is Verdict.NOT_SAID


SEALED = (
    "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example; s=s1; b=AAAA\n"
    "ARC-Message-Signature: i=1; a=rsa-sha256; d=lists.example; s=s1; h=from:to; bh=A; b=AAAA\n"
    "ARC-Authentication-Results: i=1; mx.lists.example;"
    " dmarc=pass header.from=administration.example\n"
)


@pytest.mark.parametrize(
    ("results", "chain", "verdict"),
    [
        pytest.param("dmarc=fail; arc=pass", SEALED, "pass", id="a chain that holds"),
        pytest.param("dmarc=fail; arc=fail", SEALED, "fail", id="a chain that does not"),
        pytest.param("dmarc=fail; arc=pass; arc=fail", SEALED, "fail", id="both"),
        pytest.param("dmarc=fail", SEALED, "fail", id="a chain that nobody has looked at"),
        pytest.param("spf=none; arc=pass", SEALED, "pass", id="without DMARC"),
        pytest.param("dmarc=fail; arc=pass", "", "fail", id="no chain"),
        pytest.param("dmarc=fail; arc=pass", SEALED + SEALED, "fail", id="each twice"),
        pytest.param(
            "dmarc=fail; arc=pass", SEALED.replace("i=1", "i=2"), "fail", id="no first seal"
        ),
        pytest.param(
            "dmarc=fail; arc=pass",
            SEALED.replace("d=lists.example", "d=lists.example.evil.example"),
            "fail",
            id="another sealer",
        ),
        pytest.param(
            "dmarc=fail; arc=pass", SEALED.replace("h=from", "h=to"), "fail", id="From not signed"
        ),
        pytest.param(
            "dmarc=fail; arc=pass",
            SEALED.replace("header.from=administration", "header.from=evil"),
            "fail",
            id="about another sender",
        ),
        pytest.param(
            "dmarc=fail; arc=pass",
            SEALED.replace(" header.from=administration.example", ""),
            "fail",
            id="about whom is not said",
        ),
        pytest.param(
            "dmarc=fail; arc=pass",
            SEALED.replace("d=lists.example;", "d=lists.example; d=evil.example;"),
            "fail",
            id="a tag twice",
        ),
        pytest.param(
            "dmarc=fail; arc=pass",
            SEALED.replace("ARC-Seal:", "ARC-Seal :"),
            "fail",
            id="a blank before a colon",
        ),
    ],
)
def test_a_trusted_seal_counts_where_our_server_says_that_the_chain_holds(
    results: str, chain: str, verdict: str
) -> None:
    header = open_header(mail(_says(f"mx.example.org; {results}") + chain + FROM))
    said = authenticity(header, "mx.example.org", frozenset({"lists.example"}))
    assert said.verdict == verdict
    if verdict == "pass":
        assert said.ground == "arc=pass, sealed by lists.example: dmarc=pass"
    # Nobody is trusted who is not named.
    assert authenticity(header, "mx.example.org").verdict is not Verdict.PASS
