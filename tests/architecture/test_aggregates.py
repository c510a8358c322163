"""An aggregate refers to another by identifier and never holds it (ADR 0006)."""

import typing
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from tests.architecture.source_tree import core_classes, full_name


def aggregates() -> list[type[Any]]:
    """Return every aggregate of the core."""
    return [found for found in core_classes() if issubclass(found, Aggregate) and found is not Aggregate]


def held(holder: type[Any], seen: set[type[Any]] | None = None) -> Iterator[type[Any]]:
    """Yield every class inside the fields of a class, through containers and values."""
    seen = set() if seen is None else seen
    pending: list[Any] = list(typing.get_type_hints(holder).values())
    while pending:
        hint = pending.pop()
        pending.extend(typing.get_args(hint))
        if isinstance(hint, type) and hint not in seen and attrs.has(hint):
            seen.add(hint)
            yield hint
            yield from held(hint, seen)


def test_no_aggregate_holds_another() -> None:
    holding = [
        f"{full_name(aggregate)} holds {full_name(inside)}"
        for aggregate in aggregates()
        for inside in held(aggregate)
        if issubclass(inside, Aggregate)
    ]

    assert len(aggregates()) >= 5
    assert holding == []


@define(kw_only=True)
class _Nested:
    inner: Aggregate


@define(kw_only=True)
class _Holder:
    parts: dict[str, tuple[_Nested | None, ...]]


def test_an_aggregate_inside_a_value_inside_a_container_is_noticed() -> None:
    found = list(held(_Holder))

    assert Aggregate in found
