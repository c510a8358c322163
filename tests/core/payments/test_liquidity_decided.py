"""Why the liquidity rule (money design D11) leaves out what the provider kept of payments that are held: in figures.

The letter of the rule is the sum of what is in escrow, payable, in reserve, owed for refunds and unclaimed.
"""

from typing import Final

from attrs import evolve

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId
from marketplace_core.payments import AccountKind, ListPayouts, TrialBalance
from marketplace_core.payments.books import CheckLiquidity
from marketplace_core.testing.payments import ADA, BOB, a_share, euros
from tests.core.payments.disputing import S, decided, disputed
from tests.core.payments.refunding import (
    FEE_OF_THE_EXAMPLE,
    PSP,
    SELLER_ADA,
    SOR_ADA,
    SOR_BOB,
    THE_EXAMPLE,
    give_back,
    of_ada,
)
from tests.core.payments.till import OPERATOR, Till, a_till

LETTER: Final = frozenset(
    {
        AccountKind.ESCROW,
        AccountKind.SELLER_PAYABLE,
        AccountKind.SELLER_RESERVE,
        AccountKind.REFUND_PAYABLE,
        AccountKind.BUYER_UNCLAIMED,
    }
)


async def figures(till: Till) -> tuple[int, int, int]:
    """Return our balance at the provider, what the letter of the rule asks for, and what the marketplace does."""
    rows = (await till.market.ask(TrialBalance(), by=OPERATOR)).rows
    letter = -sum(row.balance.amount_minor for row in rows if row.kind in LETTER)
    (cover,) = (await till.market.execute(CheckLiquidity(), by=SYSTEM)).covers
    assert cover.held.amount_minor == await till.balance(PSP)
    return cover.held.amount_minor, letter, cover.owed.amount_minor


async def test_the_worked_example_is_short_where_it_says_so_and_by_the_letter_from_its_first_step() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    await till.accounts(ADA)
    payment_id = await till.paid()
    seen = {"paid": await figures(till)}
    await give_back(till, of_ada(1_500), by=SELLER_ADA)
    await till.settle()
    seen["some given back"] = await figures(till)
    await till.deliver("sor_ada")
    await till.settle()
    seen["Ada's released"] = await figures(till)
    await till.deliver("sor_bob")
    await till.settle()
    seen["Bob's released"] = await figures(till)
    await till.sweep()
    await till.settle()
    seen["Ada paid"] = await figures(till)
    reference = await disputed(till, payment_id, 2_000, item=SOR_ADA)
    await decided(till, reference, S.LOST)
    seen["dispute lost"] = await figures(till)

    assert seen == {
        "paid": (9_680, 10_000, 9_680),
        "some given back": (8_180, 8_500, 8_180),
        "Ada's released": (8_180, 7_960, 7_640),
        "Bob's released": (8_180, 7_540, 7_540),
        "Ada paid": (3_943, 3_303, 3_303),
        "dispute lost": (443, 3_080, 3_080),
    }


async def ten_more(till: Till) -> None:
    """Have ten times as much ordered the day after, of Bob."""
    for number in range(10):
        await till.paid((a_share(f"sor_{number}", BOB, 10_000),), OrderId(f"ord_1{number}"))


async def test_by_the_letter_a_shop_waits_for_its_money_because_others_have_sold() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    await till.accounts(ADA)
    await till.paid((a_share("sor_ada", ADA, 10_000),))
    await till.deliver("sor_ada")
    await till.settle()
    alone = await figures(till)
    await ten_more(till)
    growing = await figures(till)
    await till.sweep()
    await till.settle()
    (payout,) = (await till.market.ask(ListPayouts(), by=OPERATOR)).items
    for number in range(10):
        await till.deliver(f"sor_{number}")
    await till.settle()
    later = await figures(till)

    # Ada's 83.60 and her reserve are there. By the letter she would wait for 22.80 that ten buyers of Bob's have not
    # brought, though each of them brings a commission of 10.00 against a fee of 3.20.
    assert alone == (9_680, 8_800, 8_800)
    assert growing == (9_680 * 11, 8_800 + 100_000, 8_800 + 96_800)
    assert growing[1] - growing[0] == 10 * 320 - 880 == 2_320
    assert payout.amount == euros(8_360)
    assert later[0] - later[1] == 880 * 11


async def test_what_is_left_out_comes_back_to_be_covered_when_nothing_is_left_to_earn_it_with() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    await till.paid()
    held = await figures(till)

    await give_back(till, of_ada(6_000, 500))
    await till.settle()
    half = await figures(till)
    await give_back(till, evolve(of_ada(3_500), seller_order_id=SOR_BOB))
    await till.settle()
    looked = await till.market.execute(CheckLiquidity(), by=SYSTEM)

    assert (held, half) == ((9_680, 10_000, 9_680), (3_180, 3_500, 3_180))
    assert (looked.covers[0].missing, looked.stands_still) == (euros(320), True)
