"""Domain events ↔ contract messages, field by field and name by name.

The event ``OrderConfirmed`` of the context ``orders`` is the message ``marketplace.orders.v1.OrderConfirmed``. Both
sides are written by hand and neither is made from the other; this module only carries values between fields of the same
name, and refuses what it cannot carry without guessing:

- an event without a message, or a field that one side has and the other does not: found when it is first used;
- bytes that are no message of that type, and messages that lack an identifier or a part that the event needs;
- a value of an enumeration that is newer than this code.

Fields and types that are newer than this code are ignored, as protobuf means it.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from types import ModuleType, NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import NOTHING, frozen
from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.timestamp_pb2 import Timestamp

from marketplace_contracts.catalog.v1 import events_pb2 as catalog
from marketplace_contracts.identity.v1 import events_pb2 as identity
from marketplace_contracts.landing.v1 import events_pb2 as landing
from marketplace_contracts.operations.v1 import events_pb2 as operations
from marketplace_contracts.orders.v1 import events_pb2 as orders
from marketplace_contracts.payments.v1 import events_pb2 as payments
from marketplace_contracts.video.v1 import events_pb2 as video
from marketplace_contracts.webhooks.v1 import events_pb2 as webhooks
from marketplace_core.kernel.contracts import VERSION, context_of, contract_of
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_core.kernel.messages import Event

CONTRACTS: Final[Mapping[str, ModuleType]] = {
    "catalog": catalog,
    "identity": identity,
    "landing": landing,
    "operations": operations,
    "orders": orders,
    "payments": payments,
    "video": video,
    "webhooks": webhooks,
}
"""The contexts that tell events, with the messages of each."""


class UnknownContract(InvalidInput):
    """No event of ours has a contract of that name; somebody newer than we are may know it."""

    code = "protobuf.unknown_contract"


class UnreadableContract(InvalidInput):
    """The bytes are not a message that can be read as the event without guessing."""

    code = "protobuf.unreadable_contract"


class ContractsDisagree(TypeError):
    """An event and its message do not have the same fields: a mistake in the code, never in the data."""


def encode(event: Event) -> bytes:
    """Return the event as the bytes of its message; the same event gives the same bytes."""
    plan = _plan_of(type(event))
    message = plan.message()
    plan.write(event, message)
    return message.SerializeToString(deterministic=True)


def decode(contract: str, octets: bytes) -> Event:
    """Return the event that the bytes of a message tell.

    Raises ``UnknownContract`` and ``UnreadableContract``.
    """
    try:
        plan = _plan_of(_kinds()[contract])
    except KeyError:
        raise UnknownContract(f"There is no event of the contract {contract!r}.", contract=contract) from None
    message = plan.message()
    try:
        message.ParseFromString(octets)
        event: Event = plan.read(message)
    except (DecodeError, ValueError, MarketplaceError) as wrong:
        raise UnreadableContract(f"This is no readable {contract}: {wrong}", contract=contract) from wrong
    return event


_known_kinds: dict[str, type[Event]] = {}


def _kinds() -> Mapping[str, type[Event]]:
    present = Event.__subclasses__()
    if len(present) != len(_known_kinds):  # classes appear as their modules are imported
        _known_kinds.update({contract_of(kind): kind for kind in present})
    return _known_kinds


@frozen(kw_only=True)
class _Field:
    """One field of both sides: how its values are put into a message, and read out of it."""

    name: str
    put: Callable[[Message, str, Any], None]
    take: Callable[[Message, str], Any]
    has_presence: bool
    default: Any

    def read(self, message: Message) -> Any:
        """Return the value, or the event's own default where the message has none."""
        if not self.has_presence or message.HasField(self.name):
            return self.take(message, self.name)
        if self.default is NOTHING:
            raise ValueError(f"{self.name} is missing")
        return self.default


@frozen(kw_only=True)
class _Plan:
    """How values of one attrs class and one type of message are carried over."""

    value: Callable[..., Any]
    message: Callable[[], Message]
    fields: tuple[_Field, ...]

    def write(self, value: Any, message: Message) -> None:
        """Put all fields of a value into a message."""
        for field in self.fields:
            found = getattr(value, field.name)
            if found is not None:
                field.put(message, field.name, found)

    def read(self, message: Message) -> Any:
        """Return the value that a message tells. Raises ``ValueError``."""
        return self.value(**{field.name: field.read(message) for field in self.fields})


def _plan_of(kind: type[Event]) -> _Plan:
    message = getattr(CONTRACTS.get(context_of(kind)), kind.__name__, None)
    if message is None:
        raise ContractsDisagree(
            f"The event {kind.__name__} has no message in proto/marketplace_contracts/{context_of(kind)}/{VERSION}/"
            "events.proto: write it there, then run ./dev proto."
        )
    return _plan(kind, message)


_plans: dict[tuple[type[Any], type[Any]], _Plan] = {}


def _plan(kind: type[Any], message: type[Any]) -> _Plan:
    """Return the plan for one class and one type of message, made on first use."""
    if (kind, message) not in _plans:
        _plans[kind, message] = _made(kind, message)
    return _plans[kind, message]


def _made(kind: type[Any], message: type[Any]) -> _Plan:
    hints = get_type_hints(kind)
    described: Mapping[str, FieldDescriptor] = message.DESCRIPTOR.fields_by_name
    written = {field.name: field for field in attrs.fields(kind)}
    if odd := set(written) ^ set(described):
        raise ContractsDisagree(f"{kind.__name__} and its message do not have the same fields: {sorted(odd)}.")
    return _Plan(
        value=kind,
        message=message,
        fields=tuple(_field(name, hints[name], described[name], written[name].default) for name in written),
    )


def _field(name: str, hint: Any, described: FieldDescriptor, default: Any) -> _Field:
    hint, is_optional = _without_none(hint)
    put, take = _carriers(name, hint, described)
    if is_optional and default is NOTHING:
        default = None
    return _Field(name=name, put=put, take=take, has_presence=described.has_presence, default=default)


def _carriers(
    name: str, hint: Any, described: FieldDescriptor
) -> tuple[Callable[[Message, str, Any], None], Callable[[Message, str], Any]]:
    """Return how values of a type are put and taken; one case for every shape that events may have."""
    if get_origin(hint) is tuple:
        return _repeated(get_args(hint)[0])
    underlying = getattr(hint, "__supertype__", hint)
    if underlying is datetime:
        return _put_moment, _take_moment
    if isinstance(underlying, type) and issubclass(underlying, Enum):
        return _enumerated(underlying, described.enum_type)
    if isinstance(underlying, type) and attrs.has(underlying):
        return _nested(underlying)
    if underlying not in {str, int, bool}:
        raise ContractsDisagree(f"{name}: {hint} has no form in the contracts.")
    return setattr, _take_identifier if hint is not underlying else getattr


def _repeated(item: Any) -> tuple[Callable[[Message, str, Any], None], Callable[[Message, str], Any]]:
    if not attrs.has(item):
        return lambda into, name, values: getattr(into, name).extend(values), lambda out, name: tuple(
            getattr(out, name)
        )

    def put(into: Message, name: str, values: Any) -> None:
        entries = getattr(into, name)
        for value in values:
            entry = entries.add()
            _plan(item, type(entry)).write(value, entry)

    return put, lambda out, name: tuple(_plan(item, type(entry)).read(entry) for entry in getattr(out, name))


def _nested(kind: type[Any]) -> tuple[Callable[[Message, str, Any], None], Callable[[Message, str], Any]]:
    def put(into: Message, name: str, value: Any) -> None:
        inner = getattr(into, name)
        inner.SetInParent()
        _plan(kind, type(inner)).write(value, inner)

    def take(out: Message, name: str) -> Any:
        inner = getattr(out, name)
        return _plan(kind, type(inner)).read(inner)

    return put, take


def _enumerated(
    kind: type[Enum], described: EnumDescriptor | None
) -> tuple[Callable[[Message, str, Any], None], Callable[[Message, str], Any]]:
    assert described is not None
    prefix = described.values_by_number[0].name.removesuffix("UNSPECIFIED")
    number_of = {member: described.values_by_name[f"{prefix}{member.name}"].number for member in kind}
    member_of = {number: member for member, number in number_of.items()}

    def take(out: Message, name: str) -> Enum:
        number = getattr(out, name)
        if number not in member_of:
            raise ValueError(f"{name} has the value {number}, which {kind.__name__} does not know")
        return member_of[number]

    return lambda into, name, value: setattr(into, name, number_of[value]), take


def _put_moment(into: Message, name: str, moment: datetime) -> None:
    stamp: Timestamp = getattr(into, name)
    stamp.FromDatetime(moment)


def _take_moment(out: Message, name: str) -> datetime:
    stamp: Timestamp = getattr(out, name)
    return stamp.ToDatetime(tzinfo=UTC)


def _take_identifier(out: Message, name: str) -> str:
    text: str = getattr(out, name)
    if not text:
        raise ValueError(f"{name} is missing")
    return text


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in {Union, UnionType}:
        (kept,) = (option for option in get_args(hint) if option is not NoneType)
        return kept, True
    return hint, False
