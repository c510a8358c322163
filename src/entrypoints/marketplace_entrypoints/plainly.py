"""Core values as JSON values, for documents that no schema describes."""

from datetime import timedelta
from enum import Enum
from typing import Any

import attrs

from marketplace_core.kernel.documents import written
from marketplace_core.kernel.money import Money


def plain(value: Any) -> Any:
    """Return a core value as JSON values: attrs classes as objects, moments and durations as ISO 8601 writes them."""
    if isinstance(value, Money):
        return {"amount_minor": value.amount_minor, "currency": value.currency}
    if attrs.has(type(value)):
        return {field.name.lstrip("_"): plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return written(value)
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, str | int | float | bool | None):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
