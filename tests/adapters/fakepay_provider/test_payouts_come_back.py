from typing import Any

import pytest

from marketplace_adapters.fakepay.provider.payouts import FAILURE_CODES
from tests.adapters.fakepay_provider.shop import Clock, Shop, code_of


async def sent(shop: Shop, amount_minor: int = 3_000) -> tuple[Any, Any]:
    """Send money of an account to its bank, which takes a minute."""
    await shop.make("/test/settings", bank_delay_seconds=60)
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 4_000)
    return account, (await shop.pay_out(account, amount_minor)).json()


@pytest.mark.parametrize("code", sorted(FAILURE_CODES))
async def test_a_bank_that_refuses_leaves_the_money_in_the_account(shop: Shop, clock: Clock, code: str) -> None:
    account, payout = await sent(shop)

    failed = await shop.make(f"/test/payouts/{payout['id']}/fail", failure_code=code)
    clock.move(seconds=60)

    assert (failed["status"], failed["failure_code"], failed["paid_at"]) == ("failed", code, None)
    assert await shop.again(payout) == failed
    assert await shop.balance(account) == 4_000
    assert (await shop.event_types())[-1] == "payout.failed"
    await shop.assert_sound()


async def test_a_bank_may_send_back_what_it_had_paid(shop: Shop, clock: Clock) -> None:
    account, payout = await sent(shop)
    clock.move(seconds=60)
    paid = await shop.again(payout)

    clock.move(days=4)
    returned = await shop.make(f"/test/payouts/{payout['id']}/return", failure_code="account_closed")

    assert (paid["status"], returned["status"]) == ("paid", "failed")
    assert returned["paid_at"] == paid["paid_at"] < returned["failed_at"]
    assert await shop.balance(account) == 4_000
    booked = [(one["type"], one["net_minor"]) for one in await shop.transactions() if one["owner"] == account["id"]]
    assert booked == [("transfer", 4_000), ("payout", -3_000), ("payout_failure", 3_000)]
    await shop.assert_sound()


async def test_the_money_that_came_back_is_paid_out_without_another_transfer(shop: Shop) -> None:
    account, payout = await sent(shop)
    await shop.make(f"/test/payouts/{payout['id']}/fail", failure_code="no_account")

    second = (await shop.pay_out(account, 4_000)).json()
    await shop.make(f"/test/payouts/{second['id']}/arrive")

    assert (await shop.balance(account), (await shop.again(second))["status"]) == (0, "paid")
    found = (await shop.get("/v1/payouts", reference="payout-1"))["data"]
    assert [(one["id"], one["status"]) for one in found] == [(payout["id"], "failed"), (second["id"], "paid")]


async def test_no_payout_takes_a_step_that_its_status_does_not_allow(shop: Shop) -> None:
    account, in_transit = await sent(shop, 100)
    paid, failed = [(await shop.pay_out(account, 100)).json() for _ in range(2)]
    await shop.make(f"/test/payouts/{paid['id']}/arrive")
    await shop.make(f"/test/payouts/{failed['id']}/fail", failure_code="no_account")
    closed: dict[str, Any] = {"failure_code": "account_closed"}

    for payout, step, body, code in (
        (in_transit, "return", closed, "payout_not_paid"),
        (paid, "arrive", {}, "payout_not_in_transit"),
        (paid, "fail", closed, "payout_not_in_transit"),
        (failed, "arrive", {}, "payout_not_in_transit"),
        (failed, "fail", closed, "payout_not_in_transit"),
        (failed, "return", closed, "payout_not_paid"),
    ):
        refused = await shop.ask(f"/test/payouts/{payout['id']}/{step}", **body)
        assert (refused.status_code, code_of(refused)) == (409, code)
    assert await shop.balance(account) == 3_800
