"""Files that go beside a form: comments, reasons, and a PDF that has nothing to do with it."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.demo.messages import PDF_TYPE, Attachment
from bot.demo.word_marking import run
from bot.demo.word_package import word_package


def word_document(filename: str, *lines: str) -> Attachment:
    """A Word document of a few lines."""
    body = "".join(f"<w:p>{run(line)}</w:p>" for line in lines)
    return Attachment(filename=filename, data=word_package(body))


def pdf_document(filename: str, *lines: str) -> Attachment:
    """A PDF of a few lines, in letters that its built-in fonts have."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 770 - 16 * number, line)
    canvas.save()
    return Attachment(filename=filename, data=written.getvalue(), content_type=PDF_TYPE)
