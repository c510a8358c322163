"""The books, and whoever audits them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.journals import Journal

UNANSWERED_HOURS_MAX: Final = 72
"""How long a payout may be on its way to the provider without an answer before the audit calls it lost."""


class Ledger(Protocol):
    """The books: journals are added and never changed; a correction is another journal."""

    async def post(self, journal: Journal, at: datetime) -> None:
        """Post a journal, opening the accounts it names. One that moves nothing leaves no trace.

        What it changes in what is payable to a seller (``entries_of``) can be claimed by a payout from then on.

        Raises ``AlreadyPosted`` if this fact (kind, source type, source, leg) is in the books, ``InsufficientFunds`` if
        an account would break its balance rule, ``AccountClosed``. All refusals leave the books as they were; on a
        database they doom the transaction.
        """
        ...

    async def journals_of(self, source_id: str) -> Sequence[Journal]:
        """Return what was booked of one source, the oldest first, each with its transfers."""
        ...

    async def balance(self, account: Account) -> Money:
        """Return the balance on the side on which the account grows; zero if it was never touched."""
        ...


@frozen(kw_only=True)
class Violation:
    """Something in the books that must not be: which check found it, about what, and what it saw."""

    check: str
    subject: str
    detail: str


class Audit(Protocol):
    """Looks for what must never be in the books. Reads one consistent state."""

    async def violations(self, now: datetime, *, limit: int) -> Sequence[Violation]:
        """Return what is wrong, at most ``limit`` findings; empty means the books are sound.

        Checks: every currency sums to zero; every kept balance equals its transfers; no guarded account is overdrawn;
        no journal is without transfers; every escrow account holds exactly what its hold says; every paid share is
        accounted for to the cent; what is payable to a seller is exactly what no live payout has claimed; what a payout
        has in clearing is exactly its amount until it is paid; a seller's wallet holds exactly what was transferred and
        neither paid nor taken back; what is owed to a buyer for a refund is exactly its amount until the provider has
        sent it, and again when it came back; what a network has taken, and what is set apart for it in escrow and of
        sellers' money, is exactly what open disputes say; a captured payment is booked in full, as shares or in
        suspense, and so is the provider's fee; what waits in suspense is exactly what did not fit and was not given
        back; every release is booked in full, and a share says of releases, refunds and disputes what their own rows
        say; a hold that has ended holds nothing; an entry is claimed by one living payout; no journal is about
        something that does not exist; no transfer to a seller is without an answer for more than
        ``UNANSWERED_HOURS_MAX``.
        """
        ...

    async def owed(self) -> Sequence[Money]:
        """Return what our balance at the provider has to cover, by currency: what is held for or owed to others.

        That is the accounts that ``liquidity.COVERED`` names, and what payouts have claimed that no transfer was made
        or asked for yet; less the provider's fees of payments of which something is held (``liquidity.EARNING``), which
        the commission earns back at the release. Never below zero.
        """
        ...
