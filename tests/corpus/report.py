"""The table of accuracy, and the page of pictures of the worst rows."""

import base64
import html
import io
from collections.abc import Iterable, Mapping, Sequence

from PIL import Image
from rich.table import Table

from tests.corpus.documents import make_document
from tests.corpus.pictures import crop, pages
from tests.corpus.scoring import Case, Score, Verdict, interval
from tests.corpus.truth import RowPlace

#: Family -> share of the clear rows that must be read without a person.
BARS: Mapping[str, float] = {
    "word": 0.99,
    "office": 0.99,
    "pdf": 0.99,
    "pdf_word": 0.99,
    "scan_clean": 0.98,
    "scan_hard": 0.93,
    "fax": 0.93,
    "photo": 0.93,
}

#: Rows of each verdict and family that the page shows.
_SHOWN = {Verdict.WRONG: 200, Verdict.MISSED: 60, Verdict.HALF: 20, Verdict.FLAGGED: 20}
_WIDEST = 1000


def table(scores: Mapping[str, Score]) -> Table:
    """A line a family: what was read, flagged and wrong, with 95 per cent confidence."""
    shown = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column, side in (
        ("family", "left"),
        ("files", "right"),
        ("rows", "right"),
        ("clear", "right"),
        ("read", "right"),
        ("95 %", "left"),
        ("bar", "right"),
        ("flagged", "right"),
        ("half", "right"),
        ("missed", "right"),
        ("wrong", "right"),
        ("at most", "right"),
        ("empty as something", "right"),
        ("rows/s", "right"),
    ):
        shown.add_column(column, justify="right" if side == "right" else "left")
    for family, score in scores.items():
        shown.add_row(*_line(family, score))
    return shown


def bars(scores: Mapping[str, Score]) -> str:
    """Which families are not where they have to be, in a sentence."""
    wrong = sum(score.rows[Verdict.WRONG] for score in scores.values())
    rows = sum(score.rows.total() for score in scores.values())
    below = [
        f"{family} ({score.clear[Verdict.AUTO] / score.clear.total():.1%} of {BARS[family]:.0%})"
        for family, score in scores.items()
        if score.clear.total() and score.clear[Verdict.AUTO] < BARS[family] * score.clear.total()
    ]
    said = f"{wrong} of {rows} rows read wrongly and marked clear"
    most = f" (at most {interval(wrong, rows)[1]:.3%} with 95 % confidence)"
    return f"{said}{most}. Below the bar: {', '.join(below) or 'none'}."


def _line(family: str, score: Score) -> tuple[str, ...]:
    rows, clear = score.rows.total(), score.clear.total()
    read, bar = score.clear[Verdict.AUTO], BARS[family]
    low, high = interval(read, clear)
    wrong, missed = score.rows[Verdict.WRONG], score.rows[Verdict.MISSED]
    most = interval(wrong, rows)[1]
    share = read / clear if clear else 0.0
    colour = "green" if share >= bar else "red"
    return (
        family,
        str(score.documents),
        str(rows),
        str(clear),
        f"[{colour}]{share:.2%}[/{colour}]",
        f"{low:.1%} to {high:.1%}",
        f"{bar:.0%}",
        str(score.rows[Verdict.FLAGGED]),
        str(score.rows[Verdict.HALF]),
        f"[red]{missed}[/red]" if missed else "0",
        f"[bold red]{wrong}[/bold red]" if wrong else "[green]0[/green]",
        f"{most:.3%}",
        f"{score.empty[Verdict.WRONG]} of {score.empty.total()}",
        f"{rows / score.seconds:.1f}" if score.seconds else "",
    )


def worst(found: Iterable[Case]) -> list[Case]:
    """The rows that the page shows: wrong ones first, then as much of the others as fits."""
    taken: dict[tuple[Verdict, str], int] = {}
    kept = []
    for case in found:
        if case.verdict not in _SHOWN:
            continue
        if case.verdict is Verdict.FLAGGED and not (case.truth.plain and case.truth.answer.clear):
            continue
        key = case.verdict, case.family
        if taken.get(key, 0) < _SHOWN[case.verdict]:
            taken[key] = taken.get(key, 0) + 1
            kept.append(case)
    order = list(_SHOWN)
    return sorted(kept, key=lambda case: (order.index(case.verdict), case.family, case.index))


_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>The worst rows</title>
<style>body{font:14px/1.45 system-ui,sans-serif;margin:2rem;color:#222;background:#fafafa}
article{background:#fff;border:1px solid #ddd;border-left:5px solid #999;padding:.7rem 1rem;
margin:0 0 1rem}article.wrong{border-left-color:#c00}article.missed{border-left-color:#e80}
img{max-width:100%;border:1px solid #ccc;display:block;margin:.4rem 0}
code{background:#eee;padding:.1rem .3rem}p{margin:.2rem 0}.quiet{color:#777}</style>
<h1>The worst rows</h1>
"""


def page(shown: Sequence[Case]) -> str:
    """An HTML page that needs nothing beside itself; the documents are made again for it."""
    parts = [_HEAD]
    last: tuple[str, int] | None = None
    pictures: list[Image.Image] = []
    places: dict[str, tuple[RowPlace, ...]] = {}
    for case in shown:
        if (case.family, case.index) != last:
            last = case.family, case.index
            document = make_document(case.seed, case.family, case.index)
            pictures, places = pages(document, width=1400), document.places
        parts.append(_article(case, pictures, places.get(case.truth.designation, ())))
    return "\n".join(parts)


def _article(case: Case, pictures: list[Image.Image], places: Sequence[RowPlace]) -> str:
    said = html.escape(case.words)
    note = f" <span class=quiet>({html.escape(case.truth.note)})</span>" if case.truth.note else ""
    why = f"<p class=quiet>{html.escape(', '.join(case.why))}</p>" if case.why else ""
    made = "; ".join(" ".join(each) for each in case.traits.items())
    again = f"--seed {case.seed} --family {case.family} --index {case.index}"
    cuts = "".join(
        f'<img alt="" src="data:image/png;base64,{_packed(cut)}">'
        for place in places
        if (cut := crop(pictures, place)) is not None
    )
    return (
        f"<article class={case.verdict.value}><p><b>{case.verdict.value}</b> {html.escape(case.file)}"
        f" <b>{html.escape(case.truth.designation)}</b>: truth <b>{case.truth.answer.value}</b>{note},"
        f" read <b>{said}</b></p>{why}{cuts}<p class=quiet>{html.escape(made)}</p>"
        f"<p class=quiet>Make it again: <code>python -m tests.corpus make {again}</code></p></article>"
    )


def _packed(cut: Image.Image) -> str:
    if cut.width > _WIDEST:
        cut = cut.resize((_WIDEST, max(1, round(cut.height * _WIDEST / cut.width))))
    written = io.BytesIO()
    cut.save(written, "PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode()
