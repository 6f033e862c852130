"""An export where it was asked for, from a database and an archive."""

import csv
import datetime as dt
import hashlib
import io
import json
import os
import resource
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from bot.consultation.circular import DraftText, Revision
from bot.consultation.opinion import Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.edges.archive import Archive
from bot.errors import ExportError
from bot.mail.message import Address
from bot.office import Office
from bot.register.register import Register
from bot.reports.export import Exported, export_to, is_folder
from bot.reports.export.destination import write_whole
from bot.store.attachments import NewAttachment
from bot.store.messages import Arrival
from bot.store.readings import PartReading
from bot.store.replies import NewReply
from bot.store.store import Store, open_store
from bot.store.tables.mailbox import MessageStatus
from parsers.document import NotReadableError
from parsers.office.conversion import office_program, to_pdf
from parsers.reading import Doubt
from tests.reports.export_samples import LANGUAGES, LATER, make_circular

#: Long enough to be known for a designation in a message.
TEXT = "Y.4241"
NOON = dt.datetime(2026, 4, 10, 12, tzinfo=dt.UTC)
CIRCULAR = make_circular(
    texts=tuple(
        DraftText(designation=name, former_name=None, revision=Revision.NEW, title="")
        for name in (TEXT, "Y.4420")
    )
)


class Secretariat:
    """A database and an archive that replies come into, and what is exported of them."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store = store
        self.archive = Archive(folder / "archive")
        self.office = Office(
            circulars=(CIRCULAR,),
            sender=Address(name="TSB", email="tsbdir@example.org"),
            observers=frozenset({"PSE"}),
            zone=ZoneInfo("Europe/Zurich"),
        )
        self.count = 0

    def receives(
        self,
        state: str | None,
        *files: tuple[str | None, bytes],
        words: str = "",
        remarks: str = "",
        texts: tuple[str, ...] = (TEXT,),
        standing: Standing = Standing.COUNTED,
    ) -> str:
        """A reply that does not assign Y.1, with files beside its form; says its message's hash."""
        self.count += 1
        at = NOON + dt.timedelta(minutes=self.count)
        mail = EmailMessage()
        mail["From"], mail["Message-ID"] = "focal@admin.example", f"<{self.count}@admin.example>"
        mail.set_content(words or "Please find the form attached.")
        for name, data in files:
            mail.add_attachment(data, "application", "octet-stream", filename=name or "x")
        raw = mail.as_bytes()
        sha256 = self.archive.put(raw)
        with self.store.transaction() as tx:
            taken = tx.messages.take(
                Arrival(
                    account="tsb",
                    folder="INBOX",
                    uidvalidity=1,
                    uid=self.count,
                    sha256=sha256,
                    size=len(raw),
                    received_at=at,
                    recorded_at=at,
                    sender="focal@admin.example",
                    subject="Reply",
                    header_id=None,
                )
            )
            reply = tx.replies.add(
                NewReply(
                    message_id=taken.message_id,
                    circular=106,
                    state=state,
                    received_at=at,
                    recorded_at=at,
                    sender="focal@admin.example",
                    language="en",
                    standing=standing,
                    needs_review=standing is Standing.PENDING,
                    attachments=tuple(
                        NewAttachment(
                            part=str(place),
                            filename=name,
                            size=len(data),
                            sha256=hashlib.sha256(data).hexdigest(),
                            format="docx",
                            texts=texts,
                        )
                        for place, (name, data) in enumerate(files, start=2)
                    ),
                )
            )
            opinion = TextOpinion(
                text=TEXT, opinion=Opinion.DOES_NOT_ASSIGN, comments=None, status=Status.CLEAR
            )
            tx.opinions.append(reply, [(opinion, standing)], at=at, who="worker")
            document = {"rows": [{}], "remarks": remarks, "circular_number": 106}
            tx.readings.keep(
                taken.message_id,
                [
                    PartReading(
                        part="9", filename=None, sha256="0" * 64, format="docx", document=document
                    )
                ],
            )
        return sha256

    def rejects(self, reply_id: int) -> None:
        """A person says that it is no reply."""
        with self.store.transaction() as tx:
            reply = tx.replies.get(reply_id)
            assert reply is not None
            rows = [(each.record.opinion, Standing.REJECTED) for each in tx.opinions.of_reply(1)]
            tx.opinions.append(reply, rows, at=NOON + dt.timedelta(days=1), who="a@example.org")

    def exports(self, out: Path, set_pages: Callable[[bytes], bytes] | None = None) -> Exported:
        return export_to(
            out,
            CIRCULAR,
            LATER,
            store=self.store,
            archive=self.archive,
            office=self.office,
            register=Register(),
            set_pages=set_pages,
        )


@pytest.fixture
def secretariat(tmp_path: Path) -> Iterator[Secretariat]:
    with open_store(f"sqlite:///{tmp_path}/tsbbot.db") as store:
        yield Secretariat(tmp_path, store)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "meeting"


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def index(out: Path) -> list[dict[str, str]]:
    text = (out / "attachments/index.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def damage(archive: Archive, sha256: str) -> None:
    path = archive.path(sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json", ".docx", ".XLSX"])
def test_one_file_in_the_format_of_its_ending(
    secretariat: Secretariat, tmp_path: Path, ending: str
) -> None:
    secretariat.receives("CHE")
    out = tmp_path / f"results{ending}"
    assert secretariat.exports(out).paths == (out,)
    zipped = ending.lower() in {".xlsx", ".docx"}
    assert zipfile.is_zipfile(out) is zipped
    assert not list(tmp_path.glob(".*.part"))


def test_a_folder_gets_every_format_and_every_attachment(
    secretariat: Secretariat, out: Path
) -> None:
    secretariat.receives("CHE", ("Comments.docx", b"one"))
    secretariat.receives("FRA", ("Motifs.docx", b"two"), texts=())
    exported = secretariat.exports(out)
    assert files_below(out) == {
        "circular-106.csv",
        "circular-106.docx",
        "circular-106.json",
        "circular-106.xlsx",
        "attachments/index.csv",
        "attachments/01-Y.4241/C106-CHE-1_Comments.docx",
        "attachments/00-several-texts/C106-FRA-1_Motifs.docx",
    }
    assert exported.attachments == 2
    assert exported.missing == ()
    assert (out / "attachments/01-Y.4241/C106-CHE-1_Comments.docx").read_bytes() == b"one"
    assert [each["from"] for each in index(out)] == ["France", "Switzerland"]
    assert index(out)[1]["sha256"] == hashlib.sha256(b"one").hexdigest()


@pytest.mark.parametrize("name", LANGUAGES)
def test_names_of_every_language_are_written(
    secretariat: Secretariat, out: Path, name: str
) -> None:
    secretariat.receives("CHE", (f"{name}.docx", b"one"))
    secretariat.exports(out)
    assert (out / f"attachments/01-Y.4241/C106-CHE-1_{name}.docx").exists()


@pytest.mark.parametrize(
    "name", ["../../../x", "/etc/passwd", "..\\..\\x", "=cmd|'/c calc'!A1", "CON", "a" * 500]
)
def test_hostile_names_stay_in_the_folder(
    secretariat: Secretariat, out: Path, tmp_path: Path, name: str
) -> None:
    before = files_below(tmp_path)
    secretariat.receives("CHE", (name, b"one"), (name, b"two"))
    secretariat.exports(out)
    made = files_below(tmp_path) - before
    assert sum(each.startswith("meeting/attachments/01-Y.4241/") for each in made) == 2
    assert all(each.startswith(("meeting/", "archive/", "tsbbot.db")) for each in made)
    assert not any(each["sent_as"].startswith("=") for each in index(out))


def test_words_of_form_and_message_are_handed_on(secretariat: Secretariat, out: Path) -> None:
    secretariat.receives(
        "CHE",
        words="Y.4241 overlaps with work that is under way in another study group.\n\n> quoted: Y.4420 is fine",
        remarks="Reasons: the requirements are not mature enough, and their scope is not clear.",
    )
    secretariat.exports(out)
    (reply,) = json.loads((out / "circular-106.json").read_text("utf-8"))["replies"]
    assert reply["words"] == [
        {
            "source": "form",
            "texts": [],
            "text": "Reasons: the requirements are not mature enough, and their scope is not clear.",
        },
        {
            "source": "message",
            "texts": [TEXT],
            "text": "Y.4241 overlaps with work that is under way in another study group.",
        },
    ]


def test_messages_that_are_nobodys_reply_yet_are_told(
    secretariat: Secretariat, tmp_path: Path
) -> None:
    with secretariat.store.transaction() as tx:
        taken = tx.messages.take(
            Arrival(
                account="tsb",
                folder="INBOX",
                uidvalidity=1,
                uid=99,
                sha256="b" * 64,
                size=1,
                received_at=NOON,
                recorded_at=NOON,
                sender="somebody@admin.example",
                subject="Our reply",
                header_id=None,
            )
        )
        tx.messages.settle(
            taken.message_id,
            status=MessageStatus.HELD,
            kind="correspondence",
            reasons=("circular-not-known",),
            at=NOON,
        )
    out = tmp_path / "out.json"
    secretariat.exports(out)
    (held,) = json.loads(out.read_text("utf-8"))["held"]
    assert held["sender"] == "somebody@admin.example"
    assert held["reasons"] == ["it cannot be said which circular it answers"]


def test_a_message_that_is_damaged_is_said_and_holds_up_nothing(
    secretariat: Secretariat, out: Path
) -> None:
    damage(secretariat.archive, secretariat.receives("CHE", ("a.docx", b"one")))
    secretariat.receives("FRA", ("b.docx", b"two"))
    exported = secretariat.exports(out)
    assert exported.attachments == 1
    assert len(exported.missing) == 2
    assert all("damaged" in each for each in exported.missing)
    (missing,) = (each for each in index(out) if each["reference"] == "C106-CHE-1")
    assert "damaged" in missing["missing_because"]
    assert not (out / missing["file"]).exists()


def test_a_second_export_takes_away_what_stands_elsewhere_now(
    secretariat: Secretariat, out: Path
) -> None:
    secretariat.receives("CHE", ("a.docx", b"one"))
    secretariat.exports(out)
    secretariat.rejects(1)
    secretariat.exports(out)
    assert {each for each in files_below(out) if "CHE" in each} == {
        "attachments/92-not-a-reply/C106-CHE-1_a.docx"
    }
    assert not (out / "attachments/01-Y.4241").exists()


def test_a_second_export_leaves_what_people_wrote(secretariat: Secretariat, out: Path) -> None:
    secretariat.receives("CHE", ("a.docx", b"one"), ("b.docx", b"two"))
    secretariat.exports(out)
    edited = out / "attachments/01-Y.4241/C106-CHE-1_a.docx"
    edited.write_bytes(b"with a remark of ours")
    (out / "attachments/01-Y.4241/note.txt").write_text("ours")
    secretariat.rejects(1)
    secretariat.exports(out)
    assert edited.read_bytes() == b"with a remark of ours"
    assert (out / "attachments/01-Y.4241/note.txt").exists()
    assert not (out / "attachments/01-Y.4241/C106-CHE-1_b.docx").exists()


@pytest.mark.parametrize(
    "file",
    ["../outside.txt", "attachments/../../outside.txt", "attachments/x/../../../outside.txt"],
)
def test_an_index_that_somebody_wrote_removes_nothing_outside(
    secretariat: Secretariat, out: Path, tmp_path: Path, file: str
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"precious")
    (out / "attachments/x").mkdir(parents=True)
    sha256 = hashlib.sha256(b"precious").hexdigest()
    (out / "attachments/index.csv").write_text(f"file,sha256\n{file},{sha256}\n")
    secretariat.exports(out)
    assert outside.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"file\n\n", b'"', b"\0,\0\n"])
def test_an_index_that_is_none_is_written_anew(
    secretariat: Secretariat, out: Path, content: bytes
) -> None:
    (out / "attachments").mkdir(parents=True)
    (out / "attachments/index.csv").write_bytes(content)
    secretariat.exports(out)
    assert index(out) == []


def test_an_empty_consultation_can_be_exported(secretariat: Secretariat, out: Path) -> None:
    exported = secretariat.exports(out)
    assert len(exported.paths) == 5
    assert exported.attachments == 0


# A PDF.


@pytest.mark.integration
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_the_document_is_set_as_pages_where_libreoffice_is_there(
    secretariat: Secretariat, out: Path
) -> None:
    secretariat.receives("CHE", words="Y.4241: the requirements overlap with other work.")
    exported = secretariat.exports(out, to_pdf)
    (pages,) = (path for path in exported.paths if path.suffix == ".pdf")
    document = pypdfium2.PdfDocument(pages.read_bytes())
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    assert "Results of the consultation of Member States by TSB Circular 106" in text
    assert "the requirements overlap with other work" in text
    assert "Replies over time" in text


def _not_there(_: bytes) -> bytes:
    raise NotReadableError(Doubt.FORMAT_NOT_READ, "LibreOffice is not installed")


def test_without_libreoffice_a_folder_is_whole_but_for_the_pdf_and_says_so(
    secretariat: Secretariat, out: Path, tmp_path: Path
) -> None:
    exported = secretariat.exports(out, _not_there)
    assert len(exported.paths) == 5
    assert exported.missing == (
        "circular-106.pdf: no PDF can be made: LibreOffice is not installed",
    )
    with pytest.raises(ExportError, match="no PDF can be made"):
        secretariat.exports(tmp_path / "out.pdf", _not_there)
    assert not (tmp_path / "out.pdf").exists()


# Places.


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("meeting", True),
        ("meeting.v2", True),
        ("12.05", True),
        ("a.docx", False),
        ("a.JSON", False),
        ("a.pdf", False),
    ],
)
def test_what_is_a_folder(tmp_path: Path, name: str, folder: bool) -> None:
    assert is_folder(tmp_path / name) is folder


def test_a_folder_that_is_there_is_one_whatever_its_name(tmp_path: Path) -> None:
    for name in ("a.docx", "b.pdf"):
        (tmp_path / name).mkdir()
        assert is_folder(tmp_path / name)


def test_a_format_that_is_not_written_is_refused_in_one_line() -> None:
    with pytest.raises(ExportError, match=r"^a\.odt would be .*; end it in \.docx, [^\n]*$"):
        is_folder(Path("a.odt"))


@pytest.mark.parametrize("name", ["missing/results.csv", "file/results.csv", "file/folder"])
def test_a_place_that_cannot_be_written_is_one_line(
    secretariat: Secretariat, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("a file, no folder")
    with pytest.raises(ExportError, match=r"^[^\n]+ cannot be written \([^\n]+\); name another"):
        secretariat.exports(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_closed_is_one_line(secretariat: Secretariat, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(ExportError, match="Permission denied"):
        secretariat.exports(closed / "results.csv")


def test_a_disk_that_takes_no_more_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    write_whole(out, b"before")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, usual[1]))
    try:
        with pytest.raises(ExportError, match="cannot be written"):
            write_whole(out, b"after" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert out.read_bytes() == b"before"
    assert files_below(tmp_path) == {"results.csv"}
