"""Any event there is, with anything in it that its types allow."""

from datetime import UTC, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

import marketplace_core.inmemory  # noqa: F401 - with it, every context is imported
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money

INT64_MAX = 2**63 - 1


def kinds() -> list[type[Event]]:
    """Return the types of all events of the core."""
    return sorted(
        (kind for kind in Event.__subclasses__() if ".domain." in kind.__module__),
        key=lambda kind: (kind.__module__, kind.__name__),
    )


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a type."""
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*map(values, get_args(kind)))
    if hasattr(kind, "__supertype__"):
        return st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789_é", min_size=1, max_size=30)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        str: st.text(st.characters(exclude_categories=["Cs"])),
        bool: st.booleans(),
        int: st.integers(-INT64_MAX - 1, INT64_MAX),
        datetime: st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
        Money: st.builds(
            Money, st.integers(-AMOUNT_MINOR_MAX, AMOUNT_MINOR_MAX), st.sampled_from(("EUR", "JPY", "KWD", "USD"))
        ),
    }
    if kind in simple:
        return simple[kind]
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in attrs.fields(kind)})
