"""What every way to take a transfer back must do, and what a payout that a bank sends back must leave behind."""

from typing import Final

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import BankState, ProviderPayout, ProviderRefused, ProviderTransfer, UnknownAtProvider
from marketplace_core.payments.ports import ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ACCOUNT_CLOSED, ADA, LATE, ProviderGround

THERE: Final = 9_835
"""What is left of a payment of 100.00 after the fee, in minor units."""


async def transferred(ground: ProviderGround, payout_id: str = "pyt_1", amount_minor: int = 4_000) -> ProviderTransfer:
    """Move money to a seller's account."""
    account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
    request = TransferRequest(payout_id=PayoutId(payout_id), account=account, amount=Money(amount_minor, "EUR"))
    return await ground.payouts.transfer(request, key=f"transfer:{payout_id}:1")


async def sent(ground: ProviderGround, transfer: ProviderTransfer, attempt: int = 1) -> ProviderPayout:
    """Send what was transferred to the bank."""
    request = TransferRequest(payout_id=PayoutId(transfer.payout_id), account=transfer.account, amount=transfer.amount)
    return await ground.payouts.pay_out(request, key=f"payout:{transfer.payout_id}:{attempt}")


def a_reversal(transfer: ProviderTransfer) -> ReversalRequest:
    """Ask for all of a transfer."""
    return ReversalRequest(
        reversal_id=transfer.payout_id,
        payout_id=PayoutId(transfer.payout_id),
        transfer_reference=transfer.reference,
        amount=transfer.amount,
    )


class ReversingConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def test_a_transfer_is_taken_back_once_per_key_and_the_money_is_ours_again(
        self, ground: ProviderGround
    ) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        nothing = await ground.payouts.find_reversal(a_reversal(transfer))
        before = await ground.available_minor()

        first = await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")
        second = await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")

        assert nothing is None
        assert first == second == await ground.payouts.find_reversal(a_reversal(transfer))
        assert (first.reversal_id, first.payout_id, first.amount) == ("pyt_1", "pyt_1", Money(4_000, "EUR"))
        assert (before, await ground.available_minor()) == (THERE - 4_000, THERE)

    async def test_a_part_is_taken_back_and_then_the_rest_and_each_is_found_by_our_name_of_it(
        self, ground: ProviderGround
    ) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        part = evolve(a_reversal(transfer), reversal_id="dst_1", amount=Money(1_500, "EUR"))
        rest = evolve(a_reversal(transfer), amount=Money(2_500, "EUR"))

        first = await ground.payouts.reverse(part, key="settlement:dst_1:1")
        not_yet = await ground.payouts.find_reversal(rest)
        with pytest.raises(ProviderRefused):
            await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")
        second = await ground.payouts.reverse(rest, key="reversal:pyt_1:1501")

        assert not_yet is None
        assert await ground.payouts.find_reversal(part) == first
        assert await ground.payouts.find_reversal(rest) == second
        assert (first.reversal_id, second.reversal_id) == ("dst_1", "pyt_1")
        assert await ground.available_minor() == THERE

    async def test_a_key_used_for_another_reversal_is_refused(self, ground: ProviderGround) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        request = evolve(a_reversal(transfer), amount=Money(1_000, "EUR"))
        await ground.payouts.reverse(request, key="reversal:pyt_1:1")

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.reverse(evolve(request, amount=Money(1_001, "EUR")), key="reversal:pyt_1:1")

        assert refusal.value.reason == "idempotency_key_reused"
        assert await ground.available_minor() == THERE - 3_000

    async def test_a_transfer_is_not_taken_back_twice_even_under_another_key(self, ground: ProviderGround) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        await transferred(ground, "pyt_2")
        await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")

        with pytest.raises(ProviderRefused):
            await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:2")

        assert await ground.available_minor() == THERE - 4_000

    async def test_what_the_account_has_no_more_is_not_taken_back(self, ground: ProviderGround) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        await sent(ground, transfer)

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")

        assert refusal.value.reason == "insufficient_funds"
        assert await ground.payouts.find_reversal(a_reversal(transfer)) is None
        assert await ground.available_minor() == THERE - 4_000

    async def test_an_unknown_transfer_is_unknown(self, ground: ProviderGround) -> None:
        await ground.paid()
        request = evolve(a_reversal(await transferred(ground)), transfer_reference="nothing")

        with pytest.raises(UnknownAtProvider):
            await ground.payouts.reverse(request, key="reversal:pyt_1:1")

    async def test_what_the_bank_sends_back_is_in_the_account_and_can_be_taken_back(
        self, ground: ProviderGround
    ) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        under_way = await sent(ground, transfer)
        ground.clock.advance(LATE)
        arrived = await ground.payouts.payout(under_way.reference)
        await ground.levers.return_payout(arrived)
        returned = await ground.payouts.payout(under_way.reference)

        taken = await ground.payouts.reverse(a_reversal(transfer), key="reversal:pyt_1:1")

        assert arrived.state is BankState.PAID
        assert (returned.state, returned.failure_code) == (BankState.FAILED, ACCOUNT_CLOSED)
        assert await ground.payouts.find_payout(PayoutId("pyt_1")) is None
        assert taken.amount == Money(4_000, "EUR")
        assert await ground.available_minor() == THERE

    async def test_what_the_bank_sends_back_is_sent_again_without_another_transfer(
        self, ground: ProviderGround
    ) -> None:
        await ground.paid()
        transfer = await transferred(ground)
        first = await sent(ground, transfer)
        ground.clock.advance(LATE)
        await ground.levers.return_payout(await ground.payouts.payout(first.reference))

        second = await sent(ground, transfer, attempt=2)

        found = await ground.payouts.find_payout(PayoutId("pyt_1"))
        assert second.reference != first.reference
        assert found is not None
        assert found.reference == second.reference
        assert await ground.available_minor() == THERE - 4_000

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        request = ReversalRequest(
            reversal_id="any", payout_id=PayoutId("any"), transfer_reference="any", amount=Money(1, "EUR")
        )
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payouts.reverse(request, key="any")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payouts.find_reversal(request)
