"""Versions of the terms of trade: what was in use when, since whom and why. One is added; none is ever changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import frozen

from marketplace_core.kernel.documents import Document, Written

UNSTORED: Final = 0
"""The number of the terms that a deployment begins with, before any version is stored."""


@frozen(kw_only=True)
class PolicyVersion:
    """The terms of trade from ``used_at`` until the next version; ``digest`` is the SHA-256 of what they say.

    ``name`` is what their author calls them; a version that returns to earlier terms has their name.
    """

    number: int
    name: str
    document: Mapping[str, Written]
    digest: str
    used_at: datetime
    used_by: str
    reason: str


@frozen(kw_only=True)
class PolicyChange:
    """What stood behind a key, and what stands there now; None where the key was not known."""

    key: str
    before: Written | None
    after: Written | None


def digest_of(document: Document) -> str:
    """Return the SHA-256 of what a document says, in hexadecimal; the order of its keys does not matter."""
    return hashlib.sha256(json.dumps(dict(document), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def changes(before: Document, after: Document) -> tuple[PolicyChange, ...]:
    """Return what differs between two documents, key by key in the order of the later one."""
    keys = [*after, *(key for key in before if key not in after)]
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(PolicyChange(key=key, before=old, after=new) for key, old, new in pairs if old != new)
