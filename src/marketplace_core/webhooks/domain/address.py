"""How the address of an endpoint is written. Whether anything may be sent there is the sender's to know."""

from typing import Final
from urllib.parse import urlsplit

from marketplace_core.webhooks.domain.errors import UrlNotAllowed

URL_LENGTH_MAX: Final = 500


def checked_url(url: str) -> str:
    """Return the address. Raises ``UrlNotAllowed`` when it is not written as one of the web."""
    if not 1 <= len(url) <= URL_LENGTH_MAX or not all("!" <= letter <= "~" for letter in url):
        raise UrlNotAllowed(f"An address is written in 1 to {URL_LENGTH_MAX} ASCII characters, without spaces.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise UrlNotAllowed("This is not an address of the web.") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or "\\" in url:
        raise UrlNotAllowed("An address begins with https:// and the name of a host.")
    if parts.username is not None or parts.password is not None:
        raise UrlNotAllowed("An address carries no name and no password: what we send is signed.")
    if parts.fragment or url.endswith("#"):
        raise UrlNotAllowed("What follows # in an address is sent to nobody.")
    return url
