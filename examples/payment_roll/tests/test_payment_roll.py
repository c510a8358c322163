"""The test suite: the kit, and that the roll keeps what was done."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from attrs import evolve, frozen
from marketplace_payment_roll.page import pages
from marketplace_payment_roll.plugin import provider_on
from marketplace_payment_roll.roll import Roll

from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.plugins import Surroundings, UnsafeSetting, installed, load_adapter
from marketplace_core.payments import (
    DisputeState,
    PaymentState,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderRefused,
)
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.dispute_gateway import DisputeGatewayConformance
from marketplace_core.testing.conformance.payment_provider import (
    ACCOUNT_CLOSED,
    ADA,
    ASKS_THE_BUYER,
    CARD_CLOSED,
    DECLINES,
    LATE,
    SUCCEEDS,
    SUCCEEDS_LATE,
    Levers,
    PaymentGatewayConformance,
    ProviderGround,
    a_request,
)
from marketplace_core.testing.conformance.payout_gateway import PayoutGatewayConformance
from marketplace_core.testing.conformance.provider_books import ProviderBooksConformance
from marketplace_core.testing.conformance.provider_messages import MIDDAY, MessagesGround, ProviderMessagesConformance
from marketplace_core.testing.conformance.provider_news import ProviderNewsConformance
from marketplace_core.testing.conformance.refunding import RefundingConformance
from marketplace_core.testing.conformance.reversing import ReversingConformance

GROUP = "marketplace_core.payment_provider"


@frozen
class RollLevers(Levers):
    """Has the others do something, by the roll."""

    roll: Roll

    async def hold_refunds(self) -> None:
        """Change the terms."""
        self.roll.provider.terms = evolve(self.roll.provider.terms, holds_refunds=True)

    async def settle_refund(self, refund: ProviderRefund) -> None:
        """Change them back."""
        self.roll.provider.terms = evolve(self.roll.provider.terms, holds_refunds=False)
        await self.roll.do("provider", "settle")

    async def fail_refund(self, refund: ProviderRefund) -> None:
        """Have it fail."""
        await self.roll.do("provider", "fail_refund", RefundId(refund.refund_id), CARD_CLOSED)

    async def open_dispute(self, payment: ProviderPayment, amount: Money, *, warning: bool = False) -> str:
        """Have the network open it."""
        state = DisputeState.WARNING if warning else DisputeState.NEEDS_RESPONSE
        due = self.roll.provider.clock.now() + timedelta(days=7)
        opened = await self.roll.do("network", "open", payment.reference, amount, state=state, evidence_due=due)
        return str(opened)

    async def move_dispute(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Have the network decide."""
        await self.roll.do("network", "move", reference, state, returns_fee=returns_fee)

    async def return_payout(self, payout: ProviderPayout) -> None:
        """Have the bank return it."""
        await self.roll.do("provider", "return_payout", PayoutId(payout.payout_id), ACCOUNT_CLOSED)


def ground_on(roll: Roll, clock: FrozenClock) -> ProviderGround:
    """Put the provider under test together."""
    adapter = provider_on(roll)

    async def show_card(payment: ProviderPayment, card: str) -> None:
        await roll.do("provider", "pay", payment.client_secret, card)

    async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
        await roll.do("provider", "authenticate", payment.client_secret, approve=approve)

    return ProviderGround(
        payments=adapter.payments,
        payouts=adapter.payouts,
        disputes=adapter.disputes,
        books=adapter.books,
        news=adapter.news,
        levers=RollLevers(roll),
        clock=clock,
        show_card=show_card,
        answer_bank=answer_bank,
    )


@pytest.fixture
def clock() -> FrozenClock:
    """The time, in every process."""
    return FrozenClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the roll is."""
    return tmp_path / "roll"


@pytest.fixture
def unroll(path: Path, clock: FrozenClock) -> Iterator[Callable[[], Roll]]:
    """Open the roll, as another process does."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(Roll(path, clock)))


class _OnTheRoll:
    @pytest.fixture
    def ground(self, unroll: Callable[[], Roll], clock: FrozenClock) -> ProviderGround:
        return ground_on(unroll(), clock)


class TestRollPayments(_OnTheRoll, PaymentGatewayConformance):
    pass


class TestRollPayouts(_OnTheRoll, PayoutGatewayConformance):
    pass


class TestRollRefunding(_OnTheRoll, RefundingConformance):
    pass


class TestRollReversing(_OnTheRoll, ReversingConformance):
    pass


class TestRollDisputes(_OnTheRoll, DisputeGatewayConformance):
    pass


class TestRollBooks(_OnTheRoll, ProviderBooksConformance):
    pass


class TestRollNews(_OnTheRoll, ProviderNewsConformance):
    pass


class TestRollMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self, unroll: Callable[[], Roll]) -> MessagesGround:
        messages = unroll().provider.messages
        headers, body = messages.write("msg_1", "payment.succeeded", "payment", "pay_1", MIDDAY)
        return MessagesGround(messages=messages, headers=headers, body=body, sent_at=MIDDAY, signed=messages.sign)


def test_it_is_found_by_its_entry_point() -> None:
    assert installed(GROUP)["roll"] == "marketplace-payment-roll"


async def test_it_does_not_open_where_real_customers_are_served(tmp_path: Path) -> None:
    plugin = load_adapter(GROUP, "roll")
    around = Surroundings(
        data=tmp_path,
        clock=FrozenClock(),
        ids=CountingIds(),
        base_url="http://shop.example",
        secret=lambda _: b"0" * 32,
        opened={},
        production=True,
    )

    with pytest.raises(UnsafeSetting):
        async with plugin.open(plugin.settings(), around):
            pass


def size(path: Path) -> int:
    """Return how many bytes there are."""
    return path.stat().st_size


async def test_two_processes_and_one_that_comes_later_see_the_same_money(
    unroll: Callable[[], Roll], clock: FrozenClock
) -> None:
    rolls = [unroll(), unroll()]
    here, there = (ground_on(roll, clock) for roll in rolls)

    await here.paid()
    late = await there.payments.open(a_request("pay_2", 5_000), key="payment:pay_2:1")
    await there.show_card(late, SUCCEEDS_LATE)
    await here.payouts.open_account(ADA, key="account:sel_ada:1")
    clock.advance(LATE)
    seen = await here.payments.fetch(late.reference)
    clock.advance(LATE)
    with pytest.raises(ProviderRefused):
        await there.show_card(late, SUCCEEDS)
    rolls.append(unroll())
    grounds = [here, there, ground_on(rolls[-1], clock)]

    assert seen.state is PaymentState.CAPTURED
    assert [await ground.available_minor() for ground in grounds] == [14_740] * 3  # 150.00 less 1.65 and 0.95
    assert [await ground.payments.find(PaymentId("pay_2")) for ground in grounds] == [seen] * 3
    assert rolls[0].provider.happened == rolls[1].provider.happened == rolls[2].provider.happened


async def test_what_was_not_written_to_its_end_never_happened(
    unroll: Callable[[], Roll], clock: FrozenClock, path: Path
) -> None:
    await ground_on(unroll(), clock).paid()
    whole = size(path)
    await ground_on(unroll(), clock).payments.open(a_request("pay_2"), key="payment:pay_2:1")
    os.truncate(path, size(path) - 7)

    survivor = ground_on(unroll(), clock)
    found = await survivor.payments.find(PaymentId("pay_2"))
    torn_off = size(path) == whole
    await survivor.paid("pay_2")

    assert found is None
    assert torn_off
    assert await survivor.available_minor() == 2 * (10_000 - 165)


async def test_a_buyer_pays_in_the_browser(unroll: Callable[[], Roll], clock: FrozenClock) -> None:
    roll = unroll()
    ground = ground_on(roll, clock)
    opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(pages(roll)), base_url="http://roll.test") as browser:

        async def send(verb: str, **body: object) -> tuple[int, object]:
            answer = await browser.post(f"/{verb}", json=body)
            return answer.status_code, answer.json()

        script = await browser.get("/payment-step.js")
        nobody = await send("pay", client_secret="nothing", card=SUCCEEDS)
        garbage = [await send("pay", card=SUCCEEDS), await send("authenticate")]
        torn = await browser.post("/pay", content=b"{")
        declined = await send("pay", client_secret=opened.client_secret, card=DECLINES)
        asked = await send("pay", client_secret=opened.client_secret, card=ASKS_THE_BUYER)
        unclear = await send("authenticate", client_secret=opened.client_secret, outcome="perhaps")
        paid = await send("authenticate", client_secret=opened.client_secret, outcome="approve")
        again = await send("pay", client_secret=opened.client_secret, card=SUCCEEDS)

    assert "payment-step" in script.text
    assert nobody == (402, {"code": "payment_not_found"})
    assert garbage == [(400, {"code": "invalid_request"})] * 2
    assert torn.status_code == 400
    assert declined == (200, {"state": "created", "code": "card_declined"})
    assert asked == (200, {"state": "requires_action", "code": None})
    assert unclear == (400, {"code": "invalid_request"})
    assert paid == (200, {"state": "captured", "code": None})
    assert again == (402, {"code": "payment_captured"})
    assert (await ground.payments.fetch(opened.reference)).state is PaymentState.CAPTURED
