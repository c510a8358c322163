"""A shop where anything may happen to the money, in any order."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from attrs import define, field

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import OrderId, PayoutId, RefundId, SellerOrderId
from marketplace_core.payments import (
    BalanceHeading,
    CancelPayout,
    DisputeState,
    EarnFee,
    Extras,
    FreezeEscrow,
    ListPayouts,
    MalformedRefund,
    PaymentState,
    PayoutState,
    Proof,
    ProviderRefused,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    RefundWish,
    RequestRefund,
    RetryPayout,
    ReturnShare,
    UnfreezeEscrow,
    ViewBalance,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.debts import Means, SettleDebt
from marketplace_core.testing.payments import ADA, BOB, a_share, euros
from tests.core.payments.balances import all_entries
from tests.core.payments.till import ANN, OPERATOR, Desk

_S: Final = DisputeState
NEXT: Final = {
    _S.WARNING: (_S.NEEDS_RESPONSE, _S.WARNING_CLOSED, _S.PREVENTED),
    _S.NEEDS_RESPONSE: (_S.UNDER_REVIEW, _S.WON, _S.LOST, _S.LOST, _S.PREVENTED),
    _S.UNDER_REVIEW: (_S.WON, _S.LOST, _S.LOST),
    _S.LOST: (_S.WON,),
}
"""What a card network may say after what it has said."""


@define
class Walk:
    """A desk where whatever comes to mind is done next.

    ``by_parcel``, parts also arrive parcel by parcel; if sellers earn elsewhere, it pays what they owe.
    """

    desk: Desk
    chance: random.Random
    by_parcel: bool = False
    earns_elsewhere: bool = False
    orders: int = 0
    under_way: dict[SellerOrderId, int] = field(factory=dict)
    arrived: dict[SellerOrderId, int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Put so much money in that payouts never stand still for want of it."""
        self.desk.provider.pending["EUR"] = 10**8

    async def order(self) -> None:
        """Order from both sellers, some with tax, a fee, a voucher of the platform's; one in five does not pay."""
        self.orders += 1
        items_minor = self.chance.randint(2, 9_000)
        shares = (
            a_share(f"sor_{self.orders}a", ADA, items_minor, extras=self._extras(items_minor)),
            a_share(f"sor_{self.orders}b", BOB, 700, 30, extras=self._extras(700)),
        )
        self.under_way |= {share.seller_order_id: share.items.amount_minor for share in shares}
        go = self.desk.paid if self.chance.random() < 0.8 else self.desk.open
        await go(shares, OrderId(f"ord_{self.orders}"))

    async def deliver(self) -> None:
        """Have some part delivered, on somebody's word."""
        await self.desk.deliver(self._part(), self.chance.choice(list(Proof)))

    async def parcel(self) -> None:
        """Have a parcel of some part arrive on somebody's word, more being under way; or say it of it again."""
        part, number = self._part(), self.chance.randint(1, 4)
        left = self.under_way[part]
        items = left if number == 1 else self.chance.randint(0, left)
        if number > self.arrived.get(part, 0):
            number = self.arrived[part] = self.arrived.get(part, 0) + 1
            self.under_way[part] = left - items
        await self.desk.parcel(part, number, items, self.under_way[part], self.chance.choice(list(Proof)))

    async def call_off(self) -> None:
        """Call off what of some part is under way: its buyer gets it back."""
        part = self._part()
        items, self.under_way[part] = self.under_way[part], 0
        command = ReturnShare(seller_order_id=part, reason="Not sent.", items_minor=items)
        await self.desk.market.execute(command, by=SYSTEM)

    async def freeze(self) -> None:
        """Freeze some part, or let it go."""
        change = self.chance.choice((FreezeEscrow, UnfreezeEscrow))
        await self.desk.market.execute(change(seller_order_id=self._part(), reason="risk"), by=OPERATOR)

    async def end_payout(self) -> None:
        """Cancel a payout, or try it again."""
        change, seller_id = self.chance.choice((CancelPayout, RetryPayout)), self.chance.choice((ADA, BOB))
        for entry in (await all_entries(self.desk.market, seller_id, BalanceHeading.IN_PAYOUT))[:1]:
            assert entry.payout_id is not None
            await self.desk.market.execute(change(payout_id=entry.payout_id), by=OPERATOR)

    async def take_back(self) -> None:
        """Give back what a paid payout paid, and have what the seller earned elsewhere pay some of that debt."""
        states = frozenset({PayoutState.PAID})
        paid = (await self.desk.market.ask(ListPayouts(states=states), by=OPERATOR)).items
        if not paid:
            return
        payout, limit = self.chance.choice(paid), self.chance.choice((1, 400, 9_000))
        part = next((one.seller_order_id for one in payout.items if one.seller_order_id is not None), None)
        if part is not None:
            wish = RefundWish(seller_order_id=part, items_minor=self.chance.choice((250, 700)))
            order_id = OrderId(part.replace("sor_", "ord_")[:-1])
            with suppress(WrongState, NotFound, RefundExceedsRemaining, RefundBlockedByDispute, MalformedRefund):
                asked = RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,))
                await self.desk.market.execute(asked, by=OPERATOR)
        balances = (await self.desk.market.ask(ViewBalance(seller_id=payout.seller_id), by=OPERATOR)).balances
        minor = min(sum(one.debt.amount_minor for one in balances), payout.amount.amount_minor, limit)
        if minor:
            transfers = self.desk.provider.transfers.values()
            account = next(one.account for one in transfers if one.payout_id == payout.payout_id)
            self.desk.provider.balances[account, "EUR"] += minor
            command = SettleDebt(
                seller_id=payout.seller_id,
                currency="EUR",
                means=Means.REVERSAL,
                amount_minor=minor,
                note="It has come.",
                payout_id=payout.payout_id,
            )
            await self.desk.market.execute(command, by=OPERATOR)
            await self.desk.settle()

    async def refund(self) -> None:
        """Give something back, or all that is held: as a buyer, whose wish waits, or as the operator."""
        order_id = OrderId(f"ord_{self.chance.randint(1, self.orders)}")
        part = SellerOrderId(order_id.replace("ord_", "sor_") + self.chance.choice("ab"))
        held_minor = (await self.desk.market.ask(ViewEscrow(seller_order_id=part), by=OPERATOR)).held.amount_minor
        items_minor, by = self.chance.choice((1, 250, 700, held_minor)), self.chance.choice((OPERATOR, OPERATOR, ANN))
        wish = RefundWish(
            seller_order_id=part,
            items_minor=min(items_minor, 700) if part.endswith("b") else items_minor,
            delivery_minor=self.chance.choice((0, 30)) if part.endswith("b") else 0,
            platform_minor=self.chance.choice((0, 1)) if by is OPERATOR else 0,
        )
        await self.desk.market.execute(RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,)), by=by)

    async def fail_refund(self) -> None:
        """Have a refund fail at the provider, or come back from the card."""
        for refund in list(self.desk.provider.refunds.values())[-2:]:
            self.desk.provider.fail_refund(RefundId(refund.refund_id), "declined")

    async def return_payout(self) -> None:
        """Have the bank send back the newest payout that it took."""
        for payout in list(self.desk.provider.bank_payouts.values())[-1:]:
            self.desk.provider.return_payout(PayoutId(payout.payout_id), "account_closed")

    async def dispute(self) -> None:
        """Have a buyer's bank take some of a payment back, all of it or more than that, or only ask about it."""
        captured = [one for one in self.desk.provider.all_payments.values() if one.state is PaymentState.CAPTURED]
        if captured:
            payment = self.chance.choice(captured)
            whole = payment.amount.amount_minor
            self.desk.network.open(
                payment.reference,
                euros(self.chance.choice((1, 700, whole, whole + 7))),
                state=self.chance.choice((_S.WARNING, _S.NEEDS_RESPONSE, _S.NEEDS_RESPONSE)),
                evidence_due=self.desk.clock.now() + timedelta(days=7),
            )
            await self.desk.settle()

    async def decide(self) -> None:
        """Have the card network take its next step about some dispute."""
        undecided = [one for one in self.desk.network.disputes.values() if one.state in NEXT]
        if undecided:
            dispute = self.chance.choice(undecided)
            state = self.chance.choice(NEXT[dispute.state])
            self.desk.network.move(dispute.reference, state, returns_fee=state is _S.WON and self.chance.random() < 0.5)
            await self.desk.settle()

    async def sweep(self) -> None:
        """Run the payouts."""
        await self.desk.sweep()

    async def wait(self) -> None:
        """Let time go by."""
        await self.desk.pass_time(hours=self.chance.choice((1, 24, 400)))

    async def step(self) -> None:
        """Do something; what is refused changes nothing."""
        deeds: tuple[Callable[[], Awaitable[None]], ...] = (
            self.order,
            self.order,
            self.deliver,
            self.deliver,
            self.freeze,
            self.end_payout,
            self.refund,
            self.refund,
            self.close,
            self.fail_refund,
            self.return_payout,
            self.dispute,
            self.decide,
            self.decide,
            self.decide,
            self.sweep,
            self.wait,
        )
        if self.by_parcel:
            deeds = (*deeds, self.parcel, self.parcel, self.parcel, self.parcel, self.call_off)
        if self.earns_elsewhere:
            deeds = (*deeds, *[self.take_back] * 3, *[self.return_payout] * 3, *[self.end_payout] * 2)
        with suppress(
            WrongState, NotFound, ProviderRefused, RefundExceedsRemaining, RefundBlockedByDispute, MalformedRefund
        ):
            await self.chance.choice(deeds)()

    async def close(self) -> None:
        """Close an order, or close it again."""
        order_id = OrderId(f"ord_{self.chance.randint(1, self.orders)}")
        await self.desk.market.execute(EarnFee(order_id=order_id), by=SYSTEM)

    def _extras(self, items_minor: int) -> Extras:
        tax, fee, subsidy = (self.chance.choice((0, 0, 1, items_minor // 3, items_minor - 1)) for _ in range(3))
        return Extras(tax=tax, fee=fee, subsidy=subsidy)

    def _part(self) -> SellerOrderId:
        return SellerOrderId(f"sor_{self.chance.randint(1, self.orders)}{self.chance.choice('ab')}")
