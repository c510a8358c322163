"""Which requests go to which role, in which manner."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.kernel.plugins import load_adapter
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.http.paths import paths_by_role
from marketplace_entrypoints.limits import BODY_BYTES_MAX, UPLOAD_PREFIX, body_bytes_max
from marketplace_entrypoints.roles import PROVIDER, ROLES, WEB

PAGE_BYTES_MAX: Final = 8 * BODY_BYTES_MAX
"""What reaches the pages: more than they take, so that they say so themselves, in their reader's language."""
_PARAMETER: Final = re.compile(r"{\w+(:path)?}")
_STREAMED: Final = r"/studio/videos/events"
"""A page that goes on telling for as long as somebody listens."""


@frozen(kw_only=True)
class Rule:
    """Requests whose path fits ``pattern`` go to ``role``.

    ``body_bytes_max`` None: whatever is sent is passed on as it comes, for as long as it takes. ``streams``: so is the
    answer.
    """

    role: str
    pattern: str
    body_bytes_max: int | None
    streams: bool = False


def rules(mount: str | None) -> tuple[Rule, ...]:
    """Return the table; the first rule that fits counts. ``mount`` is where the payment provider's own pages are."""
    found: list[Rule] = []
    for role, paths in paths_by_role().items():
        by_limit: dict[int | None, list[str]] = {}
        for path in paths:
            by_limit.setdefault(body_bytes_max(_PARAMETER.sub("x", path)), []).append(_regex(path))
        for limit, patterns in by_limit.items():
            found.append(Rule(role=role, pattern="|".join(patterns), body_bytes_max=limit))
    if mount is not None:
        found.append(Rule(role=PROVIDER, pattern=f"{re.escape(mount)}(/.*)?", body_bytes_max=BODY_BYTES_MAX))
    photos = r"/(studio/|console/)?claims/[^/]{1,64}/photos"
    found += [
        Rule(role=WEB, pattern=_STREAMED, body_bytes_max=BODY_BYTES_MAX, streams=True),
        Rule(role=WEB, pattern=photos, body_bytes_max=body_bytes_max("/claims/x/photos")),
        Rule(role=WEB, pattern=".*", body_bytes_max=PAGE_BYTES_MAX),
    ]
    return tuple(found)


def mount_of(settings: Settings) -> str | None:
    """Return where the configured payment provider's own pages are, if its adapter brings any."""
    return load_adapter("marketplace_core.payment_provider", settings.payment_provider).mount


def role_for(path: str, table: Sequence[Rule]) -> str:
    """Return the role that gets requests for a path."""
    return next(rule.role for rule in table if re.fullmatch(rule.pattern, path))


def _regex(path: str) -> str:
    parts = _PARAMETER.split(path)  # text, kind, text, kind, … text
    kinds = [".*" if kind else "[^/]+" for kind in parts[1::2]]
    texts = [re.escape(text).replace(r"\-", "-") for text in parts[0::2]]
    return texts[0] + "".join(kind + text for kind, text in zip(kinds, texts[1:], strict=True))


Places = Mapping[str, tuple["Place", ...]]
"""Role → where it is served; every role has a place."""


@frozen
class Place:
    """Where a process listens."""

    host: str
    port: int


__all__ = ["PAGE_BYTES_MAX", "ROLES", "UPLOAD_PREFIX", "Place", "Places", "Rule", "mount_of", "role_for", "rules"]
