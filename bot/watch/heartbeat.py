"""A file that is written anew after each round: something outside sees whether it stops."""

import contextlib
import datetime as dt
import json
import os
import tempfile
from pathlib import Path

from bot.errors import ConfigurationError
from bot.watch.health import Facts

#: Anybody may watch it; there is nothing of a message in it.
_MODE = 0o644


def write_heartbeat(path: Path, now: dt.datetime, trouble: list[str], known: Facts | None) -> None:
    """Writes the file in one step.

    Args:
        path: of the file.
        now: when the round ended.
        trouble: of the round, one line each.
        known: what the record knows; None where it could not be asked.

    Raises:
        ConfigurationError: it cannot be written.
    """
    said: dict[str, object] = {
        "time": now.isoformat(timespec="seconds"),
        "round": "trouble" if trouble else "ok",
        "trouble": trouble,
    }
    if known is not None:
        said |= {
            "open_troubles": list(known.troubles),
            "quarantined": known.quarantined,
            "waiting_for_a_person": known.waiting,
            "letters_queued": known.queued_letters,
            "letters_stuck": known.stuck_letters,
        }
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(said) + "\n")
                os.fchmod(file.fileno(), _MODE)
            # Not flushed to the disk: a heartbeat tells of now, not of before a power cut.
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise ConfigurationError(
            f"the heartbeat {path} cannot be written ({error.strerror or type(error).__name__})",
            mend="make its folder, or correct [watch] heartbeat_file",
        ) from error
