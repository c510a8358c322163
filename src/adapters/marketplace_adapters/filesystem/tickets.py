"""Upload addresses that cannot be forged: what may be uploaded, signed, inside the address itself."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime
from typing import Final

from attrs import frozen

from marketplace_adapters.filesystem.errors import UploadAddressInvalid

TOKEN_LENGTH_MAX: Final = 2_000
_PURPOSE: Final = b"marketplace file upload v1\n"


@frozen(kw_only=True)
class Ticket:
    """What one upload may bring. ``number`` tells tickets for the same key apart, ``sha256`` is empty if not known."""

    key: str
    content_type: str
    upload_bytes_max: int
    expires_at: datetime
    number: str
    sha256: str = ""


def signed(ticket: Ticket, secret: bytes) -> str:
    """Return the ticket as a token of ``[A-Za-z0-9._-]``."""
    fields = [
        ticket.key,
        ticket.content_type,
        ticket.upload_bytes_max,
        ticket.expires_at.isoformat(),
        ticket.number,
        ticket.sha256,
    ]
    said = _spelled(json.dumps(fields, separators=(",", ":")).encode())
    return f"{said}.{_spelled(_signature(said, secret))}"


def read(token: str, secret: bytes) -> Ticket:
    """Return the ticket of a token. Raises ``UploadAddressInvalid`` unless this store signed exactly it."""
    said, dot, signature = token.partition(".")
    try:
        if len(token) > TOKEN_LENGTH_MAX or not dot or not token.isascii():
            raise ValueError("no token")
        genuine = hmac.compare_digest(_bytes(signature), _signature(said, secret))
    except ValueError as broken:
        raise UploadAddressInvalid("This upload address is not valid.") from broken
    if not genuine:
        raise UploadAddressInvalid("This upload address is not valid.")
    key, content_type, upload_bytes_max, expires_at, number, *later = json.loads(_bytes(said))
    return Ticket(
        key=key,
        content_type=content_type,
        upload_bytes_max=upload_bytes_max,
        expires_at=datetime.fromisoformat(expires_at),
        number=number,
        sha256="".join(later),  # addresses of an older version have none
    )


def _signature(said: str, secret: bytes) -> bytes:
    return hmac.digest(secret, _PURPOSE + said.encode(), hashlib.sha256)


def _spelled(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        octets = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as broken:
        raise ValueError("not base64") from broken
    if _spelled(octets) != text:  # unused bits set: two spellings of one signature
        raise ValueError("not the only spelling")
    return octets
