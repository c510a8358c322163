"""The ground of the machine: how it begins, what holds after every step, and how everything ends."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple

from marketplace_adapters.fakepay.provider.operations import FOR_MERCHANTS
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import ConfirmReceipt, ShipSellerOrder
from marketplace_core.payments import (
    ApproveRefund,
    DisputeState,
    PaymentPolicy,
    ReconcileDisputes,
    ReconcilePayout,
    ReconcileRefund,
    RefundState,
    RefundWish,
    RejectRefund,
    RequestRefund,
    RetryPayout,
    SettleRefund,
)
from marketplace_core.payments.books import CheckLiquidity
from tests.bazaar.bazaar import SHELVES, Bazaar, open_bazaar
from tests.bazaar.invariants import always, at_rest

ResultT = TypeVar("ResultT")
R = RefundState

GOOD, DECLINED, ASKS, LATE = "4242424242424242", "4000000000000002", "4000000000003220", "4000000000000077"
SLOW_REFUND, BOUNCING, FRAUD, INQUIRY = "4000000000007726", "4000000000005126", "4000000000000259", "4000000000001976"
CARDS: Final = st.sampled_from([GOOD] * 4 + [DECLINED, ASKS, LATE, SLOW_REFUND, BOUNCING, FRAUD, INQUIRY])
BUYERS: Final = st.sampled_from(["Ann", "Ben"])
SHOPS: Final = st.sampled_from(sorted(SHELVES))
BASKETS: Final = st.dictionaries(st.integers(0, 3), st.integers(1, 2), min_size=1, max_size=4)
AMOUNTS: Final = st.sampled_from([1, 250, 333, 700, 1_000, 6_000])
PICK: Final = st.integers(0, 1_000)
"""Which of the rows that there are; taken modulo their number."""
FAULTS: Final = st.sampled_from(["error_before", "error_after", "drop_before", "drop_after", "rate_limit", "in_flight"])
OPERATIONS: Final = st.sampled_from(
    ["any", *sorted(one.__name__ for method, _, one in FOR_MERCHANTS if method == "POST")]
)
WEBHOOKS: Final = st.sampled_from(["lose", "duplicate", "shuffle", "hold"])
TIMES: Final = st.sampled_from(
    [timedelta(minutes=1), timedelta(minutes=16), timedelta(hours=2), timedelta(days=1), timedelta(days=4),
     timedelta(days=15), timedelta(days=40)]
)  # fmt: skip
DECIDED: Final = frozenset({DisputeState.WON, DisputeState.LOST, DisputeState.PREVENTED, DisputeState.WARNING_CLOSED})
THE_END: Final = (*[timedelta(hours=1)] * 2, *[timedelta(days=1)] * 3, *[timedelta(days=8)] * 13)
"""Longer than any deadline there is, one after the other."""
POLICY: Final = PaymentPolicy(reserve_bps=500, charges_dispute_fee=True, refund_four_eyes_minor=6_000)


class Ground(RuleBasedStateMachine):
    """A bazaar that rules are played on. Every rule may be refused; no rule may break anything."""

    orders: Bundle[Any] = Bundle("orders")
    done: ClassVar[Counter[str]] = Counter()
    """How often each rule was carried out, and what was refused, over all runs: the figures of a long run."""
    journals: ClassVar[set[str]] = set()
    """Which kinds of journals were written, over all runs."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.paused = False

    def run(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        return self.runner.run(work)

    def act(self, what: str, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        self.done[what] += 1
        before = len(self.bazaar.refused)
        result = self.run(work)
        for code in self.bazaar.refused[before:]:
            self.done[f"refused: {code}"] += 1
        return result

    def teardown(self) -> None:
        try:
            if hasattr(self, "bazaar"):
                self.run(self.everything_ends())
        finally:
            self.run(self.stack.aclose())
            self.runner.close()

    async def everything_ends(self) -> None:
        """Let the provider be well again, the network decide, and time do the rest."""
        bazaar = self.bazaar
        for what in ("faults", "webhooks"):
            assert bazaar.fakepay.script is not None
            await bazaar.fakepay.script.forget(what)
        await bazaar.give(1_000_000)
        for much in THE_END:
            await bazaar.pass_time(seconds=much.total_seconds())
            await always(bazaar)
            for dispute in bazaar.rows("payments_disputes"):
                for status in ("warning_closed", "lost") if dispute.state not in DECIDED else ():
                    await bazaar.script(f"disputes/{dispute.reference}/advance", {"status": status})
        await self.somebody_asks_about_everything()
        await self.operators_do_what_waits()
        await at_rest(bazaar)
        self.journals.update(one.journal.kind.value for one in bazaar.rows("ledger_journals"))

    async def somebody_asks_about_everything(self) -> None:
        """Compare with the provider: what comes back when no timer asks any more, untold, nobody finds."""
        bazaar = self.bazaar
        questions = [
            *(ReconcileRefund(refund_id=one.refund_id) for one in bazaar.rows("payments_refunds")),
            *(ReconcilePayout(payout_id=one.payout_id) for one in bazaar.rows("payments_payouts")),
            *(ReconcileDisputes(payment_id=one.payment_id) for one in bazaar.rows("payments_payments")),
        ]
        for question in questions:
            await bazaar.do(question, SYSTEM)
        for _ in range(3):
            await bazaar.pass_time(days=2)

    async def operators_do_what_waits(self) -> None:
        """Have operators deal with all that waits for them, in one of the ways that they are offered."""
        bazaar = self.bazaar
        for account in bazaar.rows("payments_seller_accounts", lambda row: row.reference is not None):
            await bazaar.script(f"accounts/{account.reference}/enable")
        for _ in range(4):
            await bazaar.do(CheckLiquidity(), SYSTEM)  # as workers do every few minutes
            for payout in bazaar.rows("payments_payouts", lambda row: row.is_stuck):
                await bazaar.do(RetryPayout(payout_id=payout.payout_id), self.operator)
            for hold in bazaar.rows("payments_holds", lambda row: "overdue" in row.freezes):
                await self._give_all_back(hold)
            for refund in bazaar.rows("payments_refunds", lambda row: row.state in {R.DUE, R.BOUNCED}):
                settled = SettleRefund(refund_id=refund.refund_id, how="by bank, 17")
                if await bazaar.do(settled, self.operator) is R.SETTLED:
                    paid = bazaar.store.table("payments_refunds").get(refund.refund_id)
                    assert paid is not None
                    await bazaar.spend(paid.amount.amount_minor)
                else:
                    refused = RejectRefund(refund_id=refund.refund_id, note="The network has it.")
                    await bazaar.do(refused, self.operator)
            await bazaar.pass_time(days=8)
        await bazaar.pass_time(days=15)
        await bazaar.pass_time(days=2)

    async def _give_all_back(self, hold: Any) -> None:
        wish = RefundWish(
            seller_order_id=hold.seller_order_id,
            items_minor=hold.standing.held.items,
            delivery_minor=hold.standing.held.delivery,
        )
        command = RequestRefund(order_id=hold.order_id, reason="It waited too long.", wishes=(wish,))
        asked = await self.bazaar.do(command, self.operator)
        if asked is not None and asked.state is R.REQUESTED:
            await self.bazaar.do(ApproveRefund(refund_id=asked.refund_id), self.bazaar.people["Oskar"])

    @initialize(target=orders, card=CARDS)
    def open(self, card: str) -> Any:
        """Begin with an order whose money has reached the sellers' banks, and one that has just been paid, perhaps."""
        self.bazaar: Bazaar = self.run(self.stack.enter_async_context(open_bazaar(POLICY)))
        self.run(self.bazaar.people_arrive())
        self.operator = self.bazaar.people["Olga"]
        everything = dict.fromkeys(range(len(self.bazaar.offers)), 1)
        first = self.run(self._buy("Ann", everything, GOOD))
        self.run(self._all_arrives(first))
        self.run(self.bazaar.pass_time(hours=1))
        second = self.run(self._buy("Ben", everything, card))
        return multiple(first, second)

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        if hasattr(self, "bazaar"):
            self.run(always(self.bazaar))
            if not self.paused:
                self.run(self.bazaar.settle())
                self.run(always(self.bazaar))

    async def _buy(
        self, buyer: str, basket: Mapping[int, int], card: str, voucher: str | None = None
    ) -> OrderId | None:
        wanted = {self.bazaar.offers[one]: number for one, number in basket.items()}
        order_id = await self.bazaar.order(buyer, wanted, voucher)
        if order_id is not None:
            await self.bazaar.show_card(order_id, card)
            await self.bazaar.settle()
        return order_id

    async def _all_arrives(self, order_id: OrderId | None) -> None:
        for part in self.bazaar.rows("orders_seller_orders", lambda row: row.order_id == order_id):
            await self._confirm(part)
        await self.bazaar.settle()

    async def _confirm(self, part: Any) -> None:
        ship = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1")
        await self.bazaar.do(ship, self._seller(part))
        command = ConfirmReceipt(seller_order_id=part.seller_order_id)
        await self.bazaar.do(command, self._buyer(part.order_id))

    @staticmethod
    def _known(order_id: OrderId | None) -> Any:
        return multiple() if order_id is None else order_id

    def _order(self, order_id: OrderId) -> Any:
        return self.bazaar.store.table("orders_orders").get(order_id)

    def _buyer(self, order_id: OrderId) -> Any:
        buyer_id = self._order(order_id).buyer_id
        return next(one for one in self.bazaar.people.values() if one.user_id == buyer_id)

    def _part(self, order_id: OrderId, pick: int) -> Any:
        parts = self.bazaar.rows("orders_seller_orders", lambda row: row.order_id == order_id)
        return parts[pick % len(parts)]

    def _seller(self, part: Any) -> Any:
        return next(one for one in self.bazaar.people.values() if one.seller_id == part.seller_id)

    def _one(self, table: str, pick: int) -> Any:
        rows = self.bazaar.rows(table)
        return rows[-1 - pick % min(len(rows), 4)] if rows else None
