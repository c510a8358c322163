"""Orders that have come to their ends, each in its own way. People do what they see can be done, and wait otherwise."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from attrs import evolve

from marketplace_core.orders import ConfirmReceipt, OrderState, ShipSellerOrder
from marketplace_core.payments import (
    ApproveRefund,
    DisputeState,
    HoldState,
    ListDisputes,
    ListEscrows,
    ListPayouts,
    ListRefunds,
    PayoutState,
    RefundState,
    RefundWish,
    RequestRefund,
    RetryPayout,
)
from tests.replay.shop import OPERATOR, SHOPS, Shop

GOOD_CARD: Final = "4242424242424242"
SLOW_CARD: Final = "4000000000000077"
DECLINED_CARD: Final = "4000000000000002"
REFUNDED_MINOR: Final = 300
"""Less than what the platform has left when the sellers have theirs: the provider sends nothing that is not there."""
LONG_ENOUGH: Final = timedelta(days=10)
"""After it every sweep has looked at everything once more, and every reminder that is due was sent."""


async def paid(shop: Shop, card: str = GOOD_CARD) -> None:
    """Order and pay."""
    await shop.place()
    (payment,) = shop.provider.all_payments.values()
    assert payment.client_secret is not None
    if card == GOOD_CARD:
        shop.provider.pay(payment.client_secret, DECLINED_CARD)
        await shop.settle()
    shop.provider.pay(payment.client_secret, card)
    await shop.settle()

    async def confirmed() -> bool:
        return (await shop.order()).state is OrderState.CONFIRMED

    await shop.until(confirmed)


async def delivered(shop: Shop) -> None:
    """Send both parts; the buyer has them."""
    for part in (await shop.order()).seller_orders:
        slug = next(slug for slug in SHOPS if slug == part.seller_name)
        command = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="DHL", tracking="00340434")
        await shop.do(command, await shop.person(slug))
        await shop.do(ConfirmReceipt(seller_order_id=part.seller_order_id), await shop.person("anna"))

    async def released() -> bool:
        holds = (await shop.ask(ListEscrows())).items
        return all(hold.state is HoldState.RELEASED for hold in holds)

    await shop.until(released)


async def paid_out(shop: Shop, number: int = len(SHOPS)) -> None:
    """Wait until the banks have the sellers' money."""

    async def arrived() -> bool:
        payouts = (await shop.ask(ListPayouts())).items
        return len(payouts) == number and all(payout.state is PayoutState.PAID for payout in payouts)

    await shop.until(arrived)


async def refunded(shop: Shop) -> None:
    """Ask for some of it back, and get it."""
    order = await shop.order()
    wish = RefundWish(seller_order_id=order.seller_orders[0].seller_order_id, items_minor=REFUNDED_MINOR)
    command = RequestRefund(order_id=order.order_id, reason="Chipped.", wishes=(wish,))
    asked = await shop.do(command, await shop.person("anna"))
    await shop.do(ApproveRefund(refund_id=asked.refund_id), OPERATOR)
    shop.provider.terms = evolve(shop.provider.terms, holds_refunds=False)
    await shop.settle()

    async def gone() -> bool:
        return all(one.state is RefundState.SUCCEEDED for one in (await shop.ask(ListRefunds())).items)

    await shop.until(gone)


async def disputed(shop: Shop, outcome: DisputeState) -> None:
    """Have the buyer's bank take everything back, and the network decide."""
    (payment,) = shop.provider.all_payments.values()
    due = shop.clock.now() + timedelta(days=7)
    reference = shop.network.open(payment.reference, payment.amount, evidence_due=due)
    await shop.settle()
    shop.network.move(reference, DisputeState.UNDER_REVIEW)
    await shop.settle()
    shop.network.move(reference, outcome, returns_fee=outcome is DisputeState.WON)
    await shop.settle()

    async def decided() -> bool:
        disputes = (await shop.ask(ListDisputes())).items
        return bool(disputes) and all(dispute.state is outcome for dispute in disputes)

    await shop.until(decided)


async def sale(shop: Shop) -> None:
    """A sale without any trouble."""
    await paid(shop)
    await delivered(shop)
    await paid_out(shop)


async def slow_sale(shop: Shop) -> None:
    """A card that needs its time."""
    await paid(shop, SLOW_CARD)
    await delivered(shop)
    await paid_out(shop)


async def refund_while_held(shop: Shop) -> None:
    """A refund before anything is sent."""
    await paid(shop)
    await refunded(shop)
    await delivered(shop)
    await paid_out(shop)


async def refund_after_release(shop: Shop) -> None:
    """A refund of what the seller has already: it becomes their debt."""
    await paid(shop)
    await delivered(shop)
    await paid_out(shop)
    await refunded(shop)


async def dispute_won(shop: Shop) -> None:
    """A dispute that the network decides for us; then all goes on."""
    await paid(shop)
    await disputed(shop, DisputeState.WON)
    await delivered(shop)
    await paid_out(shop)


async def dispute_lost(shop: Shop) -> None:
    """A dispute before delivery that is lost."""
    await paid(shop)
    await disputed(shop, DisputeState.LOST)


async def dispute_lost_after_payout(shop: Shop) -> None:
    """A dispute that is lost when the sellers have their money."""
    await paid(shop)
    await delivered(shop)
    await paid_out(shop)
    await disputed(shop, DisputeState.LOST)


async def payout_returned(shop: Shop) -> None:
    """A bank that sends a payout back; it is paid in the second attempt."""
    await paid(shop)
    await delivered(shop)
    await paid_out(shop)
    returned = (await shop.ask(ListPayouts())).items[0].payout_id
    shop.provider.return_payout(returned, "account_closed")
    await shop.settle()

    async def known() -> bool:
        return any(payout.state is PayoutState.RETURNED for payout in (await shop.ask(ListPayouts())).items)

    await shop.until(known)
    await shop.do(RetryPayout(payout_id=returned), OPERATOR)
    await paid_out(shop)


STORIES: Final[Mapping[str, Callable[[Shop], Awaitable[None]]]] = MappingProxyType(
    {
        story.__name__: story
        for story in (
            sale,
            slow_sale,
            refund_while_held,
            refund_after_release,
            dispute_won,
            dispute_lost,
            dispute_lost_after_payout,
            payout_returned,
        )
    }
)
