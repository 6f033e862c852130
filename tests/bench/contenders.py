"""What is timed: our readers, and what else could be pointed at the same file.

The others only get text (or tables) out of a file: which box is marked, and whether that is certain,
would be the user's own work on top.
"""

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One way to read a file.

    Attributes:
        name: as the table shows it.
        load: imports what it needs and returns the function that reads one file's bytes; None
            where it is not installed.
        missing: what to install then.
    """

    name: str
    load: Callable[[], Callable[[bytes], object] | None]
    missing: str = ""


def _ours() -> Callable[[bytes], object]:
    from parsers.registry import read  # noqa: PLC0415 - each contender in a process of its own

    return read


def _docx2python() -> Callable[[bytes], object] | None:
    try:
        from docx2python import docx2python  # noqa: PLC0415
    except ImportError:
        return None

    def read(data: bytes) -> object:
        with docx2python(io.BytesIO(data)) as document:
            return document.text

    return read


def _python_docx() -> Callable[[bytes], object]:
    import docx  # noqa: PLC0415

    def read(data: bytes) -> object:
        document = docx.Document(io.BytesIO(data))
        words = [paragraph.text for paragraph in document.paragraphs]
        words += [
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        ]
        return words

    return read


def _pdfplumber() -> Callable[[bytes], object]:
    import pdfplumber  # noqa: PLC0415

    def read(data: bytes) -> object:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [page.extract_text() for page in document.pages]

    return read


def _tesseract() -> Callable[[bytes], object] | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    import pypdfium2  # noqa: PLC0415

    def read(data: bytes) -> object:
        document = pypdfium2.PdfDocument(data)
        texts = []
        for page in document:
            picture = io.BytesIO()
            page.render(scale=200 / 72).to_pil().convert("L").save(picture, "PNG")
            texts.append(
                subprocess.run(
                    [program, "-", "-"], input=picture.getvalue(), capture_output=True, check=True
                ).stdout
            )
        document.close()
        return texts

    return read


OURS = Contender(name="tsbbot", load=_ours)

#: Kind of file -> those that are set beside our reader.
PEERS: Mapping[str, tuple[Contender, ...]] = {
    "Word form": (
        Contender(name="docx2python", load=_docx2python, missing="pip install docx2python"),
        Contender(name="python-docx walk", load=_python_docx),
    ),
    "digital PDF": (Contender(name="pdfplumber text", load=_pdfplumber),),
    "scanned PDF": (
        Contender(
            name="Tesseract, whole page", load=_tesseract, missing="apt install tesseract-ocr"
        ),
    ),
}
