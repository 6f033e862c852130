"""The worker's log: on stderr, with what failed and where, and never with what a message says."""

import sys

import structlog

_PROCESSORS = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # structlog's own way shows the local variables: people's mail, and passwords.
    structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
    ),
)


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger as `bot.logs` set it up; without that (a test, a rehearsal) lines for people."""
    logger: structlog.typing.FilteringBoundLogger
    if structlog.is_configured():
        logger = structlog.get_logger()
        return logger
    logger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )
    return logger
