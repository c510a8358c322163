"""Conditions in Meilisearch's language, said by a tree: no text of anybody else's is ever a part of one."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from marketplace_adapters.meilisearch.documents import Attribute

Value: TypeAlias = str | int | bool


@frozen
class Compared:
    """An attribute against a value; of an attribute with several values, one is enough."""

    attribute: Attribute
    how: Literal["=", "<", ">", "<=", ">="]
    value: Value

    def __str__(self) -> str:
        """Say it."""
        return f"{self.attribute.value} {self.how} {literal(self.value)}"


@frozen
class OneOf:
    """An attribute is one of some values."""

    attribute: Attribute
    values: Sequence[str]

    def __str__(self) -> str:
        """Say it."""
        return f"{self.attribute.value} IN [{', '.join(literal(value) for value in self.values)}]"


@frozen
class Every:
    """All of these hold; nothing is asked where there is none."""

    parts: Sequence["Condition"]

    def __str__(self) -> str:
        """Say it."""
        return " AND ".join(f"({part})" for part in self.parts)


@frozen
class Any:
    """One of these holds."""

    parts: Sequence["Condition"]

    def __str__(self) -> str:
        """Say it."""
        return " OR ".join(f"({part})" for part in self.parts)


Condition: TypeAlias = Compared | OneOf | Every | Any


def literal(value: Value) -> str:
    """Say a value so that it can only be a value.

    Within double quotes Meilisearch reads on to the next quote that no backslash precedes. A backslash of the value is
    doubled, so that it cannot hide the quote that ends the value; such a value is equal to no identifier of ours.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
