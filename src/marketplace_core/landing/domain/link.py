"""Where a page may lead: another https site, a mailbox, or a place of this site."""

import re
from typing import Final
from urllib.parse import urlsplit

LINK_LENGTH_MAX: Final = 2_000
# Visible ASCII without what could end an attribute or be read as another character by a browser.
_LINK: Final = re.compile(r"[!#-&(-;=?-\[\]_a-z~]+", re.ASCII)
_MAILBOX: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.ASCII)


def link_problem(target: str) -> str | None:
    """Say why a page may not lead there, or return None.

    Allowed are ``https://`` addresses without a user name, ``mailto:`` with one plain address, and ``/paths`` of this
    site. Everything else is refused, and so is every spelling that browsers are known to read in a second way.
    """
    if len(target) > LINK_LENGTH_MAX:
        return f"A link has at most {LINK_LENGTH_MAX} characters."
    if not _LINK.fullmatch(target):
        return "A link is written in visible ASCII characters without quotes, angle brackets or backslashes."
    if target.startswith("/"):
        return "A path of this site begins with a single slash." if target.startswith("//") else None
    if target.lower().startswith("mailto:"):
        return None if _MAILBOX.fullmatch(target[7:]) else "After mailto: comes exactly one plain e-mail address."
    if not target.lower().startswith("https://"):
        return "A link begins with https://, with mailto:, or with / for a place of this site."
    return _host_problem(target)


def _host_problem(target: str) -> str | None:
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return "This is not a web address."
    if "@" in parts.netloc:
        return "A web address here names no user."
    if port == 0 or not _HOST.fullmatch(parts.hostname or "") or "." not in (parts.hostname or ""):
        return "This is not a web address."
    return None
