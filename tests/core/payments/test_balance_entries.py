"""Behind every figure of a seller's balance stand entries of the books, and they sum to it."""

import random
from datetime import timedelta

import pytest

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn
from marketplace_core.kernel.ids import OrderId, UserId
from marketplace_core.kernel.money import MalformedMoney
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    AccountKind,
    BalanceHeading,
    JournalKind,
    ListBalanceEntries,
    PaymentPolicy,
)
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.balances import all_entries, check_entries_sum_to_the_balance
from tests.core.payments.till import ANN, Till, a_till
from tests.core.payments.walk import Walk

SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)


def about(heading: BalanceHeading, *, seller: str = "ada", currency: str = EUR) -> ListBalanceEntries:
    """Ask for the first page of a figure."""
    return ListBalanceEntries(seller_id={"ada": ADA, "bob": BOB}[seller], currency=currency, heading=heading)


@pytest.fixture
def till() -> Till:
    return a_till()


async def test_the_entries_of_a_foreign_shop_are_not_shown(till: Till) -> None:
    with pytest.raises(NotFound):
        await till.market.ask(about(BalanceHeading.HELD, seller="bob"), by=SELLER_ADA)
    with pytest.raises(NotAllowed):
        await till.market.ask(about(BalanceHeading.HELD), by=ANN)
    with pytest.raises(NotSignedIn):
        await till.market.ask(about(BalanceHeading.HELD), by=ANONYMOUS)


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "E1R"])
async def test_a_currency_that_is_none_is_refused(till: Till, currency: str) -> None:
    with pytest.raises(MalformedMoney):
        await till.market.ask(about(BalanceHeading.HELD, currency=currency), by=SELLER_ADA)


@pytest.mark.parametrize("cursor", ["", "12", "jrn_1", "trf_", "trf_x", "trf_-1", "trf_٣"])
async def test_a_cursor_of_another_list_is_refused(till: Till, cursor: str) -> None:
    query = ListBalanceEntries(
        seller_id=ADA, currency=EUR, heading=BalanceHeading.HELD, page=PageRequest(cursor=cursor)
    )

    with pytest.raises(InvalidCursor):
        await till.market.ask(query, by=SELLER_ADA)


async def test_a_shop_that_has_sold_nothing_has_no_entries(till: Till) -> None:
    await till.accounts()

    for heading in BalanceHeading:
        page = await till.market.ask(about(heading), by=SELLER_ADA)
        assert (page.items, page.next_cursor) == ((), None)


async def test_every_figure_tells_where_its_money_came_from_and_where_it_went(till: Till) -> None:
    await till.accounts()
    await till.released()
    (payout_id, _) = await till.sweep()
    await till.settle()

    told = {
        heading: [
            (entry.kind, entry.counterpart, entry.amount.amount_minor, entry.seller_order_id or entry.payout_id)
            for entry in await all_entries(till.market, ADA, heading)
        ]
        for heading in BalanceHeading
    }

    released, assembled, paid = JournalKind.ESCROW_RELEASED, JournalKind.PAYOUT_ASSEMBLED, JournalKind.PAYOUT_PAID
    assert told == {
        BalanceHeading.HELD: [
            (released, AccountKind.SELLER_PAYABLE, -5_780, "sor_ada"),
            (released, AccountKind.TAX_PAYABLE, -120, "sor_ada"),
            (released, AccountKind.COMMISSION_REVENUE, -600, "sor_ada"),
            (JournalKind.PAYMENT_CAPTURED, AccountKind.PSP, 6_500, "sor_ada"),
        ],
        BalanceHeading.PAYABLE: [
            (assembled, AccountKind.PAYOUT_CLEARING, -5_780, payout_id),
            (released, AccountKind.ESCROW, 5_780, "sor_ada"),
        ],
        BalanceHeading.IN_PAYOUT: [
            (paid, AccountKind.WALLET, -5_780, payout_id),
            (assembled, AccountKind.SELLER_PAYABLE, 5_780, payout_id),
        ],
        BalanceHeading.PAID: [(paid, AccountKind.WALLET, 5_780, payout_id)],
        BalanceHeading.RESERVE: [],
        BalanceHeading.DEBT: [],
    }


async def test_pages_go_on_where_the_last_one_ended_while_entries_are_added(till: Till) -> None:
    await till.paid()
    await till.paid((a_share("sor_2", ADA, 1_000),), OrderId("ord_2"))
    first = await till.market.ask(
        ListBalanceEntries(seller_id=ADA, currency=EUR, heading=BalanceHeading.HELD, page=PageRequest(limit=1)),
        by=SELLER_ADA,
    )
    await till.paid((a_share("sor_3", ADA, 2_000),), OrderId("ord_3"))

    rest = await till.market.ask(
        ListBalanceEntries(
            seller_id=ADA,
            currency=EUR,
            heading=BalanceHeading.HELD,
            page=PageRequest(limit=5, cursor=first.next_cursor),
        ),
        by=SELLER_ADA,
    )

    assert [(one.seller_order_id, one.balance) for one in (*first.items, *rest.items)] == [
        ("sor_2", euros(7_500)),
        ("sor_ada", euros(6_500)),
    ]
    assert rest.next_cursor is None


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_to_the_money_the_entries_sum_to_the_balance(seed: int) -> None:
    chance = random.Random(seed)
    till = a_till(policy=PaymentPolicy(reserve_bps=chance.choice((0, 500))), terms=Terms(bank_delay=timedelta(hours=1)))
    walk = Walk(till, chance)
    await till.accounts()
    await walk.order()

    for _ in range(30):
        await walk.step()
        await check_entries_sum_to_the_balance(till.market, ADA, BOB)
    # A card network may have taken what is payable: there has to be other money to pay it from.
    await till.paid((a_share("sor_waits", BOB, 90_000),), OrderId("ord_waits"))
    await till.paid((a_share("sor_last", ADA, 9_000),), OrderId("ord_last"))
    await till.deliver("sor_last")
    for _ in range(3):
        await till.pass_time(hours=2)

    await check_entries_sum_to_the_balance(till.market, ADA, BOB)
    assert await all_entries(till.market, ADA, BalanceHeading.PAID)
    assert await till.sound()
