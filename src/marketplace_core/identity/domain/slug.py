"""The address of a shop: short, lower case, ASCII, and nobody else's."""

import re
from typing import Final

from marketplace_core.identity.domain.errors import InvalidSlug

LENGTH_MIN: Final = 3
LENGTH_MAX: Final = 40
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_RESERVED: Final = """
about abuse account accounts admin administrator api app apps archive assets auth billing blog buy buyer cart
categories category checkout contact cookies dashboard delivery demo dev docs download faq favicon feed feedback
files forum health help home hostmaster images imprint index info internal invoice invoices jobs landing legal live
login logout mail mailbox manage marketplace me media metrics moderator news null oauth offers operator order orders
page pages payment payments payout payouts platform policy postmaster press pricing privacy product products profile
public ready refund refunds register returns robots root sale search security sell seller sellers service session
sessions settings shipping shop shops sign-in sign-out sign-up signin signout signup sitemap staff static status
store stores studio support system team terms test undefined upload uploads user users verified video videos
webhook webhooks webmaster well-known www
"""
RESERVED: Final = frozenset(_RESERVED.split())
"""Words that are, or may become, addresses of the marketplace itself, or would pretend to speak for it."""


def checked_slug(text: str) -> str:
    """Return the slug as given. Raises ``InvalidSlug`` when it is malformed or reserved; nothing is corrected."""
    if not LENGTH_MIN <= len(text) <= LENGTH_MAX or not _SLUG.fullmatch(text):
        raise InvalidSlug(
            f"A shop's address is {LENGTH_MIN} to {LENGTH_MAX} lower-case letters, digits and single inner hyphens."
        )
    if text in RESERVED:
        raise InvalidSlug("This address belongs to the marketplace itself; choose another.")
    return text
