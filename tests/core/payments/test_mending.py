"""What the books lack is proposed as journals of its own, and posted only by name; what was booked never changes."""

from collections.abc import Callable

import pytest
from attrs import evolve

from marketplace_core.inmemory.ledger import account_table, journal_table
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments import AuditBooks, Journal, JournalKind, RefundWish, RequestRefund, Transfer
from marketplace_core.payments.books import CorrectBooks, DiagnoseBooks, Diagnosis
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.errors import ProposalNotFound
from marketplace_core.testing.payments import EUR, PROVIDER, euros
from tests.core.payments.till import OPERATOR, ORDER, Till, a_till


@pytest.fixture
async def till() -> Till:
    """Return a till where something of everything has happened."""
    till = a_till()
    await till.accounts()
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.pass_time(hours=100)
    wish = RefundWish(seller_order_id=SellerOrderId("sor_bob"), items_minor=500, delivery_minor=0)
    await till.market.execute(RequestRefund(order_id=ORDER, reason="Chipped.", wishes=(wish,)), by=OPERATOR)
    await till.settle()
    return till


def forget(till: Till, kind: JournalKind, keep: int = 0) -> None:
    """Make it as if the journals of a kind had never been posted, but for their first legs."""
    journals, rows = journal_table(till.store), account_table(till.store)
    for posted in journals.find(lambda posted: posted.journal.kind is kind):
        journal = posted.journal
        for one in journal.transfers[keep:]:
            for account, debit, credit in ((one.debit, 1, 0), (one.credit, 0, 1)):
                row = rows.get(account.code)
                assert row is not None
                minor = one.amount.amount_minor
                row = evolve(
                    row, debits_minor=row.debits_minor - debit * minor, credits_minor=row.credits_minor - credit * minor
                )
                rows.put(account.code, row)
        name = (kind.value, journal.source_type, journal.source_id, journal.leg)
        if keep:
            journals.put(name, evolve(posted, journal=evolve(journal, transfers=journal.transfers[:keep])))
        else:
            journals.delete(name)


async def diagnosed(till: Till) -> Diagnosis:
    return await till.market.execute(DiagnoseBooks(), by=OPERATOR)


async def test_sound_books_need_nothing(till: Till) -> None:
    assert await diagnosed(till) == Diagnosis(violations=(), proposals=())


FORGOTTEN: dict[str, Callable[[Till], None]] = {
    "a capture": lambda till: forget(till, JournalKind.PAYMENT_CAPTURED),
    "a provider's fee": lambda till: forget(till, JournalKind.PROVIDER_FEE),
    "half a capture": lambda till: forget(till, JournalKind.PAYMENT_CAPTURED, keep=1),
    "a refund that has gone": lambda till: forget(till, JournalKind.REFUND_SUCCEEDED),
    "a refund that was owed": lambda till: forget(till, JournalKind.REFUND_FROM_ESCROW),
    "a payout that was paid": lambda till: forget(till, JournalKind.PAYOUT_PAID),
    "a payout's claim": lambda till: forget(till, JournalKind.PAYOUT_ASSEMBLED),
}


@pytest.mark.parametrize("damage", FORGOTTEN.values(), ids=FORGOTTEN)
async def test_a_fact_that_was_not_booked_is_booked(till: Till, damage: Callable[[Till], None]) -> None:
    damage(till)
    found = await diagnosed(till)
    assert found.violations
    before = set(journal_table(till.store).find())

    names = tuple(one.name for one in found.proposals)
    assert await till.market.execute(CorrectBooks(names), by=OPERATOR, reason="As proposed.") == names

    assert await till.market.ask(AuditBooks(), by=OPERATOR) == ()
    assert before <= set(journal_table(till.store).find())
    assert (await diagnosed(till)).proposals == ()


async def test_a_journal_about_nothing_gets_its_mirror(till: Till) -> None:
    psp, fees = accounts.psp(PROVIDER, EUR), accounts.dispute_fees(EUR)
    ghost = Journal(
        kind=JournalKind.DISPUTE_WITHDRAWN,
        source_type="dispute",
        source_id="dsp_ghost",
        transfers=(Transfer(fees, psp, euros(1_500)),),
    )
    async with till.store.begin(InMemoryPaymentsWork)() as work:
        await work.ledger.post(ghost, till.clock.now())

    (proposal,) = (await diagnosed(till)).proposals
    assert proposal.journal.transfers == (Transfer(psp, fees, euros(1_500)),)
    await till.market.execute(CorrectBooks((proposal.name,)), by=OPERATOR, reason="A ghost.")

    assert await till.market.ask(AuditBooks(), by=OPERATOR) == ()


async def test_nothing_is_posted_that_is_not_proposed(till: Till) -> None:
    forget(till, JournalKind.PROVIDER_FEE)
    (proposal,) = (await diagnosed(till)).proposals

    with pytest.raises(ProposalNotFound):
        await till.market.execute(CorrectBooks((proposal.name, "goodwill:pay_1:main")), by=OPERATOR)

    assert (await diagnosed(till)).proposals == (proposal,)


async def test_a_balance_that_was_edited_needs_a_person(till: Till) -> None:
    row = account_table(till.store).get("escrow:sor_bob:EUR")
    assert row is not None
    account_table(till.store).put("escrow:sor_bob:EUR", evolve(row, credits_minor=row.credits_minor + 5))

    found = await diagnosed(till)

    assert {one.check for one in found.violations} == {"sum_zero", "balance_drift", "escrow_matches_hold"}
    assert found.proposals == ()
