"""A request may be worded otherwise by another version of ours: under its old key it is the same request still.

Stripe refuses other words under one key. That is a no to the words, not to the money: what was made is found.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import ProviderRefused
from marketplace_core.payments.ports import ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, a_request
from marketplace_core.testing.conformance.refunding import a_refund
from tests.adapters.stripe.conftest import Stage

Change = Callable[[], Awaitable[Any]]


async def twice(stage: Stage, change: Change) -> tuple[Any, Any]:
    """Do it, and again in a version whose words are other than those that Stripe remembers."""
    first = await change()
    stage.standin.reword()
    return first, await change()


async def test_what_was_made_in_other_words_is_not_made_again(stage: Stage) -> None:
    payments, payouts = stage.ground.payments, stage.ground.payouts
    paid = await stage.ground.paid("pay_9", 50_000)
    account = (await payouts.open_account(ADA, key="account:sel_ada:1")).reference
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(4_000, "EUR"))
    other = evolve(request, payout_id=PayoutId("pyt_2"))
    refund = a_refund(paid)
    made = await payouts.transfer(other, key="transfer:pyt_2:1")
    reversal = ReversalRequest(
        reversal_id=other.payout_id, payout_id=other.payout_id, transfer_reference=made.reference, amount=other.amount
    )
    changes: tuple[Change, ...] = (
        lambda: payments.open(a_request(), key="payment:pay_1:1"),
        lambda: payments.refund(refund, key="refund:rfd_1:1"),
        lambda: payouts.transfer(request, key="transfer:pyt_1:1"),
        lambda: payouts.pay_out(request, key="payout:pyt_1:1"),
        lambda: payouts.reverse(reversal, key="reversal:pyt_2:1"),
    )

    for change in changes:
        first, second = await twice(stage, change)
        assert first == second

    books = stage.books
    assert [len(one) for one in (books.intents, books.refunds, books.transfers, books.payouts, books.reversals)] == [
        2, 1, 2, 1, 1,
    ]  # fmt: skip


async def test_what_was_never_made_stays_refused(stage: Stage) -> None:
    paid = await stage.ground.paid("pay_9", 50_000)
    account = (await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(90_000, "EUR"))
    with pytest.raises(ProviderRefused) as too_much:
        await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")
    stage.standin.reword()

    with pytest.raises(ProviderRefused) as reworded:
        await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")

    assert paid.reference
    assert (too_much.value.reason, reworded.value.reason) == ("insufficient_funds", "idempotency_key_reused")
