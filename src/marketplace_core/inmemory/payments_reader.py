"""Answers about payments from the tables in memory."""

from collections.abc import Callable, Sequence, Set
from typing import TypeVar, final

from attrs import frozen

from marketplace_core.inmemory.balance_entries import balance_entries, entry_number
from marketplace_core.inmemory.debts import InMemorySellerStandings, settlement_table, standing_table
from marketplace_core.inmemory.ledger import account_table
from marketplace_core.inmemory.payments import (
    InMemoryEscrowHolds,
    InMemoryPayments,
    claim_table,
    dispute_table,
    hold_table,
    payment_table,
    payout_table,
    refund_table,
    seller_account_table,
)
from marketplace_core.inmemory.store import Store
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
from marketplace_core.kernel.money import Money, total
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.payments import (
    CHART,
    AccountKind,
    BalanceEntry,
    BalanceHeading,
    BalanceView,
    DisputeState,
    DisputeView,
    EscrowView,
    HoldState,
    OrderHold,
    OrderHoldsView,
    PaymentsReader,
    PaymentView,
    PayoutState,
    PayoutView,
    RefundableOrder,
    RefundablePart,
    RefundState,
    RefundView,
    SellerBalance,
)
from marketplace_core.payments.claims import (
    ClaimState,
    ClaimView,
)
from marketplace_core.payments.debts import DebtorView, SellerFacts, SettlementState, SettlementView

View = TypeVar("View")


@final
@frozen
class InMemoryPaymentsReader(PaymentsReader):
    """Reads the same tables."""

    store: Store

    async def payment(self, payment_id: PaymentId) -> PaymentView | None:
        """Look it up."""
        payment = payment_table(self.store).get(payment_id)
        return PaymentView.of(payment) if payment else None

    async def payment_of_order(self, order_id: OrderId) -> PaymentView | None:
        """Look through all."""
        payment = await InMemoryPayments(self.store).of_order(order_id)
        return PaymentView.of(payment) if payment else None

    async def escrow(self, seller_order_id: SellerOrderId) -> EscrowView | None:
        """Look it up."""
        hold = hold_table(self.store).get(seller_order_id)
        return EscrowView.of(hold) if hold else None

    async def escrows(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[HoldState] = frozenset(),
    ) -> Page[EscrowView]:
        """Filter, sort, cut."""
        views = [
            EscrowView.of(hold)
            for hold in hold_table(self.store)
            if order_id in {None, hold.order_id}
            and seller_id in {None, hold.seller_id}
            and hold.state in (states or HoldState)
        ]
        return _page(views, lambda view: view.seller_order_id, "sor_", page)

    async def order_holds(self, order_id: OrderId) -> OrderHoldsView | None:
        """Look up the payment and look through all holds."""
        payment = await InMemoryPayments(self.store).of_order(order_id)
        if payment is None:
            return None
        holds = await InMemoryEscrowHolds(self.store).of_payment(payment.payment_id)
        return OrderHoldsView(
            order_id=order_id,
            payment_id=payment.payment_id,
            buyer_id=payment.buyer_id,
            holds=tuple(OrderHold.of(hold) for hold in holds),
        )

    async def balance(self, seller_id: SellerId) -> BalanceView:
        """Sum up holds, books and payouts."""
        account = seller_account_table(self.store).get(seller_id)
        holds = [hold for hold in hold_table(self.store) if hold.seller_id == seller_id]
        payouts = [payout for payout in payout_table(self.store) if payout.seller_id == seller_id]
        currencies = {hold.share.currency for hold in holds} | ({account.currency} if account else set())
        return BalanceView(
            seller_id=seller_id,
            account=account.state if account else None,
            balances=tuple(
                SellerBalance(
                    currency=currency,
                    held=total([hold.held for hold in holds if hold.share.currency == currency], currency),
                    payable=self._balance(AccountKind.SELLER_PAYABLE, seller_id, currency),
                    in_payout=total(
                        [
                            payout.amount
                            for payout in payouts
                            if payout.is_live
                            and payout.state is not PayoutState.PAID
                            and payout.amount.currency == currency
                        ],
                        currency,
                    ),
                    paid=total(
                        [
                            payout.amount
                            for payout in payouts
                            if payout.state is PayoutState.PAID and payout.amount.currency == currency
                        ],
                        currency,
                    ),
                    reserve=self._balance(AccountKind.SELLER_RESERVE, seller_id, currency),
                    debt=self._balance(AccountKind.SELLER_RECEIVABLE, seller_id, currency),
                )
                for currency in sorted(currencies)
            ),
        )

    async def balance_entries(
        self, page: PageRequest, *, seller_id: SellerId, currency: str, heading: BalanceHeading
    ) -> Page[BalanceEntry]:
        """Go through the journals with the names of what is the seller's."""
        subjects: set[str] = {seller_id}
        if heading is BalanceHeading.HELD:
            subjects = {hold.seller_order_id for hold in hold_table(self.store) if hold.seller_id == seller_id}
        elif heading in {BalanceHeading.IN_PAYOUT, BalanceHeading.PAID}:
            subjects = {payout.payout_id for payout in payout_table(self.store) if payout.seller_id == seller_id}
        before = None if page.cursor is None else entry_number(page.cursor)
        newest = [
            entry
            for entry in reversed(balance_entries(self.store, heading, subjects, currency))
            if before is None or entry_number(entry.entry_id) < before
        ]
        items = tuple(newest[: page.limit])
        return Page(items=items, next_cursor=items[-1].entry_id if len(newest) > page.limit else None)

    async def payout(self, payout_id: PayoutId) -> PayoutView | None:
        """Look it up."""
        payout = payout_table(self.store).get(payout_id)
        return PayoutView.of(payout) if payout else None

    async def payouts(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[PayoutState] = frozenset()
    ) -> Page[PayoutView]:
        """Filter, sort, cut."""
        views = [
            PayoutView.of(payout)
            for payout in payout_table(self.store)
            if seller_id in {None, payout.seller_id} and payout.state in (states or PayoutState)
        ]
        return _page(views, lambda view: view.payout_id, "pyt_", page)

    async def refund(self, refund_id: RefundId) -> RefundView | None:
        """Look it up."""
        refund = refund_table(self.store).get(refund_id)
        return RefundView.of(refund) if refund else None

    async def refunds(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[RefundState] = frozenset(),
    ) -> Page[RefundView]:
        """Filter, sort, cut."""
        views = [
            RefundView.of(refund)
            for refund in refund_table(self.store)
            if order_id in {None, refund.order_id}
            and seller_id in {None, *(part.seller_id for part in refund.parts)}
            and buyer_id in {None, refund.buyer_id}
            and refund.state in (states or RefundState)
        ]
        return _page(views, lambda view: view.refund_id, "rfd_", page)

    async def refundable(self, order_id: OrderId) -> RefundableOrder | None:
        """Look up the payment, look through all holds, and sum up the books."""
        payment = await InMemoryPayments(self.store).of_order(order_id)
        if payment is None:
            return None
        currency = payment.amount.currency
        return RefundableOrder(
            order_id=order_id,
            buyer_id=payment.buyer_id,
            state=payment.state,
            currency=currency,
            parts=tuple(
                RefundablePart(
                    seller_order_id=hold.seller_order_id,
                    seller_id=hold.seller_id,
                    standing=hold.standing,
                    terms=hold.terms,
                    extras=hold.extras,
                    reserve=self._balance(AccountKind.SELLER_RESERVE, hold.seller_id, currency),
                    payable=self._balance(AccountKind.SELLER_PAYABLE, hold.seller_id, currency),
                )
                for hold in await InMemoryEscrowHolds(self.store).of_payment(payment.payment_id)
            ),
        )

    async def dispute(self, dispute_id: DisputeId) -> DisputeView | None:
        """Look it up."""
        dispute = dispute_table(self.store).get(dispute_id)
        return DisputeView.of(dispute) if dispute else None

    async def disputes(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[DisputeState] = frozenset(),
    ) -> Page[DisputeView]:
        """Filter, sort, cut."""
        views = [
            DisputeView.of(dispute)
            for dispute in dispute_table(self.store)
            if order_id in {None, dispute.order_id}
            and seller_id in {None, *(part.seller_id for part in dispute.parts)}
            and dispute.state in (states or DisputeState)
        ]
        return _page(views, lambda view: view.dispute_id, "dsp_", page)

    async def claim(self, claim_id: ClaimId) -> ClaimView | None:
        """Look it up."""
        claim = claim_table(self.store).get(claim_id)
        return ClaimView.of(claim) if claim else None

    async def claims(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[ClaimState] = frozenset(),
    ) -> Page[ClaimView]:
        """Filter, sort, cut."""
        views = [
            ClaimView.of(claim)
            for claim in claim_table(self.store)
            if order_id in {None, claim.order_id}
            and seller_id in {None, claim.seller_id}
            and buyer_id in {None, claim.buyer_id}
            and claim.state in (states or ClaimState)
        ]
        return _page(views, lambda view: view.claim_id, "clm_", page)

    async def seller_facts(self, seller_id: SellerId) -> SellerFacts | None:
        """Look up the account, then what is known in its currency."""
        account = seller_account_table(self.store).get(seller_id)
        if account is None:
            return None
        facts = await InMemorySellerStandings(self.store).facts((seller_id,), account.currency)
        return facts[seller_id]

    async def debtors(self, page: PageRequest) -> Page[DebtorView]:
        """Look through the books."""
        owed = [
            row
            for row in account_table(self.store)
            if row.account.kind is AccountKind.SELLER_RECEIVABLE and row.balance_minor
        ]
        views = []
        for row in owed:
            standing = standing_table(self.store).get(f"{row.account.subject}:{row.account.currency}")
            views.append(
                DebtorView(
                    seller_id=SellerId(row.account.subject),
                    debt=Money(abs(row.balance_minor), row.account.currency),
                    debt_since=standing.debt_since if standing else None,
                    stopped=standing is not None and standing.stopped,
                )
            )
        if page.cursor is not None and ":" not in page.cursor:
            raise InvalidCursor("This cursor was not made by this list.")
        return _page(views, lambda view: view.subject, "sel_", page)

    async def settlements(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[SettlementState] = frozenset()
    ) -> Page[SettlementView]:
        """Filter, sort, cut."""
        views = [
            SettlementView.of(settlement)
            for settlement in settlement_table(self.store)
            if seller_id in {None, settlement.seller_id} and settlement.state in (states or SettlementState)
        ]
        return _page(views, lambda view: view.settlement_id, "dst_", page)

    def _balance(self, kind: AccountKind, seller_id: SellerId, currency: str) -> Money:
        sign = 1 if CHART[kind].type.grows_by_debit else -1
        return Money(
            sum(
                sign * row.balance_minor
                for row in account_table(self.store)
                if row.account.kind is kind and (row.account.subject, row.account.currency) == (seller_id, currency)
            ),
            currency,
        )


def _page(views: Sequence[View], name: Callable[[View], str], prefix: str, page: PageRequest) -> Page[View]:
    """Cut a page, newest first: identifiers sort by time of making."""
    if page.cursor is not None and not page.cursor.startswith(prefix):
        raise InvalidCursor("This cursor was not made by this list.")
    after = sorted((view for view in views if page.cursor is None or name(view) < page.cursor), key=name, reverse=True)
    items = tuple(after[: page.limit])
    return Page(items=items, next_cursor=name(items[-1]) if len(after) > page.limit else None)
