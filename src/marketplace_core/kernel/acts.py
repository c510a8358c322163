"""What people do to other people's money and why: an act is stored in the transaction that it explains."""

from datetime import datetime
from enum import Enum
from typing import Any, Final

import attrs
from attrs import frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.money import Money

REASON_CHARACTERS_MAX: Final = 500
ABOUT_CHARACTERS_MAX: Final = 1_000


class MalformedActReason(InvalidInput):
    """The reason for an act is 1 to 500 characters."""

    code = "kernel.malformed_act_reason"


@frozen(kw_only=True)
class Act:
    """Which command is given, about what, and why. ``about`` are the fields of the command, as text."""

    command: str
    about: str
    reason: str

    @classmethod
    def of(cls, command: Any, reason: str) -> "Act":
        """Say why a command is given. Raises ``MalformedActReason``."""
        return cls(command=type(command).__name__, about=described(command), reason=checked_act_reason(reason))


@frozen(kw_only=True)
class KeptAct:
    """An act as it is kept: whose it was, and when."""

    act_id: str
    at: datetime
    actor: str
    command: str
    about: str
    reason: str


def checked_act_reason(reason: str) -> str:
    """Return the reason without space around it, or raise ``MalformedActReason``."""
    reason = reason.strip()
    if not 1 <= len(reason) <= REASON_CHARACTERS_MAX:
        raise MalformedActReason(f"Say why, in 1 to {REASON_CHARACTERS_MAX} characters.")
    return reason


def described(command: Any) -> str:
    """Return the fields of a command that are set, as text."""
    fields = attrs.fields(type(command)) if attrs.has(type(command)) else ()
    shown = ((field.name, getattr(command, field.name)) for field in fields)
    said = ", ".join(f"{name}={_text(value)}" for name, value in shown if value not in (None, (), ""))
    return said[:ABOUT_CHARACTERS_MAX]


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple | frozenset):
        return "[" + "; ".join(_text(one) for one in value) + "]"
    if attrs.has(type(value)) and not isinstance(value, Money):
        return f"({described(value)})"
    return str(value)
