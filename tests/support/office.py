"""LibreOffice for tests: makes the documents of other formats that the readers are to read."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from parsers.office.conversion import office_program

#: LibreOffice's names of what writes each format.
_WRITERS = {
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf:writer_pdf_Export",
}


def written(forms: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """Word forms as documents of another format, by the names that they are given under."""
    program = office_program()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = []
        for form, data in forms.items():
            sources.append(folder / f"{form}.docx")
            sources[-1].write_bytes(data)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                _WRITERS[kind],
                "--outdir",
                str(folder / "out"),
                *map(str, sources),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {form: (folder / "out" / f"{form}.{kind}").read_bytes() for form in forms}


def require_office() -> None:
    """Skips what needs LibreOffice where that is missing; in CI that is a failure."""
    if office_program() is None:
        reason = "LibreOffice is not installed (Debian: libreoffice-writer)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
