"""What a receiver gets, and the signature by which it knows that we sent it (Standard Webhooks 1.0)."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import EventId

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - how secrets begin
TEST_EVENT: Final = "marketplace.webhooks.v1.TestEvent"
"""The type of what is sent to try an endpoint. It is no contract and no endpoint chooses it."""


@frozen(kw_only=True)
class Message:
    """One event as receivers get it: ``body`` is what is signed and sent, to the letter."""

    event_id: EventId
    event_type: str
    occurred_at: datetime
    body: str

    @classmethod
    def of(cls, event_id: EventId, event_type: str, occurred_at: datetime, data: Json) -> "Message":
        """Put an event into its envelope; the same event makes the same body."""
        envelope = {"type": event_type, "timestamp": in_rfc3339(occurred_at), "data": data}
        body = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
        return cls(event_id=event_id, event_type=event_type, occurred_at=occurred_at, body=body)


def in_rfc3339(moment: datetime) -> str:
    """Write a moment as contracts do."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def secret_of(octets: bytes) -> str:
    """Write a secret as receivers are given it."""
    return SECRET_PREFIX + b64encode(octets).decode()


def signed(message_id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> Mapping[str, str]:
    """Return the headers that prove a body, with one signature for each secret."""
    seconds = int(at.timestamp())
    told = f"{message_id}.{seconds}.".encode() + body
    signatures = (
        b64encode(hmac.digest(b64decode(secret.removeprefix(SECRET_PREFIX)), told, sha256)).decode()
        for secret in secrets
    )
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
