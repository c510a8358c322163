"""What every page carries to protect its reader, and which requests are refused before anything is looked at."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

REPORTS: Final = "/csp-reports"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TARGET_LENGTH_MAX: Final = 2_000
_POLICY: Final = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "media-src": ("'self'", "blob:"),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "worker-src": ("'self'", "blob:"),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
    "report-uri": (REPORTS,),
}


def policy(
    *, styles: Sequence[str] = (), partners: Sequence[str] = (), framing: bool = False, files: Sequence[str] = ()
) -> str:
    """Return a content security policy: ourselves alone, nothing inline.

    ``styles`` are hashes of style texts that a component brings along; ``partners`` are origins of the payment
    provider, whose script, frames and addresses the checkout needs; ``framing`` lets a page show another one of ours
    in a frame; ``files`` are origins of the file store, where pictures come from and uploads go to.
    """
    sources = dict(_POLICY)
    sources["style-src"] = (*sources["style-src"], *styles)
    if partners:
        for directive in ("script-src", "connect-src"):
            sources[directive] = (*sources[directive], *partners)
        sources["frame-src"] = tuple(partners)
    for directive in ("img-src", "connect-src"):
        sources[directive] = (*sources[directive], *files)
    if framing:
        sources["frame-src"] = ("'self'", *partners)
    return "; ".join(f"{name} {' '.join(values)}" for name, values in sources.items())


def is_own(request: Request, address: str) -> bool:
    """Tell whether a request that changes something comes from a page of ours.

    Browsers say where a request comes from, and no page can make them lie. Cookies are ``SameSite=Lax`` besides.
    """
    if request.method in SAFE:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return True  # not a browser: it has no cookies but its own
    return urlsplit(origin).netloc in {urlsplit(address).netloc, request.headers.get("host", "")}


def local(target: str, otherwise: str = "/") -> str:
    """Return the target if it is a path of ours; nobody is sent elsewhere by a link that we made."""
    fine = (
        target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable() and "\\" not in target
    )
    return target if fine and len(target) <= 2_000 else otherwise
