"""What goes wrong in the town after the money has moved: refunds, disputes, payouts that come back."""

from typing import Final

from attrs import frozen

from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.orders import OrderView
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    DisputeState,
    ListDisputes,
    ListPayouts,
    ListRefunds,
    PayoutState,
    PayoutView,
    RequestRefund,
    RetryPayout,
)
from marketplace_entrypoints.demo.catalogue.deeds import BankReturns, Disputed, GivesBack
from marketplace_entrypoints.demo.hands import Hands

SORRY: Final = "The parcels were late. Sorry!"
ANSWER: Final = (("shipping", "The parcel was sent, tracked and received; the buyer has confirmed it."),)


@frozen
class Misfortunes:
    """Lets them happen, once each; ``operator`` sees to them."""

    hands: Hands
    operator: Actor

    async def give_back(self, deed: GivesBack, order: OrderView) -> None:
        """Give some of the whole order back, unless something was given back before."""
        market = self.hands.market
        if (await market.ask(ListRefunds(order_id=order.order_id), by=self.operator)).items:
            return
        command = RequestRefund(order_id=order.order_id, reason=SORRY, amount_minor=deed.amount_minor)
        await market.execute(command, by=self.operator)

    async def dispute(self, deed: Disputed, order: OrderView, about: SellerOrderId) -> None:
        """Have a part disputed, and contested or given up; take it up where it was left."""
        market, question = self.hands.market, ListDisputes(order_id=order.order_id)
        assert order.payment is not None
        if not (await market.ask(question, by=self.operator)).items:
            await self.hands.dispute(order.payment, deed.amount_minor, about)
            await self.hands.settle()
        (found,) = (await market.ask(question, by=self.operator)).items
        if found.state is DisputeState.NEEDS_RESPONSE and not deed.won:
            await market.execute(AcceptDispute(dispute_id=found.dispute_id), by=self.operator)
        elif found.state is DisputeState.NEEDS_RESPONSE:
            await market.execute(AnswerDispute(dispute_id=found.dispute_id, statements=ANSWER), by=self.operator)
            await self.hands.settle()
        (found,) = (await market.ask(question, by=self.operator)).items
        if found.state is DisputeState.UNDER_REVIEW:
            await self.hands.decide(order.payment, deed.won)

    async def return_payout(self, deed: BankReturns, order: OrderView, about: SellerOrderId) -> None:
        """Have the bank send the payout of a part back, and pay it again."""
        payout = await self._payout(order, about)
        if payout is not None and payout.state is PayoutState.PAID and payout.attempt == 1:
            await self.hands.return_payout(payout.payout_id)
            await self.hands.settle()
            payout = await self._payout(order, about)
        if payout is not None and payout.state is PayoutState.RETURNED:
            await self.hands.market.execute(RetryPayout(payout_id=payout.payout_id), by=self.operator)

    async def _payout(self, order: OrderView, about: SellerOrderId) -> PayoutView | None:
        (seller_id,) = [part.seller_id for part in order.seller_orders if part.seller_order_id == about]
        found = await self.hands.market.ask(ListPayouts(seller_id=seller_id), by=self.operator)
        return next(
            (one for one in found.items if about in {item.seller_order_id for item in one.items}),
            None,
        )
