"""Envelopes ↔ messages: CloudEvents 1.0 in binary mode, the attributes in headers, the contract as the body.

Header values are percent-encoded as the NATS binding of CloudEvents prescribes. Besides the standard attributes there
are ``sequence`` (the events of one subject count from 1 without a gap), ``aggregatetype``, ``actor`` and
``causationid``, and ``traceparent`` as the extension for distributed tracing has it. The header ``traceparent`` is the
same; of an event outside of any trace, it leads to the event that caused it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, unquote

from marketplace_adapters.protobuf import contract_of, decode, encode
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope

PREFIX: Final = "ce-"
CONTENT_TYPE: Final = "application/protobuf"
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLAIN: Final = "".join(chr(octet) for octet in range(0x21, 0x7F) if chr(octet) not in '"%')


class UnreadableMessage(InvalidInput):
    """A message that is no event of ours, or one that we cannot read."""

    code = "nats.unreadable_message"


def written(envelope: Envelope, source: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an event on its way; ``source`` says which marketplace tells it."""
    attributes = {
        "specversion": "1.0",
        "id": envelope.event_id,
        "type": contract_of(type(envelope.event)),
        "source": source,
        "subject": envelope.aggregate_id,
        "time": envelope.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": CONTENT_TYPE,
        "sequence": str(envelope.sequence),
        "aggregatetype": envelope.aggregate_type,
        "actor": envelope.actor,
        **({"causationid": envelope.cause} if envelope.cause else {}),
        **({"traceparent": envelope.trace} if envelope.trace else {}),
    }
    headers = {f"{PREFIX}{name}": quote(value, safe=_PLAIN) for name, value in attributes.items()}
    return headers | {"traceparent": traceparent(envelope)}, encode(envelope.event)


def read(headers: Mapping[str, str] | None, body: bytes) -> Envelope:
    """Return the envelope of a message. Raises ``UnreadableMessage``."""
    found = attributes_of(headers)
    try:
        if found["specversion"] != "1.0" or found["datacontenttype"] != CONTENT_TYPE:
            raise ValueError("it is no CloudEvent 1.0 with a protobuf body")
        return Envelope(
            event_id=EventId(found["id"]),
            event=decode(found["type"], body),
            aggregate_type=found["aggregatetype"],
            aggregate_id=found["subject"],
            sequence=int(found["sequence"]),
            occurred_at=datetime.fromisoformat(found["time"]).astimezone(UTC),
            actor=found["actor"],
            cause=found.get("causationid"),
            trace=found.get("traceparent"),
        )
    except KeyError as missing:
        raise UnreadableMessage(f"The message has no attribute {missing}.") from missing
    except (ValueError, MarketplaceError) as wrong:
        raise UnreadableMessage(f"The message cannot be read: {wrong}") from wrong


def attributes_of(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Return the CloudEvents attributes among the headers."""
    return {
        name.lower().removeprefix(PREFIX): unquote(value)
        for name, value in (headers or {}).items()
        if name.lower().startswith(PREFIX)
    }


def traceparent(envelope: Envelope) -> str:
    """Return a W3C trace context: that of the work which caused the event.

    Without one, the trace is the causing event's (or this one's), the span this event's.
    """
    if envelope.trace is not None:
        return envelope.trace
    root = envelope.cause if envelope.cause and envelope.cause.startswith("evt_") else envelope.event_id
    return f"00-{_bits(root) or 1:032x}-{_bits(envelope.event_id) & (1 << 64) - 1 or 1:016x}-01"


def _bits(name: str) -> int:
    value = 0
    for letter in name.partition("_")[2].upper():
        value = value << 5 | max(_CROCKFORD.find(letter), 0)
    return value & (1 << 128) - 1
