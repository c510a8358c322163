"""What every way to send money back to buyers must do: once, never more than was taken, and it may still fail."""

from typing import Final

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import (
    DisputeState,
    ProviderPayment,
    ProviderRefund,
    ProviderRefused,
    RefundProgress,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import RefundRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, CARD_CLOSED, ProviderGround

TAKEN: Final = 10_000
FEE: Final = 165


def a_refund(payment: ProviderPayment, amount_minor: int = 2_000, refund_id: str = "rfd_1") -> RefundRequest:
    """Ask for money of a payment."""
    return RefundRequest(
        refund_id=RefundId(refund_id), payment_reference=payment.reference, amount=Money(amount_minor, "EUR")
    )


async def refunded(ground: ProviderGround, request: RefundRequest) -> ProviderRefund:
    """Ask under the refund's own key."""
    return await ground.payments.refund(request, key=f"refund:{request.refund_id}:1")


class RefundingConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def test_a_refund_takes_from_our_balance_and_is_found_by_our_identifier(self, ground: ProviderGround) -> None:
        payment = await ground.paid()

        made = await refunded(ground, a_refund(payment))
        await refunded(ground, a_refund(payment, 100, "rfd_2"))

        assert (made.refund_id, made.amount, made.state) == ("rfd_1", Money(2_000, "EUR"), RefundProgress.SUCCEEDED)
        assert (made.pending_reason, made.failure_code) == (None, None)
        assert made == await ground.payments.fetch_refund(made.reference)
        assert made == await ground.payments.find_refund(RefundId("rfd_1"))
        assert made == await ground.payments.find_refund(RefundId("rfd_1"), payment_reference=payment.reference)
        assert await ground.available_minor() == TAKEN - FEE - 2_000 - 100

    async def test_the_same_key_refunds_once(self, ground: ProviderGround) -> None:
        payment = await ground.paid()

        first = await refunded(ground, a_refund(payment))
        second = await refunded(ground, a_refund(payment))

        assert first.reference == second.reference
        assert await ground.available_minor() == TAKEN - FEE - 2_000

    async def test_a_key_used_for_another_refund_is_refused(self, ground: ProviderGround) -> None:
        payment = await ground.paid()
        await refunded(ground, a_refund(payment))

        with pytest.raises(ProviderRefused) as refusal:
            await refunded(ground, a_refund(payment, 2_001))

        assert refusal.value.reason == "idempotency_key_reused"
        assert await ground.available_minor() == TAKEN - FEE - 2_000

    async def test_what_the_provider_never_heard_of_is_unknown(self, ground: ProviderGround) -> None:
        payment = await ground.paid()

        assert await ground.payments.find_refund(RefundId("rfd_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payments.fetch_refund("nothing")
        with pytest.raises(UnknownAtProvider):
            await refunded(ground, evolve(a_refund(payment), payment_reference="nothing"))

    @pytest.mark.parametrize("held", [False, True])
    async def test_more_than_remains_is_refused_whether_the_rest_has_gone_or_is_on_its_way(
        self, ground: ProviderGround, held: bool
    ) -> None:
        payment = await ground.paid()
        if held:
            await ground.levers.hold_refunds()
        await refunded(ground, a_refund(payment, 6_000))

        with pytest.raises(ProviderRefused) as refusal:
            await refunded(ground, a_refund(payment, 4_001, "rfd_2"))
        rest = await refunded(ground, a_refund(payment, 4_000, "rfd_3"))

        assert refusal.value.reason == "exceeds_remaining"
        assert await ground.payments.find_refund(RefundId("rfd_2")) is None
        assert rest.amount == Money(4_000, "EUR")

    async def test_a_pending_refund_takes_nothing_until_it_goes(self, ground: ProviderGround) -> None:
        payment = await ground.paid()
        await ground.levers.hold_refunds()

        pending = await refunded(ground, a_refund(payment))
        before = await ground.available_minor()
        await ground.levers.settle_refund(pending)
        gone = await ground.payments.fetch_refund(pending.reference)

        assert pending.state is RefundProgress.PENDING
        assert pending.pending_reason
        assert before == TAKEN - FEE
        assert (gone.state, gone.pending_reason) == (RefundProgress.SUCCEEDED, None)
        assert await ground.available_minor() == TAKEN - FEE - 2_000

    async def test_a_pending_refund_that_fails_has_taken_nothing_and_can_be_asked_for_again(
        self, ground: ProviderGround
    ) -> None:
        payment = await ground.paid(amount_minor=5_000)
        await ground.paid("pay_2")
        before = await ground.available_minor()
        await ground.levers.hold_refunds()

        pending = await refunded(ground, a_refund(payment, 5_000))
        await ground.levers.fail_refund(pending)
        failed = await ground.payments.fetch_refund(pending.reference)
        again = await refunded(ground, a_refund(payment, 5_000, "rfd_2"))

        assert (failed.state, failed.failure_code) == (RefundProgress.FAILED, CARD_CLOSED)
        assert await ground.payments.find_refund(RefundId("rfd_1")) == failed
        assert again.state is RefundProgress.PENDING
        assert await ground.available_minor() == before

    async def test_a_refund_that_has_gone_may_come_back(self, ground: ProviderGround) -> None:
        payment = await ground.paid(amount_minor=5_000)
        await ground.paid("pay_2")
        before = await ground.available_minor()

        gone = await refunded(ground, a_refund(payment, 5_000))
        await ground.levers.fail_refund(gone)
        bounced = await ground.payments.fetch_refund(gone.reference)
        back = await ground.available_minor()
        again = await refunded(ground, a_refund(payment, 5_000, "rfd_2"))

        assert gone.state is RefundProgress.SUCCEEDED
        assert (bounced.state, bounced.failure_code) == (RefundProgress.FAILED, CARD_CLOSED)
        assert back == before
        assert again.state is RefundProgress.SUCCEEDED
        assert await ground.available_minor() == before - 5_000

    async def test_a_refund_that_our_balance_does_not_reach_for_waits_for_more(self, ground: ProviderGround) -> None:
        payment = await ground.paid()
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(9_000, "EUR"))
        await ground.payouts.transfer(request, key="transfer:pyt_1:1")

        asked = await refunded(ground, a_refund(payment))
        waiting = await ground.payments.fetch_refund(asked.reference)
        left = await ground.available_minor()
        await ground.paid("pay_2")
        gone = await ground.payments.fetch_refund(asked.reference)

        assert (waiting.state, waiting.pending_reason) == (RefundProgress.PENDING, "insufficient_funds")
        assert left == TAKEN - FEE - 9_000
        assert gone.state is RefundProgress.SUCCEEDED
        assert await ground.available_minor() == 2 * (TAKEN - FEE) - 9_000 - 2_000

    async def test_what_the_card_network_has_taken_is_not_refunded_until_it_gives_it_back(
        self, ground: ProviderGround
    ) -> None:
        payment = await ground.paid()
        await ground.paid("pay_2")
        dispute = await ground.levers.open_dispute(payment, Money(4_000, "EUR"))

        with pytest.raises(ProviderRefused) as refusal:
            await refunded(ground, a_refund(payment, 6_001))
        rest = await refunded(ground, a_refund(payment, 6_000, "rfd_2"))
        await ground.levers.move_dispute(dispute, DisputeState.WON)
        all_of_it = await refunded(ground, a_refund(payment, 4_000, "rfd_3"))

        assert refusal.value.reason == "disputed"
        assert await ground.payments.find_refund(RefundId("rfd_1")) is None
        assert rest.state is all_of_it.state is RefundProgress.SUCCEEDED

    async def test_a_dispute_ends_the_pending_refunds_of_its_payment(self, ground: ProviderGround) -> None:
        payment, other = await ground.paid(), await ground.paid("pay_2")
        await ground.levers.hold_refunds()
        pending = await refunded(ground, a_refund(payment))
        elsewhere = await refunded(ground, a_refund(other, refund_id="rfd_2"))

        await ground.levers.open_dispute(payment, Money(4_000, "EUR"))

        ended = await ground.payments.fetch_refund(pending.reference)
        assert ended.state is RefundProgress.FAILED
        assert ended.failure_code
        assert (await ground.payments.fetch_refund(elsewhere.reference)).state is RefundProgress.PENDING

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        request = RefundRequest(refund_id=RefundId("any"), payment_reference="any", amount=Money(1, "EUR"))
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.refund(request, key="any")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.fetch_refund("any")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.find_refund(RefundId("any"))
