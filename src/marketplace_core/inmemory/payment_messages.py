"""Signed messages of the payment provider in memory."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, final

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessage, ProviderMessages

HEADER: Final = "inmemory-signature"
TOLERANCE: Final = timedelta(seconds=300)

_FIELDS: Final = ("message_id", "type", "subject", "reference")


@final
class InMemoryProviderMessages(ProviderMessages):
    """Writes and reads messages with a shared secret."""

    def __init__(self, secret: bytes, provider: str = "inmemory") -> None:
        self._secret = secret
        self._provider = provider

    def write(
        self, message_id: str, kind: str, subject: str, reference: str, now: datetime
    ) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of a message."""
        body = json.dumps({"message_id": message_id, "type": kind, "subject": subject, "reference": reference}).encode()
        return self.sign(body, now), body

    def sign(self, body: bytes, now: datetime) -> dict[str, str]:
        """Return the headers that vouch for a body."""
        stamp = int(now.timestamp())
        return {HEADER: f"{stamp}.{self._digest(stamp, body)}"}

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> ProviderMessage:
        """Verify, then parse."""
        stamp, _, digest = headers.get(HEADER, "").partition(".")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise InvalidSignature("The message is not signed.")
        if not hmac.compare_digest(digest.encode(), self._digest(int(stamp), body).encode()):
            raise InvalidSignature("The signature does not fit the message.")
        if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > TOLERANCE:
            raise InvalidSignature("The message is too old, or from the future.")
        return ProviderMessage(provider=self._provider, raw=body, **_told(body))

    def _digest(self, stamp: int, body: bytes) -> str:
        return hmac.new(self._secret, str(stamp).encode() + b"." + body, hashlib.sha256).hexdigest()


def _told(body: bytes) -> dict[str, str]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in _FIELDS):
        raise InvalidInput("This is not a message of the provider.")
    return {name: told[name] for name in _FIELDS}
