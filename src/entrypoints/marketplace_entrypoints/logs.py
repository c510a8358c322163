"""Structured logs: one JSON object a line, on standard error, with the request id."""

import logging
import sys
from typing import Final

import structlog

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def log_as_json(level: str = "info") -> None:
    """Configure this process's logs."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def observe(*, message: str, actor: str, outcome: str, duration_seconds: float) -> None:
    """Log one message that passed the door."""
    say = structlog.get_logger("door")
    words = {"message": message, "actor": actor, "outcome": outcome, "duration_ms": round(duration_seconds * 1000, 2)}
    if outcome == "bug":
        say.error("command", **words)
    else:
        say.debug("command", **words)
