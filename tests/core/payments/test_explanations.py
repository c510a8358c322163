"""Every cent of five hundred orders is explained, and every statement of their sellers sums up."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import OrderId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import ListEscrows, ListPayouts, PaymentPolicy, ViewBalance
from marketplace_core.payments.queries.explanations import (
    ExplainBalance,
    ExplainCommission,
    ExplainOrder,
    ExplainPayout,
    Explanation,
)
from marketplace_core.payments.queries.statements import MalformedStatement, ViewStatement
from marketplace_core.testing.payments import ADA, BOB, EUR
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, Till, a_till
from tests.core.payments.walk import Walk

SELLER_BOB = Actor(principal="usr_bob", roles=frozenset({Role.SELLER}), user_id=UserId("usr_bob"), seller_id=BOB)


def summed(explanation: Explanation) -> Money:
    """Sum the parts."""
    total = Money.zero(explanation.total.currency)
    for part in explanation.parts:
        total = total + part.amount
    return total


async def check(till: Till, orders: int) -> None:
    """Fail unless everything about every order, payout and shop is explained to the cent."""
    ask = till.market.ask
    for number in range(1, orders + 1):
        order_id = OrderId(f"ord_{number}")
        holds = (await ask(ListEscrows(order_id=order_id), by=OPERATOR)).items
        share = sum(hold.share.amount_minor for hold in holds)
        for who in (OPERATOR, ANN):
            told = await ask(ExplainOrder(order_id), by=who)
            assert (told.total.amount_minor, summed(told)) == (share, told.total)
            assert all(part.amount.amount_minor > 0 or part.where == "seller" for part in told.parts)
            assert who is OPERATOR or not {part.where for part in told.parts} & {"commission", "commission_tax"}
        for hold in holds:
            kept = await ask(ExplainCommission(hold.seller_order_id), by=OPERATOR)
            charged = hold.standing.charged
            assert (kept.total.amount_minor, summed(kept)) == (charged.commission + charged.vat, kept.total)
    for payout in (await ask(ListPayouts(page=PageRequest(limit=100)), by=OPERATOR)).items:
        assert (await ask(ExplainPayout(payout.payout_id), by=OPERATOR)).total == payout.amount
    for seller_id in (ADA, BOB):
        (balance,) = (await ask(ViewBalance(seller_id=seller_id), by=OPERATOR)).balances
        (told,) = await ask(ExplainBalance(seller_id), by=OPERATOR)
        theirs = balance.held + balance.payable + balance.in_payout + balance.reserve - balance.debt
        assert told.total == summed(told) == theirs
        await check_statement(till, seller_id == ADA)


async def check_statement(till: Till, is_ada: bool) -> None:
    """Fail unless a statement over each half of the time sums up, one after the other, to what there is."""
    seller_id, now = (ADA if is_ada else BOB), till.clock.now() + timedelta(seconds=1)
    middle = now - timedelta(days=20)
    moments = (now - timedelta(days=4_000), middle, now)
    halves = [
        await till.market.ask(ViewStatement(seller_id=seller_id, currency=EUR, since=since, until=until), by=OPERATOR)
        for since, until in pairwise(moments)
    ]
    for half in halves:
        assert half.opening + half.movements == half.closing
        for section in half.sections:
            moved = Money.zero(EUR)
            for line in section.lines:
                assert half.since <= line.posted_at < half.until
                moved = moved + line.amount
            assert section.opening + moved == section.closing
    assert halves[0].opening == Money.zero(EUR)
    assert halves[0].closing == halves[1].opening
    (balance,) = (await till.market.ask(ViewBalance(seller_id=seller_id), by=OPERATOR)).balances
    assert halves[1].closing == balance.payable + balance.reserve + balance.in_payout - balance.debt


@pytest.mark.slow
async def test_five_hundred_orders_are_explained_to_the_cent() -> None:
    orders, seed = 0, 0
    while orders < 500:
        walk = Walk(a_till(policy=PaymentPolicy(reserve_bps=500)), random.Random(seed))
        assert isinstance(walk.desk, Till)
        await walk.desk.accounts()
        await walk.order()
        for _ in range(120):
            await walk.step()
        await check(walk.desk, walk.orders)
        orders, seed = orders + walk.orders, seed + 1


@pytest.fixture
async def till() -> Till:
    till = a_till()
    await till.accounts()
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()
    return till


async def test_an_order_is_explained_by_where_why_and_what_moves_it_next(till: Till) -> None:
    told = await till.market.ask(ExplainOrder(ORDER), by=OPERATOR)

    assert [(part.where, part.about, part.amount.amount_minor, part.next) for part in told.parts] == [
        ("held", "sor_bob", 3_500, "receipt"),
        ("commission", "sor_ada", 600, "nothing"),
        ("commission_tax", "sor_ada", 120, "tax_office"),
        ("seller", "sor_ada", 5_780, "payout_run"),
    ]
    assert told.parts[0].at is not None


async def test_everybody_is_told_what_concerns_them(till: Till) -> None:
    bobs = await till.market.ask(ExplainOrder(ORDER), by=SELLER_BOB)
    buyers = await till.market.ask(ExplainOrder(ORDER), by=ANN)

    assert {part.about for part in bobs.parts} == {"sor_bob"}
    assert [(part.where, part.amount.amount_minor) for part in buyers.parts] == [("held", 3_500), ("seller", 6_500)]
    for question in (
        ExplainOrder(ORDER),
        ExplainOrder(OrderId("ord_none")),
    ):
        with pytest.raises(NotFound):
            await till.market.ask(question, by=MALLORY)
    with pytest.raises(NotFound):
        await till.market.ask(ExplainCommission(SellerOrderId("sor_ada")), by=SELLER_BOB)
    with pytest.raises(NotFound):
        await till.market.ask(ExplainBalance(ADA), by=SELLER_BOB)


async def test_a_commission_names_its_rate_and_the_release(till: Till) -> None:
    told = await till.market.ask(ExplainCommission(SellerOrderId("sor_ada")), by=OPERATOR)

    assert [(part.where, part.about, part.amount.amount_minor) for part in told.parts] == [
        ("commission", "sor_ada:1", 600),
        ("commission_tax", "sor_ada:1", 120),
    ]
    assert told.parts[0].why.endswith(":1000bps")


async def test_a_period_that_ends_before_it_begins_is_refused(till: Till) -> None:
    now = till.clock.now()
    with pytest.raises(MalformedStatement):
        await till.market.ask(ViewStatement(seller_id=ADA, currency=EUR, since=now, until=now), by=OPERATOR)
    with pytest.raises(NotFound):
        later = now + timedelta(days=1)
        await till.market.ask(ViewStatement(seller_id=ADA, currency=EUR, since=now, until=later), by=SELLER_BOB)
