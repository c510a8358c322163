"""Money at the core's own door."""

from features.drivers.core_door import OPERATOR, CoreDoor
from features.drivers.seen import BalanceSeen, LiquiditySeen, RefundSeen
from marketplace_core.inmemory import open_marketplace
from marketplace_core.inmemory.payment_provider import PLATFORM, Terms
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    ApproveRefund,
    AuditBooks,
    DisputeState,
    DisputeView,
    ListDisputes,
    ListEscrows,
    ListJournals,
    ListPayouts,
    ListRefunds,
    PaymentPolicy,
    PayoutView,
    RefundView,
    RefundWish,
    RejectRefund,
    RequestRefund,
    RetryPayout,
    SweepPayouts,
    TrialBalance,
    ViewBalance,
)
from marketplace_core.payments.books import CheckLiquidity
from marketplace_core.payments.claims import (
    AcceptClaimOffer,
    AnswerClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimKind,
    ClaimView,
    DecideClaim,
    ListClaims,
    OpenClaim,
    WithdrawClaim,
)
from marketplace_core.testing.clock import CountingIds


class CoreMoney(CoreDoor):
    """Held money, refunds, payouts and the books."""

    def agree_terms(self, *, reserve_bps: int, fee_minor: int) -> None:
        self._opened = open_marketplace(
            clock=self._clock,
            ids=CountingIds(),
            policy=PaymentPolicy(reserve_bps=reserve_bps),
            terms=Terms(fee_bps=0, fee_fixed_minor=fee_minor),
        )

    def ask_for_refund(self, buyer: str, shop: str, *, items_minor: int, reason: str) -> None:
        self._refund(buyer, self._person(buyer), reason, wishes=(self._wish(buyer, shop, items_minor),))

    def give_back(self, shop: str, buyer: str, *, items_minor: int) -> None:
        self._refund(buyer, self._of(shop), "Sorry.", wishes=(self._wish(buyer, shop, items_minor),))

    def give_back_of_order(self, buyer: str, *, amount_minor: int) -> None:
        self._refund(buyer, OPERATOR, "Sorry.", amount_minor=amount_minor)

    def approve_refund(self, shop: str, buyer: str) -> None:
        self._do(ApproveRefund(refund_id=self._newest_refund(buyer).refund_id), self._of(shop))

    def reject_refund(self, shop: str, buyer: str, *, note: str) -> None:
        self._do(RejectRefund(refund_id=self._newest_refund(buyer).refund_id, note=note), self._of(shop))

    def refunds(self, buyer: str) -> list[RefundSeen]:
        found = self._ask(ListRefunds(order_id=self._orders[buyer]), self._person(buyer)).items
        return [
            RefundSeen(state=view.state.value, amount_minor=view.amount.amount_minor, note=view.note) for view in found
        ]

    def open_claim(self, buyer: str, shop: str, *, text: str) -> None:
        part = self._part(buyer, shop).seller_order_id
        self._do(OpenClaim(seller_order_id=part, kind=ClaimKind.DAMAGED, text=text), self._person(buyer))

    def answer_claim(self, shop: str, buyer: str, *, says: str, text: str, items_minor: int = 0) -> None:
        claim_id, answer = self._newest_claim(buyer).claim_id, ClaimAnswer(says)
        self._do(AnswerClaim(claim_id=claim_id, answer=answer, text=text, items_minor=items_minor), self._of(shop))

    def accept_claim_offer(self, buyer: str, *, offered_minor: int) -> None:
        command = AcceptClaimOffer(claim_id=self._newest_claim(buyer).claim_id, offered_minor=offered_minor)
        self._do(command, self._person(buyer))

    def withdraw_claim(self, buyer: str) -> None:
        self._do(WithdrawClaim(claim_id=self._newest_claim(buyer).claim_id), self._person(buyer))

    def decide_claim(self, buyer: str, *, decision: str, reason: str, items_minor: int = 0) -> None:
        command = DecideClaim(
            claim_id=self._newest_claim(buyer).claim_id,
            decision=ClaimDecision(decision),
            reason=reason,
            items_minor=items_minor,
        )
        self._do(command, OPERATOR)

    def claim_is(self, buyer: str) -> str:
        return self._newest_claim(buyer).state.value

    def _newest_claim(self, buyer: str) -> ClaimView:
        return self._ask(ListClaims(order_id=self._orders[buyer]), self._person(buyer)).items[0]

    def bank_returns_payout(self, shop: str) -> None:
        self._opened.provider.return_payout(self._newest_payout(shop).payout_id, "account_closed")
        self._settle()

    def payout_is(self, shop: str) -> str:
        return self._newest_payout(shop).state.value

    def retry_payout(self, shop: str) -> None:
        self._do(RetryPayout(payout_id=self._newest_payout(shop).payout_id), OPERATOR)
        self.pass_time(minutes=5)

    def dispute(self, buyer: str, shop: str, *, amount_minor: int) -> None:
        payment = self._order(buyer).payment
        assert payment is not None
        assert payment.provider_reference is not None
        amount = Money(amount_minor, payment.amount.currency)
        item = self._part(buyer, shop).seller_order_id
        self._opened.network.open(payment.provider_reference, amount, item=item)
        self._settle()

    def decide_dispute(self, buyer: str, *, won: bool) -> None:
        (reference,) = [
            dispute.reference
            for dispute in self._opened.network.disputes.values()
            if dispute.state in {DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW}
        ]
        self._opened.network.move(reference, DisputeState.WON if won else DisputeState.LOST)
        self._settle()

    def answer_dispute(self, buyer: str, *, about: str, words: str) -> None:
        self._do(AnswerDispute(dispute_id=self._dispute(buyer).dispute_id, statements=((about, words),)), OPERATOR)

    def accept_dispute(self, buyer: str) -> None:
        self._do(AcceptDispute(dispute_id=self._dispute(buyer).dispute_id), OPERATOR)

    def dispute_is(self, buyer: str) -> str:
        return self._dispute(buyer).state.value

    def in_the_books(self, kind: str) -> int:
        rows = self._ask(TrialBalance(), OPERATOR).rows
        return sum(row.balance.amount_minor for row in rows if row.kind.value == kind)

    def run_payouts(self) -> None:
        self._do(SweepPayouts(), OPERATOR)
        self.pass_time(minutes=5)

    def put_in(self, *, amount_minor: int) -> None:
        self._opened.provider.balances[PLATFORM, "EUR"] += amount_minor

    def liquidity(self) -> LiquiditySeen:
        found = self._do(CheckLiquidity(), OPERATOR)
        missing_minor = sum(one.missing.amount_minor for one in found.covers)
        return LiquiditySeen(missing_minor=missing_minor, stands_still=found.stands_still)

    def balance(self, shop: str) -> BalanceSeen:
        balances = self._ask(ViewBalance(seller_id=self._seller(shop)), self._of(shop)).balances
        return BalanceSeen(
            held_minor=sum(balance.held.amount_minor for balance in balances),
            payable_minor=sum(balance.payable.amount_minor for balance in balances),
            paid_out_minor=sum(balance.paid.amount_minor for balance in balances),
            reserve_minor=sum(balance.reserve.amount_minor for balance in balances),
            owed_minor=sum(balance.debt.amount_minor for balance in balances),
        )

    def held_for_order(self, buyer: str) -> int:
        escrows = self._ask(ListEscrows(order_id=self._orders[buyer]), OPERATOR).items
        assert escrows
        return sum(escrow.held.amount_minor for escrow in escrows)

    def ledger_entries(self) -> int:
        journals = self._ask(ListJournals(page=PageRequest(limit=PAGE_SIZE_MAX)), OPERATOR).items
        return sum(len(journal.transfers) for journal in journals)

    def newly_booked(self) -> list[str]:
        """Return what was booked since this was asked last, by the names the features give things."""
        found = self._ask(ListJournals(page=PageRequest(limit=PAGE_SIZE_MAX)), OPERATOR).items
        number = {journal.journal_id: int(journal.journal_id.rpartition("_")[2]) for journal in found}
        fresh = [journal for journal in reversed(found) if number[journal.journal_id] > self._booked]
        self._booked = max(number.values(), default=0)
        named = self._named()
        return [
            f"{transfer.amount!s:>12}  {_said(transfer.debit, named)} → {_said(transfer.credit, named)}"
            f"  ({journal.kind.value.replace('_', ' ')})"
            for journal in fresh
            for transfer in journal.transfers
        ]

    def _named(self) -> dict[str, str]:
        shops: dict[str, str] = {self._seller(shop): shop for shop in self._owners}
        parts = [part for buyer in self._orders for part in self._order(buyer).seller_orders]
        return shops | {part.seller_order_id: part.seller_name for part in parts}

    def violations(self) -> list[str]:
        return [f"{found.check} {found.subject}: {found.detail}" for found in self._ask(AuditBooks(), OPERATOR)]

    def _refund(
        self,
        buyer: str,
        by: Actor,
        reason: str,
        *,
        wishes: tuple[RefundWish, ...] = (),
        amount_minor: int | None = None,
    ) -> None:
        order_id = self._orders[buyer]
        self._do(RequestRefund(order_id=order_id, reason=reason, wishes=wishes, amount_minor=amount_minor), by)

    def _wish(self, buyer: str, shop: str, items_minor: int) -> RefundWish:
        return RefundWish(seller_order_id=self._part(buyer, shop).seller_order_id, items_minor=items_minor)

    def _newest_refund(self, buyer: str) -> RefundView:
        return self._ask(ListRefunds(order_id=self._orders[buyer]), OPERATOR).items[0]

    def _dispute(self, buyer: str) -> DisputeView:
        return self._ask(ListDisputes(order_id=self._orders[buyer]), OPERATOR).items[0]

    def _newest_payout(self, shop: str) -> PayoutView:
        return self._ask(ListPayouts(), self._of(shop)).items[0]


def _said(account: str, named: dict[str, str]) -> str:
    kind, _, rest = account.partition(":")
    subject = rest.rpartition(":")[0]
    return kind.replace("_", " ") + (f" of {named.get(subject, subject)}" if subject else "")
