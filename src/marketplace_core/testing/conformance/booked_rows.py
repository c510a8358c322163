"""What every reader of our books must tell of things at a payment provider."""

import pytest

from marketplace_core.kernel.ids import OrderId, PaymentId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    BankState,
    DisputeState,
    Payment,
    PaymentState,
    ProviderPayout,
    ProviderTransfer,
)
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
)
from marketplace_core.testing.payments import (
    ADA,
    BUYER,
    EUR,
    NOW,
    PROVIDER,
    PaymentsGround,
    a_dispute,
    a_payment,
    a_payout,
    a_refund,
    a_released_hold,
    a_share,
    an_account,
    book_releases,
    euros,
    seen,
)


class BookedRowsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    @staticmethod
    async def _rows(ground: PaymentsGround, entry: Entry, provider: str = PROVIDER) -> tuple[BookRow, ...]:
        return (await ground.books.at_provider(entry, provider, PageRequest())).items

    @staticmethod
    def _payment(number: int) -> Payment:
        return Payment.open(
            payment_id=PaymentId(f"pay_{number}"),
            order_id=OrderId(f"ord_{number}"),
            buyer_id=BUYER,
            currency=EUR,
            provider=PROVIDER,
            shares=(a_share(f"sor_{number}", ADA, 10_000),),
            now=NOW,
        )

    async def test_payments_that_were_asked_for_are_told_in_pages(self, ground: PaymentsGround) -> None:
        never_asked, *asked = (self._payment(number) for number in range(4))
        async with ground.begin() as work:
            await work.payments.save(never_asked)
            for payment in asked:
                payment.request(NOW)
                await work.payments.save(payment)
        paid = asked[1]
        paid.observe(seen(paid, PaymentState.CAPTURED), now=NOW)
        async with ground.begin() as work:
            await work.payments.save(paid)

        first = await ground.books.at_provider(Entry.PAYMENT, PROVIDER, PageRequest(limit=2))
        second = await ground.books.at_provider(Entry.PAYMENT, PROVIDER, PageRequest(limit=2, cursor=first.next_cursor))

        told = [(row.name, row.reference, row.state, row.amount, row.fee) for row in (*first.items, *second.items)]
        assert told == [
            ("pay_1", None, "open", euros(10_000), None),
            ("pay_2", "ref_pay_2", "captured", euros(10_000), euros(320)),
            ("pay_3", None, "open", euros(10_000), None),
        ]
        assert second.next_cursor is None
        assert await self._rows(ground, Entry.PAYMENT, "another") == ()

    async def test_a_refund_is_told_once_it_was_asked_for(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(a_refund())

        assert await self._rows(ground, Entry.REFUND) == ()

    async def test_a_dispute_is_told_with_the_providers_name_of_it(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(a_dispute())

        (row,) = await self._rows(ground, Entry.DISPUTE)

        assert (row.name, row.reference) == ("dsp_1", "dp_1")
        assert row.state in {state.value for state in DisputeState}
        assert row.amount is not None

    async def test_a_payout_is_a_transfer_and_then_a_payout_to_the_bank(self, ground: PaymentsGround) -> None:
        payout = a_payout()
        states: list[tuple[tuple[str | None, str], ...]] = []
        hold = a_released_hold()
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(hold)
            await book_releases(work, hold)
            await work.seller_accounts.save(an_account())
            await work.payouts.save(payout)

        async def note() -> None:
            rows = [*await self._rows(ground, Entry.TRANSFER), *await self._rows(ground, Entry.PAYOUT)]
            assert {row.name for row in rows} <= {"pyt_1"}
            states.append(tuple((row.reference, row.state) for row in rows))

        async def save() -> None:
            async with ground.begin() as work:
                await work.payouts.save(payout)
            await note()

        await note()
        payout.approve()
        payout.start(NOW)
        await save()
        payout.transferred(
            ProviderTransfer(reference="tr_1", payout_id="pyt_1", account=payout.account, amount=payout.amount)
        )
        payout.sent(
            ProviderPayout(reference="po_1", payout_id="pyt_1", state=BankState.IN_TRANSIT, amount=payout.amount)
        )
        await save()

        assert states == [
            (),
            ((None, "submitted"), (None, "transferring")),
            (("tr_1", "made"), ("po_1", "in_transit")),
        ]
        assert await self._rows(ground, Entry.REVERSAL) == ()
        (account,) = await self._rows(ground, Entry.ACCOUNT)
        assert (account.name, account.state, account.amount) == (ADA, "open", None)

    async def test_movements_and_balances_have_no_rows(self, ground: PaymentsGround) -> None:
        assert await self._rows(ground, Entry.MOVEMENT) == await self._rows(ground, Entry.BALANCE) == ()
