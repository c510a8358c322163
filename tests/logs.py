"""What is logged by code that a test runs in its own process."""

import logging
import sys
from typing import Final

import structlog

_LEVELS: Final = {"warning": logging.WARNING, "error": logging.ERROR}


def log_only(level: str = "error") -> None:
    """Log no less than this, on standard error, until somebody says otherwise.

    The product's own ``log_as_json`` is for good: loggers keep to it, and to a standard error that a test runner takes
    away again.
    """
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
