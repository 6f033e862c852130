"""The command line: `tsbbot`, also `python -m bot`."""

import sys


def main() -> None:
    """Runs the command that was given; a failure is one line on stderr and exit status 1."""
    # Imported here, so that `import bot.cli` costs nothing.
    from bot.cli.app import app
    from bot.errors import TsbbotError

    try:
        app()
    except TsbbotError as error:
        sys.stderr.write(f"tsbbot: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("tsbbot: stopped\n")
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()
        sys.exit(0)
