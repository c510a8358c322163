"""What everybody who asks a payment provider what happened there must do: tell what no message told, by one name."""

from datetime import datetime, timedelta

import pytest

from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import DisputeState, ProviderPayment
from marketplace_core.payments.ports import ProviderNews, RefundRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, LATE, ProviderGround


def news_of(ground: ProviderGround) -> ProviderNews:
    """Return the reader under test."""
    assert ground.news is not None
    return ground.news


async def later(ground: ProviderGround) -> datetime:
    """Let time go by; return the moment after which everything happens."""
    ground.clock.advance(timedelta(hours=1))
    return ground.clock.now()


def about_dispute_of(payment: ProviderPayment) -> tuple[tuple[str, str], ...]:
    """Return how a dispute may be told: by our payment, or by the provider's name of it."""
    return ("dispute", payment.payment_id), ("disputed_payment", payment.reference)


def subjects(messages: list[ProviderMessage]) -> set[tuple[str | None, str | None]]:
    """Return what they are about."""
    return {(message.subject, message.reference) for message in messages}


class ProviderNewsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _told(self, ground: ProviderGround, since: datetime) -> list[ProviderMessage]:
        return list(await news_of(ground).since(since))

    async def test_it_names_the_same_provider(self, ground: ProviderGround) -> None:
        assert news_of(ground).provider == ground.payments.provider

    async def test_nothing_is_no_news(self, ground: ProviderGround) -> None:
        assert await self._told(ground, ground.clock.now() - timedelta(days=1)) == []

    async def test_what_goes_well_is_no_news(self, ground: ProviderGround) -> None:
        since = ground.clock.now()
        paid = await ground.paid()
        await ground.payments.refund(
            RefundRequest(refund_id=RefundId("rfd_1"), payment_reference=paid.reference, amount=Money(1_500, "EUR")),
            key="refund:rfd_1:1",
        )
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(5_780, "EUR"))
        await ground.payouts.transfer(request, key="transfer:pyt_1:1")
        payout = await ground.payouts.pay_out(request, key="payout:pyt_1:1")
        ground.clock.advance(LATE * 10)
        await ground.payouts.payout(payout.reference)

        assert await self._told(ground, since) == []

    @pytest.mark.parametrize("warning", [False, True])
    async def test_a_dispute_is_told_by_what_it_is_about(self, ground: ProviderGround, warning: bool) -> None:
        others, paid = await ground.paid("pay_1"), await ground.paid("pay_2")
        since = await later(ground)
        await ground.levers.open_dispute(paid, Money(2_000, "EUR"), warning=warning)

        told = await self._told(ground, since)

        assert len(subjects(told)) == 1
        assert subjects(told) <= set(about_dispute_of(paid))
        assert not subjects(told) & set(about_dispute_of(others))
        assert {message.provider for message in told} == {ground.payments.provider}

    async def test_a_dispute_that_was_won_after_it_was_told_is_told_again(self, ground: ProviderGround) -> None:
        paid = await ground.paid()
        reference = await ground.levers.open_dispute(paid, Money(2_000, "EUR"))
        opened = await self._told(ground, ground.clock.now() - timedelta(minutes=1))
        since = await later(ground)
        quiet = await self._told(ground, since)
        await ground.levers.move_dispute(reference, DisputeState.WON, returns_fee=True)

        told = await self._told(ground, since)

        assert quiet == []
        assert subjects(told) == subjects(opened)
        assert not {message.message_id for message in told} & {message.message_id for message in opened}

    async def test_a_refund_that_came_back_is_told_by_our_name(self, ground: ProviderGround) -> None:
        paid = await ground.paid()
        request = RefundRequest(
            refund_id=RefundId("rfd_1"), payment_reference=paid.reference, amount=Money(1_500, "EUR")
        )
        refund = await ground.payments.refund(request, key="refund:rfd_1:1")
        since = await later(ground)
        await ground.levers.fail_refund(refund)

        assert subjects(await self._told(ground, since)) == {("refund", "rfd_1")}

    async def test_a_payout_that_the_bank_sent_back_is_told_by_our_name(self, ground: ProviderGround) -> None:
        await ground.paid()
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(5_780, "EUR"))
        await ground.payouts.transfer(request, key="transfer:pyt_1:1")
        payout = await ground.payouts.pay_out(request, key="payout:pyt_1:1")
        ground.clock.advance(LATE * 10)
        await ground.payouts.payout(payout.reference)
        since = await later(ground)
        await ground.levers.return_payout(payout)

        assert subjects(await self._told(ground, since)) == {("payout", "pyt_1")}

    async def test_one_thing_has_one_name_however_often_and_from_when_it_is_asked(self, ground: ProviderGround) -> None:
        since = ground.clock.now()
        for number in (1, 2, 3):
            paid = await ground.paid(f"pay_{number}")
            await ground.levers.open_dispute(paid, Money(2_000, "EUR"))

        first = await self._told(ground, since)
        ground.clock.advance(timedelta(minutes=1))
        again = await self._told(ground, since - timedelta(days=1))

        assert first == again
        assert len({message.message_id for message in first}) == len(first)
        assert len(subjects(first)) == 3

    async def test_what_was_before_is_not_told_and_what_is_at_that_very_moment_is(self, ground: ProviderGround) -> None:
        paid = await ground.paid()
        await ground.levers.open_dispute(paid, Money(2_000, "EUR"))
        moment = ground.clock.now()

        assert await self._told(ground, moment) != []
        assert await self._told(ground, moment + timedelta(seconds=1)) == []

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await news_of(ground).since(ground.clock.now())
