"""What becomes of money that is held, goes back, or is fought about."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from marketplace_adapters.fakepay.provider.disputes import TRANSITIONS
from marketplace_core.kernel.ids import OrderId, PayoutId
from marketplace_core.payments import (
    AcceptDispute,
    AccountKind,
    AnswerDispute,
    ApproveRefund,
    CancelPayout,
    CancelRefund,
    FreezeEscrow,
    PayoutState,
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
from marketplace_core.payments.debts import Means, SettleDebt
from tests.bazaar.bazaar import EUR
from tests.bazaar.ground import AMOUNTS, PICK, SHOPS, Ground


def _is_owed(row: Any) -> bool:
    return bool(row.account.kind is AccountKind.SELLER_RECEIVABLE and row.balance_minor > 0)


class MoneyMatters(Ground):
    """Rules of refunds, disputes, holds and payouts."""

    orders = Ground.orders

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

    @rule(
        pick=PICK,
        share=st.sampled_from([1, 2, 3]),
        then=st.lists(st.sampled_from(["return", "return", "retry", "cancel", "arrive"]), max_size=5),
    )
    def a_debt_is_taken_back_and_the_payout_comes_back(self, pick: int, share: int, then: list[str]) -> None:
        debtors = self.bazaar.rows("ledger_accounts", _is_owed)
        found = [
            one
            for one in self.bazaar.rows("payments_payouts", lambda row: row.state is PayoutState.PAID)
            if any(debtor.account.subject == one.seller_id for debtor in debtors)
        ]
        if not found:
            return
        payout = found[pick % len(found)]
        (debtor,) = (one for one in debtors if one.account.subject == payout.seller_id)
        minor = max(1, min(debtor.balance_minor, payout.amount.amount_minor) // share)
        self.act("earn elsewhere", self.bazaar.earn(payout.account, minor))
        command = SettleDebt(
            seller_id=payout.seller_id,
            currency=EUR,
            means=Means.REVERSAL,
            amount_minor=minor,
            note="It has come.",
            payout_id=payout.payout_id,
        )
        self.act("take a debt back", self.bazaar.do(command, self.operator))
        self.run(self.bazaar.settle())
        for step in then:
            self.act(f"then {step}", self._goes_on(payout.payout_id, step))

    async def _goes_on(self, payout_id: PayoutId, step: str) -> None:
        (payout,) = self.bazaar.rows("payments_payouts", lambda row: row.payout_id == payout_id)
        match step:
            case "return":
                if payout.bank_reference is not None:
                    path = f"payouts/{payout.bank_reference}/return"
                    await self.bazaar.script(path, {"failure_code": "account_closed"})
            case "arrive":
                await self.bazaar.pass_time(days=2)
            case "retry":
                await self.bazaar.do(RetryPayout(payout_id=payout_id), self.operator)
            case _:
                await self.bazaar.do(CancelPayout(payout_id=payout_id), self.operator)
        await self.bazaar.settle()

    @rule(shop=SHOPS, step=st.sampled_from(["restrict", "enable", "enable"]))
    def an_account_changes(self, shop: str, step: str) -> None:
        seller_id = self.bazaar.people[shop].seller_id
        (account,) = self.bazaar.rows("payments_seller_accounts", lambda row: row.seller_id == seller_id)
        if account.reference is not None:
            self.act(f"{step} account", self.bazaar.script(f"accounts/{account.reference}/{step}"))

    @rule(amount_minor=st.sampled_from([-20_000, 50_000, 50_000]))
    def our_balance_there_changes(self, amount_minor: int) -> None:
        self.act("balance", self.bazaar.give(amount_minor))
