"""What people change their minds about: parts that are called off, sent in pieces, sent back, complained of."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import (
    AcceptPayment,
    CancelSellerOrder,
    MarkDelivered,
    ReportReturn,
    ShipSellerOrder,
    Units,
)
from marketplace_core.payments import HoldPayout
from marketplace_core.payments.claims import (
    AcceptClaimOffer,
    AnswerClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimKind,
    DecideClaim,
    OpenClaim,
    WithdrawClaim,
)
from tests.bazaar.ground import PICK, Ground


class SecondThoughts(Ground):
    """Rules of calling off, partial parcels, returns, claims."""

    orders = Ground.orders

    @rule(order_id=orders, pick=PICK, who=st.sampled_from(["buyer", "seller", "operator"]))
    def call_a_part_off(self, order_id: OrderId, pick: int, who: str) -> None:
        part = self._part(order_id, pick)
        by = {"buyer": self._buyer(order_id), "seller": self._seller(part), "operator": self.operator}[who]
        command = CancelSellerOrder(seller_order_id=part.seller_order_id, note="Not any more.")
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("call a part off", self.bazaar.do(command, by))

    @rule(order_id=orders, pick=PICK)
    def ship_one_piece(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        line = part.lines[pick % len(part.lines)]
        command = ShipSellerOrder(
            seller_order_id=part.seller_order_id,
            carrier="Post",
            tracking=f"T{len(getattr(part, 'shipments', ()))}-{pick}",
            lines=(Units(offer_id=line.offer_id, quantity=1),),
        )
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("ship one piece", self.bazaar.do(command, self._seller(part)))

    @rule(order_id=orders, pick=PICK, found=st.booleans())
    def a_parcel_comes_back(self, order_id: OrderId, pick: int, found: bool) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            command = ReportReturn(seller_order_id=part.seller_order_id)
            self.act("parcel comes back", self.bazaar.do(command, self._seller(part)))
            if found:
                self.act(
                    "it is found", self.bazaar.do(MarkDelivered(seller_order_id=part.seller_order_id), self.operator)
                )

    @rule(order_id=orders)
    def keep_the_payment(self, order_id: OrderId) -> None:
        self.act("accept payment", self.bazaar.do(AcceptPayment(order_id=order_id), self.operator))

    @rule(order_id=orders, pick=PICK, kind=st.sampled_from(list(ClaimKind)))
    def complain(self, order_id: OrderId, pick: int, kind: ClaimKind) -> None:
        part = self._part(order_id, pick)
        command = OpenClaim(seller_order_id=part.seller_order_id, kind=kind, text="It is not right.")
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("open claim", self.bazaar.do(command, self._buyer(order_id)))

    @rule(pick=PICK, answer=st.sampled_from(list(ClaimAnswer)), minor=st.sampled_from([1, 333]))
    def answer_a_complaint(self, pick: int, answer: ClaimAnswer, minor: int) -> None:
        claim = self._one("payments_claims", pick)
        if claim is not None:
            offered = minor if answer is ClaimAnswer.OFFER else 0
            command = AnswerClaim(claim_id=claim.claim_id, answer=answer, text="So it is.", items_minor=offered)
            self.act(f"{answer.value} claim", self.bazaar.do(command, self._seller(claim)))

    @rule(pick=PICK, minor=st.sampled_from([1, 333]), withdrawn=st.booleans())
    def end_a_complaint(self, pick: int, minor: int, withdrawn: bool) -> None:
        claim = self._one("payments_claims", pick)
        if claim is not None:
            command: Any = AcceptClaimOffer(claim_id=claim.claim_id, offered_minor=minor)
            if withdrawn:
                command = WithdrawClaim(claim_id=claim.claim_id)
            self.act(type(command).__name__, self.bazaar.do(command, self._buyer(claim.order_id)))

    @rule(pick=PICK, decision=st.sampled_from(list(ClaimDecision)))
    def decide_about_a_complaint(self, pick: int, decision: ClaimDecision) -> None:
        claim = self._one("payments_claims", pick)
        if claim is not None:
            some = 1 if decision is ClaimDecision.PARTIAL else 0
            command = DecideClaim(claim_id=claim.claim_id, decision=decision, reason="So be it.", items_minor=some)
            self.act(f"decide claim {decision.value}", self.bazaar.do(command, self.operator))

    @rule(pick=PICK)
    def hold_a_payout_back(self, pick: int) -> None:
        payout = self._one("payments_payouts", pick)
        if payout is not None:
            self.act("hold payout", self.bazaar.do(HoldPayout(payout_id=payout.payout_id), self.operator))
