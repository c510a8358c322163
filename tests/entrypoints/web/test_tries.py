"""Whoever guesses passwords or vouchers is slowed down, at both doors, with Redis and without."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from features.drivers.names import free_port
from marketplace_core.kernel.rates import Rate
from marketplace_entrypoints.composition.settings import Often
from marketplace_entrypoints.rates import RATES, UnknownRate, host_of, rates_of
from tests.entrypoints.cli.music_shop import FurnishedFolder
from tests.entrypoints.web.street import ADA, ANN, PASSWORD, Street, open_street
from tests.entrypoints.web.test_checkout import at_the_checkout, filled
from tests.entrypoints.web.test_orders import ordered

TEN_MINUTES = 10 / 60
NEW = "a much longer sentence of mine"


@pytest.fixture
async def without_redis(tmp_path: Path, furnished: FurnishedFolder) -> AsyncIterator[Street]:
    """Return a street that is one of two processes, and whose Redis is not there."""
    redis = f"redis://127.0.0.1:{free_port()}/0"
    async with open_street(furnished, tmp_path / "data", redis=redis, processes=2) as opened:
        yield opened


async def asked(street: Street, email: str, password: str = "not it at all") -> httpx.Response:
    """Sign in as a program does."""
    client = street.visitor().client
    return await client.post("/v1/sessions", json={"email": email, "password": password})


async def test_after_ten_wrong_passwords_the_right_one_is_refused_too_until_some_time_is_over(street: Street) -> None:
    wrong = [await asked(street, ANN) for _ in range(12)]
    right = await asked(street, ANN, PASSWORD)
    await street.pass_time(TEN_MINUTES)
    later = await asked(street, ANN, PASSWORD)

    assert [answer.status_code for answer in wrong] == [401] * 10 + [429] * 2
    assert (right.status_code, right.json()["code"]) == (429, "kernel.too_often")
    assert 1 <= int(right.headers["retry-after"]) <= 60
    assert (right.headers["ratelimit-limit"], right.headers["ratelimit-remaining"]) == ("10", "0")
    assert 540 < int(right.headers["ratelimit-reset"]) <= 600
    assert later.status_code == 201


async def test_an_account_is_meant_however_its_address_is_written_and_at_whichever_door(street: Street) -> None:
    for email in (ANN, ANN.upper(), f" {ANN} ") * 4:
        await asked(street, email)

    page = await street.visitor().sign_in(ANN)
    auf_russisch = await street.visitor("ru").sign_in(ANN)

    assert (page.status, auf_russisch.status) == (429, 429)
    assert int(page.answer.headers["retry-after"]) >= 1
    assert "tried too often" in page.words
    assert "слишком часто" in auf_russisch.words


async def test_somebody_else_signs_in_meanwhile_and_who_is_right_is_not_counted(street: Street) -> None:
    for _ in range(11):
        await asked(street, ANN)

    answers = [await asked(street, ADA, PASSWORD) for _ in range(15)]

    assert {answer.status_code for answer in answers} == {201}


async def test_who_tries_one_password_on_many_accounts_is_refused_by_where_they_come_from(
    tmp_path: Path, furnished: FurnishedFolder
) -> None:
    rates = {"sign_in_from": {"times": 6, "seconds": 600}}
    async with open_street(furnished, tmp_path / "data", rates=rates) as street:
        answers = [await asked(street, f"somebody{number}@example.org") for number in range(9)]

    assert [answer.status_code for answer in answers] == [401] * 6 + [429] * 3


async def test_the_present_password_is_not_to_be_guessed_by_changing_it(street: Street) -> None:
    ann = await street.signed_in(ANN)

    pages = [
        await ann.send(
            "/account/password",
            {"current_password": f"guess {number}", "new_password": "a much longer sentence of mine"},
        )
        for number in range(11)
    ]

    assert [page.status for page in pages] == [422] * 10 + [429]


async def test_voucher_codes_are_not_to_be_guessed(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await ann.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "1"})

    pages = [await ann.send("/cart/voucher", {"code": f"GUESS{number}"}) for number in range(21)]

    assert [page.status for page in pages] == [409] * 20 + [429]
    assert "tried too often" in pages[-1].words


async def test_with_redis_dead_passwords_and_vouchers_are_limited_to_this_processs_part(without_redis: Street) -> None:
    wrong = [await asked(without_redis, ANN) for _ in range(30)]
    ada = await without_redis.signed_in(ADA)
    await ada.send("/cart/lines", {"offer_id": without_redis.shop.offers[0], "quantity": "1"})
    guesses = [await ada.send("/cart/voucher", {"code": f"GUESS{number}"}) for number in range(15)]

    assert [answer.status_code for answer in wrong] == [401] * 5 + [429] * 25
    assert [page.status for page in guesses] == [409] * 10 + [429] * 5
    assert (await without_redis.opened.health())["rate_limits"] == "degraded"


async def test_with_redis_dead_nobody_who_orders_is_refused(without_redis: Street) -> None:
    checkout = RATES["checkout"]
    ann = await without_redis.signed_in(ANN)

    order = await ordered(without_redis, ann)
    tries = [await without_redis.opened.tries.limits.take(checkout, "usr_1") for _ in range(3 * checkout.times)]

    assert order.startswith("/orders/")
    assert all(verdict.allowed for verdict in tries)


async def test_with_somebody_who_counts_a_flood_of_orders_is_refused(
    tmp_path: Path, furnished: FurnishedFolder
) -> None:
    async with open_street(furnished, tmp_path / "data", rates={"checkout": {"times": 1, "seconds": 60}}) as street:
        ann = await street.signed_in(ANN)
        await ordered(street, ann)

        again = await at_the_checkout(street, ann)
        flood = await ann.send("/checkout", filled(again))

    assert flood.status == 429
    assert 1 <= int(flood.answer.headers["retry-after"]) <= 60


def test_a_rate_is_set_by_its_name_and_an_unknown_one_is_refused() -> None:
    rates = rates_of({"checkout": Often(times=3, seconds=1)})

    assert rates["checkout"] == Rate(name="checkout", times=3, seconds=1, open_when_away=True)
    assert rates["sign_in"] == RATES["sign_in"]
    with pytest.raises(UnknownRate, match="sign_in_form"):
        rates_of({"sign_in_form": Often(times=3, seconds=1)})


@pytest.mark.parametrize(
    ("client", "host"),
    [
        (("203.0.113.7", 4711), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("::ffff:203.0.113.7", 1), "203.0.113.7"),
        (("testclient", 1), "testclient"),
        (None, "unknown"),
    ],
)
def test_a_request_is_counted_as_coming_from_its_address_or_all_that_its_owner_has(
    client: tuple[str, int] | None, host: str
) -> None:
    assert host_of(client) == host
