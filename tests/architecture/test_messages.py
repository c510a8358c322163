"""Messages and values are frozen and slotted; every command has exactly one handler (ADR 0002, 0008)."""

import inspect
from typing import Any

import attrs
import pytest

from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.messages import Command, Event, Query
from tests.architecture.source_tree import CONTEXTS, context_of, core_classes, full_name


def messages(kind: type[Any]) -> list[type[Any]]:
    """Return the classes of one kind of message that the contexts define."""
    return [found for found in core_classes() if issubclass(found, kind) and context_of(found)]


def not_frozen_and_slotted(found: list[type[Any]]) -> list[str]:
    """Return the names of the classes that attrs does not make both frozen and slotted."""
    return [
        full_name(each)
        for each in found
        if not attrs.has(each) or not (attrs.inspect(each).is_frozen and attrs.inspect(each).is_slotted)
    ]


@pytest.mark.parametrize("kind", [Command, Query, Event])
def test_every_message_is_frozen_and_slotted(kind: type[Any]) -> None:
    found = messages(kind)

    assert len(found) >= len(CONTEXTS)
    assert not_frozen_and_slotted(found) == []


def test_every_value_of_a_domain_is_frozen_and_slotted() -> None:
    values = [
        found
        for found in core_classes()
        if context_of(found) and ".domain" in found.__module__ and attrs.has(found) and not issubclass(found, Aggregate)
    ]

    assert len(values) >= len(CONTEXTS)
    assert not_frozen_and_slotted(values) == []


def test_every_attrs_class_of_the_core_is_slotted() -> None:
    loose = [
        full_name(found)
        for found in core_classes()
        if attrs.has(found) and not issubclass(found, BaseException) and not attrs.inspect(found).is_slotted
    ]

    assert loose == []


def test_messages_of_more_than_two_fields_take_keywords_only() -> None:
    positional = [
        full_name(found)
        for kind in (Command, Query, Event)
        for found in messages(kind)
        if attrs.has(found) and len(attrs.fields(found)) > 2 and not all(field.kw_only for field in attrs.fields(found))
    ]

    assert positional == []


def test_every_command_has_exactly_one_handler_and_every_query_one_answer() -> None:
    market = open_marketplace().market

    assert {full_name(command) for command in market.commands} == {full_name(found) for found in messages(Command)}
    assert {full_name(query) for query in market.queries} == {full_name(found) for found in messages(Query)}


def test_every_command_and_query_says_who_may_ask() -> None:
    silent = [
        full_name(found)
        for kind in (Command, Query)
        for found in messages(kind)
        if getattr(found, "permission", None) is None
    ]

    assert silent == []


def test_a_use_case_module_is_named_after_its_command() -> None:
    misplaced = [
        f"{full_name(found)} is not in usecases/{snake_case(found.__name__)}.py"
        for found in messages(Command)
        if found.__module__.split(".")[-2:] != ["usecases", snake_case(found.__name__)]
    ]

    assert misplaced == []


def test_every_command_says_what_it_does() -> None:
    silent = [full_name(found) for found in messages(Command) if not (inspect.getdoc(found) or "").strip()]

    assert silent == []


def snake_case(name: str) -> str:
    """Return `place_order` for `PlaceOrder`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
