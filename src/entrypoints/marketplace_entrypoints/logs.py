"""Structured logs: one JSON object a line, on standard error, with the request id and the trace."""

import logging
import sys
from typing import Final

import structlog
from structlog.typing import EventDict, Processor

from marketplace_core.kernel.tracing import present_span

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_SAID_BY_LIBRARIES: Final = "uvicorn"
"""Of libraries, only this one is listened to below a warning: it tells where the server is."""


def _traced(_: object, __: str, line: EventDict) -> EventDict:
    span = present_span()
    if span is not None:
        line.setdefault("trace_id", span.trace_id)
        line.setdefault("span_id", span.span_id)
    return line


def log_as_json(level: str = "info") -> None:
    """Configure this process's logs; what libraries log by the standard library comes out in the same form."""
    steps: tuple[Processor, ...] = (
        structlog.contextvars.merge_contextvars,
        _traced,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    last: tuple[Processor, ...] = (structlog.processors.format_exc_info, structlog.processors.JSONRenderer())
    structlog.configure(
        processors=[*steps, *last],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *steps],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[lines])
    logging.getLogger().setLevel(max(_LEVELS[level], logging.WARNING))
    logging.getLogger(_SAID_BY_LIBRARIES).setLevel(_LEVELS[level])


def observe(*, message: str, actor: str, outcome: str, duration_seconds: float) -> None:
    """Log one message that passed the door."""
    say = structlog.get_logger("door")
    words = {"message": message, "actor": actor, "outcome": outcome, "duration_ms": round(duration_seconds * 1000, 2)}
    if outcome == "bug":
        say.error("command", **words)
    else:
        say.debug("command", **words)
