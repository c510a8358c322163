"""A marketplace in memory as the demonstration's hands see it."""

from datetime import datetime
from io import BytesIO

from PIL import Image

from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.kernel.ids import PayoutId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import PaymentStep
from marketplace_core.payments import DisputeState
from marketplace_core.testing.clock import FrozenClock
from marketplace_entrypoints.demo.catalogue import Item
from marketplace_entrypoints.demo.hands import Hands


def hands_in_memory() -> Hands:
    """Return the hands of a fresh marketplace in memory."""
    clock = FrozenClock()
    opened = open_marketplace(clock=clock)

    async def send(slot: UploadSlot, content: bytes) -> None:
        await opened.files.upload(slot.url, content, content_type=slot.headers["Content-Type"])

    async def pay(step: PaymentStep, card: str) -> None:
        assert step.client_secret is not None
        opened.provider.pay(step.client_secret, card)

    async def approve(step: PaymentStep) -> None:
        assert step.client_secret is not None
        opened.provider.authenticate(step.client_secret, approve=True)

    def travel(to: datetime) -> None:
        clock.advance(to - clock.now())

    async def dispute(step: PaymentStep, amount_minor: int, item: SellerOrderId) -> None:
        assert step.provider_reference is not None
        opened.network.open(step.provider_reference, Money(amount_minor, step.amount.currency), item=item)

    async def decide(step: PaymentStep, won: bool) -> None:
        found = [one for one in opened.network.disputes.values() if one.payment_reference == step.provider_reference]
        opened.network.move(found[-1].reference, DisputeState.WON if won else DisputeState.LOST)

    async def return_payout(payout_id: PayoutId) -> None:
        opened.provider.return_payout(payout_id, "account_closed")

    return Hands(
        market=opened.market,
        clock=clock,
        settle=opened.settle,
        send=send,
        pay=pay,
        approve=approve,
        travel=travel,
        dispute=dispute,
        decide=decide,
        return_payout=return_payout,
    )


def _blue_square() -> bytes:
    opened = BytesIO()
    Image.new("RGB", (64, 64), (40, 90, 160)).save(opened, format="JPEG")
    return opened.getvalue()


JPEG = _blue_square()


async def one_picture(item: Item, view: int) -> bytes:
    """Return the same small picture of everything."""
    return JPEG
