import asyncio

import pytest

from marketplace_adapters.fakepay.provider.settlement import settle_due
from tests.adapters.fakepay_provider.shop import LATE, Clock, Shop, code_of


async def test_more_than_the_platform_has_is_not_transferred(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)

    refused = await shop.transfer(account, 9_836)

    assert (refused.status_code, code_of(refused)) == (409, "balance_insufficient")
    assert (await shop.balance(), await shop.balance(account)) == (9_835, 0)
    assert "transfer.created" not in await shop.event_types()


async def test_money_in_another_currency_does_not_count(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000, currency="CZK")

    refused = await shop.transfer(account, 100)

    assert code_of(refused) == "balance_insufficient"


async def test_transfers_at_once_never_spend_more_than_there_is(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)

    answers = await asyncio.gather(*(shop.transfer(account, 3_000) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    assert (await shop.balance(), await shop.balance(account)) == (835, 9_000)


async def test_more_than_an_account_has_is_not_paid_out(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 500)

    refused = await shop.pay_out(account, 501)

    assert (refused.status_code, code_of(refused)) == (409, "balance_insufficient")
    assert await shop.balance(account) == 500


async def test_an_account_that_may_not_be_paid_out_keeps_its_money(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 500)
    with shop.provider.writing() as session:
        session.db.execute("UPDATE accounts SET payouts_enabled = 0")

    refused = await shop.pay_out(account, 500)

    assert (refused.status_code, code_of(refused)) == (409, "payouts_disabled")
    assert (await shop.get(f"/v1/accounts/{account['id']}"))["payouts_enabled"] is False


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/accounts/nobody", "account_not_found"),
        ("/v1/transfers/nothing", "transfer_not_found"),
        ("/v1/payouts/nothing", "payout_not_found"),
        ("/v1/payments/nothing", "payment_not_found"),
        ("/v1/balance?account=nobody", "account_not_found"),
    ],
)
async def test_what_is_not_in_the_books_is_not_found(shop: Shop, path: str, code: str) -> None:
    missing = await shop.server.get(path)

    assert (missing.status_code, code_of(missing)) == (404, code)


async def test_an_account_begins_payable_and_is_found_by_our_reference(shop: Shop) -> None:
    response = await shop.post("/v1/accounts", reference="seller-1", email="s@example.org", country="cz")
    await shop.new_account("seller-2")

    found = (await shop.get("/v1/accounts", reference="seller-1"))["data"]

    assert found == [response.json()]
    assert (found[0]["payouts_enabled"], found[0]["country"]) == (True, "CZ")


async def test_money_goes_from_the_platform_to_the_seller_to_the_bank(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)

    transfer = (await shop.transfer(account, 4_000, transfer_group="g")).json()
    payout = (await shop.pay_out(account, 3_000)).json()

    assert (await shop.balance(), await shop.balance(account)) == (5_835, 1_000)
    assert await shop.get(f"/v1/transfers/{transfer['id']}") == transfer
    assert (await shop.get("/v1/transfers", reference="transfer-1"))["data"] == [transfer]
    assert (await shop.get("/v1/transfers", transfer_group="g"))["data"] == [transfer]
    assert [one["id"] for one in (await shop.get("/v1/payouts", reference="payout-1"))["data"]] == [payout["id"]]
    booked = [(one["owner"], one["type"], one["amount_minor"]) for one in (await shop.transactions())[2:]]
    assert booked == [
        ("platform", "transfer", -4_000),
        (account["id"], "transfer", 4_000),
        (account["id"], "payout", -3_000),
    ]


async def test_a_payout_is_in_transit_until_the_bank_has_it(shop: Shop, clock: Clock) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 500)

    payout = (await shop.pay_out(account, 500)).json()
    settled = settle_due(shop.provider)
    paid = await shop.get(f"/v1/payouts/{payout['id']}")

    assert (payout["status"], payout["paid_at"]) == ("in_transit", None)
    assert settled == 1
    assert (paid["status"], paid["paid_at"]) == ("paid", int(clock.now.timestamp()))
    assert (await shop.event_types())[-2:] == ["payout.created", "payout.paid"]


async def test_late_money_can_be_transferred_as_soon_as_it_is_there(shop: Shop, clock: Clock) -> None:
    account = await shop.new_account()
    await shop.confirm(await shop.new_payment(10_000), LATE)
    clock.move(seconds=30)

    transferred = await shop.transfer(account, 9_835)

    assert transferred.status_code == 201
