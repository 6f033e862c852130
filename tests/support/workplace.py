"""A secretariat's workplace: its configuration in a folder, and the real worker put together from it."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.circulars.toml_file import dump_circular
from bot.consultation.circular import Circular
from bot.demo.contacts import register_csv
from bot.demo.messages import AUTHSERV_ID
from bot.edges.clock import Clock, FixedClock
from bot.settings import Settings, load_settings
from bot.wiring.desk import Desk, open_desk
from bot.wiring.worker import open_worker
from bot.worker.worker import Round, Worker
from tests.support.served_mailbox import ServedMailbox

SECRETARIAT = "secretariat@itu.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """Desk and worker while they are open."""

    desk: Desk
    worker: Worker


class Workplace:
    """Writes `config.toml`, the circular and the sample's register, and opens what they describe.

    Attributes:
        folder: that holds them, the database and the archive.
        circular: that is consulted on.
    """

    def __init__(
        self,
        folder: Path,
        circular: Circular,
        mailbox: ServedMailbox,
        smtp_port: int,
        sections: Mapping[str, Mapping[str, object]] | None = None,
        *,
        register: str | None = None,
    ) -> None:
        """Writes the files.

        Args:
            folder: made where it is missing.
            circular: the one configured.
            mailbox: to be watched.
            smtp_port: of the SMTP server on the loopback address.
            sections: keys that differ from the usual ones, by section.
            register: the CSV; None: the sample's.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.circular = circular
        usual: dict[str, dict[str, object]] = {
            "mailbox": {
                "host": mailbox.host,
                "port": mailbox.port,
                "security": "plain",
                "username": mailbox.username,
                "password": mailbox.password,
                "timeout_seconds": 20,
            },
            "smtp": {
                "host": "127.0.0.1",
                "port": smtp_port,
                "security": "plain",
                "sender": f"TSB <{circular.reply_address}>",
                "timeout_seconds": 20,
            },
            "members": {"file": "members.csv"},
            "authenticity": {"authserv_id": AUTHSERV_ID},
            "secretariat": {"digest_to": [SECRETARIAT]},
        }
        for name, keys in (sections or {}).items():
            usual.setdefault(name, {}).update(keys)
        (folder / "circular.toml").write_text(dump_circular(circular), encoding="utf-8")
        (folder / "members.csv").write_text(
            register_csv() if register is None else register, encoding="utf-8"
        )
        self.config.write_text(_toml(usual), encoding="utf-8")

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "config.toml"

    def settings(self) -> Settings:
        """The configuration, loaded."""
        return load_settings(self.config)

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        """The record, for looking at it."""
        with open_desk(self.settings()) as desk:
            yield desk

    @contextlib.contextmanager
    def at_work(self, clock: Clock) -> Iterator[AtWork]:
        """A process of its own, as far as its objects go: nothing is left of it but what it wrote."""
        with open_desk(self.settings()) as desk, open_worker(desk, clock) as worker:
            yield AtWork(desk=desk, worker=worker)

    def rounds(self, moments: Iterable[dt.datetime]) -> list[Round]:
        """One worker's rounds at those moments."""
        with contextlib.ExitStack() as stack:
            clock: FixedClock | None = None
            done = []
            worker: Worker | None = None
            for moment in moments:
                if clock is None or worker is None:
                    clock = FixedClock(moment)
                    worker = stack.enter_context(self.at_work(clock)).worker
                clock.advance(moment - clock.now())
                done.append(worker.once())
            return done

    def round(self, moment: dt.datetime) -> Round:
        """One round of a worker that has just been started, and ends after it."""
        return self.rounds([moment])[0]

    def kept(self) -> bytes:
        """Every byte of the database and of the archive, for what must not be among them."""
        files = sorted(self.folder.glob("tsbbot.db*")) + sorted(self.folder.glob("archive/**/*"))
        return b"\0".join(path.read_bytes() for path in files if path.is_file())


def _toml(sections: Mapping[str, Mapping[str, object]]) -> str:
    lines = ['circulars = ["circular.toml"]']
    for name, keys in sections.items():
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in keys.items())]
    return "\n".join([*lines, ""])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
