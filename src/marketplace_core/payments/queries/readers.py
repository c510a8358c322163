"""Who answers the questions about money: filled by whoever keeps the rows."""

from collections.abc import Sequence, Set
from typing import Protocol

from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.comparison import BookRow, Entry
from marketplace_core.payments.domain.debt import SellerFacts
from marketplace_core.payments.domain.last_comparison import KeptComparison
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.queries.claim_views import ClaimView
from marketplace_core.payments.queries.debt_views import DebtorView, SettlementView
from marketplace_core.payments.queries.dispute_views import DisputeView
from marketplace_core.payments.queries.entries import BalanceEntry, BalanceHeading
from marketplace_core.payments.queries.refund_views import RefundableOrder, RefundView
from marketplace_core.payments.queries.views import (
    BalanceView,
    BrakeView,
    EscrowView,
    JournalView,
    OrderHoldsView,
    PaymentView,
    PayoutView,
    TrialBalanceView,
)


class DebtsReader(Protocol):
    """Answers about what sellers owe and may do."""

    async def seller_facts(self, seller_id: SellerId) -> SellerFacts | None:
        """Return what is known of a seller in the currency of their account; None without an account."""
        ...

    async def debtors(self, page: PageRequest) -> Page[DebtorView]:
        """Return sellers who owe something, the newest shops first."""
        ...

    async def settlements(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[SettlementState] = frozenset()
    ) -> Page[SettlementView]:
        """Return settlements of debts, newest first, of a seller, in some states, where given."""
        ...


class PaymentsReader(DebtsReader, Protocol):
    """Answers about payments, holds and payouts; one statement each where the database allows it."""

    async def payment(self, payment_id: PaymentId) -> PaymentView | None:
        """Return a payment."""
        ...

    async def payment_of_order(self, order_id: OrderId) -> PaymentView | None:
        """Return the payment of an order."""
        ...

    async def escrow(self, seller_order_id: SellerOrderId) -> EscrowView | None:
        """Return the hold of a seller order."""
        ...

    async def escrows(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[HoldState] = frozenset(),
    ) -> Page[EscrowView]:
        """Return holds, newest seller orders first, of an order or a seller, and in some states, where given."""
        ...

    async def order_holds(self, order_id: OrderId) -> OrderHoldsView | None:
        """Return what is held of an order and who has paid it."""
        ...

    async def balance(self, seller_id: SellerId) -> BalanceView:
        """Return where a seller's money is; all zero in the account's currency if there never was any."""
        ...

    async def balance_entries(
        self, page: PageRequest, *, seller_id: SellerId, currency: str, heading: BalanceHeading
    ) -> Page[BalanceEntry]:
        """Return the entries behind a figure of a seller's balance, newest first; together they sum to it."""
        ...

    async def payout(self, payout_id: PayoutId) -> PayoutView | None:
        """Return a payout."""
        ...

    async def payouts(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[PayoutState] = frozenset()
    ) -> Page[PayoutView]:
        """Return payouts, newest first, of a seller where given."""
        ...

    async def refund(self, refund_id: RefundId) -> RefundView | None:
        """Return all of a refund."""
        ...

    async def refunds(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[RefundState] = frozenset(),
    ) -> Page[RefundView]:
        """Return refunds, newest first, each with all its parts: of an order, with a part of a seller, of a buyer."""
        ...

    async def refundable(self, order_id: OrderId) -> RefundableOrder | None:
        """Return what may be given back of an order, its parts by seller order id, and what their shops have."""
        ...

    async def dispute(self, dispute_id: DisputeId) -> DisputeView | None:
        """Return a card dispute."""
        ...

    async def disputes(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[DisputeState] = frozenset(),
    ) -> Page[DisputeView]:
        """Return card disputes, newest first, each with all its parts: of an order, with a part of a seller."""
        ...

    async def claim(self, claim_id: ClaimId) -> ClaimView | None:
        """Return a claim with all that was said in it."""
        ...

    async def claims(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[ClaimState] = frozenset(),
    ) -> Page[ClaimView]:
        """Return claims, newest first: of an order, about a seller's parts, of a buyer, in some states, where given."""
        ...


class BooksReader(Protocol):
    """Answers about the books."""

    async def brakes(self, limit: int) -> Sequence[BrakeView]:
        """Return the newest brakes, on or not, the newest first."""
        ...

    async def last_comparison(self, provider: str) -> KeptComparison | None:
        """Return how the books were compared with a provider's the last time."""
        ...

    async def trial_balance(self) -> TrialBalanceView:
        """Return the sums of all accounts by kind and currency, in the order of the chart."""
        ...

    async def journals(self, page: PageRequest, *, source_id: str | None) -> Page[JournalView]:
        """Return journals, newest first: of one source (payment, release, payout) where given."""
        ...

    async def at_provider(self, entry: Entry, provider: str, page: PageRequest) -> Page[BookRow]:
        """Return what we believe a provider has of one kind, in a stable order: whatever we asked it for.

        Movements and balances have no rows.
        """
        ...
