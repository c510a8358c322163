"""What every reader of a payment provider's own books must do: tell all of it, page by page, and sums that fit."""

import pytest

from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import (
    DisputeState,
)
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
)
from marketplace_core.payments.ports import ProviderBooks, RefundRequest, ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, LATE, ProviderGround, a_request

REST_OF_PAYMENT_MINOR = 8_335
"""100.00 less 1.4 % and 0.25, less a refund of 15.00."""


def books_of(ground: ProviderGround) -> ProviderBooks:
    """Return the reader under test."""
    assert ground.books is not None
    return ground.books


async def told(ground: ProviderGround, entry: Entry) -> tuple[BookRow, ...]:
    """Return all rows of a kind."""
    return tuple(await books_of(ground).rows(entry))


def said(rows: tuple[BookRow, ...]) -> list[tuple[str | None, str, Money | None]]:
    """Return our names, the states and the amounts."""
    return [(row.name, row.state, row.amount) for row in rows]


class ProviderBooksConformance:
    """Override ``ground``; where the provider tells in pages, with books that ask for two things at once."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def test_it_names_the_same_provider(self, ground: ProviderGround) -> None:
        assert books_of(ground).provider == ground.payments.provider

    async def test_empty_books_have_no_rows_and_no_money(self, ground: ProviderGround) -> None:
        for entry in Entry:
            assert await told(ground, entry) == ()
        balances = await books_of(ground).balances()
        assert not any((*balances.platform, *balances.sellers))

    async def test_every_payment_is_told_in_pages_with_its_fee(self, ground: ProviderGround) -> None:
        for number in (1, 2, 3, 4):
            await ground.paid(f"pay_{number}")
        opened = await ground.payments.open(a_request("pay_5"), key="payment:pay_5:1")
        await ground.payments.cancel(opened.reference, key="cancel:pay_5:1")
        await ground.payments.open(a_request("pay_6"), key="payment:pay_6:1")

        rows = await told(ground, Entry.PAYMENT)

        euros = Money(10_000, "EUR")
        assert said(rows) == [
            *((f"pay_{number}", "captured", euros) for number in (1, 2, 3, 4)),
            ("pay_5", "cancelled", euros),
            ("pay_6", "open", euros),
        ]
        assert [row.fee for row in rows] == [Money(165, "EUR")] * 4 + [None] * 2
        assert rows[4].reference == opened.reference
        assert (await books_of(ground).balances()).platform == (Money(4 * (10_000 - 165), "EUR"),)

    async def test_a_refund_is_told_with_its_state(self, ground: ProviderGround) -> None:
        paid = await ground.paid()
        request = RefundRequest(
            refund_id=RefundId("rfd_1"), payment_reference=paid.reference, amount=Money(1_500, "EUR")
        )
        refund = await ground.payments.refund(request, key="refund:rfd_1:1")

        gone = said(await told(ground, Entry.REFUND))
        balance = (await books_of(ground).balances()).platform
        await ground.levers.fail_refund(refund)

        assert gone == [("rfd_1", "succeeded", Money(1_500, "EUR"))]
        assert balance == (Money(REST_OF_PAYMENT_MINOR, "EUR"),)
        assert said(await told(ground, Entry.REFUND)) == [("rfd_1", "failed", Money(1_500, "EUR"))]

    async def test_a_dispute_is_told_with_its_payment_and_what_it_costs(self, ground: ProviderGround) -> None:
        paid = await ground.paid()
        reference = await ground.levers.open_dispute(paid, Money(2_000, "EUR"))
        await ground.levers.move_dispute(reference, DisputeState.WON, returns_fee=True)

        (row,) = await told(ground, Entry.DISPUTE)
        (known,) = await ground.disputes.of_payment(paid.reference)

        assert (row.reference, row.about, row.name) == (reference, paid.reference, None)
        assert (row.state, row.amount, row.fee) == ("won", Money(2_000, "EUR"), known.fee)

    async def test_money_is_followed_to_the_seller_to_the_bank_and_back(self, ground: ProviderGround) -> None:
        await ground.paid()
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
        amount = Money(5_780, "EUR")
        request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=amount)
        transfer = await ground.payouts.transfer(request, key="transfer:pyt_1:1")
        payout = await ground.payouts.pay_out(request, key="payout:pyt_1:1")
        sent = await books_of(ground).balances()
        (on_its_way,) = await told(ground, Entry.PAYOUT)
        ground.clock.advance(LATE * 10)
        await ground.payouts.payout(payout.reference)
        arrived = said(await told(ground, Entry.PAYOUT))
        await ground.levers.return_payout(payout)
        back = await books_of(ground).balances()
        reversal = ReversalRequest(
            reversal_id="pyt_1", payout_id=PayoutId("pyt_1"), transfer_reference=transfer.reference, amount=amount
        )
        await ground.payouts.reverse(reversal, key="reversal:pyt_1:1")

        assert said(await told(ground, Entry.ACCOUNT)) == [(ADA, "open", None)]
        assert said(await told(ground, Entry.TRANSFER)) == [("pyt_1", "made", amount)]
        assert arrived == [("pyt_1", "paid", amount)]
        assert said(await told(ground, Entry.PAYOUT)) == [("pyt_1", "failed", amount)]
        assert said(await told(ground, Entry.REVERSAL)) == [("pyt_1", "made", amount)]
        assert [money for money in sent.sellers if money] == ([amount] if on_its_way.state == "in_transit" else [])
        assert back.sellers == (amount,)
        assert back.platform == (Money(10_000 - 165 - 5_780, "EUR"),)
        assert not any((await books_of(ground).balances()).sellers)

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await books_of(ground).rows(Entry.PAYMENT)
        with transaction_open(), pytest.raises(AssertionError):
            await books_of(ground).balances()
