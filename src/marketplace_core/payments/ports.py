"""What payments need from outside: their rows and their books in one transaction, and a payment provider.

A provider is asked outside of transactions only. Its answers are snapshots of its objects in our words; what they mean
is decided by the domain. Every request that changes something carries a key made of our own identifiers: asking twice
with one key is asking once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from attrs import field, frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.journals import Journal
from marketplace_core.payments.domain.payment import Payment, ProviderPayment
from marketplace_core.payments.domain.payout import Payout, PayoutItem, ProviderPayout, ProviderTransfer
from marketplace_core.payments.domain.seller_account import ProviderAccount, SellerAccount

UNANSWERED_HOURS_MAX: Final = 72
"""How long a payout may be on its way to the provider without an answer before the audit calls it lost."""


class Ledger(Protocol):
    """The books: journals are added and never changed; a correction is another journal."""

    async def post(self, journal: Journal, at: datetime) -> None:
        """Post a journal, opening the accounts it names. One that moves nothing leaves no trace.

        Raises ``AlreadyPosted`` if this fact (kind, source type, source, leg) is in the books, ``InsufficientFunds`` if
        an account would break its balance rule, ``AccountClosed``. All refusals leave the books as they were; on a
        database they doom the transaction.
        """
        ...

    async def balance(self, account: Account) -> Money:
        """Return the balance on the side on which the account grows; zero if it was never touched."""
        ...


class Payments(Protocol):
    """Payments, one per order."""

    async def get(self, payment_id: PaymentId) -> Payment:
        """Return a payment. Raises ``PaymentNotFound``."""
        ...

    async def of_order(self, order_id: OrderId) -> Payment | None:
        """Return the payment of an order, if one was opened."""
        ...

    async def save(self, payment: Payment) -> None:
        """Store the payment and its events. Raises ``ConcurrentUpdate``, also for a second payment of one order."""
        ...


class EscrowHolds(Protocol):
    """Holds, one per seller order."""

    async def get(self, seller_order_id: SellerOrderId) -> EscrowHold:
        """Return a hold. Raises ``EscrowNotFound``."""
        ...

    async def of_payment(self, payment_id: PaymentId) -> Sequence[EscrowHold]:
        """Return the holds of a payment, by seller order id."""
        ...

    async def save(self, hold: EscrowHold) -> None:
        """Store the hold, its releases and its events. Raises ``ConcurrentUpdate``."""
        ...


class SellerAccounts(Protocol):
    """Where sellers are paid to, one account per seller."""

    async def get(self, seller_id: SellerId) -> SellerAccount:
        """Return a seller's account. Raises ``SellerAccountNotFound``."""
        ...

    async def find(self, seller_id: SellerId) -> SellerAccount | None:
        """Return a seller's account, if there is one."""
        ...

    async def save(self, account: SellerAccount) -> None:
        """Store the account. Raises ``ConcurrentUpdate``."""
        ...


@frozen(kw_only=True)
class Claimant:
    """A seller with released money that no live payout has claimed, since ``oldest_at``."""

    seller_id: SellerId
    currency: str
    oldest_at: datetime


class Payouts(Protocol):
    """Payouts and what they claim. A release belongs to at most one live payout."""

    async def get(self, payout_id: PayoutId) -> Payout:
        """Return a payout. Raises ``PayoutNotFound``."""
        ...

    async def save(self, payout: Payout) -> None:
        """Store the payout, its claims and its events; a payout that is no longer live gives its claims up.

        Raises ``ConcurrentUpdate``, also when another live payout has claimed one of the releases.
        """
        ...

    async def claimants(self, *, minimum_minor: int, limit: int) -> Sequence[Claimant]:
        """Return sellers who can be paid and whose unclaimed releases reach the minimum (in minor units).

        Who waits longest comes first; at most ``limit``.
        """
        ...

    async def unclaimed(self, seller_id: SellerId, currency: str, *, limit: int) -> Sequence[PayoutItem]:
        """Return releases to a seller that no live payout has claimed, the oldest first, at most ``limit``."""
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
        no journal is without transfers; every escrow account holds exactly what its hold says; what is payable to a
        seller is exactly what no live payout has claimed; what a payout has in clearing is exactly its amount until it
        is paid; a seller's wallet holds exactly what was transferred and not yet paid; a captured payment is booked in
        full, as shares or in suspense; no transfer to a seller is without an answer for more than
        ``UNANSWERED_HOURS_MAX``.
        """
        ...


class PaymentsWork(UnitOfWork, Protocol):
    """What payments change together."""

    @property
    def ledger(self) -> Ledger:
        """The books."""
        ...

    @property
    def payments(self) -> Payments:
        """The payments."""
        ...

    @property
    def holds(self) -> EscrowHolds:
        """The holds."""
        ...

    @property
    def seller_accounts(self) -> SellerAccounts:
        """The sellers' accounts."""
        ...

    @property
    def payouts(self) -> Payouts:
        """The payouts."""
        ...


@frozen(kw_only=True)
class PaymentRequest:
    """What the buyer is to be asked for. The provider keeps ``payment_id`` as its reference to us."""

    payment_id: PaymentId
    order_id: OrderId
    amount: Money = field()


@frozen(kw_only=True)
class PaymentPage:
    """How a buyer pays on a page of ours, whichever provider it is.

    ``script_url`` is a module that defines the element ``<payment-step>``. The page places one with the attributes
    ``reference`` (the provider's identifier of the payment), ``client-secret``, ``return-url``, ``lang``, ``amount``
    (as it is written for people) and, where there is one, ``public-key``. The element asks for what it needs, talks to
    the provider, and sends the browser to ``return-url`` once the provider has taken the payment or works on it; what
    became of it is asked of the provider then, never of the browser.

    ``origins`` are those that the page's security policy has to admit for it: scripts, frames and addresses.
    """

    script_url: str
    public_key: str | None = None
    origins: tuple[str, ...] = ()


class PaymentGateway(Protocol):
    """Takes buyers' money at one payment provider.

    Every method may raise ``ProviderUnavailable``: the caller may repeat the call with the same key later; when it says
    ``ambiguous`` the provider may have acted. ``ProviderRefused`` is a final no to this very request and key.
    """

    @property
    def provider(self) -> str:
        """The provider's name, stored with every row of its money."""
        ...

    @property
    def max_hold(self) -> timedelta:
        """How long the provider lets us hold captured money before it must be paid out or refunded."""
        ...

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Ask for a payment and return it with its client secret.

        Raises ``ProviderUnavailable``, ``ProviderRefused``.
        """
        ...

    async def fetch(self, reference: str) -> ProviderPayment:
        """Return the payment as it is now, by the provider's reference.

        Raises ``UnknownAtProvider``, ``ProviderUnavailable``.
        """
        ...

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Return the payment that carries our identifier, the oldest if several. Raises ``ProviderUnavailable``."""
        ...

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Ask to make the payment impossible and return it as it is after that: the provider's answer wins.

        A payment that has succeeded or is being processed comes back in that state; that is no error. Raises
        ``UnknownAtProvider``, ``ProviderUnavailable``.
        """
        ...


@frozen(kw_only=True)
class TransferRequest:
    """Money to move to a seller's account at the provider; the provider keeps ``payout_id`` as its reference to us."""

    payout_id: PayoutId
    account: str
    amount: Money


class PayoutGateway(Protocol):
    """Pays sellers at one payment provider. The same errors as ``PaymentGateway``, under the same rules."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Open a seller's account. Raises ``ProviderUnavailable``, ``ProviderRefused``."""
        ...

    async def account(self, reference: str) -> ProviderAccount:
        """Return a seller's account as it is now. Raises ``UnknownAtProvider``, ``ProviderUnavailable``."""
        ...

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """Return the account that carries our identifier, the oldest if several. Raises ``ProviderUnavailable``."""
        ...

    async def available(self, currency: str) -> Money:
        """Return what the platform could transfer now. Raises ``ProviderUnavailable``."""
        ...

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Move money from the platform to a seller's account, at once.

        Raises ``ProviderUnavailable``; ``ProviderRefused`` (no money moved) with reason ``insufficient_funds``,
        ``account_restricted`` or the provider's own.
        """
        ...

    async def find_transfer(self, payout_id: PayoutId) -> ProviderTransfer | None:
        """Return the transfer made for a payout, if any. Raises ``ProviderUnavailable``."""
        ...

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Send money from a seller's account to the bank. Raises as ``transfer`` does."""
        ...

    async def payout(self, reference: str) -> ProviderPayout:
        """Return a bank payout as it is now. Raises ``UnknownAtProvider``, ``ProviderUnavailable``."""
        ...

    async def find_payout(self, payout_id: PayoutId) -> ProviderPayout | None:
        """Return the newest bank payout of a payout that has not failed, if any. Raises ``ProviderUnavailable``."""
        ...
