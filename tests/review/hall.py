"""The review page served on this machine over a workroom's record, and people who visit it."""

import contextlib
import datetime as dt
import email
import email.policy
import re
import threading
import time
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.demo.form_letter import Answer
from bot.demo.messages import PDF_TYPE, Attachment, make_message
from bot.demo.scanned_forms import make_scanned_form
from bot.review.house import House
from bot.review.site import address_of, free_port, server, site
from bot.store.replies import StoredReply
from parsers.reading import BoxRole
from tests.support.scan import scribbled_over
from tests.worker.workroom import Workroom, open_workroom

REVIEWER = "reviewer@itu.example"
READER = "reader@itu.example"
_TOKEN = re.compile(r'name="token" value="([^"]*)"')


class Visitor:
    """A person with a browser that shows nothing: the page as HTTP has it."""

    def __init__(self, hall: "Hall") -> None:
        self.hall = hall
        self.client = httpx.Client(base_url=hall.origin, timeout=30)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Asks for a page."""
        return self.client.get(path, headers=headers)

    def token(self, path: str = "/keys") -> str:
        """The token of the forms of a page."""
        found = _TOKEN.search(self.get(path).text)
        assert found is not None
        return found[1]

    def post(
        self,
        path: str,
        fields: Mapping[str, str] = {},
        *,
        page: str = "/keys",
        **more: str,
    ) -> httpx.Response:
        """Sends a form as a page of the site has it."""
        return self.client.post(path, data={"token": self.token(page), **fields, **more})

    def sign_in(self, who: str) -> "Visitor":
        """By a link that did not go by mail."""
        people = self.hall.house.entrance.people
        link = self.hall.house.entrance.new_link(people.find(who), self.hall.room.now)
        path = urlsplit(link).path
        answer = self.post(path, page=path)
        assert answer.headers["location"] == "/", answer.text
        return self


class Hall:
    """The site and the workroom behind it.

    Attributes:
        room: worker with fakes round it.
        house: of the site.
        origin: where it is served.
    """

    def __init__(self, room: Workroom, house: House, origin: str) -> None:
        self.room = room
        self.house = house
        self.origin = origin

    @contextlib.contextmanager
    def visitor(self) -> Iterator[Visitor]:
        """Somebody who is not signed in."""
        visitor = Visitor(self)
        with visitor.client:
            yield visitor

    # What came in.

    def take(self, *raws: bytes, received_at: dt.datetime | None = None) -> None:
        """Those messages were taken and decided by the program."""
        for raw in raws:
            self.room.mailbox.deliver(raw, received_at or self.room.now)
        self.room.fetch()
        self.room.decide()
        self.room.later(minutes=5)

    def contradictory(self) -> StoredReply:
        """C106-ZAF-1: two of its rows contradict themselves, the others count."""
        self.take(self.room.reply("ZAF", "XYNNNNNNNN"))
        return self.reply("C106-ZAF-1")

    def unregistered(self) -> StoredReply:
        """C106-PER-1: from an address that nobody registered."""
        self.take(self.room.reply("PER", sender="office@ministry-of-transport.example"))
        return self.reply("C106-PER-1")

    def scanned(self) -> StoredReply:
        """C106-CHE-1: a scan; a row of it has both opinions ticked."""
        circular = self.room.circular
        answers = {text.designation: Answer.ASSIGN_NONE for text in circular.texts}
        answers[circular.texts[1].designation] = Answer.BOTH
        data = make_scanned_form(
            circular,
            answers,
            administration="Switzerland",
            signatory_title="Director",
            rows=[text.designation for text in circular.texts[:4]],
        )
        self.take(
            self.room.reply(
                "CHE", files=[Attachment(filename="scan.pdf", data=data, content_type=PDF_TYPE)]
            )
        )
        return self.reply("C106-CHE-1")

    def scribbled(self) -> StoredReply:
        """C106-PER-1: a scan; in its second row the box of an option was taken back with a pen."""
        circular = self.room.circular
        rows = [text.designation for text in circular.texts[:4]]
        answers = dict.fromkeys(rows, Answer.ASSIGN_ATTACHED)
        data = make_scanned_form(circular, answers, administration="Peru", rows=rows)
        data = scribbled_over(data, rows[1], BoxRole.COMMENTS_ATTACHED)
        self.take(
            self.room.reply(
                "PER", files=[Attachment(filename="scan.pdf", data=data, content_type=PDF_TYPE)]
            )
        )
        return self.reply("C106-PER-1")

    def question(self, subject: str = "Question on TSB Circular 106", **more: object) -> None:
        """A message that holds no reply."""
        self.take(
            make_message(
                sender=str(more.pop("sender", "press@daily.example")),
                subject=subject,
                text=str(more.pop("text", "What does TSB Circular 106 say?")),
                received=self.room.now,
                recipient="tsbdir@itu.int",
                message_id="<question@daily.example>",
                **more,  # type: ignore[arg-type]
            )
        )

    def reply(self, reference: str) -> StoredReply:
        """The reply of that reference as it stands."""
        with self.room.desk.store.snapshot() as tx:
            found = tx.replies.find(reference)
        assert found is not None
        return found

    def mailed_links(self, address: str = REVIEWER, *, count: int = 1) -> list[str]:
        """The links that went to an address, once so many were written.

        They are written after the answer has gone.
        """
        for _ in range(100):
            with self.room.desk.store.snapshot() as tx:
                if len(tx.letters.of_kind("sign-in")) >= count:
                    break
            time.sleep(0.05)
        self.room.round()
        found: list[str] = []
        for raw in self.sent_to(address):
            message = email.message_from_string(raw, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            body = message.get_body(("plain",))
            assert body is not None
            found += re.findall(r"http://\S+/sign-in/\S+", body.get_content())
        return found

    def sent_to(self, address: str) -> list[str]:
        """What went to an address."""
        return [
            raw.decode("utf-8", "replace")
            for to, raw in self.room.submission.taken
            if to == address
        ]


@contextlib.contextmanager
def open_hall(
    folder: Path, model: Path | None = None, review: Mapping[str, object] | None = None
) -> Iterator[Hall]:
    """The site over an empty record, served by the server that serves it for real."""
    sections: dict[str, Mapping[str, object]] = {
        "reminders": {"days_before": []},
        "secretariat": {"digest_to": [], "reviewers": [REVIEWER], "readers": [READER]},
        "review": review or {},
    }
    with open_workroom(folder, model, sections) as room:
        address = address_of("127.0.0.1", free_port("127.0.0.1"), "")
        with site(room.desk, room.clock, address) as (app, house):
            serving = server(app, address)
            thread = threading.Thread(target=serving.run)
            thread.start()
            try:
                while not serving.started:
                    time.sleep(0.01)
                yield Hall(room, house, address.origin)
            finally:
                serving.should_exit = True
                thread.join()
