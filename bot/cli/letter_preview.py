"""`tsbbot letter`: the letters as they would go out, and their templates to make one's own of."""

import base64
import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.console import output
from bot.cli.session import Config, config_file, settings
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.consultation.circular import Circular
    from bot.letters.letter import Letter

app = typer.Typer(help="A letter as it would go out.", no_args_is_help=True)


class Language(StrEnum):
    """The six official languages."""

    AR = "ar"
    ZH = "zh"
    EN = "en"
    FR = "fr"
    RU = "ru"
    ES = "es"


Spoken = Annotated[Language, typer.Option(help="One of the six official languages.")]


@app.callback()
def _letter() -> None:
    """Letters as they would go out."""


@app.command("list")
def names() -> None:
    """Name the letters that can be looked at.

    [dim]$ tsbbot letter list[/dim]
    """
    from bot.letters.samples import PREVIEWS

    for name in PREVIEWS:
        output().print(name, markup=False)


@app.command("preview")
def preview(
    name: Annotated[str, typer.Argument(help="acknowledgement, reminder, digest, ...")],
    language: Spoken = Language.EN,
    html: Annotated[
        Path | None, typer.Option(help="Write the HTML to this file, to open in a browser.")
    ] = None,
    eml: Annotated[
        Path | None, typer.Option(help="Write the message to this file, to open in a mail program.")
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(help="A folder of your own templates, tried first; else the configured one."),
    ] = None,
    config: Config = None,
) -> None:
    """Show a letter as it would go out, with sample content.

    It is about the last of the configured circulars and comes from your own templates, where there
    is a configuration. Names are those of [bold]tsbbot letter list[/bold].

    [dim]$ tsbbot letter preview reminder --language fr[/dim]
    """
    from bot.letters.rendering import Letters
    from bot.letters.samples import PREVIEWS, render_preview
    from bot.reports.chart import tally_chart

    if name not in PREVIEWS:
        raise typer.BadParameter(f"one of {', '.join(PREVIEWS)}", param_hint="NAME")
    circular, folder = _configured(config)
    folder = templates or folder
    if folder is not None and not folder.is_dir():
        raise ConfigurationError(f"the folder of templates {folder} is not there")
    letters = Letters([folder] if folder else [])
    letter = render_preview(letters, name, circular, language.value, draw=tally_chart)
    if html is None and eml is None:
        show(letter)
    if html is not None:
        html.write_text(_whole(letter), encoding="utf-8")
        output().print(f"Written to {escape(str(html))}.")
    if eml is not None:
        eml.write_bytes(_message(letter, circular))
        output().print(f"Written to {escape(str(eml))}.")


@app.command("copy")
def copy(
    name: Annotated[str, typer.Argument(help="acknowledgement, reminder, request, ...")],
    folder: Annotated[Path, typer.Argument(help="Your own folder; `templates` in config.toml.")],
    language: Spoken = Language.EN,
) -> None:
    """Copy the templates of a letter into your own folder, to change what you like there.

    What is there already stays. A file that you take out again comes from the program once more;
    [bold]tsbbot doctor[/bold] writes every letter and says which one fails.

    [dim]$ tsbbot letter copy reminder letters --language fr[/dim]
    """
    from bot.letters.template_folder import TEMPLATE_FOLDER

    mail = TEMPLATE_FOLDER / "mail"
    source = mail / name.replace("-", "_") / language.value
    letters = sorted(each.name for each in mail.iterdir() if not each.name.startswith("_"))
    if name.replace("-", "_") not in letters:
        raise typer.BadParameter(f"one of {', '.join(letters)}", param_hint="NAME")
    if not source.is_dir():
        raise typer.BadParameter(f"{name} is written in English alone", param_hint="--language")
    for path in (*sorted(source.iterdir()), mail / "_layout" / f"{language.value}.jinja"):
        target = folder / path.relative_to(TEMPLATE_FOLDER)
        if target.exists():
            output().print(f"{escape(str(target))} is there already.")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        output().print(f"Written to {escape(str(target))}.")


def show(letter: "Letter") -> None:
    """Prints a letter's words."""
    output().print(f"[name]Subject: {escape(letter.subject)}[/name]\n", soft_wrap=True)
    output().print(letter.text, markup=False, soft_wrap=True)


def _configured(config: Path | None) -> tuple["Circular", Path | None]:
    """The circular that letters are about, and the folder of one's own templates."""
    from bot.circulars.shipped import shipped_circulars
    from bot.wiring.office import load_circulars

    if config is None and not config_file(config).exists():
        # Letters can be looked at before anything is configured.
        return shipped_circulars()[-1], None
    loaded = settings(config)
    return load_circulars(loaded.circulars)[-1], loaded.templates


def _whole(letter: "Letter") -> str:
    """The HTML with its pictures inside, as a browser needs it."""
    page = letter.html
    for name, picture in letter.pictures:
        data = base64.b64encode(picture).decode("ascii")
        page = page.replace(f"cid:{name}", f"data:image/png;base64,{data}")
    return page


def _message(letter: "Letter", circular: "Circular") -> bytes:
    """The message as it would be handed to the SMTP server, but for its recipient."""
    from bot.mail.message import Address
    from bot.worker.letter_writer import LetterWriter

    sender = Address(name="TSB", email=circular.reply_address)
    written = LetterWriter(sender=sender).write(
        letter,
        key="preview",
        kind="preview",
        recipient="administration@example.org",
        now=dt.datetime.combine(circular.date, dt.time(9), dt.UTC),
    )
    return written.raw
