"""The rows of payments, and the transaction that changes them together with the books."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    SettlementId,
)
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.payments.domain.brake import Brake, BrakeCause
from marketplace_core.payments.domain.claim import Claim
from marketplace_core.payments.domain.debt import DebtSettlement, SellerFacts, SellerStanding
from marketplace_core.payments.domain.dispute import Dispute
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.last_comparison import LastComparison
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.payout import Payout, PayoutItem
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.seller_account import SellerAccount
from marketplace_core.payments.ports.books import Ledger


class Payments(Protocol):
    """Payments, one per order."""

    async def get(self, payment_id: PaymentId) -> Payment:
        """Return a payment. Raises ``PaymentNotFound``."""
        ...

    async def of_order(self, order_id: OrderId) -> Payment | None:
        """Return the payment of an order, if one was opened."""
        ...

    async def at_provider(self, provider: str, reference: str) -> Payment | None:
        """Return the payment that a provider calls so, if it is one of ours."""
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


class Refunds(Protocol):
    """Refunds, any number of a payment."""

    async def get(self, refund_id: RefundId) -> Refund:
        """Return a refund. Raises ``RefundNotFound``."""
        ...

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Refund]:
        """Return the refunds of a payment, the oldest first."""
        ...

    async def save(self, refund: Refund) -> None:
        """Store the refund, its parts and its events. Raises ``ConcurrentUpdate``."""
        ...


class Disputes(Protocol):
    """Card disputes, any number of a payment."""

    async def get(self, dispute_id: DisputeId) -> Dispute:
        """Return a dispute. Raises ``DisputeNotFound``."""
        ...

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        """Return the disputes of a payment, the oldest first."""
        ...

    async def save(self, dispute: Dispute) -> None:
        """Store the dispute, its parts and its events.

        Raises ``ConcurrentUpdate``, also for a second row of one provider's dispute.
        """
        ...


class Claims(Protocol):
    """Buyers' claims; at most one of a seller order is open."""

    async def get(self, claim_id: ClaimId) -> Claim:
        """Return a claim. Raises ``ClaimNotFound``."""
        ...

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Claim]:
        """Return the claims about the seller orders of a payment, the oldest first."""
        ...

    async def save(self, claim: Claim) -> None:
        """Store the claim, what was said in it, and its events.

        Raises ``ConcurrentUpdate``, also for a second open claim about one seller order.
        """
        ...


class SellerStandings(Protocol):
    """What is remembered of sellers, one row per seller and currency."""

    async def find(self, seller_id: SellerId, currency: str) -> SellerStanding | None:
        """Return what is remembered of a seller, if anything is."""
        ...

    async def facts(self, seller_ids: Collection[SellerId], currency: str) -> Mapping[SellerId, SellerFacts]:
        """Return what is known of each of some sellers, accounts and books included, in a currency."""
        ...

    async def save(self, standing: SellerStanding) -> None:
        """Store it. Raises ``ConcurrentUpdate``."""
        ...


class DebtSettlements(Protocol):
    """The settlements of sellers' debts."""

    async def get(self, settlement_id: SettlementId) -> DebtSettlement:
        """Return a settlement. Raises ``SettlementNotFound``."""
        ...

    async def save(self, settlement: DebtSettlement) -> None:
        """Store it.

        Raises ``ConcurrentUpdate``; ``WrongState`` for a second top-up under one reference of a provider.
        """
        ...

    async def reversals(self, seller_id: SellerId, currency: str) -> Sequence[DebtSettlement]:
        """Return every reversal of a seller's payouts in a currency, whatever became of it, the newest first."""
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
    """A seller with something payable that no live payout has claimed, since ``oldest_at``."""

    seller_id: SellerId
    currency: str
    oldest_at: datetime


class Payouts(Protocol):
    """Payouts and what they claim. An entry of a seller's account belongs to at most one live payout."""

    async def get(self, payout_id: PayoutId) -> Payout:
        """Return a payout. Raises ``PayoutNotFound``."""
        ...

    async def save(self, payout: Payout) -> None:
        """Store the payout, its claims and its events; a payout that is no longer live gives its claims up.

        Raises ``ConcurrentUpdate``, also when another live payout has claimed one of the entries.
        """
        ...

    async def claimants(self, *, minimum_minor: int, limit: int) -> Sequence[Claimant]:
        """Return sellers who can be paid and whose unclaimed entries sum to the minimum or more (in minor units).

        Who waits longest comes first; at most ``limit``.
        """
        ...

    async def unclaimed(self, seller_id: SellerId, currency: str, *, limit: int) -> Sequence[PayoutItem]:
        """Return the entries of a seller that no live payout has claimed, the oldest first, at most ``limit``."""
        ...

    async def paid(self, seller_id: SellerId, currency: str, provider: str, *, limit: int) -> Sequence[Payout]:
        """Return the payouts that a provider has paid to a seller, the newest first, at most ``limit``."""
        ...


class Brakes(Protocol):
    """The brakes, at most one of a cause on at a time."""

    async def on(self) -> Sequence[Brake]:
        """Return those that are on, by cause."""
        ...

    async def last(self, cause: BrakeCause) -> Brake | None:
        """Return the newest of a cause, on or not."""
        ...

    async def save(self, brake: Brake) -> None:
        """Store it. Raises ``ConcurrentUpdate``, also for a second one of a cause that is on."""
        ...


class Lookouts(Protocol):
    """Until when a payment provider was asked what happened there."""

    async def until(self, provider: str) -> datetime | None:
        """Return until when; None if nobody ever asked."""
        ...

    async def looked(self, provider: str, until: datetime) -> None:
        """Note it, unless a later time is noted already."""
        ...


class Comparisons(Protocol):
    """How our books and each provider's were compared the last time."""

    async def last(self, provider: str) -> LastComparison | None:
        """Return it, or None before the first."""
        ...

    async def save(self, last: LastComparison) -> None:
        """Store it and its events. Raises ``ConcurrentUpdate`` if somebody else compared meanwhile."""
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
    def refunds(self) -> Refunds:
        """The refunds."""
        ...

    @property
    def disputes(self) -> Disputes:
        """The card disputes."""
        ...

    @property
    def claims(self) -> Claims:
        """The buyers' claims."""
        ...

    @property
    def standings(self) -> SellerStandings:
        """What is remembered of the sellers."""
        ...

    @property
    def settlements(self) -> DebtSettlements:
        """The settlements of their debts."""
        ...

    @property
    def seller_accounts(self) -> SellerAccounts:
        """The sellers' accounts."""
        ...

    @property
    def payouts(self) -> Payouts:
        """The payouts."""
        ...

    @property
    def brakes(self) -> Brakes:
        """What makes money stand still."""
        ...

    @property
    def comparisons(self) -> Comparisons:
        """How the books were compared the last time."""
        ...

    @property
    def lookouts(self) -> Lookouts:
        """Until when the provider was looked at."""
        ...
