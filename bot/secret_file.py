"""A secret that stands alone in a file, as `password_file` and its like name one."""

from pathlib import Path

from bot.errors import ConfigurationError

#: Keys and certificates are the longest secrets there are.
_LONGEST = 64 * 1024


def read_secret(path: Path, key: str) -> str:
    """The secret, without the line end.

    Args:
        path: of the file; it holds the secret and nothing else.
        key: of the configuration that names it, to name in the error.

    Raises:
        ConfigurationError: the file cannot be read or is empty; what it holds is not repeated.
    """
    what = key.removesuffix("_file").replace("_", " ")
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
        text = raw.decode("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"the {what} file {path} cannot be read"
            f" ({getattr(error, 'strerror', None) or 'it is not UTF-8 text'})",
            mend=f"correct {key}, or let this user read it",
        ) from None
    if not text:
        raise ConfigurationError(
            f"the {what} file {path} is empty", mend=f"write the {what} into it, and nothing else"
        )
    if len(raw) > _LONGEST:
        raise ConfigurationError(
            f"the {what} file {path} is too long to be one", mend=f"correct {key}"
        )
    return text
