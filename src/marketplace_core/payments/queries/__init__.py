"""Questions about money, who may ask them, and the readers that answer them."""

from typing import ClassVar, Final, TypeVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.access import is_for_seller, no_escrow, no_payment, no_payout, require_payer
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import Audit, Violation
from marketplace_core.payments.queries.entries import AT_THE_BANK, BalanceEntry, BalanceHeading
from marketplace_core.payments.queries.readers import BooksReader, PaymentsReader
from marketplace_core.payments.queries.views import (
    BalanceView,
    BrakeView,
    EscrowView,
    JournalView,
    OrderHold,
    OrderHoldsView,
    PaymentView,
    PayoutView,
    PostedTransfer,
    SellerBalance,
    TrialBalanceRow,
    TrialBalanceView,
)

__all__ = [
    "AT_THE_BANK",
    "AuditBooks",
    "BalanceEntry",
    "BalanceHeading",
    "BalanceView",
    "BooksAnswers",
    "BooksReader",
    "BrakeView",
    "EscrowView",
    "JournalView",
    "ListBalanceEntries",
    "ListBrakes",
    "ListEscrows",
    "ListJournals",
    "ListPayouts",
    "OrderHold",
    "OrderHoldsView",
    "PaymentAnswers",
    "PaymentView",
    "PaymentsReader",
    "PayoutView",
    "PostedTransfer",
    "SellerBalance",
    "TrialBalance",
    "TrialBalanceRow",
    "TrialBalanceView",
    "ViewBalance",
    "ViewEscrow",
    "ViewOrderHolds",
    "ViewOrderPayment",
    "ViewPayment",
    "ViewPayout",
]

VIOLATIONS_SHOWN_MAX: Final = 100
BRAKES_SHOWN_MAX: Final = 50
OfBuyer = TypeVar("OfBuyer", PaymentView, OrderHoldsView)


@frozen(kw_only=True)
class ViewPayment(Query[PaymentView]):
    """Look at a payment and what the buyer does next."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    payment_id: PaymentId


@frozen(kw_only=True)
class ViewOrderPayment(Query[PaymentView]):
    """Look at the payment of an order."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId


@frozen(kw_only=True)
class ViewOrderHolds(Query[OrderHoldsView]):
    """See what is held of an order, and what lets it go to the sellers."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId


@frozen(kw_only=True)
class ViewEscrow(Query[EscrowView]):
    """Look at the held payment of a seller order."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ListEscrows(Query[Page[EscrowView]]):
    """List held payments of an order or a seller; without either, of everybody, for operators.

    ``states`` leave out all others; none means any.
    """

    permission: ClassVar[Permission] = Permission.SELLER

    order_id: OrderId | None = None
    seller_id: SellerId | None = None
    states: frozenset[HoldState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewBalance(Query[BalanceView]):
    """See where a seller's money is."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen(kw_only=True)
class ListBalanceEntries(Query[Page[BalanceEntry]]):
    """List what the books say about one figure of a seller's balance, the newest first."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId
    currency: str
    heading: BalanceHeading
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewPayout(Query[PayoutView]):
    """Look at a payout."""

    permission: ClassVar[Permission] = Permission.SELLER

    payout_id: PayoutId


@frozen(kw_only=True)
class ListPayouts(Query[Page[PayoutView]]):
    """List a seller's payouts; without a seller, everybody's, for operators. ``states`` leave out all others."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId | None = None
    states: frozenset[PayoutState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class TrialBalance(Query[TrialBalanceView]):
    """Sum up the books."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class ListJournals(Query[Page[JournalView]]):
    """List what was booked, of one payment, release or payout or of everything."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    source_id: str | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class AuditBooks(Query[tuple[Violation, ...]]):
    """Look for what must never be in the books; nothing found means that payouts may run."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class ListBrakes(Query[tuple[BrakeView, ...]]):
    """See whether money to sellers stands still, what for, and when it did before; the newest first."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class PaymentAnswers:
    """Answers the questions of buyers and sellers; what is foreign looks as if it were missing."""

    reader: PaymentsReader

    async def payment(self, query: ViewPayment, by: Actor) -> PaymentView:
        """Answer with a payment of the buyer's own. Raises ``PaymentNotFound``."""
        return _own(await self.reader.payment(query.payment_id), by)

    async def order_payment(self, query: ViewOrderPayment, by: Actor) -> PaymentView:
        """Answer with the payment of the buyer's own order. Raises ``PaymentNotFound``."""
        return _own(await self.reader.payment_of_order(query.order_id), by)

    async def order_holds(self, query: ViewOrderHolds, by: Actor) -> OrderHoldsView:
        """Answer with what is held of the buyer's own order. Raises ``PaymentNotFound``."""
        return _own(await self.reader.order_holds(query.order_id), by)

    async def escrow(self, query: ViewEscrow, by: Actor) -> EscrowView:
        """Answer with a hold of the seller's own. Raises ``EscrowNotFound``."""
        view = await self.reader.escrow(query.seller_order_id)
        if view is None or not is_for_seller(by, view.seller_id):
            raise no_escrow()
        return view

    async def escrows(self, query: ListEscrows, by: Actor) -> Page[EscrowView]:
        """Answer with holds; a seller sees their own."""
        seller_id = _visible(query.seller_id, by)
        return await self.reader.escrows(query.page, order_id=query.order_id, seller_id=seller_id, states=query.states)

    async def balance(self, query: ViewBalance, by: Actor) -> BalanceView:
        """Answer with a seller's money. Raises ``NotFound`` for a foreign shop."""
        by.require_seller(query.seller_id)
        return await self.reader.balance(query.seller_id)

    async def balance_entries(self, query: ListBalanceEntries, by: Actor) -> Page[BalanceEntry]:
        """Answer with the entries behind a figure. Raises ``NotFound`` for a foreign shop and ``MalformedMoney``."""
        by.require_seller(query.seller_id)
        currency = Money.zero(query.currency).currency
        return await self.reader.balance_entries(
            query.page, seller_id=query.seller_id, currency=currency, heading=query.heading
        )

    async def payout(self, query: ViewPayout, by: Actor) -> PayoutView:
        """Answer with a payout of the seller's own. Raises ``PayoutNotFound``."""
        view = await self.reader.payout(query.payout_id)
        if view is None or not is_for_seller(by, view.seller_id):
            raise no_payout()
        return view

    async def payouts(self, query: ListPayouts, by: Actor) -> Page[PayoutView]:
        """Answer with payouts; a seller sees their own."""
        return await self.reader.payouts(query.page, seller_id=_visible(query.seller_id, by), states=query.states)


@frozen(kw_only=True)
class BooksAnswers:
    """Answers the operators' questions about the books."""

    books: BooksReader
    audit: Audit
    clock: Clock

    async def trial_balance(self, query: TrialBalance, by: Actor) -> TrialBalanceView:
        """Answer with the sums."""
        return await self.books.trial_balance()

    async def journals(self, query: ListJournals, by: Actor) -> Page[JournalView]:
        """Answer with journals."""
        return await self.books.journals(query.page, source_id=query.source_id)

    async def brakes(self, query: ListBrakes, by: Actor) -> tuple[BrakeView, ...]:
        """Answer with the newest brakes."""
        return tuple(await self.books.brakes(BRAKES_SHOWN_MAX))

    async def violations(self, query: AuditBooks, by: Actor) -> tuple[Violation, ...]:
        """Answer with what is wrong."""
        return tuple(await self.audit.violations(self.clock.now(), limit=VIOLATIONS_SHOWN_MAX))


def _own(view: OfBuyer | None, by: Actor) -> OfBuyer:
    if view is None:
        raise no_payment()
    require_payer(by, view.buyer_id)
    return view


def _visible(seller_id: SellerId | None, by: Actor) -> SellerId | None:
    if seller_id is not None:
        by.require_seller(seller_id)
        return seller_id
    return None if is_for_seller(by, SellerId("")) else by.own_seller
