"""What arrives at a program, and what the program makes of it: the other side of Standard Webhooks."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from attrs import frozen


@frozen(kw_only=True)
class Message:
    """A message as it arrived."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        """By which a program knows it again."""
        return self.headers["webhook-id"]

    @property
    def sent_at(self) -> datetime:
        """When this attempt was signed."""
        return datetime.fromtimestamp(int(self.headers["webhook-timestamp"]), UTC)

    @property
    def event_type(self) -> str:
        """What it is about."""
        return str(json.loads(self.body)["type"])

    @property
    def data(self) -> Any:
        """What it says."""
        return json.loads(self.body)["data"]

    def fits(self, secret: str) -> bool:
        """Tell whether one of its signatures was made with a secret."""
        signed = f"{self.message_id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        ours = "v1," + b64encode(hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, sha256)).decode()
        return any(hmac.compare_digest(ours, one) for one in self.headers["webhook-signature"].split(" "))
