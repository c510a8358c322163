"""Payments, holds, seller accounts and payouts in memory."""

from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from marketplace_core.inmemory.brakes import InMemoryBrakes
from marketplace_core.inmemory.debts import InMemoryDebtSettlements, InMemorySellerStandings, standing_table
from marketplace_core.inmemory.ledger import InMemoryLedger, PostedJournal, journal_table
from marketplace_core.inmemory.lookouts import InMemoryComparisons, InMemoryLookouts
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
)
from marketplace_core.payments import (
    Dispute,
    DisputeNotFound,
    EscrowHold,
    EscrowNotFound,
    PayableEntry,
    Payment,
    PaymentNotFound,
    Payout,
    PayoutItem,
    PayoutNotFound,
    PayoutState,
    Refund,
    RefundNotFound,
    SellerAccount,
    SellerAccountNotFound,
    entries_of,
)
from marketplace_core.payments.claims import (
    Claim,
    ClaimNotFound,
)
from marketplace_core.payments.ports import (
    Claimant,
    Claims,
    Disputes,
    EscrowHolds,
    Payments,
    PaymentsWork,
    Payouts,
    Refunds,
    SellerAccounts,
)


@final
@frozen
class InMemoryPayments(Payments):
    """Payments in a table."""

    store: Store

    async def get(self, payment_id: PaymentId) -> Payment:
        """Look it up."""
        payment = payment_table(self.store).get(payment_id)
        if payment is None:
            raise PaymentNotFound("There is no such payment.")
        return payment

    async def of_order(self, order_id: OrderId) -> Payment | None:
        """Look through all."""
        found = payment_table(self.store).find(lambda payment: payment.order_id == order_id)
        return found[0] if found else None

    async def at_provider(self, provider: str, reference: str) -> Payment | None:
        """Look through all."""
        found = payment_table(self.store).find(lambda one: (one.provider, one.reference) == (provider, reference))
        return found[0] if found else None

    async def save(self, payment: Payment) -> None:
        """Store it, unless the order has another."""
        table = payment_table(self.store)
        if any(other.order_id == payment.order_id and other.payment_id != payment.payment_id for other in table):
            raise ConcurrentUpdate(f"{payment.order_id} has another payment.")
        self.store.save(table, payment.payment_id, payment)


@final
@frozen
class InMemoryEscrowHolds(EscrowHolds):
    """Holds in a table."""

    store: Store

    async def get(self, seller_order_id: SellerOrderId) -> EscrowHold:
        """Look it up."""
        hold = hold_table(self.store).get(seller_order_id)
        if hold is None:
            raise EscrowNotFound("There is no held payment for that seller order.")
        return hold

    async def of_payment(self, payment_id: PaymentId) -> Sequence[EscrowHold]:
        """Look through all."""
        found = hold_table(self.store).find(lambda hold: hold.payment_id == payment_id)
        return sorted(found, key=lambda hold: hold.seller_order_id)

    async def save(self, hold: EscrowHold) -> None:
        """Store it."""
        self.store.save(hold_table(self.store), hold.seller_order_id, hold)


@final
@frozen
class InMemoryRefunds(Refunds):
    """Refunds in a table."""

    store: Store

    async def get(self, refund_id: RefundId) -> Refund:
        """Look it up."""
        refund = refund_table(self.store).get(refund_id)
        if refund is None:
            raise RefundNotFound("There is no such refund.")
        return refund

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Refund]:
        """Look through all."""
        found = refund_table(self.store).find(lambda refund: refund.payment_id == payment_id)
        return sorted(found, key=lambda refund: refund.refund_id)

    async def save(self, refund: Refund) -> None:
        """Store it."""
        self.store.save(refund_table(self.store), refund.refund_id, refund)


@final
@frozen
class InMemoryDisputes(Disputes):
    """Card disputes in a table."""

    store: Store

    async def get(self, dispute_id: DisputeId) -> Dispute:
        """Look it up."""
        dispute = dispute_table(self.store).get(dispute_id)
        if dispute is None:
            raise DisputeNotFound("There is no such dispute.")
        return dispute

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        """Look through all."""
        found = dispute_table(self.store).find(lambda dispute: dispute.payment_id == payment_id)
        return sorted(found, key=lambda dispute: dispute.dispute_id)

    async def save(self, dispute: Dispute) -> None:
        """Store it, unless the provider's dispute has another row."""
        table, name = dispute_table(self.store), (dispute.provider, dispute.reference)
        if any((one.provider, one.reference) == name and one.dispute_id != dispute.dispute_id for one in table):
            raise ConcurrentUpdate(f"{dispute.reference} has another row.")
        self.store.save(table, dispute.dispute_id, dispute)


@final
@frozen
class InMemoryClaims(Claims):
    """Claims in a table."""

    store: Store

    async def get(self, claim_id: ClaimId) -> Claim:
        """Look it up."""
        claim = claim_table(self.store).get(claim_id)
        if claim is None:
            raise ClaimNotFound("There is no such claim.")
        return claim

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Claim]:
        """Look through all."""
        found = claim_table(self.store).find(lambda claim: claim.payment_id == payment_id)
        return sorted(found, key=lambda claim: claim.claim_id)

    async def save(self, claim: Claim) -> None:
        """Store it, unless another one about the seller order is open."""
        table = claim_table(self.store)
        others = (one for one in table if one.seller_order_id == claim.seller_order_id)
        if claim.is_open and any(one.is_open and one.claim_id != claim.claim_id for one in others):
            raise ConcurrentUpdate(f"{claim.seller_order_id} has another open claim.")
        self.store.save(table, claim.claim_id, claim)


@final
@frozen
class InMemorySellerAccounts(SellerAccounts):
    """Seller accounts in a table."""

    store: Store

    async def get(self, seller_id: SellerId) -> SellerAccount:
        """Look it up."""
        account = await self.find(seller_id)
        if account is None:
            raise SellerAccountNotFound("There is no such seller account.")
        return account

    async def find(self, seller_id: SellerId) -> SellerAccount | None:
        """Look it up."""
        return seller_account_table(self.store).get(seller_id)

    async def save(self, account: SellerAccount) -> None:
        """Store it."""
        self.store.save(seller_account_table(self.store), account.seller_id, account)


@final
@frozen
class InMemoryPayouts(Payouts):
    """Payouts in a table; what is claimed is read off the living ones."""

    store: Store

    async def get(self, payout_id: PayoutId) -> Payout:
        """Look it up."""
        payout = payout_table(self.store).get(payout_id)
        if payout is None:
            raise PayoutNotFound("There is no such payout.")
        return payout

    async def save(self, payout: Payout) -> None:
        """Store it, unless another living one has claimed one of its entries."""
        claimed = claimed_entries(self.store, besides=payout.payout_id)
        if payout.is_live and any(item.entry_id in claimed for item in payout.items):
            raise ConcurrentUpdate("Another payout has claimed one of these entries.")
        self.store.save(payout_table(self.store), payout.payout_id, payout)

    async def paid(self, seller_id: SellerId, currency: str, provider: str, *, limit: int) -> Sequence[Payout]:
        """Filter and sort."""
        found = (
            one
            for one in payout_table(self.store)
            if (one.seller_id, one.amount.currency, one.provider) == (seller_id, currency, provider)
            and one.state is PayoutState.PAID
        )
        return sorted(found, key=lambda one: one.payout_id, reverse=True)[:limit]

    async def claimants(self, *, minimum_minor: int, limit: int) -> Sequence[Claimant]:
        """Sum up what is unclaimed."""
        found = []
        for account in seller_account_table(self.store):
            waiting = [
                (posted, entry)
                for posted, entry in unclaimed_entries(self.store)
                if entry.seller_id == account.seller_id and entry.amount.currency == account.currency
            ]
            payable = sum(entry.amount.amount_minor for _, entry in waiting)
            standing = standing_table(self.store).get(f"{account.seller_id}:{account.currency}")
            is_stopped = standing is not None and standing.suspended
            enough = 1 if standing is not None and standing.closing else minimum_minor
            if account.can_be_paid and not is_stopped and waiting and payable >= enough:
                oldest_at = min(posted.posted_at for posted, _ in waiting)
                found.append(Claimant(seller_id=account.seller_id, currency=account.currency, oldest_at=oldest_at))
        return sorted(found, key=lambda claimant: (claimant.oldest_at, claimant.seller_id))[:limit]

    async def unclaimed(self, seller_id: SellerId, currency: str, *, limit: int) -> Sequence[PayoutItem]:
        """Filter and sort."""
        found = sorted(
            (posted.posted_at, entry.entry_id, entry.seller_order_id, entry.amount)
            for posted, entry in unclaimed_entries(self.store)
            if entry.seller_id == seller_id and entry.amount.currency == currency
        )
        return [
            PayoutItem(entry_id=name, seller_order_id=seller_order_id, amount=amount)
            for _, name, seller_order_id, amount in found[:limit]
        ]


@final
class InMemoryPaymentsWork(InMemoryWork, PaymentsWork):
    """The unit of work of payments on the store."""

    @property
    def ledger(self) -> InMemoryLedger:
        """The books."""
        return InMemoryLedger(self.store)

    @property
    def payments(self) -> InMemoryPayments:
        """The payments."""
        return InMemoryPayments(self.store)

    @property
    def holds(self) -> InMemoryEscrowHolds:
        """The holds."""
        return InMemoryEscrowHolds(self.store)

    @property
    def refunds(self) -> InMemoryRefunds:
        """The refunds."""
        return InMemoryRefunds(self.store)

    @property
    def disputes(self) -> InMemoryDisputes:
        """The card disputes."""
        return InMemoryDisputes(self.store)

    @property
    def claims(self) -> InMemoryClaims:
        """The buyers' claims."""
        return InMemoryClaims(self.store)

    @property
    def standings(self) -> InMemorySellerStandings:
        """What is remembered of the sellers."""
        return InMemorySellerStandings(self.store)

    @property
    def settlements(self) -> InMemoryDebtSettlements:
        """The settlements of their debts."""
        return InMemoryDebtSettlements(self.store)

    @property
    def seller_accounts(self) -> InMemorySellerAccounts:
        """The sellers' accounts."""
        return InMemorySellerAccounts(self.store)

    @property
    def payouts(self) -> InMemoryPayouts:
        """The payouts."""
        return InMemoryPayouts(self.store)

    @property
    def brakes(self) -> InMemoryBrakes:
        """What makes money stand still."""
        return InMemoryBrakes(self.store)

    @property
    def comparisons(self) -> InMemoryComparisons:
        """How the books were compared the last time."""
        return InMemoryComparisons(self.store)

    @property
    def lookouts(self) -> InMemoryLookouts:
        """Until when the provider was looked at."""
        return InMemoryLookouts(self.store)


def payment_table(store: Store) -> Table[Payment]:
    """Return the payments by id."""
    return store.table("payments_payments")


def hold_table(store: Store) -> Table[EscrowHold]:
    """Return the holds by seller order id."""
    return store.table("payments_holds")


def refund_table(store: Store) -> Table[Refund]:
    """Return the refunds by id."""
    return store.table("payments_refunds")


def dispute_table(store: Store) -> Table[Dispute]:
    """Return the card disputes by id."""
    return store.table("payments_disputes")


def claim_table(store: Store) -> Table[Claim]:
    """Return the claims by id."""
    return store.table("payments_claims")


def seller_account_table(store: Store) -> Table[SellerAccount]:
    """Return the seller accounts by seller id."""
    return store.table("payments_seller_accounts")


def payout_table(store: Store) -> Table[Payout]:
    """Return the payouts by id."""
    return store.table("payments_payouts")


def claimed_entries(store: Store, *, besides: PayoutId | None = None) -> set[str]:
    """Return the names of the entries that living payouts have claimed, leaving out one payout."""
    return {
        item.entry_id
        for payout in payout_table(store)
        if payout.is_live and payout.payout_id != besides
        for item in payout.items
    }


def unclaimed_entries(store: Store) -> Iterator[tuple[PostedJournal, PayableEntry]]:
    """Yield what the journals have made payable and no living payout has claimed."""
    claimed = claimed_entries(store)
    for posted in journal_table(store):
        for entry in entries_of(posted.journal):
            if entry.entry_id not in claimed:
                yield posted, entry
