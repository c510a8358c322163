"""What one of many does over and over: buys, sends, gives back, fights, pays out, each time something else."""

import random
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import uuid4

from attrs import define, field

from marketplace_core import MarketplaceError
from marketplace_core.cart import AddToCart
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import OfferId, OrderId, PayoutId, RefundId
from marketplace_core.orders import (
    CancelOrder,
    ConfirmReceipt,
    MarkDelivered,
    PlaceOrder,
    QuoteCheckout,
    SellerOrderView,
    ShipSellerOrder,
    ViewOrder,
)
from marketplace_core.payments import (
    AccountClosed,
    AlreadyPosted,
    ApproveRefund,
    BooksDoNotBalance,
    CancelPayout,
    FreezeEscrow,
    InsufficientFunds,
    ListPayouts,
    RefundWish,
    RejectRefund,
    ReleaseEscrow,
    RequestRefund,
    RetryPayout,
    SweepPayouts,
    UnfreezeEscrow,
)
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.bazaar.bazaar import HOME

GOOD, DECLINED, DISPUTED = "4242424242424242", "4000000000000002", "4000000000000259"
VIOLATIONS: Final = (AlreadyPosted, InsufficientFunds, AccountClosed, BooksDoNotBalance)
"""Refusals that say that something was let through that should not have been."""


@define
class Known:
    """What the workers of one process know of each other's orders, refunds and payouts, and what they count."""

    orders: list[tuple[Actor, OrderId]] = field(factory=list)
    refunds: list[RefundId] = field(factory=list)
    done: Counter[str] = field(factory=Counter)
    refused: Counter[str] = field(factory=Counter)
    violations: list[str] = field(factory=list)


@define
class Worker:
    """Somebody who never rests. What is refused counts as done: it was decided."""

    opened: OpenMarketplace
    chance: random.Random
    known: Known
    buyer: Actor
    owners: dict[str, Actor]
    """Who speaks for which shop."""
    operators: tuple[Actor, Actor]
    offers: tuple[OfferId, ...]

    async def work(self, times: int) -> None:
        """Do something so many times."""
        deeds: tuple[Callable[[], Awaitable[None]], ...] = (
            *[self.buy] * 4, *[self.send] * 3, *[self.receive] * 3, *[self.give_back] * 3, self.decide, self.decide,
            self.freeze, self.release, self.call_off, self.dispute, self.dispute, self.pay_out, self.end_a_payout,
            self.bank_returns,
        )  # fmt: skip
        for _ in range(times):
            deed = self.chance.choice(deeds)
            self.known.done[deed.__name__] += 1
            try:
                await deed()
            except MarketplaceError as refusal:
                self.known.refused[refusal.code] += 1
                if isinstance(refusal, VIOLATIONS):
                    self.known.violations.append(f"{deed.__name__}: {refusal!r}")
            except Exception as bug:  # noqa: BLE001 - whatever it is, the others go on
                self.known.violations.append(f"{deed.__name__}: {''.join(traceback.format_exception(bug, limit=-4))}")

    async def do(self, command: Any, by: Actor) -> Any:
        """Send a command."""
        return await self.opened.market.execute(command, by=by)

    async def buy(self) -> None:
        """Order one or two things, and pay, mostly."""
        market = self.opened.market
        for offer_id in self.chance.sample(self.offers, k=self.chance.choice((1, 2))):
            await self.do(AddToCart(offer_id=offer_id, quantity=1), self.buyer)
        quote = await market.ask(QuoteCheckout(), by=self.buyer)
        command = PlaceOrder(quote_hash=quote.quote_hash, address=HOME, request_key=f"key-{uuid4().hex}")
        placed = await self.do(command, self.buyer)
        self.known.orders.append((self.buyer, placed.order_id))
        step = placed.payment
        there = await self.opened.adapters.payments.payments.find(step.payment_id)
        card = self.chance.choice((GOOD, GOOD, GOOD, GOOD, DECLINED, DISPUTED))
        await self.opened.adapters.payments.buyer.pay(there.reference, step.client_secret, card)

    async def send(self) -> None:
        """Send a part of somebody's order."""
        part = await self._part()
        command = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1")
        await self.do(command, self.owners[part.seller_id])

    async def receive(self) -> None:
        """Say that a part has arrived, as its buyer or its seller."""
        buyer, order_id = self._order()
        part = await self._part((buyer, order_id))
        if self.chance.random() < 0.7:
            await self.do(ConfirmReceipt(seller_order_id=part.seller_order_id), buyer)
        else:
            await self.do(MarkDelivered(seller_order_id=part.seller_order_id), self.owners[part.seller_id])

    async def give_back(self) -> None:
        """Give some of a part back, or ask for it."""
        buyer, order_id = self._order()
        part = await self._part((buyer, order_id))
        by = self.chance.choice((buyer, self.operators[0], self.owners[part.seller_id]))
        wish = RefundWish(seller_order_id=part.seller_order_id, items_minor=self.chance.choice((1, 250, 700, 5_000)))
        asked = await self.do(RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,)), by)
        self.known.refunds.append(asked.refund_id)

    async def decide(self) -> None:
        """Approve or reject what somebody asked for."""
        if self.known.refunds:
            refund_id = self.chance.choice(self.known.refunds)
            approve, reject = ApproveRefund(refund_id=refund_id), RejectRefund(refund_id=refund_id, note="No.")
            await self.do(self.chance.choice((approve, approve, reject)), self.operators[1])

    async def freeze(self) -> None:
        """Freeze a part, or let it go."""
        change = self.chance.choice((FreezeEscrow, UnfreezeEscrow))
        part = await self._part()
        await self.do(change(seller_order_id=part.seller_order_id, reason="risk"), self.operators[0])

    async def release(self) -> None:
        """Release a part by hand."""
        part = await self._part()
        await self.do(ReleaseEscrow(seller_order_id=part.seller_order_id), self.operators[0])

    async def call_off(self) -> None:
        """Call an order off."""
        buyer, order_id = self._order()
        await self.do(CancelOrder(order_id=order_id), buyer)

    async def dispute(self) -> None:
        """Have a bank take a payment back, or the network decide about that."""
        _, order_id = self._order()
        script, payments = self.opened.adapters.payments.script, self.opened.adapters.payments.payments
        step = (await self.opened.market.ask(ViewOrder(order_id=order_id), by=SYSTEM)).payment
        assert step is not None
        there = await payments.find(step.payment_id)
        if self.chance.random() < 0.5:
            await script.do("disputes", {"payment": there.reference, "amount_minor": self.chance.choice((100, 1_000))})
            return
        for known in await self.opened.adapters.payments.disputes.of_payment(there.reference):
            status = self.chance.choice(("under_review", "won", "lost"))
            await script.do(f"disputes/{known.reference}/advance", {"status": status})

    async def pay_out(self) -> None:
        """Run the payouts."""
        await self.do(SweepPayouts(), self.operators[0])

    async def end_a_payout(self) -> None:
        """Give a payout up, or try it again."""
        payout_id = await self._payout()
        if payout_id is not None:
            await self.do(self.chance.choice((CancelPayout, RetryPayout))(payout_id=payout_id), self.operators[0])

    async def bank_returns(self) -> None:
        """Have a bank send a payout back."""
        payout_id = await self._payout()
        there = await self.opened.adapters.payments.payouts.find_payout(payout_id) if payout_id else None
        if there is not None:
            body = {"failure_code": "account_closed"}
            await self.opened.adapters.payments.script.do(f"payouts/{there.reference}/return", body)

    async def _payout(self) -> PayoutId | None:
        payouts = (await self.opened.market.ask(ListPayouts(), by=self.operators[0])).items
        return self.chance.choice(payouts).payout_id if payouts else None

    def _order(self) -> tuple[Actor, OrderId]:
        if not self.known.orders:
            raise NothingYet("Nobody has ordered yet.")
        return self.chance.choice(self.known.orders[-60:])

    async def _part(self, order: tuple[Actor, OrderId] | None = None) -> SellerOrderView:
        _, order_id = order or self._order()
        view = await self.opened.market.ask(ViewOrder(order_id=order_id), by=SYSTEM)
        return self.chance.choice(view.seller_orders)


class NothingYet(MarketplaceError):
    """There is nothing to do this with."""

    code = "load.nothing_yet"


async def somebody(opened: OpenMarketplace, address: str) -> Actor:
    """Look who somebody is."""
    return await opened.market.ask(IdentifyUser(user=address), by=SYSTEM)
