"""Word forms saved in other formats by LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from tests.corpus.truth import RowPlace

#: How far a row reaches below the name of its text, in points: enough for people to see it.
_ROW = 110.0
#: Suffix -> the name of the filter that writes it.
FILTERS = {
    ".doc": "doc:MS Word 97",
    ".odt": "odt:writer8",
    ".rtf": "rtf:Rich Text Format",
    ".docx": "docx:MS Word 2007 XML",
    ".pdf": "pdf:writer_pdf_Export",
}
#: What starting and converting one file may take, and what each further file adds.
_SECONDS, _SECONDS_EACH = 60, 5


def installed() -> bool:
    """Whether this machine has LibreOffice."""
    return shutil.which("soffice") is not None


def converted(files: Sequence[bytes], suffix: str) -> list[bytes]:
    """Saves Word documents in another format, all in one run with a profile of its own.

    Raises:
        RuntimeError: a file was not converted.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        source, target = Path(folder, "from"), Path(folder, "to")
        source.mkdir()
        paths = [source / f"{number:04d}.docx" for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                FILTERS[suffix],
                "--outdir",
                str(target),
                *map(str, paths),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS + _SECONDS_EACH * len(files),
        )
        made = [target / path.with_suffix(suffix).name for path in paths]
        if missing := [path.name for path in made if not path.is_file()]:
            raise RuntimeError(f"LibreOffice did not make {', '.join(missing)}")
        return [path.read_bytes() for path in made]


def row_places(pdf: bytes, designations: Sequence[str]) -> dict[str, tuple[RowPlace, ...]]:
    """Where an exported form names its texts, for people to look at: the last place of each."""
    places: dict[str, tuple[RowPlace, ...]] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            words, height = page.get_textpage(), page.get_height()
            for name in designations:
                search = words.search(name, match_case=True)
                while (found := search.get_next()) is not None:
                    top = height - words.get_charbox(found[0])[3]
                    at = (0.03, (top - 6) / height, 0.97, min(1.0, (top + _ROW) / height))
                    places[name] = (RowPlace(page=number, at=at),)
                search.close()
            words.close()
            page.close()
    finally:
        document.close()
    return places
