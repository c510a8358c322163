"""Money: nothing is lost in a sum or a split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.money import (
    AMOUNT_MINOR_MAX,
    CurrencyMismatch,
    MalformedMoney,
    Money,
    allocate,
    portion,
    total,
)


@pytest.mark.parametrize("amount", [1.5, "1", True, None, AMOUNT_MINOR_MAX + 1])
def test_what_is_not_a_whole_number_of_minor_units_is_not_money(amount: object) -> None:
    with pytest.raises(MalformedMoney):
        Money(amount, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["eur", "EURO", "E1R", "", "ЕВР"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(MalformedMoney):
        Money(1, currency)


def test_two_currencies_never_meet_in_one_sum() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "USD")


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(1999, "EUR"), "19.99 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR"),
        (Money(500, "JPY"), "500 JPY"),
        (Money(1234, "KWD"), "1.234 KWD"),
    ],
)
def test_money_is_written_with_the_digits_of_its_currency(money: Money, words: str) -> None:
    assert str(money) == words


def test_an_empty_sum_is_zero() -> None:
    assert total((), "EUR") == Money.zero("EUR")


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1)])
def test_weights_that_are_no_shares_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(MalformedMoney):
        allocate(100, weights)


def test_the_odd_cent_goes_to_the_largest_remainder_then_to_the_first() -> None:
    assert allocate(10000, (1, 1, 1)) == (3334, 3333, 3333)
    assert allocate(100, (1, 2, 0)) == (33, 67, 0)


@given(st.integers(-(10**11), 10**11), st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_the_parts_always_sum_to_the_whole_and_are_never_a_cent_off(amount: int, weights: list[int]) -> None:
    parts = allocate(amount, weights)

    assert sum(parts) == amount
    assert all(
        abs(part * sum(weights) - amount * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [(250, 1000, 25), (25, 1000, 2), (35, 1000, 4), (45, 1000, 4), (-25, 1000, -2), (10, 0, 0)],
)
def test_a_portion_is_rounded_half_to_even(amount: int, rate: int, expected: int) -> None:
    assert portion(amount, rate) == expected
