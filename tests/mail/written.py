"""Messages written out in the tests: lines with LF become what travels."""

import io
import zipfile
from collections.abc import Mapping


def mail(text: str, *, encoding: str = "utf-8") -> bytes:
    """A message written out with LF, as it would arrive."""
    return text.encode(encoding).replace(b"\n", b"\r\n")


def zip_of(files: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of those files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def document() -> bytes:
    """The smallest thing that is told as a Word package."""
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
