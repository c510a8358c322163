"""Anything that may happen in a marketplace, in any order: people, time, the provider, its messages and its faults."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from marketplace_adapters.fakepay.provider.disputes import TRANSITIONS
from marketplace_adapters.fakepay.provider.operations import FOR_MERCHANTS
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import CancelOrder, ConfirmReceipt, MarkDelivered, RejectPayment, ShipSellerOrder
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    ApproveRefund,
    CancelPayout,
    CancelRefund,
    FreezeEscrow,
    PaymentPolicy,
    ReconcileDisputes,
    ReconcilePayment,
    ReconcilePayout,
    ReconcileRefund,
    RefundState,
    RefundWish,
    RejectRefund,
    ReleaseEscrow,
    RequestRefund,
    RetryPayout,
    SettleRefund,
    SweepPayouts,
    UnfreezeEscrow,
)
from tests.bazaar.bazaar import SHELVES, Bazaar, open_bazaar
from tests.bazaar.invariants import always, at_rest

ResultT = TypeVar("ResultT")

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
THE_END: Final = (*[timedelta(hours=1)] * 2, *[timedelta(days=1)] * 3, *[timedelta(days=8)] * 13)
"""Longer than any deadline there is, one after the other."""
POLICY: Final = PaymentPolicy(reserve_bps=500, charges_dispute_fee=True, refund_four_eyes_minor=6_000)


class Marketplace(RuleBasedStateMachine):
    """Every rule may be refused; no rule may break anything."""

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
            for dispute in bazaar.rows("payments_disputes", lambda row: row.is_open):
                await bazaar.script(f"disputes/{dispute.reference}/advance", {"status": "lost"})
        await self.somebody_asks_about_everything()
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

    # ------------------------------------------------------------------ buying

    @rule(target=orders, buyer=BUYERS, basket=BASKETS, card=CARDS)
    def buy(self, buyer: str, basket: Mapping[int, int], card: str) -> Any:
        order_id = self.act("buy", self._buy(buyer, basket, card))
        return self._known(order_id)

    @rule(target=orders, buyer=BUYERS, basket=BASKETS, swept=st.booleans())
    def buy_and_get_everything(self, buyer: str, basket: Mapping[int, int], swept: bool) -> Any:
        return self._known(self.act("buy and get", self._buy_and_get(buyer, basket, swept)))

    async def _buy_and_get(self, buyer: str, basket: Mapping[int, int], swept: bool) -> OrderId | None:
        order_id = await self._buy(buyer, basket, GOOD)
        if order_id is not None:
            await self._all_arrives(order_id)
            if swept:
                await self.bazaar.pass_time(hours=1)
        return order_id

    async def _all_arrives(self, order_id: OrderId | None) -> None:
        for part in self.bazaar.rows("orders_seller_orders", lambda row: row.order_id == order_id):
            await self._confirm(part)
        await self.bazaar.settle()

    @rule(target=orders, buyer=BUYERS, basket=BASKETS)
    def order(self, buyer: str, basket: Mapping[int, int]) -> Any:
        wanted = {self.bazaar.offers[index]: quantity for index, quantity in basket.items()}
        return self._known(self.act("order", self.bazaar.order(buyer, wanted)))

    async def _buy(self, buyer: str, basket: Mapping[int, int], card: str) -> OrderId | None:
        order_id = await self.bazaar.order(buyer, {self.bazaar.offers[one]: number for one, number in basket.items()})
        if order_id is not None:
            await self.bazaar.show_card(order_id, card)
            await self.bazaar.settle()
        return order_id

    @rule(order_id=orders, card=CARDS)
    def pay(self, order_id: OrderId, card: str) -> None:
        self.act("pay", self.bazaar.show_card(order_id, card))

    @rule(order_id=orders, missing_minor=st.sampled_from([1, 7]))
    def pay_too_little(self, order_id: OrderId, missing_minor: int) -> None:
        """The provider takes less than was asked for, and says so from the first."""
        self.act("pay too little", self._pay_too_little(order_id, missing_minor))

    async def _pay_too_little(self, order_id: OrderId, missing_minor: int) -> None:
        assert self.bazaar.fakepay.script is not None
        await self.bazaar.fakepay.script.forget("faults")
        there, payment_id = await self.bazaar.payment_there(order_id), self._order(order_id).payment_id
        if there is None or there.state.value != "created" or there.amount.amount_minor <= missing_minor:
            return
        await self.bazaar.spend(missing_minor)
        self.bazaar.misreports.short_minor[there.payment_id] = missing_minor
        await self.bazaar.show_card(order_id, GOOD)
        paid = await self.bazaar.misreports.inner.find(payment_id)
        assert paid is not None
        assert paid.state.value == "captured"

    @rule(order_id=orders, approve=st.booleans())
    def answer_the_bank(self, order_id: OrderId, approve: bool) -> None:
        self.act("answer the bank", self.bazaar.authenticate(order_id, approve=approve))

    @rule(order_id=orders)
    def come_back_from_paying(self, order_id: OrderId) -> None:
        order = self._order(order_id)
        by = self._buyer(order_id)
        self.act("come back", self.bazaar.do(ReconcilePayment(payment_id=order.payment_id), by))

    @rule(order_id=orders)
    def call_off(self, order_id: OrderId) -> None:
        self.act("call off", self.bazaar.do(CancelOrder(order_id=order_id), self._buyer(order_id)))

    @rule(order_id=orders)
    def reject_the_payment(self, order_id: OrderId) -> None:
        self.act("reject payment", self.bazaar.do(RejectPayment(order_id=order_id), self.operator))

    # ------------------------------------------------------------------ sending

    @rule(order_id=orders, pick=PICK)
    def ship(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        command = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1")
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("ship", self.bazaar.do(command, self._seller(part)))

    @rule(order_id=orders, pick=PICK)
    def say_it_was_delivered(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act(
                "deliver",
                self.bazaar.do(MarkDelivered(seller_order_id=part.seller_order_id), self._seller(part)),
            )

    @rule(order_id=orders, pick=PICK)
    def confirm(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("confirm", self._confirm(part))

    async def _confirm(self, part: Any) -> None:
        ship = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1")
        await self.bazaar.do(ship, self._seller(part))
        command = ConfirmReceipt(seller_order_id=part.seller_order_id)
        await self.bazaar.do(command, self._buyer(part.order_id))

    # ------------------------------------------------------------------ money back

    @rule(
        order_id=orders,
        pick=PICK,
        amount_minor=AMOUNTS,
        delivery_minor=st.sampled_from([0, 0, 490]),
        who=st.sampled_from(["buyer", "seller", "operator", "operator"]),
        platform_minor=st.sampled_from([0, 0, 1]),
        then=st.lists(st.sampled_from(["approve", "work", "settle", "fail", "bounce"]), max_size=3),
    )
    def refund_a_part(
        self,
        order_id: OrderId,
        pick: int,
        amount_minor: int,
        delivery_minor: int,
        who: str,
        platform_minor: int,
        then: list[str],
    ) -> None:
        part = self._part(order_id, pick)
        wish = RefundWish(
            seller_order_id=part.seller_order_id,
            items_minor=amount_minor,
            delivery_minor=delivery_minor,
            platform_minor=platform_minor if who == "operator" else 0,
        )
        by = {"buyer": self._buyer(order_id), "seller": self._seller(part), "operator": self.operator}[who]
        with self.bazaar.touching(order_id, part.seller_order_id):
            command = RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,))
            asked = self.act(f"refund of a part by {who}", self.bazaar.do(command, by))
        for step in then if asked is not None else ():
            if step == "work":
                self.run(self.bazaar.settle())
            elif step == "approve":
                self.decide_about_a_refund(pick=0, decision=step)
            else:
                self.something_becomes_of_a_refund(pick=0, step=step)

    @rule(order_id=orders, amount_minor=AMOUNTS)
    def refund_some_of_an_order(self, order_id: OrderId, amount_minor: int) -> None:
        command = RequestRefund(order_id=order_id, reason="Late.", amount_minor=amount_minor)
        self.act("refund of an order", self.bazaar.do(command, self.operator))

    @rule(pick=PICK, decision=st.sampled_from(["approve", "approve", "reject", "cancel", "settle"]))
    def decide_about_a_refund(self, pick: int, decision: str) -> None:
        refund = self._one("payments_refunds", pick)
        if refund is not None:
            command = {
                "approve": ApproveRefund(refund_id=refund.refund_id),
                "reject": RejectRefund(refund_id=refund.refund_id, note="It was whole when it left."),
                "cancel": CancelRefund(refund_id=refund.refund_id),
                "settle": SettleRefund(refund_id=refund.refund_id, how="by bank, 17"),
            }[decision]
            done = self.act(f"{decision} refund", self.bazaar.do(command, self.bazaar.people["Oskar"]))
            if done is RefundState.SETTLED:
                # The operator has paid it by bank, out of what we have at the provider.
                self.run(self.bazaar.spend(refund.amount.amount_minor))

    @rule(pick=PICK, step=st.sampled_from(["settle", "fail", "bounce"]))
    def something_becomes_of_a_refund(self, pick: int, step: str) -> None:
        refund = self._one("payments_refunds", pick)
        if refund is not None and refund.reference is not None:
            body = {} if step == "settle" else {"failure_code": "declined"}
            self.act(f"{step} refund there", self.bazaar.script(f"refunds/{refund.reference}/{step}", body))

    @rule(seconds=st.sampled_from([0, 0, 3_600]), fee_comes_back=st.booleans())
    def the_terms_change(self, seconds: int, fee_comes_back: bool) -> None:
        terms = {"refund_delay_seconds": seconds, "dispute_fee_returned": fee_comes_back}
        self.act("other terms", self.bazaar.script("settings", terms))

    # ------------------------------------------------------------------ disputes

    @rule(
        order_id=orders,
        amount_minor=st.none() | AMOUNTS | st.just(15_000),
        inquiry=st.sampled_from([False, False, True]),
        then=st.lists(st.sampled_from(sorted(TRANSITIONS)), max_size=3),
    )
    def dispute(self, order_id: OrderId, amount_minor: int | None, inquiry: bool, then: list[str]) -> None:
        self.act("dispute", self._dispute(order_id, amount_minor, inquiry))
        for status in then:
            self.run(self.bazaar.settle())
            self.the_network_moves(pick=0, status=status)

    async def _dispute(self, order_id: OrderId, amount_minor: int | None, inquiry: bool) -> None:
        there = await self.bazaar.payment_there(order_id)
        if there is not None:
            body = {"payment": there.reference, "amount_minor": amount_minor, "inquiry": inquiry}
            await self.bazaar.script("disputes", body)

    @rule(pick=PICK, status=st.sampled_from(sorted(TRANSITIONS)))
    def the_network_moves(self, pick: int, status: str) -> None:
        dispute = self._one("payments_disputes", pick)
        if dispute is not None:
            path = f"disputes/{dispute.reference}/advance"
            self.act(f"dispute {status}", self.bazaar.script(path, {"status": status}))

    @rule(pick=PICK, word=st.sampled_from(["winning_evidence", "losing_evidence", "It came."]))
    def answer_a_dispute(self, pick: int, word: str) -> None:
        dispute = self._one("payments_disputes", pick)
        if dispute is not None:
            command = AnswerDispute(dispute_id=dispute.dispute_id, statements=(("uncategorized_text", word),))
            self.act("answer dispute", self.bazaar.do(command, self.operator))

    @rule(pick=PICK)
    def accept_a_dispute(self, pick: int) -> None:
        dispute = self._one("payments_disputes", pick)
        if dispute is not None:
            self.act("accept dispute", self.bazaar.do(AcceptDispute(dispute_id=dispute.dispute_id), self.operator))

    # ------------------------------------------------------------------ holds and payouts

    @rule(order_id=orders, pick=PICK, change=st.sampled_from([FreezeEscrow, UnfreezeEscrow]))
    def freeze(self, order_id: OrderId, pick: int, change: Any) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            command = change(seller_order_id=part.seller_order_id, reason="risk")
            self.act(change.__name__, self.bazaar.do(command, self.operator))

    @rule(order_id=orders, pick=PICK)
    def release_by_hand(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            command = ReleaseEscrow(seller_order_id=part.seller_order_id)
            self.act("release", self.bazaar.do(command, self.operator))

    @rule()
    def pay_sellers(self) -> None:
        self.act("sweep", self.bazaar.do(SweepPayouts(), self.operator))

    @rule(pick=PICK, change=st.sampled_from([CancelPayout, RetryPayout]))
    def end_or_retry_a_payout(self, pick: int, change: Any) -> None:
        payout = self._one("payments_payouts", pick)
        if payout is not None:
            self.act(change.__name__, self.bazaar.do(change(payout_id=payout.payout_id), self.operator))

    @rule(pick=PICK, step=st.sampled_from(["fail", "return", "return"]))
    def the_bank_says_no(self, pick: int, step: str) -> None:
        payout = self._one("payments_payouts", pick)
        if payout is not None and payout.bank_reference is not None:
            path = f"payouts/{payout.bank_reference}/{step}"
            self.act(f"{step} payout there", self.bazaar.script(path, {"failure_code": "account_closed"}))

    @rule(shop=SHOPS, step=st.sampled_from(["restrict", "enable", "enable"]))
    def an_account_changes(self, shop: str, step: str) -> None:
        seller_id = self.bazaar.people[shop].seller_id
        (account,) = self.bazaar.rows("payments_seller_accounts", lambda row: row.seller_id == seller_id)
        if account.reference is not None:
            self.act(f"{step} account", self.bazaar.script(f"accounts/{account.reference}/{step}"))

    @rule(amount_minor=st.sampled_from([-20_000, 50_000, 50_000]))
    def our_balance_there_changes(self, amount_minor: int) -> None:
        self.act("balance", self.bazaar.give(amount_minor))

    # ------------------------------------------------------------------ time, messages, faults

    @rule(pause=st.booleans())
    def workers_stop_or_go_on(self, pause: bool) -> None:
        self.paused = pause
        self.done["pause" if pause else "work"] += 1

    @rule(much=TIMES)
    def time_passes(self, much: timedelta) -> None:
        self.act("time", self.bazaar.pass_time(seconds=much.total_seconds()))

    @rule(behaviour=WEBHOOKS)
    def messages_go_wrong(self, behaviour: str) -> None:
        self.act(f"webhooks {behaviour}", self.bazaar.script("webhooks", {"behaviour": behaviour, "number": 3}))

    @rule(order=st.sampled_from(["as_emitted", "reversed", "shuffled"]), as_usual=st.booleans())
    def held_messages_come(self, order: str, as_usual: bool) -> None:
        self.act(f"webhooks {order}", self.bazaar.script("webhooks/release", {"order": order}))
        if as_usual:
            assert self.bazaar.fakepay.script is not None
            self.act("webhooks as usual", self.bazaar.fakepay.script.forget("webhooks"))

    @rule(fault=FAULTS, operation=OPERATIONS, times=st.integers(1, 3))
    def the_provider_fails(self, fault: str, operation: str, times: int) -> None:
        body = {"fault": fault, "operation": operation, "times": times}
        self.act(f"fault {fault}", self.bazaar.script("faults", body))

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        if hasattr(self, "bazaar"):
            self.run(always(self.bazaar))
            if not self.paused:
                self.run(self.bazaar.settle())
                self.run(always(self.bazaar))

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
