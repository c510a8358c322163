"""Mails as their readers see them, in a frame: nothing in a mail runs, and nothing is loaded for it."""

from typing import Final

from starlette.responses import HTMLResponse

from marketplace_core.notifications import MailView

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""Mails bring their styles in attributes, as mails must; everything else is off, and the page is nobody's origin."""


def framed(mail: MailView) -> HTMLResponse:
    """Answer with the HTML of a mail, for a frame of ours alone."""
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
    return HTMLResponse(mail.html, headers=headers)
