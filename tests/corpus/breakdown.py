"""What the share of rows read depends on, and what the confidence of a reading is worth."""

from collections import Counter
from collections.abc import Iterable

from rich.table import Table

from bot.consultation.opinion import Status
from tests.corpus.scoring import Case, Verdict, interval

#: Lower bounds of the classes of confidence, the highest first.
_CLASSES = (1.0, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0.0)


def shares_by_trait(family: str, found: Iterable[Case]) -> Table:
    """For each trait's values, the worst first: clear rows, the share of them read, rows wrong."""
    counted: dict[tuple[str, str], list[int]] = {}
    for case in found:
        if case.family != family:
            continue
        plain = case.truth.answer.clear and case.truth.plain
        for trait in case.traits.items():
            counts = counted.setdefault(trait, [0, 0, 0])
            counts[0] += plain
            counts[1] += plain and case.verdict is Verdict.AUTO
            counts[2] += case.verdict is Verdict.WRONG
    shown = Table(title=family, box=None, padding=(0, 2, 0, 0), title_justify="left")
    for column in ("trait", "value", "clear", "read", "95 %", "wrong"):
        shown.add_column(column, justify="left" if column in {"trait", "value"} else "right")
    order: dict[str, int] = {}
    for name, _ in counted:
        order.setdefault(name, len(order))
    for (name, value), (clear, read, wrong) in sorted(
        counted.items(),
        key=lambda each: (order[each[0][0]], each[1][1] / max(1, each[1][0])),
    ):
        if not clear and not wrong:
            continue
        low, high = interval(read, clear)
        share = f"{read / clear:.1%}" if clear else ""
        shown.add_row(name, value, str(clear), share, f"{low:.0%} to {high:.0%}", str(wrong))
    return shown


def reasons(family: str, found: Iterable[Case]) -> Table:
    """Why clear rows were not read: each reason, with the rows and files that it was given for."""
    rows: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for case in found:
        clear = case.truth.answer.clear and case.truth.plain
        if case.family != family or not clear or case.verdict is Verdict.AUTO:
            continue
        for reason in case.why or ("the row was not found",):
            rows[reason] += 1
            files.setdefault(reason, set()).add(case.file)
    shown = Table(
        title=f"{family}: why clear rows were not read",
        box=None,
        padding=(0, 2, 0, 0),
        title_justify="left",
    )
    for column in ("reason", "rows", "files", "for instance"):
        shown.add_column(column, justify="right" if column in {"rows", "files"} else "left")
    for reason, count in rows.most_common():
        named = sorted(files[reason])
        shown.add_row(reason, str(count), str(len(named)), ", ".join(named[:3]))
    return shown


def reliability(found: Iterable[Case]) -> Table:
    """Of the rows marked clear, by the confidence they came with: how many were right."""
    classes: dict[float, list[bool]] = {}
    for case in found:
        if case.said is None or case.said.status is not Status.CLEAR:
            continue
        bound = next(each for each in _CLASSES if case.said.confidence >= each)
        classes.setdefault(bound, []).append(case.verdict is not Verdict.WRONG)
    shown = Table(
        title="What confidence is worth (rows marked clear)",
        box=None,
        padding=(0, 2, 0, 0),
        title_justify="left",
    )
    for column in ("confidence", "rows", "right", "95 %"):
        shown.add_column(column, justify="right")
    for bound in _CLASSES:
        if right := classes.get(bound):
            low, high = _right(sum(right), len(right))
            share = f"{sum(right) / len(right):.2%}"
            shown.add_row(f"{bound:g} up", str(len(right)), share, f"{low:.1%} to {high:.1%}")
    return shown


def _right(right: int, rows: int) -> tuple[float, float]:
    """The bounds of a share right, from those of the share wrong: it is near to nothing."""
    low, high = interval(rows - right, rows)
    return 1 - high, 1 - low
