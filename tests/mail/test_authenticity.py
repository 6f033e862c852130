"""Authenticity: what the receiving server vouches for, and what a sender only claims."""

import pytest

from bot.mail.authenticity import Verdict, aligned, authenticity
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
