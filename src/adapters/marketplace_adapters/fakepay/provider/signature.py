"""The webhook signature: `Fakepay-Signature: t=<unix seconds>,v1=<hex hmac-sha256 of "t.body">`.

Pure functions, used by the sender and by whoever receives. Several `v1` values may stand in one header, and a receiver
may accept several secrets: either side can rotate without losing a message.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Literal

HEADER = "Fakepay-Signature"
TOLERANCE_SECONDS = 300
HEADER_LENGTH_MAX = 1_024
SIGNATURES_MAX = 8

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_HEX_DIGEST = re.compile(r"[0-9a-f]{64}")

RefusalReason = Literal["missing", "malformed", "mismatch", "outside_tolerance"]


class SignatureRefused(Exception):
    """Say that a message must not be believed, and why (`reason`; for logs, not for the sender)."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(f"webhook signature refused: {reason}")
        self.reason: RefusalReason = reason


def sign(body: bytes, *, secrets: Sequence[str], timestamp: int) -> str:
    """Return the header value for a body sent at `timestamp` (unix seconds), with one signature per secret.

    Raises ValueError without secrets or with an empty one: its signature could be made by anybody.
    """
    _require_usable(secrets)
    stamp = str(timestamp)
    return ",".join([f"t={stamp}", *(f"v1={_digest(secret, stamp, body)}" for secret in secrets)])


def verify(
    body: bytes,
    header: str | None,
    *,
    secrets: Sequence[str],
    now: float,
    tolerance_seconds: int = TOLERANCE_SECONDS,
) -> None:
    """Return if one of the secrets signed exactly these bytes, at most `tolerance_seconds` before or after `now`.

    `now` is in unix seconds. Raises SignatureRefused otherwise, and ValueError when our own secrets are unusable.
    """
    _require_usable(secrets)
    stamp, signatures = _parse(header)
    expected = [_digest(secret, stamp, body) for secret in secrets]
    # Every pair is compared, without stopping at the first hit: the time taken tells nothing about which one matched.
    matches = [hmac.compare_digest(ours, theirs) for ours in expected for theirs in signatures]
    if not any(matches):
        raise SignatureRefused("mismatch")
    if abs(now - int(stamp)) > tolerance_seconds:
        raise SignatureRefused("outside_tolerance")


def _parse(header: str | None) -> tuple[str, list[str]]:
    if not header:
        raise SignatureRefused("missing")
    if len(header) > HEADER_LENGTH_MAX:
        raise SignatureRefused("malformed")
    stamps: list[str] = []
    signatures: list[str] = []
    for part in header.split(","):
        name, equals, value = part.strip().partition("=")
        if not equals:
            raise SignatureRefused("malformed")
        if name == "t":
            stamps.append(value)
        elif name == "v1":
            signatures.append(value)
    if len(stamps) != 1 or not 1 <= len(signatures) <= SIGNATURES_MAX:
        raise SignatureRefused("malformed")
    if not _TIMESTAMP.fullmatch(stamps[0]) or not all(_HEX_DIGEST.fullmatch(one) for one in signatures):
        raise SignatureRefused("malformed")
    return stamps[0], signatures


def _digest(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _require_usable(secrets: Sequence[str]) -> None:
    if isinstance(secrets, str) or not secrets or not all(secrets):
        raise ValueError("give a list with at least one signing secret, none of them empty")
