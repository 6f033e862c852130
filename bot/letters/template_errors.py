"""What went wrong in a template, as one line that names the file and the line in it."""

import traceback

import jinja2

from bot.errors import TemplateError

#: What a template's expressions can raise: a customised one may add a number to a name.
RENDERING_ERRORS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)

_MEND = "mend the template, or take it out of your folder to use the one that ships"


def template_error(name: str, error: Exception) -> TemplateError:
    """The error to show for a template that could not be loaded or rendered.

    Args:
        name: the template that was asked for, "mail/reminder/fr/body.html".
        error: one of `RENDERING_ERRORS`.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return TemplateError(
            f"{error.filename or error.name or name}, line {error.lineno}: {error.message}",
            mend=_MEND,
        )
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateError(
            f"{name}: there is no template {error.name}",
            mend="put it into your folder, or take the folder out of the configuration",
        )
    if isinstance(error, UnicodeDecodeError):
        return TemplateError(f"{name}: it, or a file it takes in, is not UTF-8", mend=_MEND)
    # jinja2 rewrites the traceback of rendering so that its frames name the template's own lines.
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.endswith(".py")
    ]
    place = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else name
    return TemplateError(f"{place}: {error}", mend=_MEND)
