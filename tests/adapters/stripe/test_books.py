"""Stripe's own books as we read them: to their end or not at all, in every currency, with what Stripe did by itself."""

from typing import Any, Final

import pytest
from attrs import evolve

from marketplace_adapters.stripe.books import StripeBooks
from marketplace_adapters.stripe.connection import PAGES_MAX, TRIES, StripeConnection
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import ProviderUnavailable
from marketplace_core.payments.comparing import BookRow, Entry
from marketplace_core.payments.ports import PaymentRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, SUCCEEDS
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY, Fault
from tests.adapters.stripe.standin.basics import PLATFORM

BUSY: Final = Fault(status=429, headers=(("Retry-After", "7"),), any_request=True)
CUT_SHORT: Final = Fault(
    status=200, body=b'{"object": "list", "url": "/v1/refunds", "has_more": true, "data": []}', any_request=True
)


def books_of(stage: Stage) -> StripeBooks:
    """Return the reader, who asks for two things at once."""
    assert isinstance(stage.ground.books, StripeBooks)
    return stage.ground.books


async def names(stage: Stage, entry: Entry = Entry.PAYMENT) -> list[str | None]:
    """Return our names of what is told."""
    return [row.name for row in await books_of(stage).rows(entry)]


async def account_with_money(stage: Stage) -> str:
    """Have a seller's account that got 50.00."""
    await stage.ground.paid()
    account = await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account.reference, amount=Money(5_000, "EUR"))
    await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")
    return account.reference


# ---------------------------------------------------------------- to the end


async def test_pages_that_hold_less_than_was_asked_for_are_not_the_end(stage: Stage) -> None:
    for number in range(5):
        await stage.ground.paid(f"pay_{number}")
    stage.standin.page_max = 1

    assert await names(stage) == [f"pay_{number}" for number in range(5)]


async def test_a_list_that_breaks_off_is_not_told_as_a_whole(stage: Stage) -> None:
    await stage.ground.paid()
    stage.standin.faults.append(CUT_SHORT)

    with pytest.raises(ProviderUnavailable, match="breaks off"):
        await names(stage)


async def test_a_book_is_longer_than_what_is_looked_through_for_one_thing(stage: Stage) -> None:
    number = PAGES_MAX + 10
    for count in range(number):
        stage.books.create_intent({"amount": "100", "currency": "eur", "metadata": {"payment_id": f"pay_{count}"}})
    stage.standin.page_max = 1

    assert len(await names(stage)) == number


async def test_who_is_told_to_wait_waits_and_asks_again(stage: Stage) -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    await stage.ground.paid()
    patient = StripeConnection(KEY, address=stage.address, pause=pause)
    stage.standin.faults += [BUSY, evolve(BUSY, status=503, headers=())]

    told = await StripeBooks(patient).rows(Entry.PAYMENT)
    stage.standin.faults += [BUSY] * TRIES
    with pytest.raises(ProviderUnavailable):
        await StripeBooks(patient).balances()
    await patient.close()

    assert [row.name for row in told] == ["pay_1"]
    assert waited == [7, 2, 7, 7, 7, 8]


async def test_an_account_that_is_not_shown_any_more_makes_the_books_unreadable(stage: Stage) -> None:
    account = await account_with_money(stage)
    stage.books.left.add(account)

    with pytest.raises(ProviderUnavailable, match="does not have access"):
        await books_of(stage).rows(Entry.PAYOUT)


# ---------------------------------------------------------------- what Stripe does by itself


def seen(rows: Any) -> list[tuple[str, str | None, Money | None]]:
    """Return what moved, whose it was, and how much."""
    return [(row.state, row.about, row.amount) for row in rows]


async def test_what_moved_by_itself_is_a_movement_and_in_no_sum(stage: Stage) -> None:
    account = await account_with_money(stage)
    before = await books_of(stage).balances()
    assert await books_of(stage).rows(Entry.MOVEMENT) == []
    stage.books.arrivals["tu_1"] = {"id": "tu_1", "object": "topup", "currency": "eur"}
    stage.books.move(PLATFORM, "topup", 2_000, stage.books.arrivals["tu_1"])
    stage.books.move(PLATFORM, "stripe_fee", -130, {"currency": "eur"})
    stage.books.move(account, "adjustment", -40, {"currency": "eur"})

    moved = await books_of(stage).rows(Entry.MOVEMENT)

    assert seen(moved) == [
        ("topup", None, Money(2_000, "EUR")),
        ("stripe_fee", None, Money(-130, "EUR")),
        ("adjustment", account, Money(-40, "EUR")),
    ]
    assert all(row.name is None and str(row.reference).startswith("txn_") for row in moved)
    assert await books_of(stage).balances() == before
    assert before.sellers == (Money(5_000, "EUR"),)


async def test_the_platforms_own_bank_payout_and_a_charge_without_a_payment_are_movements(stage: Stage) -> None:
    await stage.ground.paid()
    stray = {**next(iter(stage.books.charges.values())), "id": "ch_stray", "payment_intent": None}
    stage.books.charges["ch_stray"] = stray
    stage.books.move(PLATFORM, "charge", 700, stray, fee=35)
    stage.books.payouts["po_own"] = (PLATFORM, {"id": "po_own", "object": "payout", "currency": "eur"})
    stage.books.move(PLATFORM, "payout", -900, {"id": "po_own", "currency": "eur"})

    moved = await books_of(stage).rows(Entry.MOVEMENT)

    assert seen(moved) == [("charge", None, Money(665, "EUR")), ("payout", None, Money(-900, "EUR"))]
    assert (await books_of(stage).balances()).platform == (Money(10_000 - 165, "EUR"),)


async def test_what_others_made_at_stripe_has_no_name_of_ours(stage: Stage) -> None:
    stage.books.create_intent({"amount": "100", "currency": "eur"})
    stage.books.create_account({})

    assert await names(stage) == [None]
    assert await names(stage, Entry.ACCOUNT) == [None]


# ---------------------------------------------------------------- in every currency


async def test_amounts_fees_and_sums_are_whole_units_of_their_currency(stage: Stage) -> None:
    for number, currency in enumerate(("ISK", "JPY", "KWD")):
        request = PaymentRequest(
            payment_id=PaymentId(f"pay_{currency}"), order_id=OrderId("ord_1"), amount=Money(100_000, currency)
        )
        opened = await stage.ground.payments.open(request, key=f"payment:{number}")
        if currency == "ISK":
            stage.books.fee_step = 100
        await stage.ground.show_card(opened, SUCCEEDS)
        stage.books.fee_step = 1

    rows: list[BookRow] = list(await books_of(stage).rows(Entry.PAYMENT))

    assert [row.amount for row in rows] == [Money(100_000, "ISK"), Money(100_000, "JPY"), Money(100_000, "KWD")]
    assert [row.fee for row in rows] == [Money(1_400, "ISK"), Money(1_425, "JPY"), Money(1_425, "KWD")]
    assert (await books_of(stage).balances()).platform == (
        Money(98_600, "ISK"),
        Money(98_575, "JPY"),
        Money(98_575, "KWD"),
    )
