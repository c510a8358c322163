"""What every way to a payment provider must do with money that goes back: refunds, and transfers that are reversed."""

import pytest

from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import ProviderPayment, ProviderRefused, RefundProgress, UnknownAtProvider
from marketplace_core.payments.ports import RefundRequest, ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, SUCCEEDS, ProviderGround, a_request


class ProviderReturnsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    @staticmethod
    async def _paid(ground: ProviderGround) -> ProviderPayment:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
        await ground.show_card(opened, SUCCEEDS)
        return await ground.payments.fetch(opened.reference)

    @staticmethod
    def _refund(payment: ProviderPayment, amount_minor: int = 1_500, refund_id: str = "rfd_1") -> RefundRequest:
        return RefundRequest(
            refund_id=RefundId(refund_id), payment_reference=payment.reference, amount=Money(amount_minor, "EUR")
        )

    async def test_a_refund_is_made_once_per_key_and_found_by_our_identifier(self, ground: ProviderGround) -> None:
        paid = await self._paid(ground)

        first = await ground.payments.refund(self._refund(paid), key="refund:rfd_1:1")
        again = await ground.payments.refund(self._refund(paid), key="refund:rfd_1:1")
        seen = await ground.payments.fetch_refund(first.reference)

        assert first.reference == again.reference
        assert (first.refund_id, first.amount) == ("rfd_1", Money(1_500, "EUR"))
        assert seen.state is RefundProgress.SUCCEEDED
        assert await ground.payments.find_refund(RefundId("rfd_1")) == seen
        assert await ground.payouts.available("EUR") == Money(10_000 - 165 - 1_500, "EUR")

    async def test_no_more_is_refunded_than_was_taken(self, ground: ProviderGround) -> None:
        paid = await self._paid(ground)
        await ground.payments.refund(self._refund(paid, 9_000), key="refund:rfd_1:1")

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payments.refund(self._refund(paid, 1_001, "rfd_2"), key="refund:rfd_2:1")

        assert refusal.value.reason == "exceeds_remaining"
        assert await ground.payments.find_refund(RefundId("rfd_2")) is None

    async def test_what_the_balance_does_not_reach_for_waits(self, ground: ProviderGround) -> None:
        paid = await self._paid(ground)

        asked = await ground.payments.refund(self._refund(paid, 10_000), key="refund:rfd_1:1")
        seen = await ground.payments.fetch_refund(asked.reference)

        assert (seen.state, seen.pending_reason) == (RefundProgress.PENDING, "insufficient_funds")

    async def test_what_the_provider_never_heard_of_is_unknown(self, ground: ProviderGround) -> None:
        assert await ground.payments.find_refund(RefundId("rfd_none")) is None
        assert await ground.payouts.find_reversal(PayoutId("pyt_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payments.fetch_refund("nothing")

    async def test_a_transfer_is_taken_back_once_per_key_and_found_by_our_identifier(
        self, ground: ProviderGround
    ) -> None:
        await self._paid(ground)
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        sent = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(5_780, "EUR"))
        transfer = await ground.payouts.transfer(sent, key="transfer:pyt_1:1")
        request = ReversalRequest(
            payout_id=sent.payout_id, transfer_reference=transfer.reference, amount=transfer.amount
        )

        first = await ground.payouts.reverse(request, key="reversal:pyt_1")
        again = await ground.payouts.reverse(request, key="reversal:pyt_1")

        assert first == again == await ground.payouts.find_reversal(PayoutId("pyt_1"))
        assert (first.payout_id, first.amount) == ("pyt_1", Money(5_780, "EUR"))
        assert await ground.payouts.available("EUR") == Money(10_000 - 165, "EUR")

    async def test_what_the_bank_has_is_not_taken_back(self, ground: ProviderGround) -> None:
        await self._paid(ground)
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        sent = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(5_780, "EUR"))
        transfer = await ground.payouts.transfer(sent, key="transfer:pyt_1:1")
        await ground.payouts.pay_out(sent, key="payout:pyt_1:1")
        request = ReversalRequest(
            payout_id=sent.payout_id, transfer_reference=transfer.reference, amount=transfer.amount
        )

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.reverse(request, key="reversal:pyt_1")

        assert refusal.value.reason == "insufficient_funds"

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        refund = RefundRequest(refund_id=RefundId("any"), payment_reference="any", amount=Money(1, "EUR"))
        reversal = ReversalRequest(payout_id=PayoutId("any"), transfer_reference="any", amount=Money(1, "EUR"))
        for ask in (
            lambda: ground.payments.refund(refund, key="any"),
            lambda: ground.payments.fetch_refund("any"),
            lambda: ground.payments.find_refund(RefundId("any")),
            lambda: ground.payouts.reverse(reversal, key="any"),
            lambda: ground.payouts.find_reversal(PayoutId("any")),
        ):
            with transaction_open(), pytest.raises(AssertionError):
                await ask()
