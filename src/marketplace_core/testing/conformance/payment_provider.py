"""What every way to a payment provider must do: the same request twice is one, and answers are what we asked about.

Here is how buyers pay; ``payout_gateway``, ``refunding``, ``reversing``, ``dispute_gateway`` and ``provider_messages``
go on. The provider behind the gateways must know the published test cards. What a test needs the buyer, the bank, the
card network or the provider itself to do goes through ``show_card``, ``answer_bank`` and ``Levers``.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, Protocol

import pytest
from attrs import frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import (
    DisputeState,
    PaymentState,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderRefused,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import (
    DisputeGateway,
    PaymentGateway,
    PaymentRequest,
    PayoutGateway,
    ProviderBooks,
    ProviderNews,
)
from marketplace_core.testing.clock import FrozenClock

SUCCEEDS: Final = "4242424242424242"
DECLINES: Final = "4000000000000002"
LACKS_FUNDS: Final = "4000000000009995"
ASKS_THE_BUYER: Final = "4000000000003220"
SUCCEEDS_LATE: Final = "4000000000000077"
CARD_CLOSED: Final = "expired_or_canceled_card"
ACCOUNT_CLOSED: Final = "account_closed"
ADA: Final = SellerId("sel_ada")
LATE: Final = timedelta(minutes=10)
"""Longer than any test provider takes for a late success or a bank payout."""


class Levers(Protocol):
    """What a test has others do with money at the provider. Amounts and identifiers are the provider's own."""

    async def hold_refunds(self) -> None:
        """Leave refunds pending that are asked for from now on."""
        ...

    async def settle_refund(self, refund: ProviderRefund) -> None:
        """Let a pending refund go."""
        ...

    async def fail_refund(self, refund: ProviderRefund) -> None:
        """Let a pending refund fail, or one that has gone come back: the code is ``CARD_CLOSED``."""
        ...

    async def open_dispute(self, payment: ProviderPayment, amount: Money, *, warning: bool = False) -> str:
        """Dispute a payment as fraudulent, or only inquire; return the provider's name of the dispute."""
        ...

    async def move_dispute(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Let the network take its next step."""
        ...

    async def return_payout(self, payout: ProviderPayout) -> None:
        """Let the bank send back what it was paid: the code is ``ACCOUNT_CLOSED``."""
        ...


@frozen(kw_only=True)
class ProviderGround:
    """A provider under test, empty: its gateways, its clock, the buyer's browser and everybody else.

    ``show_card(payment, card)`` tries to pay; ``answer_bank(payment, approve)`` answers the bank's question.
    """

    payments: PaymentGateway
    payouts: PayoutGateway
    disputes: DisputeGateway
    levers: Levers
    clock: FrozenClock
    show_card: Callable[[ProviderPayment, str], Awaitable[None]]
    answer_bank: Callable[[ProviderPayment, bool], Awaitable[None]]
    books: ProviderBooks | None = None
    news: ProviderNews | None = None

    async def paid(self, payment_id: str = "pay_1", amount_minor: int = 10_000) -> ProviderPayment:
        """Have a buyer pay."""
        opened = await self.payments.open(a_request(payment_id, amount_minor), key=f"payment:{payment_id}:1")
        await self.show_card(opened, SUCCEEDS)
        return await self.payments.fetch(opened.reference)

    async def available_minor(self) -> int:
        """Return what the platform has, in minor units of the euro."""
        return (await self.payouts.available("EUR")).amount_minor


def a_request(payment_id: str = "pay_1", amount_minor: int = 10_000) -> PaymentRequest:
    """Ask for a payment."""
    return PaymentRequest(
        payment_id=PaymentId(payment_id), order_id=OrderId("ord_1"), amount=Money(amount_minor, "EUR")
    )


class PaymentGatewayConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _paid_with(self, ground: ProviderGround, card: str) -> ProviderPayment:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
        await ground.show_card(opened, card)
        return await ground.payments.fetch(opened.reference)

    async def test_it_says_who_it_is_and_how_long_it_holds_money(self, ground: ProviderGround) -> None:
        assert ground.payments.provider
        assert ground.payments.max_hold >= timedelta(days=10)

    async def test_a_payment_is_opened_with_our_identifier_and_a_secret_for_the_buyer(
        self, ground: ProviderGround
    ) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")

        assert (opened.payment_id, opened.state) == ("pay_1", PaymentState.CREATED)
        assert (opened.amount, opened.captured) == (Money(10_000, "EUR"), Money(0, "EUR"))
        assert opened.client_secret
        assert opened.fee is None
        assert opened.failure_code is None

    async def test_the_same_key_opens_one_payment(self, ground: ProviderGround) -> None:
        first = await ground.payments.open(a_request(), key="payment:pay_1:1")
        second = await ground.payments.open(a_request(), key="payment:pay_1:1")

        assert first.reference == second.reference

    async def test_a_key_used_for_another_request_is_refused(self, ground: ProviderGround) -> None:
        await ground.payments.open(a_request(), key="payment:pay_1:1")

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payments.open(a_request(amount_minor=9_999), key="payment:pay_1:1")

        assert refusal.value.reason == "idempotency_key_reused"

    async def test_an_unknown_payment_is_unknown(self, ground: ProviderGround) -> None:
        assert await ground.payments.find(PaymentId("pay_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payments.fetch("nothing")
        with pytest.raises(UnknownAtProvider):
            await ground.payments.cancel("nothing", key="cancel:pay_none:1")

    async def test_a_payment_is_found_by_our_identifier(self, ground: ProviderGround) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
        await ground.payments.open(a_request("pay_2"), key="payment:pay_2:1")

        found = await ground.payments.find(PaymentId("pay_1"))

        assert found is not None
        assert found.reference == opened.reference

    async def test_a_good_card_captures_everything_and_the_fee_is_known(self, ground: ProviderGround) -> None:
        paid = await self._paid_with(ground, SUCCEEDS)

        assert (paid.state, paid.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))
        assert paid.fee == Money(165, "EUR")  # 1.4 % of 100.00 and 0.25
        assert paid.attempts == 1

    @pytest.mark.parametrize(("card", "reason"), [(DECLINES, "card_declined"), (LACKS_FUNDS, "insufficient_funds")])
    async def test_a_declined_card_leaves_the_payment_open_for_another(
        self, ground: ProviderGround, card: str, reason: str
    ) -> None:
        declined = await self._paid_with(ground, card)
        await ground.show_card(declined, SUCCEEDS)
        paid = await ground.payments.fetch(declined.reference)

        assert (declined.state, declined.failure_code, declined.attempts) == (PaymentState.CREATED, reason, 1)
        assert declined.captured == Money(0, "EUR")
        assert (paid.state, paid.failure_code, paid.attempts) == (PaymentState.CAPTURED, None, 2)

    async def test_a_card_whose_bank_asks_needs_the_buyers_answer(self, ground: ProviderGround) -> None:
        asked = await self._paid_with(ground, ASKS_THE_BUYER)
        await ground.answer_bank(asked, True)
        paid = await ground.payments.fetch(asked.reference)

        assert asked.state is PaymentState.REQUIRES_ACTION
        assert paid.state is PaymentState.CAPTURED

    async def test_a_buyer_who_says_no_to_the_bank_has_not_paid(self, ground: ProviderGround) -> None:
        asked = await self._paid_with(ground, ASKS_THE_BUYER)
        await ground.answer_bank(asked, False)
        refused = await ground.payments.fetch(asked.reference)

        assert (refused.state, refused.failure_code) == (PaymentState.CREATED, "authentication_failed")

    async def test_a_late_success_is_processing_until_its_time_has_come(self, ground: ProviderGround) -> None:
        processing = await self._paid_with(ground, SUCCEEDS_LATE)
        ground.clock.advance(LATE)
        paid = await ground.payments.fetch(processing.reference)

        assert (processing.state, processing.captured) == (PaymentState.PROCESSING, Money(0, "EUR"))
        assert (paid.state, paid.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))

    async def test_an_open_payment_is_cancelled_and_stays_so(self, ground: ProviderGround) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")

        cancelled = await ground.payments.cancel(opened.reference, key="cancel:pay_1:1")
        again = await ground.payments.cancel(opened.reference, key="cancel:pay_1:1")

        assert cancelled.state is again.state is PaymentState.CANCELLED
        assert (await ground.payments.fetch(opened.reference)).state is PaymentState.CANCELLED

    async def test_cancelling_what_was_paid_answers_with_the_paid_payment(self, ground: ProviderGround) -> None:
        paid = await self._paid_with(ground, SUCCEEDS)

        answer = await ground.payments.cancel(paid.reference, key="cancel:pay_1:1")

        assert (answer.state, answer.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))

    async def test_cancelling_what_is_being_processed_decides_nothing(self, ground: ProviderGround) -> None:
        processing = await self._paid_with(ground, SUCCEEDS_LATE)

        answer = await ground.payments.cancel(processing.reference, key="cancel:pay_1:1")

        assert answer.state is PaymentState.PROCESSING

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.open(a_request(), key="payment:pay_1:1")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.fetch("any")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.find(PaymentId("any"))
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.cancel("any", key="any")
