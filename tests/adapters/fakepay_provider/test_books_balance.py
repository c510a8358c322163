import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import httpx
import pytest

from marketplace_adapters.fakepay.provider.terms import Terms
from tests.adapters.fakepay_provider.shop import CONFIRMATION, DECLINE, LATE, NO_FUNDS, SUCCESS, Clock, Shop

CARDS = (SUCCESS, SUCCESS, SUCCESS, DECLINE, NO_FUNDS, CONFIRMATION, LATE)
CURRENCIES = ("EUR", "CZK")


async def assert_the_books_balance(shop: Shop) -> None:
    """Compare the sums of the balance transactions with the balances, and with what happened."""
    transactions = await shop.transactions()
    sums: Counter[tuple[str, str]] = Counter()
    by_type: Counter[tuple[str, str]] = Counter()
    for one in transactions:
        sums[one["owner"], one["currency"]] += one["net_minor"]
        by_type[one["type"], one["currency"]] += one["net_minor"]
    with shop.provider.reading() as session:
        balances = {
            (row["account"].removesuffix(":available"), row["currency"]): row["amount_minor"]
            for row in session.db.execute("SELECT * FROM ledger_balances WHERE account LIKE '%:available'")
        }
        captured = session.db.execute("SELECT currency, sum(captured_minor), sum(fee_minor) FROM payments GROUP BY 1")
        for currency, captured_minor, fee_minor in captured.fetchall():
            assert by_type["payment", currency] == captured_minor
            assert by_type["fee", currency] == -fee_minor
        paid_out = session.db.execute("SELECT currency, sum(amount_minor) FROM payouts GROUP BY 1").fetchall()
        assert all(by_type["payout", currency] == -amount_minor for currency, amount_minor in paid_out)
    assert balances == dict(sums)
    assert all(by_type["transfer", currency] == 0 for currency in CURRENCIES)
    assert len({(one["source"], one["type"], one["owner"]) for one in transactions}) == len(transactions)
    assert all(amount >= 0 for (owner, _), amount in balances.items() if owner != "platform")


@pytest.mark.parametrize("seed", range(6))
async def test_after_anything_in_any_order_every_balance_is_the_sum_of_its_transactions(
    shop: Shop, clock: Clock, seed: int
) -> None:
    dice = random.Random(seed)
    accounts = [await shop.new_account(f"seller-{number}") for number in range(3)]
    payments: list[Any] = [await shop.new_payment(50_000)]

    def something() -> list[Coroutine[Any, Any, httpx.Response]]:
        key, currency = f"random-{dice.randrange(60)}", dice.choice(CURRENCIES)
        account, payment = dice.choice(accounts), dice.choice(payments)
        amount_minor = dice.randint(1, 20_000)
        call: Callable[[], Coroutine[Any, Any, httpx.Response]]
        match dice.choice(["pay", "pay", "confirm", "confirm", "authenticate", "cancel", "transfer", "pay_out"]):
            case "pay":
                body = {"amount_minor": amount_minor, "currency": currency, "reference": key}
                call = partial(shop.post, "/v1/payments", key=key, **body)
            case "confirm":
                call = partial(shop.confirm, payment, dice.choice(CARDS))
            case "authenticate":
                call = partial(shop.authenticate, payment, dice.choice(["approve", "refuse"]))
            case "cancel":
                call = partial(shop.cancel, payment)
            case "transfer":
                call = partial(shop.transfer, account, amount_minor, currency=currency, key=key)
            case _:
                call = partial(shop.pay_out, account, amount_minor, currency=currency, key=key)
        return [call() for _ in range(dice.choice([1, 1, 2, 3]))]

    answers: list[httpx.Response] = []
    for _ in range(60):
        together = [call for _ in range(dice.randint(1, 3)) for call in something()]
        answers += (got := await asyncio.gather(*together))
        payments += [
            answer.json() for answer in got if answer.status_code == 201 and answer.json()["object"] == "payment"
        ]
        clock.move(seconds=dice.choice([0, 1, 40]))

    await assert_the_books_balance(shop)
    assert (await shop.get("/v1/audit"))["findings"] == []
    assert {answer.status_code for answer in answers} <= {200, 201, 400, 402, 409}
    assert (await shop.get("/v1/balance-transactions"))["data"], "the walk moved no money: it proves nothing"


def test_the_books_refuse_to_change_or_forget_a_balance_transaction_and_to_book_one_twice(shop: Shop) -> None:
    booking = (
        "INSERT INTO balance_transactions (id, owner, type, currency, amount_minor, fee_minor, net_minor, source,"
        " created_at_ms, available_at_ms) VALUES (?, 'platform', 'payment', 'EUR', 1, 0, 1, 'fp_pay_1', 0, 0)"
    )
    entry = (
        "INSERT INTO ledger_entries (kind, source, giver, taker, currency, amount_minor, created_at_ms)"
        " VALUES ('payment', 'fp_pay_1', 'cards', 'platform:available', 'EUR', 1, 0)"
    )
    with shop.provider.writing() as session:
        session.db.execute(booking, ("fp_txn_1",))
        session.db.execute(entry)

    for statement, values in (
        ("UPDATE balance_transactions SET amount_minor = 2", ()),
        ("DELETE FROM balance_transactions", ()),
        (booking, ("fp_txn_2",)),
        ("UPDATE ledger_entries SET amount_minor = 2", ()),
        ("DELETE FROM ledger_entries", ()),
        (entry, ()),
    ):
        with pytest.raises(sqlite3.IntegrityError), shop.provider.writing() as session:
            session.db.execute(statement, values)


@pytest.mark.parametrize(
    ("amount_minor", "fee_minor"),
    [
        (1, 25),
        (35, 25),  # 0.49
        (36, 26),  # 0.504
        (10_000, 165),
        (250, 29),  # 3.5, to even: 4
        (750, 35),  # 10.5, to even: 10
        (1_250, 43),  # 17.5, to even: 18
        (10**12, 14_000_000_025),
    ],
)
def test_the_fee_is_rounded_half_to_even(amount_minor: int, fee_minor: int) -> None:
    assert Terms().fee_minor(amount_minor) == fee_minor


def test_a_free_provider_charges_nothing() -> None:
    assert Terms(fee_basis_points=0, fee_fixed_minor=0).fee_minor(10_000) == 0


def test_terms_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="fee_basis_points"):
        Terms(fee_basis_points=-1)
