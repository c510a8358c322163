"""What is struck: stretches of an order's life, each begun where another has ended.

A stage is what people do and what the workers make of it. After an interruption it is begun anew: people look how far
it went and send what was not answered again, under the same key.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from attrs import frozen

from marketplace_core.orders import MakeVoucher, UseVoucher
from marketplace_core.payments import ApproveRefund, ListRefunds, RefundState, RefundWish, RequestRefund, SweepPayouts
from tests.sweep.shop import BUYER, DECLINED_CARD, OPERATOR, SHOPS, Shop
from tests.sweep.troubles import (
    POTTER,
    claim,
    debts,
    dispute_lost,
    dispute_won,
    due_refund,
    parcels,
    returned_after_debts,
    returned_payout,
)

REFUNDED_MINOR: Final = 700
CODE: Final = "WELCOME-5"


async def checkout(shop: Shop) -> None:
    """Order from two shops and pay."""
    await shop.order()
    await shop.pay()
    await shop.rest()


async def expiry(shop: Shop) -> None:
    """Order, have the card declined, and let the time to pay run out."""
    await shop.order()
    await shop.pay(DECLINED_CARD)
    shop.pass_time(timedelta(days=1))
    await shop.rest()


async def refund(shop: Shop) -> None:
    """Ask a shop for some of the money back, and get it."""
    order = await shop.order()
    if shop.noted("refund") is None:
        wish = RefundWish(seller_order_id=(await shop.part(POTTER)).seller_order_id, items_minor=REFUNDED_MINOR)
        command = RequestRefund(order_id=order.order_id, reason="Chipped.", wishes=(wish,))
        requested = await shop.once(command, await shop.person(BUYER), "key-of-the-refund")
        shop.note("refund", requested.refund_id)
    for view in (await shop.ask(ListRefunds(order_id=order.order_id), OPERATOR)).items:
        if view.state is RefundState.REQUESTED:
            await shop.do(ApproveRefund(refund_id=view.refund_id), await shop.person(SHOPS[POTTER][0]))
    await shop.rest()


async def release(shop: Shop) -> None:
    """Send both parts, and have the buyer say that they arrived."""
    for slug in SHOPS:
        await shop.deliver(slug)
    await shop.rest()


async def payout(shop: Shop) -> None:
    """Pay out what the sellers have earned."""
    await shop.once(SweepPayouts(), OPERATOR, "key-of-the-payout-run")
    await shop.rest()
    shop.pass_time(timedelta(days=1))
    await shop.rest()


async def voucher(shop: Shop) -> None:
    """Order with a voucher of the marketplace, pay, and get some of the money back."""
    await _use_voucher(shop)
    await checkout(shop)
    await refund(shop)


async def voucher_expiry(shop: Shop) -> None:
    """Order with a voucher and do not pay: it is given back."""
    await _use_voucher(shop)
    await expiry(shop)


async def _use_voucher(shop: Shop) -> None:
    made = MakeVoucher(code=CODE, seller_id=None, currency="EUR", amount_minor=500, uses_max=1)
    await shop.once(made, OPERATOR, "key-of-the-voucher")
    if shop.noted("quote") is None:
        await shop.do(UseVoucher(code=CODE), await shop.person(BUYER))


@frozen(kw_only=True)
class Stage:
    """A stretch, what it goes on from (None: a furnished marketplace), and how many points there were when counted."""

    go: Callable[[Shop], Awaitable[None]]
    after: str | None = None
    points: int


STAGES: Final[Mapping[str, Stage]] = MappingProxyType(
    {
        "checkout": Stage(go=checkout, points=90),
        "expiry": Stage(go=expiry, points=100),
        "refund": Stage(go=refund, after="checkout", points=80),
        "release": Stage(go=release, after="checkout", points=76),
        "payout": Stage(go=payout, after="release", points=194),
        "parcels": Stage(go=parcels, points=238),
        "voucher": Stage(go=voucher, points=176),
        "voucher expiry": Stage(go=voucher_expiry, points=106),
        "dispute won": Stage(go=dispute_won, after="checkout", points=140),
        "claim": Stage(go=claim, after="checkout", points=172),
        "due refund": Stage(go=due_refund, points=254),
        "returned payout": Stage(go=returned_payout, after="payout", points=100),
        "dispute lost": Stage(go=dispute_lost, after="payout", points=160),
        "debts": Stage(go=debts, after="dispute lost", points=42),
        "returned after debts": Stage(go=returned_after_debts, after="debts", points=278),
    }
)
"""The numbers are pinned: a tenth less means that somebody has taken points away, and fails the sweep."""
