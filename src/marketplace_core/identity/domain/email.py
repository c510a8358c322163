"""E-mail addresses: kept as typed, compared without regard to case."""

import re
from typing import Final

from marketplace_core.identity.domain.errors import InvalidEmail

LENGTH_MAX: Final = 254
LOCAL_LENGTH_MAX: Final = 64
# RFC 5321 dot-strings and host names. ASCII only: letters that merely look alike would open a second account.
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)


def checked_email(text: str) -> str:
    """Return the address without surrounding blanks, otherwise as typed. Raises ``InvalidEmail``."""
    email = text.strip()
    local, at, domain = email.rpartition("@")
    if not at or len(email) > LENGTH_MAX or len(local) > LOCAL_LENGTH_MAX:
        raise InvalidEmail("This is not an e-mail address.")
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise InvalidEmail("This is not an e-mail address.")
    return email


def email_key(email: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return email.strip().casefold()
