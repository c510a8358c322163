"""What the demonstration needs of a marketplace, whichever adapters it stands on."""

import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from attrs import field, frozen

from marketplace_core import Marketplace
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.kernel.ids import PayoutId, SellerOrderId
from marketplace_core.orders import PaymentStep
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.demo.catalogue import Item, Person


class Pictures(Protocol):
    """Where the pictures of things come from."""

    async def __call__(self, item: Item, view: int) -> bytes:
        """Return one picture of the thing, as a JPEG."""
        ...


@frozen(kw_only=True)
class Hands:
    """The one door, and what people do beside it: upload bytes, show cards at the payment provider, let time pass.

    ``settle`` lets happen what happens by itself. ``travel`` moves the marketplace's clock; it may begin in the past.
    ``dispute``, ``decide`` (whether we win) and ``return_payout`` are what banks and card networks do.
    """

    market: Marketplace
    clock: Clock
    settle: Callable[[], Awaitable[object]]
    send: Callable[[UploadSlot, bytes], Awaitable[None]]
    pay: Callable[[PaymentStep, str], Awaitable[None]]
    approve: Callable[[PaymentStep], Awaitable[None]]
    travel: Callable[[datetime], None]
    dispute: Callable[[PaymentStep, int, SellerOrderId], Awaitable[None]]
    decide: Callable[[PaymentStep, bool], Awaitable[None]]
    return_payout: Callable[[PayoutId], Awaitable[None]]
    _known: dict[str, Actor] = field(factory=dict, init=False)

    async def actor(self, person: Person) -> Actor:
        """Return the person as an actor. Raises ``UserNotFound``."""
        if person.email not in self._known:
            self._known[person.email] = await self.market.ask(IdentifyUser(user=person.email), by=SYSTEM)
        return self._known[person.email]

    def forget(self, person: Person) -> None:
        """Look again next time who the person is: their roles or their shop changed."""
        self._known.pop(person.email, None)


@frozen
class _Banks:
    """Banks and card networks, at the embedded provider whose test secret we hold."""

    payments: Any

    async def dispute(self, step: PaymentStep, amount_minor: int, item: SellerOrderId) -> None:
        fields = {"payment": step.provider_reference, "amount_minor": amount_minor, "item": item}
        await self.payments.script.do("disputes", {**fields, "reason": "product_unacceptable"})

    async def decide(self, step: PaymentStep, won: bool) -> None:
        disputes = await self.payments.disputes.of_payment(step.provider_reference)
        status = {"status": "won" if won else "lost"}
        await self.payments.script.do(f"disputes/{disputes[-1].reference}/advance", status)

    async def return_payout(self, payout_id: PayoutId) -> None:
        payout = await self.payments.payouts.find_payout(payout_id)
        await self.payments.script.do(f"payouts/{payout.reference}/return", {"failure_code": "account_closed"})


def hands_of(opened: OpenMarketplace) -> Hands:
    """Return the hands of a marketplace on its configured adapters; ``travel`` needs the shifted clock."""
    clock = opened.adapters.around.clock
    buyer = opened.adapters.payments.buyer

    async def settle() -> None:
        while await opened.provider_housekeeping() + await opened.dispatcher.settle():
            pass

    async def send(slot: UploadSlot, content: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="marketplace-demo-") as folder:
            file = Path(folder) / "upload"
            file.write_bytes(content)
            await opened.send_to_slot(slot, file)

    async def pay(step: PaymentStep, card: str) -> None:
        await buyer.pay(step.provider_reference, step.client_secret, card)

    async def approve(step: PaymentStep) -> None:
        await buyer.authenticate(step.provider_reference, step.client_secret, approve=True)

    def travel(to: datetime) -> None:
        if not isinstance(clock, ShiftedClock):
            raise TypeError("only a shifted clock travels")
        clock.advance((to - clock.now()).total_seconds())

    banks = _Banks(opened.adapters.payments)
    return Hands(
        market=opened.market,
        clock=clock,
        settle=settle,
        send=send,
        pay=pay,
        approve=approve,
        travel=travel,
        dispute=banks.dispute,
        decide=banks.decide,
        return_payout=banks.return_payout,
    )
