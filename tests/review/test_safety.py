"""What a hostile message, page or caller cannot do."""

from html.parser import HTMLParser

import pytest

from bot.demo.messages import Attachment
from tests.review.hall import REVIEWER, Hall, Visitor

PAGES = [
    "/",
    "/queue",
    "/messages/1",
    "/members",
    "/members/CHE",
    "/letters",
    "/trail",
    "/search?q=106",
    "/keys",
    "/replies/1/question",
    "/nowhere",
]
SCRIPT = "<script>alert(1)</script>"
NAME = '"><img src=x onerror=alert(1)>.svg'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'


class Tags(HTMLParser):
    """Notes the tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.attributes: list[str] = []
        self.sources: list[str] = []
        self.forms: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.attributes += said
        if tag == "script":
            self.scripts.append(said.get("src"))
        for name in ("src", "href", "action"):
            if said.get(name):
                self.sources.append(str(said[name]))
        if tag == "form":
            self.forms.append(said.get("method") != "post")
        if tag == "input" and said.get("name") == "token":
            self.forms[-1] = True


def hostile(hall: Hall) -> None:
    """A message whose every field and file is an attack."""
    hall.question(
        subject=f"TSB Circular 106 {SCRIPT}",
        sender="press@daily.example",
        text=f"TSB Circular 106 {SCRIPT}",
        html=f"<p>TSB Circular 106</p>{SCRIPT}<img src=http://tracker.example/1.png>",
        attachments=[Attachment(filename=NAME, data=SVG, content_type="image/svg+xml")],
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_headers_and_loads_nothing_from_elsewhere(
    hall: Hall, reviewer: Visitor, path: str
) -> None:
    hall.contradictory()
    answer = reviewer.get(path)
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    policy = answer.headers["content-security-policy"]
    for each in (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert each in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    tags = Tags(answer.text)
    assert tags.scripts == ["/static/keys.js"]
    assert not [name for name in tags.attributes if name.startswith("on") or name == "style"]
    assert all(each.startswith(("/", "#", "?")) for each in tags.sources), tags.sources
    assert all(tags.forms)


@pytest.mark.parametrize(
    "path", ["/", "/queue", "/messages/1", "/search?q=106", "/search?q=<script>"]
)
def test_hostile_mail_is_shown_and_does_nothing(hall: Hall, reviewer: Visitor, path: str) -> None:
    hostile(hall)
    page = reviewer.get(path).text
    tags = Tags(page)
    assert tags.scripts == ["/static/keys.js"]
    assert "onerror" not in tags.attributes
    assert "tracker.example" not in " ".join(tags.sources)
    if path == "/messages/1":
        assert "&lt;script&gt;" in page


def test_an_attachment_is_a_download_and_nothing_else(hall: Hall, reviewer: Visitor) -> None:
    hostile(hall)
    with hall.room.desk.store.snapshot() as tx:
        stored = tx.messages.get(1)
    assert stored is not None
    opened = hall.house.opened.get(stored.sha256)
    number = next(at for at, part in enumerate(opened.parts) if part.filename)
    answer = reviewer.get(f"/messages/1/parts/{number}")
    assert answer.content == SVG
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="')
    assert "<" not in disposition
    assert disposition.isascii()
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/messages/2",
        "/messages/0",
        "/messages/-1",
        "/messages/1e3",
        "/messages/٣",
        "/messages/99999999999999999999",
        "/messages/1/parts/99",
        "/messages/1/files/9/pages/1.png",
        "/messages/1/files/0/pages/7.png",
        "/messages/1/files/0/rows/99.png",
        "/static/..%2freview.css",
        "/static/../base.html",
        "/static/%2e%2e%2fbase.html",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/circulars/7/tally.png",
        "/members/XYZ",
        "/letters/77",
    ],
)
def test_an_address_of_nothing_reaches_nothing(hall: Hall, reviewer: Visitor, path: str) -> None:
    hall.contradictory()
    answer = reviewer.get(path)
    assert answer.status_code == 404
    assert "Nothing is there" in answer.text


def test_a_link_of_somebody_else_is_not_shown_among_the_letters(
    hall: Hall, reader: Visitor
) -> None:
    hall.house.entrance.send_link(REVIEWER, hall.room.now)
    with hall.room.desk.store.snapshot() as tx:
        letter = tx.letters.last("sign-in")
    assert letter is not None
    assert reader.get(f"/letters/{letter.id}").status_code == 404
    assert "sign-in link" in reader.get("/letters").text


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        pytest.param(None, {}, id="no token"),
        pytest.param("0" * 64, {}, id="a wrong token"),
        pytest.param("é", {}, id="no such characters"),
        pytest.param("right", {"origin": "https://elsewhere.example"}, id="another origin"),
        pytest.param("right", {"sec-fetch-site": "cross-site"}, id="another site"),
        pytest.param("right", {"sec-fetch-site": "same-site"}, id="a neighbour"),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    hall: Hall, reviewer: Visitor, token: str | None, headers: dict[str, str]
) -> None:
    reply = hall.unregistered()
    fields = {"action": "accept", "version": str(reply.version)}
    if token is not None:
        fields["token"] = reviewer.token() if token == "right" else token
    answer = reviewer.client.post(f"/replies/{reply.id}/decision", data=fields, headers=headers)
    assert answer.status_code == 403
    assert hall.reply(reply.reference) == reply


def test_another_persons_token_is_none(hall: Hall, reviewer: Visitor, reader: Visitor) -> None:
    reply = hall.unregistered()
    answer = reviewer.client.post(
        f"/replies/{reply.id}/decision",
        data={"action": "accept", "version": "1", "token": reader.token()},
    )
    assert answer.status_code == 403


ACTIONS = [
    "/replies/1/decision",
    "/replies/1/undo",
    "/replies/1/question",
    "/messages/1/decision",
    "/messages/1/question",
]


@pytest.mark.parametrize("path", ACTIONS)
def test_a_reader_decides_nothing(hall: Hall, reader: Visitor, path: str) -> None:
    reply = hall.unregistered()
    answer = reader.post(path, action="send", version=str(reply.version))
    assert answer.status_code == 403
    assert "decide nothing" in answer.text
    assert hall.reply(reply.reference) == reply
    page = reader.get("/messages/1").text
    assert "/decision" not in page
    assert reader.get("/replies/1/question").status_code == 403


@pytest.mark.parametrize("path", [*PAGES[:-1], "/messages/1/raw", "/messages/1/parts/0"])
def test_a_stranger_sees_nothing(hall: Hall, stranger: Visitor, path: str) -> None:
    hall.unregistered()
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ACTIONS)
def test_a_stranger_does_nothing(hall: Hall, stranger: Visitor, path: str) -> None:
    hall.unregistered()
    assert stranger.post(path, page="/sign-in", action="accept").status_code == 403


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost:1", "127.0.0.1", ""])
def test_a_site_of_another_name_is_not_answered(hall: Hall, stranger: Visitor, host: str) -> None:
    answer = stranger.get("/sign-in", host=host)
    assert answer.status_code in {400, 421}


def test_more_than_a_form_holds_is_not_read(stranger: Visitor) -> None:
    answer = stranger.client.post("/sign-in", data={"address": "a" * 100_000})
    assert answer.status_code == 413


def test_more_fields_than_a_form_has_are_not_read(stranger: Visitor) -> None:
    answer = stranger.client.post("/sign-in", content="a&" * 600)
    assert answer.status_code == 413


def test_a_page_is_not_asked_for_in_another_way(reviewer: Visitor) -> None:
    assert reviewer.client.put("/queue").status_code == 405
