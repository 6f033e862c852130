"""The commands, as they are typed."""

import json
from pathlib import Path

from tests.corpus.__main__ import main
from tests.corpus.documents import make_document


def test_make_writes_documents_beside_their_truth(tmp_path: Path) -> None:
    words = ["make", "--seed", "3", "--family", "word", "--rows", "9", "--processes", "1"]

    assert main([*words, "--out", str(tmp_path)]) == 0

    lines = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = [json.loads(line) for line in lines]
    assert sum(len(each["answers"]) for each in truths) >= 9
    for index, truth in enumerate(truths):
        document = make_document(3, "word", index)
        assert (tmp_path / truth["file"]).read_bytes() == document.data
        assert truth["answers"] == {row.designation: row.answer.value for row in document.rows}


def test_one_document_is_made_again_by_its_index(tmp_path: Path) -> None:
    words = ["make", "--seed", "3", "--family", "word", "--index", "5", "--out", str(tmp_path)]

    assert main(words) == 0

    document = make_document(3, "word", 5)
    assert (tmp_path / document.name).read_bytes() == document.data


def test_accuracy_writes_every_row_and_a_page_of_the_worst(tmp_path: Path) -> None:
    rows, shown = tmp_path / "rows.jsonl", tmp_path / "page" / "worst.html"
    words = ["accuracy", "--seed", "3", "--family", "word", "--rows", "20", "--processes", "1"]

    assert main([*words, "--traits", "--json", str(rows), "--page", str(shown)]) == 0

    verdicts = [
        json.loads(line)["verdict"] for line in rows.read_text(encoding="utf-8").splitlines()
    ]
    assert len(verdicts) >= 20
    assert "wrong" not in verdicts
    assert "The worst rows" in shown.read_text(encoding="utf-8")
