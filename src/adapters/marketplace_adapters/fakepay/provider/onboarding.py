"""How a seller shows the provider what an account owes: a link, good for one use and not for ever, to a page of ours.

The page asks for nothing real: one click hands in whatever is due, and the account may do everything.
"""

from html import escape
from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.provider import accounts
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.refusals import Refusal, missing, not_now

PATH: Final = "/onboarding/"


@frozen(kw_only=True)
class Link:
    """Hold one link: what it is for, where it leads back to, until when it works (unix milliseconds)."""

    token: str
    account: str
    return_url: str
    expires_at_ms: int
    used: bool


def create_link(session: Session, account_id: str, *, return_url: str) -> Link:
    """Make a link for an account. Raises Refusal: account_not_found, account_rejected."""
    account = accounts.find(session, account_id)
    if account.status == "rejected":
        raise not_now("account_rejected", "The account was rejected.")
    link = Link(
        token=session.new_token(),
        account=account.id,
        return_url=return_url,
        expires_at_ms=session.now_ms + session.terms.onboarding_link_seconds * 1_000,
        used=False,
    )
    session.db.execute(
        "INSERT INTO onboarding_links (token, account, return_url, expires_at_ms) VALUES (?, ?, ?, ?)",
        (link.token, link.account, link.return_url, link.expires_at_ms),
    )
    return link


def find_link(session: Session, token: str) -> Link:
    """Return a link that still works. Raises Refusal: onboarding_link_not_found, onboarding_link_used_up (410)."""
    row = session.db.execute("SELECT * FROM onboarding_links WHERE token = ?", (token,)).fetchone()
    if row is None:
        raise missing("onboarding_link")
    link = Link(
        token=row["token"],
        account=row["account"],
        return_url=row["return_url"],
        expires_at_ms=row["expires_at_ms"],
        used=row["used_at_ms"] is not None,
    )
    if link.used or link.expires_at_ms < session.now_ms:
        raise Refusal(410, "invalid_request", "onboarding_link_used_up", "This link has been used, or is too old.")
    return link


def complete(session: Session, token: str) -> Link:
    """Hand in everything the account owes. Raises what `find_link` raises, and Refusal: account_rejected."""
    link = find_link(session, token)
    if accounts.find(session, link.account).status == "rejected":
        raise not_now("account_rejected", "The account was rejected.")
    session.db.execute("UPDATE onboarding_links SET used_at_ms = ? WHERE token = ?", (session.now_ms, token))
    accounts.enable(session, link.account)
    return link


def describe(link: Link, url: str) -> dict[str, object]:
    """Return the link as the API tells it."""
    return {
        "object": "onboarding_link",
        "account": link.account,
        "url": url,
        "expires_at": link.expires_at_ms // 1_000,
    }


def page(account: accounts.Account, link: Link) -> str:
    """Write the page with its one button."""
    owed = "".join(f"<li>{escape(one.replace('_', ' '))}</li>" for one in (*account.past_due, *account.currently_due))
    return _document(
        "Open your FakePay account",
        "<p>FakePay is a pretended payment provider: nothing real is asked, nothing you do here moves real money.</p>"
        + (f"<p>To be handed in:</p><ul>{owed}</ul>" if owed else "<p>Nothing is due.</p>")
        + '<form method="post"><button>Hand everything in and go back</button></form>'
        + f'<p><a href="{escape(link.return_url)}">Go back without handing anything in</a></p>',
    )


def apology(sentence: str) -> str:
    """Write the page for a link that does not work."""
    return _document("This does not work", f"<p>{escape(sentence)}</p><p>Ask the shop for a new link.</p>")


def _document(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{title}</h1>{content}</main></body></html>"
    )
