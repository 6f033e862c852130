"""Who gets in, how, and for how long."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from bot.errors import ConfigurationError
from bot.review.site import Address, address_of
from tests.review.hall import READER, REVIEWER, Hall, Visitor, open_hall


def links(hall: Hall, address: str = REVIEWER, *, count: int = 1) -> list[str]:
    """The paths of the links that went to an address."""
    return [urlsplit(each).path for each in hall.mailed_links(address, count=count)]


def asked(visitor: Visitor, address: str) -> httpx.Response:
    """Somebody asks for a link."""
    return visitor.post("/sign-in", page="/sign-in", address=address)


def test_a_link_by_mail_lets_a_reviewer_in_once(hall: Hall, stranger: Visitor) -> None:
    asked(stranger, REVIEWER.upper())
    (link,) = links(hall)
    assert "Come in" in stranger.get(link).text
    assert stranger.post(link, page=link).headers["location"] == "/"
    assert stranger.get("/").status_code == 200
    with hall.visitor() as second:
        assert second.post(link, page=link).status_code == 403
        assert second.get("/").headers["location"] == "/sign-in"


def test_looking_at_a_link_does_not_use_it_up(hall: Hall, stranger: Visitor) -> None:
    asked(stranger, REVIEWER)
    (link,) = links(hall)
    for _ in range(3):
        assert stranger.get(link).status_code == 200
    assert stranger.post(link, page=link).status_code == 303


def test_a_link_is_good_for_a_quarter_of_an_hour(hall: Hall, stranger: Visitor) -> None:
    asked(stranger, REVIEWER)
    (link,) = links(hall)
    hall.room.later(minutes=15)
    assert stranger.post(link, page=link).status_code == 403


def test_a_listed_and_a_strange_address_get_the_same_answer(hall: Hall, stranger: Visitor) -> None:
    answers = [
        asked(stranger, each) for each in (REVIEWER, "nobody@elsewhere.example", "no address")
    ]
    pages = {re.sub(r'value="[0-9a-f]{64}"', "", each.text) for each in answers}
    assert len(pages) == 1
    assert {each.status_code for each in answers} == {200}
    assert len(links(hall)) == 1
    assert links(hall, "nobody@elsewhere.example") == []


def test_what_opens_the_door_is_not_in_the_database(hall: Hall, stranger: Visitor) -> None:
    stranger.sign_in(REVIEWER)
    cookie = stranger.client.cookies["tsbbot"].partition(".")[0]
    with hall.room.desk.store.snapshot() as tx:
        kept = "".join(
            str(row) for table in tx.contents.tables() for row in tx.contents.rows(table)
        )
    assert cookie not in kept


def test_too_many_attempts_from_one_place_are_refused_for_a_while(
    hall: Hall, stranger: Visitor
) -> None:
    codes = [asked(stranger, f"{number}@elsewhere.example").status_code for number in range(21)]
    assert codes == [200] * 20 + [429]
    hall.room.later(minutes=16)
    assert asked(stranger, "again@elsewhere.example").status_code == 200


def test_one_address_is_not_flooded_with_links(hall: Hall, stranger: Visitor) -> None:
    for _ in range(8):
        assert asked(stranger, REVIEWER).status_code == 200
    assert len(links(hall, count=5)) == 5


def test_a_session_ends_by_signing_out_on_the_server_too(hall: Hall, reviewer: Visitor) -> None:
    cookie = reviewer.client.cookies["tsbbot"]
    reviewer.post("/sign-out")
    assert reviewer.get("/").headers["location"] == "/sign-in"
    reviewer.client.cookies.set("tsbbot", cookie)
    assert reviewer.get("/").headers["location"] == "/sign-in"


def test_a_session_ends_after_eight_idle_hours(hall: Hall, reviewer: Visitor) -> None:
    hall.room.later(hours=7, minutes=59)
    assert reviewer.get("/keys").status_code == 200
    hall.room.later(hours=7, minutes=59)
    assert reviewer.get("/keys").status_code == 200
    hall.room.later(hours=8, minutes=1)
    assert reviewer.get("/keys").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "cookie", ["", "x", "x.y", ".", "a" * 5000, "é.é"], ids=["none", "x", "x.y", "dot", "long", "é"]
)
def test_a_cookie_that_is_not_ours_is_nobodys(stranger: Visitor, cookie: str) -> None:
    answer = stranger.client.get("/", headers=[(b"cookie", f"tsbbot={cookie}".encode())])
    assert answer.headers["location"] == "/sign-in"


def test_a_cookie_is_kept_from_scripts_and_other_sites(hall: Hall, stranger: Visitor) -> None:
    people = hall.house.entrance.people
    path = urlsplit(hall.house.entrance.new_link(people.find(REVIEWER), hall.room.now)).path
    cookie = stranger.post(path, page=path).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_link_followed_from_a_mail_finds_its_session_again(reviewer: Visitor) -> None:
    cookie = reviewer.client.cookies["tsbbot"]
    reviewer.client.cookies.clear()
    answer = reviewer.get("/keys", **{"sec-fetch-site": "cross-site"})
    assert 'content="0; url=/keys?again=1"' in answer.text
    reviewer.client.cookies.set("tsbbot", cookie)
    assert reviewer.get("/keys?again=1").status_code == 200


PROXY = {"trusted_proxy_header": "Remote-User"}


def test_a_trusted_proxy_says_who_is_signed_in(tmp_path: Path, model_database: Path) -> None:
    with open_hall(tmp_path, model_database, PROXY) as hall, hall.visitor() as visitor:
        assert READER in visitor.get("/keys", **{"remote-user": READER.upper()}).text
        for said in ("", "nobody@elsewhere.example"):
            answer = visitor.get("/keys", **{"remote-user": said})
            assert answer.headers["location"] == "/sign-in"
        twice = visitor.client.get(
            "/keys", headers=[("remote-user", READER), ("remote-user", REVIEWER)]
        )
        assert twice.headers["location"] == "/sign-in"


def test_a_proxy_elsewhere_is_not_believed(tmp_path: Path, model_database: Path) -> None:
    review = {**PROXY, "trusted_proxies": ["192.0.2.1"]}
    with open_hall(tmp_path, model_database, review) as hall, hall.visitor() as visitor:
        answer = visitor.get("/keys", **{"remote-user": REVIEWER})
        assert answer.headers["location"] == "/sign-in"


def test_no_header_is_believed_unless_that_is_said(hall: Hall, stranger: Visitor) -> None:
    for name in ("remote-user", "x-forwarded-user", "x-remote-user"):
        assert stranger.get("/keys", **{name: REVIEWER}).headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("host", "base_url", "anyhow", "fine"),
    [
        pytest.param("127.0.0.1", "", False, True, id="this machine"),
        pytest.param("::1", "", False, True, id="this machine, IPv6"),
        pytest.param("0.0.0.0", "", False, False, id="the network"),
        pytest.param("0.0.0.0", "http://page.example.org", False, False, id="without TLS"),
        pytest.param(
            "127.0.0.1", "http://page.example.org", False, False, id="a proxy without TLS"
        ),
        pytest.param("0.0.0.0", "https://page.example.org", False, True, id="with TLS"),
        pytest.param("0.0.0.0", "", True, True, id="said so"),
    ],
)
def test_the_page_is_not_opened_to_others_without_tls(
    host: str, base_url: str, *, anyhow: bool, fine: bool
) -> None:
    if fine:
        assert address_of(host, 8106, base_url, anyhow=anyhow).port == 8106
    else:
        with pytest.raises(ConfigurationError, match="without TLS"):
            address_of(host, 8106, base_url, anyhow=anyhow)


def test_a_site_with_tls_is_called_with_and_without_its_port() -> None:
    address = Address(host="0.0.0.0", port=8106, origin="https://page.example.org")
    assert address.hosts == {"page.example.org", "page.example.org:443"}
    assert address.secure
