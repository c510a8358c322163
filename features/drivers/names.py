"""How people, shops and pictures of the features are spelled outside the features."""

import re
import socket
import struct
import zlib
from typing import Final
from urllib.parse import parse_qs, urlsplit

from marketplace_core.kernel.clock import Clock


def email(person: str) -> str:
    """Return the person's address."""
    return f"{slug(person)}@example.org"


def password(person: str) -> str:
    """Return a good password of the person's."""
    return f"{slug(person)}-likes-warm-kettles-7"


def slug(name: str) -> str:
    """Return the name in lower case with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def link_in(text: str) -> str:
    """Return the one address in a mail."""
    (found,) = re.findall(r"https?://\S+", text)
    return str(found)


def order_and_key(link: str) -> tuple[str, str]:
    """Return what the address of an order's page is made of: the order, and the key if there is one."""
    address = urlsplit(link)
    return address.path.rpartition("/")[2], "".join(parse_qs(address.query).get("key", []))


def until_five_past(clock: Clock) -> float:
    """Return the seconds until it is next five minutes past an hour."""
    now = clock.now()
    return (5 * 60 - now.minute * 60 - now.second) % 3_600


_given: Final[set[int]] = set()
"""Who was given one may not listen there yet."""


def free_port() -> int:
    """Return a port that nobody listens on right now, and that this process was not given before."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + bytes((40, 90, 160)) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


PICTURE: Final = _png(240, 240)
"""A small blue PNG."""
