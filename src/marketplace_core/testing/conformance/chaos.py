"""What every adapter of a payment provider must survive on the way there: for those that speak HTTP.

The provider of ``ground`` is reached through ``proxy`` (``marketplace_core.testing.chaos``), which is not in the way of
its buyers and banks; pages of its books hold two rows or more.
"""

import asyncio

import pytest
from attrs import frozen

from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import ProviderUnavailable
from marketplace_core.payments.comparing import Entry
from marketplace_core.payments.ports import RefundRequest, TransferRequest
from marketplace_core.testing.chaos import ChaosProxy, Trouble
from marketplace_core.testing.conformance.payment_provider import ADA, ProviderGround, a_request


@frozen(kw_only=True)
class ChaosGround:
    """An empty provider, and what stands before it."""

    provider: ProviderGround
    proxy: ChaosProxy

    async def entries(self, entry: Entry) -> int:
        """Return how many of a kind there are at the provider."""
        assert self.provider.books is not None
        return len(await self.provider.books.rows(entry))


class SurvivesChaos:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ChaosGround:
        """Return an empty provider behind a proxy."""
        raise NotImplementedError

    @pytest.mark.parametrize("trouble", [Trouble.TIMEOUT_AFTER, Trouble.BUSY])
    async def test_a_payment_without_an_answer_may_have_been_opened_and_is_opened_once(
        self, ground: ChaosGround, trouble: Trouble
    ) -> None:
        ground.proxy.troubles.append(trouble)

        with pytest.raises(ProviderUnavailable) as unclear:
            await ground.provider.payments.open(a_request(), key="payment:pay_1:1")
        again = await ground.provider.payments.open(a_request(), key="payment:pay_1:1")
        found = await ground.provider.payments.find(PaymentId("pay_1"))

        assert ground.proxy.met == [trouble]
        assert unclear.value.ambiguous or trouble is Trouble.BUSY
        assert unclear.value.retry_after_seconds >= 1
        assert found is not None
        assert found.reference == again.reference
        assert await ground.entries(Entry.PAYMENT) == 1

    async def test_a_refund_whose_answer_is_lost_goes_once(self, ground: ChaosGround) -> None:
        paid = await ground.provider.paid()
        request = RefundRequest(
            refund_id=RefundId("rfd_1"), payment_reference=paid.reference, amount=Money(1_500, "EUR")
        )
        before = await ground.provider.available_minor()
        ground.proxy.troubles.append(Trouble.TIMEOUT_AFTER)

        with pytest.raises(ProviderUnavailable) as unclear:
            await ground.provider.payments.refund(request, key="refund:rfd_1:1")
        await ground.provider.payments.refund(request, key="refund:rfd_1:1")

        assert unclear.value.ambiguous
        assert await ground.provider.available_minor() == before - 1_500

    async def test_money_to_a_seller_whose_answers_are_lost_goes_once(self, ground: ChaosGround) -> None:
        await ground.provider.paid()
        payouts = ground.provider.payouts
        account = (await payouts.open_account(ADA, key="account:sel_ada:1")).reference
        request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(5_000, "EUR"))
        before = await ground.provider.available_minor()

        for act, key in ((payouts.transfer, "transfer:pyt_1:1"), (payouts.pay_out, "payout:pyt_1:1")):
            ground.proxy.troubles.append(Trouble.TIMEOUT_AFTER)
            with pytest.raises(ProviderUnavailable) as unclear:
                await act(request, key=key)
            assert unclear.value.ambiguous
            await act(request, key=key)

        assert await ground.provider.available_minor() == before - 5_000
        assert (await ground.entries(Entry.TRANSFER), await ground.entries(Entry.PAYOUT)) == (1, 1)

    async def test_what_arrives_twice_happens_once(self, ground: ChaosGround) -> None:
        ground.proxy.troubles.append(Trouble.DUPLICATE)
        paid = await ground.provider.paid()
        before = await ground.provider.available_minor()
        ground.proxy.troubles.append(Trouble.DUPLICATE)
        request = RefundRequest(
            refund_id=RefundId("rfd_1"), payment_reference=paid.reference, amount=Money(1_500, "EUR")
        )

        made = await ground.provider.payments.refund(request, key="refund:rfd_1:1")

        assert made.refund_id == "rfd_1"
        assert ground.proxy.met == [Trouble.DUPLICATE] * 2
        assert await ground.provider.available_minor() == before - 1_500
        assert (await ground.entries(Entry.PAYMENT), await ground.entries(Entry.REFUND)) == (1, 1)

    async def test_an_answer_belongs_to_its_own_request_whichever_came_first(self, ground: ChaosGround) -> None:
        ground.proxy.troubles.append(Trouble.REORDER)

        opened = await asyncio.gather(
            *(ground.provider.payments.open(a_request(f"pay_{one}"), key=f"payment:pay_{one}:1") for one in (1, 2))
        )

        assert ground.proxy.met == [Trouble.REORDER]
        assert [one.payment_id for one in opened] == ["pay_1", "pay_2"]

    async def test_a_page_that_holds_less_is_not_the_end(self, ground: ChaosGround) -> None:
        for number in range(5):
            await ground.provider.payments.open(a_request(f"pay_{number}"), key=f"payment:pay_{number}:1")
        ground.proxy.troubles += [Trouble.PARTIAL] * 2

        assert await ground.entries(Entry.PAYMENT) == 5
        assert ground.proxy.met == [Trouble.PARTIAL] * 2
