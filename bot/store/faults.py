"""A database's error as one line for people: what, where, how to mend it; no password, no content."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from bot.errors import StoreError

#: What a server says holds names and hosts, seldom more; this much of it is shown.
_SHOWN = 300

#: What the database says (in lower case) -> what to do about it, first match first.
_MENDS = (
    (
        "database is locked",
        "another program is writing to it; trying again is right, or end that program",
    ),
    ("lock timeout", "another program holds what this one needs; trying again is right"),
    ("deadlock detected", "two workers met; trying again is right"),
    ("disk is full", "free some space on its disk"),
    ("no space left", "free some space on the server's disk"),
    (
        "unable to open database file",
        "create its folder, let this user write there, or correct url in [database]",
    ),
    ("readonly database", "let this user write to the file and its folder"),
    ("permission denied", "give this user the right to it in the database"),
    ("not a database", "correct url in [database], or restore a backup"),
    ("malformed", "the file is damaged: keep a copy of it and restore a backup"),
    ("disk i/o error", "its disk fails or is full: look at the system's log"),
    ("password", "correct the user name and password of url in [database]"),
    ("no such file or directory", "start the server, or correct url in [database]"),
    ("connection refused", "start the server, or correct url in [database]"),
    ("could not translate host name", "correct the host of url in [database]"),
    ("failed to resolve host", "correct the host of url in [database]"),
    ("timeout expired", "see that the server can be reached from here"),
    ("role", "create the user on the server, or correct url in [database]"),
    ("does not exist", "create the database on the server, or correct url in [database]"),
    ("server closed the connection", "see that the server runs; trying again is right"),
    ("terminating connection", "see that the server runs; trying again is right"),
    ("out of range", "ask for something smaller"),
    ("append-only", "nothing may change there; append a new entry"),
)


def shown(url: URL) -> str:
    """The database as errors and logs name it: the path of a file, or host and name; no secret."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    port = f":{url.port}" if url.port else ""
    return f"{url.host or 'the local server'}{port}/{url.database or ''}"


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turns whatever the database raises within into StoreError.

    A value that no column takes (a naive moment, say) is a fault of the program: it comes out as
    the ValueError or TypeError that it is.
    """
    try:
        yield
    except StatementError as error:
        if isinstance(error, DBAPIError) or error.orig is None:
            raise store_error(error, url) from error
        raise error.orig from None
    except OverflowError as error:
        # SQLite's driver says so itself; PostgreSQL's server answers with an error of its own.
        raise StoreError(
            f"the database {shown(url)} has no room for so large a number",
            mend="ask for something smaller",
        ) from error
    except SQLAlchemyError as error:
        raise store_error(error, url) from error


def store_error(error: SQLAlchemyError, url: URL) -> StoreError:
    """The one line for an error of the database."""
    said = _said(error)
    secret = url.password
    if secret:
        said = said.replace(str(secret), "***")
    lower = said.lower()
    mend = next((mend for words, mend in _MENDS if words in lower), "run: tsbbot doctor")
    return StoreError(f"the database {shown(url)} cannot be used: {said}", mend=mend)


def _said(error: SQLAlchemyError) -> str:
    if not isinstance(error, DBAPIError):
        # SQLAlchemy's own words, without the link to its documentation.
        return " ".join(str(error).split(" (Background on")[0].split())[:_SHOWN]
    words = str(error.orig).strip() or type(error.orig).__name__
    if isinstance(error, IntegrityError):
        # Its further lines quote the row.
        words = words.splitlines()[0]
    return " ".join(words.split())[:_SHOWN]
