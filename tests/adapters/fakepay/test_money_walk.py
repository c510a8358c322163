"""Our books and FakePay's agree to the cent, whatever becomes of its messages on their way."""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import define

from marketplace_adapters.fakepay.plugin import Fakepay, FakepaySettings, open_fakepay
from marketplace_adapters.fakepay.script import FakepayScript
from marketplace_core.inmemory.machinery import InMemoryInbox
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import OrderId, SellerId
from marketplace_core.payments import (
    AnswerDispute,
    CancelPayout,
    DisputeState,
    PayoutState,
    ProviderPayment,
    ReconcilePayment,
    RefundState,
    RefundWish,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import ACCOUNT_CLOSED, CARD_CLOSED, SUCCEEDS
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.adapters.fakepay.levers import FakepayLevers
from tests.adapters.fakepay.test_plugin import the_surroundings
from tests.core.payments.refunding import SOR_ADA, SOR_BOB, give_back
from tests.core.payments.till import ANN, OPERATOR, Till, a_till

PSP: Final = accounts.psp("fakepay", EUR)
TREATMENTS: Final[Mapping[str, Mapping[str, Any] | None]] = {
    "as usual": None,
    "twice": {"behaviour": "duplicate", "number": 3},
    "out of order": {"behaviour": "shuffle", "number": 4},
    "late and backwards": {"behaviour": "hold"},
    "nothing about refunds": {"behaviour": "lose", "type": "refund"},
    "nothing about payouts": {"behaviour": "lose", "type": "payout"},
}


@define
class Shop:
    """A till whose provider is FakePay, and everything that happens at either."""

    till: Till
    fakepay: Fakepay
    script: FakepayScript
    own_minor: int = 0

    async def put_in(self, minor: int) -> None:
        """Put money of the platform's own in, so that losses do not stop its payouts."""
        await self.script.do("balance", {"currency": EUR, "amount_minor": minor})
        self.own_minor += minor

    @property
    def levers(self) -> FakepayLevers:
        """What others do at the provider."""
        return FakepayLevers(self.script)

    async def settle(self) -> None:
        """Let both come to rest."""
        await self.till.dispatcher.settle()
        while await self.fakepay.tick():
            await self.till.dispatcher.settle()

    async def wait(self, **much: float) -> None:
        """Let time go by at both, which also sends what was held back of messages, the newest first."""
        await self.script.do("webhooks/release", {"order": "reversed"})
        self.till.clock.advance(timedelta(**much))
        await self.settle()

    async def paid(self, order_id: str, sellers: Mapping[str, SellerId]) -> ProviderPayment:
        """Have a buyer pay 50.00 to every seller."""
        shares = [a_share(name, seller_id, 5_000) for name, seller_id in sellers.items()]
        payment_id = await self.till.open(shares, OrderId(order_id))
        secret = await self.till.request(payment_id)
        payment = await self.fakepay.payments.find(payment_id)
        assert payment is not None
        await self.fakepay.buyer.pay(payment.reference, secret, SUCCEEDS)
        await self.till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)
        return payment

    async def agree(self) -> bool:
        """Tell whether our books are sound and say what the provider has of ours."""
        there = (await self.fakepay.payouts.available(EUR)).amount_minor
        return await self.till.balance(PSP) == there - self.own_minor and await self.till.sound()

    def row(self, table: str, index: int = 0) -> Any:
        """Return one of our rows."""
        return list(self.till.store.table(table))[index]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncGenerator[Shop]:
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    around = the_surroundings(tmp_path, clock, InMemoryInbox(store))
    async with open_fakepay(FakepaySettings(), around) as fakepay:
        assert fakepay.script is not None
        till = a_till(
            payments=fakepay.payments, payouts=fakepay.payouts, disputes=fakepay.disputes, clock=clock, store=store
        )
        yield Shop(till, fakepay, fakepay.script)


@pytest.mark.parametrize("treatment", TREATMENTS.values(), ids=TREATMENTS)
async def test_money_that_comes_back_is_booked_as_the_provider_says_whatever_its_messages_do(
    shop: Shop, treatment: Mapping[str, Any] | None
) -> None:
    if treatment is not None:
        await shop.script.do("webhooks", treatment)
    await shop.put_in(10_000)
    await shop.till.accounts(ADA)
    payment = await shop.paid("ord_1", {SOR_ADA: ADA, SOR_BOB: BOB})
    await give_back(shop.till, RefundWish(seller_order_id=SOR_BOB, items_minor=1_000))
    await give_back(shop.till, RefundWish(seller_order_id=SOR_BOB, items_minor=700))
    await shop.settle()
    await shop.levers.fail_refund(await shop.fakepay.payments.fetch_refund(shop.row("payments_refunds").reference))
    await shop.till.deliver(SOR_ADA)
    await shop.settle()
    (payout_id,) = await shop.till.sweep()
    await shop.settle()
    await shop.script.do(
        f"payouts/{shop.row('payments_payouts').bank_reference}/return", {"failure_code": ACCOUNT_CLOSED}
    )
    await shop.wait(days=1)
    returned = shop.row("payments_payouts").state
    await shop.till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    lost = await shop.levers.open_dispute(payment, euros(2_000))
    await shop.wait(days=1)
    await shop.till.market.execute(
        AnswerDispute(dispute_id=shop.row("payments_disputes").dispute_id, statements=(("shipping", "It came."),)),
        by=OPERATOR,
    )
    await shop.levers.move_dispute(lost, DisputeState.LOST)
    await shop.wait(days=1)
    taken = await shop.agree(), shop.row("payments_disputes").state

    await shop.levers.move_dispute(lost, DisputeState.WON, returns_fee=True)
    other = await shop.paid("ord_2", {"sor_other": BOB})
    inquiry = await shop.levers.open_dispute(other, euros(5_000), warning=True)
    await shop.wait(days=1)
    await shop.levers.move_dispute(inquiry, DisputeState.PREVENTED)
    for _ in range(3):
        await shop.wait(days=1)

    refunds = [shop.row("payments_refunds", index) for index in range(2)]
    disputes = [shop.row("payments_disputes", index) for index in range(2)]
    assert [(one.state, one.failure_code) for one in refunds] == [
        (RefundState.BOUNCED, CARD_CLOSED),
        (RefundState.SUCCEEDED, None),
    ]
    assert (returned, shop.row("payments_payouts").state) == (PayoutState.RETURNED, PayoutState.CANCELLED)
    assert taken == (True, DisputeState.LOST)
    assert [one.state for one in disputes] == [DisputeState.WON, DisputeState.PREVENTED]
    assert await shop.till.balance(accounts.dispute_fees(EUR)) == 0
    assert await shop.agree()
    assert shop.till.failures == []


async def test_its_messages_alone_bring_the_news_at_once(shop: Shop) -> None:
    await shop.till.accounts(ADA)
    payment = await shop.paid("ord_1", {SOR_ADA: ADA, SOR_BOB: BOB})
    await give_back(shop.till, RefundWish(seller_order_id=SOR_BOB, items_minor=1_000))
    await shop.till.deliver(SOR_ADA)
    await shop.settle()
    await shop.till.sweep()
    await shop.settle()
    paid = shop.row("payments_payouts").state

    await shop.levers.fail_refund(await shop.fakepay.payments.fetch_refund(shop.row("payments_refunds").reference))
    await shop.script.do(
        f"payouts/{shop.row('payments_payouts').bank_reference}/return", {"failure_code": ACCOUNT_CLOSED}
    )
    await shop.levers.open_dispute(payment, euros(2_000))
    await shop.settle()

    assert paid is PayoutState.PAID
    assert shop.row("payments_refunds").state is RefundState.BOUNCED
    assert shop.row("payments_payouts").state is PayoutState.RETURNED
    assert shop.row("payments_disputes").state is DisputeState.NEEDS_RESPONSE
    assert await shop.agree()
    assert shop.till.failures == []
