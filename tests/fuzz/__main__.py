"""Fuzzes one reader, or all of them in turn; `mutate` takes mutated messages the whole way.

Atheris is no dependency of the project: `pip install atheris`; mutating needs none. What is found
is written to the folder that is named (--keep), to be fixed and moved to tests/fuzz/found.
"""

import argparse
import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

#: libFuzzer's: of one input in seconds, and of the process in megabytes.
_LIMITS = ("-timeout=30", "-rss_limit_mb=3000", "-max_len=65536")

#: Atheris keeps what it sees compared, which for pictures is gigabytes within minutes.
_PICTURES = ["parsers.pdf.picture", "parsers.pdf.spots", "parsers.page_picture", "parsers.scan"]


def main() -> int:
    """The command line; 0 where nothing was found, or Atheris is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", help="a target of tests/fuzz/targets.py, or: all, mutate")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--count", type=int, default=10_000, help="messages of: mutate")
    parser.add_argument("--seed", type=int, default=1, help="of chance, of: mutate")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "tsbbot-fuzz")
    asked = parser.parse_args()
    if asked.target == "mutate":
        return _mutate(asked.count, asked.seed, asked.keep / "mail")
    if importlib.util.find_spec("atheris") is None:
        print("Atheris is not installed, nothing is fuzzed; to do it: pip install atheris")
        return 0
    if asked.target != "all":
        return _fuzz(asked.target, asked.seconds, asked.keep)
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415  (not before it can be instrumented)

    # Each in a process of its own: libFuzzer ends the one that it runs in.
    found = 0
    for name in TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(asked.seconds)]
        found |= subprocess.run([*command, "--keep", str(asked.keep)], check=False).returncode != 0
    return found


def _mutate(count: int, seed: int, keep: Path) -> int:
    """Mutated messages through mailbox, archive, readers, decision and outbox."""
    from tests.fuzz.mutated_mail import mutated_mail  # noqa: PLC0415  (not before Atheris)
    from tests.fuzz.sorting import sort_messages  # noqa: PLC0415

    keep.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()

    def told(so_far: int) -> None:
        if so_far % 1000 == 0:
            print(f"{so_far} messages in {time.monotonic() - begun:.0f} s", flush=True)

    with (
        tempfile.TemporaryDirectory(prefix="mutated-") as folder,
        (keep / "log").open("w") as log,
        contextlib.redirect_stderr(log),
    ):
        result = sort_messages(mutated_mail(), count, seed, Path(folder), told=told)
    ends = ", ".join(f"{number} {end}" for end, number in result.ends.most_common())
    kinds = ", ".join(f"{number} {kind}" for kind, number in result.kinds.most_common())
    print(
        f"{result.messages} messages in {time.monotonic() - begun:.0f} s: {ends}.",
        f"Recorded as: {kinds}. {result.answered} answered, all of them vouched for.",
        f"The slowest batch took {result.slowest * 1000:.0f} ms a message. Memory at the most:"
        f" {result.memory[0]:.0f} MB after the first thousand, {result.memory[1]:.0f} MB in the end.",
        sep="\n",
    )
    found = [*result.wrong, *result.quarantined.items()]
    for number, (said, raw) in enumerate(found):
        (keep / f"{number}.eml").write_bytes(raw)
        print(f"{keep / f'{number}.eml'}: {said}")
    return 1 if result.wrong else 0


def _fuzz(name: str, seconds: int, keep: Path) -> int:
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415

    with atheris.instrument_imports(include=["bot", "parsers", "olefile"], exclude=_PICTURES):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415
    target = TARGETS[name]
    corpus, artifacts = keep / name / "corpus", keep / name / "found"
    for folder in (corpus, artifacts):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    print(f"{name}: {seconds} s; what is found goes to {artifacts}", flush=True)
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={seconds}",
            f"-artifact_prefix={artifacts}{os.sep}",
            "-print_final_stats=0",
            *_LIMITS,
        ],
        target.run,
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
