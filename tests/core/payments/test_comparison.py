"""Our books and the provider's: both say the same after everything, and every kind of difference is found and named."""

import random
from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_provider import PLATFORM, Terms
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, RefundId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import BankState, DisputeState, PaymentState, RetryPayout
from marketplace_core.payments.comparing import (
    CompareBooks,
    Comparison,
    DiscrepancyKind,
    Entry,
)
from marketplace_core.payments.ports import PaymentRequest, RefundRequest, ReversalRequest, TransferRequest
from marketplace_core.testing.payments import euros
from tests.core.payments.till import ANN, OPERATOR, Till, a_till
from tests.core.payments.walk import Walk


async def compared(till: Till) -> Comparison:
    return await till.market.ask(CompareBooks(), by=OPERATOR)


async def kinds(till: Till) -> set[DiscrepancyKind]:
    return {one.kind for one in (await compared(till)).discrepancies}


@pytest.fixture
async def till() -> Till:
    """A till whose order is paid, and whose sellers have their money."""
    till = a_till()
    await till.accounts()
    await till.released()
    assert len(await till.sweep()) == 2
    for _ in range(5):
        await till.pass_time(hours=6)
    return till


async def test_clean_books_say_the_same(till: Till) -> None:
    found = await compared(till)

    assert found.discrepancies == ()
    assert (found.provider, found.our_rows, found.their_rows) == ("inmemory", 7, 7)


async def test_only_operators_compare(till: Till) -> None:
    with pytest.raises(NotAllowed):
        await till.market.ask(CompareBooks(), by=ANN)


def a_payment(till: Till) -> str:
    """Return the provider's name of the payment that was captured."""
    return next(iter(till.provider.all_payments))


def a_payout(till: Till) -> str:
    return next(iter(till.provider.bank_payouts))


def missing_there(till: Till) -> None:
    till.provider.bank_payouts.pop(a_payout(till))
    till.provider.transfers.clear()


def payment_unknown(till: Till) -> None:
    request = PaymentRequest(payment_id=PaymentId("pay_stray"), order_id=OrderId("ord_stray"), amount=euros(700))
    till.provider.succeed(till.provider.open_payment(request))


def refund_unknown(till: Till) -> None:
    refund = RefundRequest(refund_id=RefundId("rfd_stray"), payment_reference=a_payment(till), amount=euros(50))
    till.provider.refund(refund)


def dispute_unknown(till: Till) -> None:
    till.network.open(a_payment(till), euros(1_000))


def account_unknown(till: Till) -> None:
    till.provider.open_account(SellerId("sel_stray"))


def transfer_unknown(till: Till) -> None:
    payment_unknown(till)
    account = next(iter(till.provider.accounts))
    till.provider.transfer(TransferRequest(payout_id=PayoutId("pyt_stray"), account=account, amount=euros(100)))


def reversal_unknown(till: Till) -> None:
    (reference, transfer), *_ = till.provider.transfers.items()
    till.provider.balances[transfer.account, "EUR"] += 10
    till.provider.reverse(
        ReversalRequest(
            reversal_id="pyt_stray", payout_id=PayoutId("pyt_stray"), transfer_reference=reference, amount=euros(10)
        )
    )


def payout_unknown(till: Till) -> None:
    transfer_unknown(till)
    account = next(iter(till.provider.accounts))
    till.provider.pay_out(TransferRequest(payout_id=PayoutId("pyt_stray"), account=account, amount=euros(100)))


def doubled_there(till: Till) -> None:
    paid = till.provider.all_payments[a_payment(till)]
    request = PaymentRequest(payment_id=PaymentId(paid.payment_id), order_id=OrderId("ord_1"), amount=paid.amount)
    till.provider.succeed(till.provider.open_payment(request))


def other_currency(till: Till) -> None:
    payments, reference = till.provider.all_payments, a_payment(till)
    payments[reference] = evolve(payments[reference], captured=Money(10_000, "USD"))


def other_amount(till: Till) -> None:
    payments, reference = till.provider.all_payments, a_payment(till)
    payments[reference] = evolve(payments[reference], captured=euros(9_999))


def other_state(till: Till) -> None:
    payments, reference = till.provider.all_payments, a_payment(till)
    payments[reference] = evolve(payments[reference], state=PaymentState.CANCELLED)


def fee_differs(till: Till) -> None:
    payments, reference = till.provider.all_payments, a_payment(till)
    payments[reference] = evolve(payments[reference], fee=euros(166))


def payout_returned(till: Till) -> None:
    till.provider.return_payout(PayoutId(till.provider.bank_payouts[a_payout(till)].payout_id), "account_closed")


def transfer_without_payout(till: Till) -> None:
    till.provider.bank_payouts.pop(a_payout(till))


def balance_differs(till: Till) -> None:
    till.provider.balances[PLATFORM, "EUR"] += 1


SEEDS = {
    DiscrepancyKind.MISSING_THERE: (missing_there, Entry.PAYOUT),
    DiscrepancyKind.PAYMENT_UNKNOWN: (payment_unknown, Entry.PAYMENT),
    DiscrepancyKind.REFUND_UNKNOWN: (refund_unknown, Entry.REFUND),
    DiscrepancyKind.DISPUTE_UNKNOWN: (dispute_unknown, Entry.DISPUTE),
    DiscrepancyKind.ACCOUNT_UNKNOWN: (account_unknown, Entry.ACCOUNT),
    DiscrepancyKind.TRANSFER_UNKNOWN: (transfer_unknown, Entry.TRANSFER),
    DiscrepancyKind.REVERSAL_UNKNOWN: (reversal_unknown, Entry.REVERSAL),
    DiscrepancyKind.PAYOUT_UNKNOWN: (payout_unknown, Entry.PAYOUT),
    DiscrepancyKind.DOUBLED_THERE: (doubled_there, Entry.PAYMENT),
    DiscrepancyKind.OTHER_CURRENCY: (other_currency, Entry.PAYMENT),
    DiscrepancyKind.OTHER_AMOUNT: (other_amount, Entry.PAYMENT),
    DiscrepancyKind.OTHER_STATE: (other_state, Entry.PAYMENT),
    DiscrepancyKind.FEE_DIFFERS: (fee_differs, Entry.PAYMENT),
    DiscrepancyKind.PAYOUT_RETURNED: (payout_returned, Entry.PAYOUT),
    DiscrepancyKind.TRANSFER_WITHOUT_PAYOUT: (transfer_without_payout, Entry.PAYOUT),
    DiscrepancyKind.BALANCE_DIFFERS: (balance_differs, Entry.BALANCE),
}
"""Each kind → what makes it, and of what it is a difference. A movement of the provider's own is seeded at FakePay."""

OURS_ONLY = {DiscrepancyKind.MISSING_THERE}
THEIRS_ONLY = {kind for kind in DiscrepancyKind if kind.value.endswith("_unknown")}


def test_every_kind_is_seeded() -> None:
    assert set(DiscrepancyKind) - SEEDS.keys() == {DiscrepancyKind.MOVEMENT_UNKNOWN}


@pytest.mark.parametrize("kind", SEEDS, ids=lambda kind: kind.value)
async def test_a_difference_is_found_and_named_with_both_rows(till: Till, kind: DiscrepancyKind) -> None:
    seed, entry = SEEDS[kind]
    seed(till)

    found = [one for one in (await compared(till)).discrepancies if one.kind is kind]

    assert entry in {one.entry for one in found}
    assert {one.ours is None for one in found} == {kind in THEIRS_ONLY}
    assert {one.theirs is None for one in found} == {kind in OURS_ONLY}
    assert all(one.advice for one in found)


async def test_what_is_still_on_its_way_to_us_is_gone_once_it_is_heard(till: Till) -> None:
    payout_returned(till)
    before = await kinds(till)
    await till.settle()

    assert before == {DiscrepancyKind.PAYOUT_RETURNED, DiscrepancyKind.BALANCE_DIFFERS}
    assert await kinds(till) == set()


async def test_disputes_and_refunds_that_we_know_of_are_no_difference(till: Till) -> None:
    reference = till.network.open(a_payment(till), euros(1_000))
    await till.settle()
    opened = await kinds(till)
    till.network.move(reference, DisputeState.LOST)
    await till.settle()

    assert opened == await kinds(till) == set()


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happened_both_books_say_the_same_once_all_is_heard(seed: int) -> None:
    till = a_till(terms=Terms(bank_delay=timedelta(hours=1), holds_refunds=seed % 2 == 0))
    walk = Walk(till, random.Random(seed))
    await till.accounts()
    await walk.order()
    for _ in range(60):
        await walk.step()

    for _ in range(4):
        await till.settle()

    assert (await compared(till)).discrepancies == ()


async def test_a_payout_that_came_back_and_was_sent_again_is_no_difference(till: Till) -> None:
    returned = PayoutId(till.provider.bank_payouts[a_payout(till)].payout_id)
    payout_returned(till)
    await till.settle()
    await till.market.execute(RetryPayout(payout_id=returned), by=OPERATOR)
    await till.pass_time(hours=6)

    attempts = [one.state for one in till.provider.bank_payouts.values() if one.payout_id == returned]

    assert attempts == [BankState.FAILED, BankState.PAID]
    assert await kinds(till) == set()
