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
    """The logger; whatever else is logged through structlog is configured by whoever runs it."""
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )
    return logger
