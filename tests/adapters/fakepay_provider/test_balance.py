from tests.adapters.fakepay_provider.shop import LATE, Clock, Shop, code_of


async def test_pending_money_is_not_transferred_and_becomes_available_in_time(shop: Shop, clock: Clock) -> None:
    await shop.make("/test/settings", available_delay_seconds=3_600)
    account = await shop.new_account()
    await shop.paid(10_000)

    before = (await shop.get("/v1/balance"))["balances"]
    refused = await shop.transfer(account, 1)
    clock.move(hours=1)
    after = (await shop.get("/v1/balance"))["balances"]

    assert before == [{"currency": "EUR", "available_minor": 0, "pending_minor": 9_835}]
    assert code_of(refused) == "balance_insufficient"
    assert after == [{"currency": "EUR", "available_minor": 9_835, "pending_minor": 0}]
    assert (await shop.transfer(account, 9_835)).status_code == 201
    assert [one["type"] for one in await shop.transactions() if one["owner"] == "platform"] == [
        "payment", "fee", "transfer",
    ]  # fmt: skip
    await shop.assert_sound()


async def test_a_refund_of_pending_money_waits_until_that_is_available(shop: Shop, clock: Clock) -> None:
    await shop.make("/test/settings", available_delay_seconds=3_600)
    refund = await shop.refunded(await shop.paid(10_000), 5_000)
    clock.move(hours=1)

    assert (refund["status"], refund["pending_reason"]) == ("pending", "insufficient_funds")
    assert (await shop.again(refund))["status"] == "succeeded"


async def test_each_currency_has_a_balance_of_its_own(shop: Shop) -> None:
    await shop.paid(10_000, currency="CZK")
    await shop.paid(20_000, currency="EUR")

    balances = {one["currency"]: one["available_minor"] for one in (await shop.get("/v1/balance"))["balances"]}

    assert balances == {"CZK": 9_835, "EUR": 19_695}


async def test_balance_transactions_say_what_came_of_what_for_which_reference(shop: Shop, clock: Clock) -> None:
    payment = await shop.paid(10_000)
    moment = int(clock.now.timestamp())

    paid, fee = await shop.transactions()

    assert {key: value for key, value in paid.items() if key != "id"} == {
        "object": "balance_transaction", "type": "payment", "owner": "platform", "currency": "EUR",
        "amount_minor": 10_000, "fee_minor": 0, "net_minor": 10_000, "source": payment["id"],
        "reference": "payment-1", "created_at": moment, "available_at": moment,
    }  # fmt: skip
    assert (fee["type"], fee["amount_minor"], fee["fee_minor"], fee["net_minor"]) == ("fee", 0, 165, -165)


async def test_balance_transactions_are_found_by_what_they_are_and_when_they_were(shop: Shop, clock: Clock) -> None:
    account = await shop.new_account()
    payment = await shop.paid(10_000)
    clock.move(hours=1)
    later = int(clock.now.timestamp())
    transfer = (await shop.transfer(account, 4_000)).json()
    refund = await shop.refunded(payment, 1_000)

    async def found(**query: str) -> list[str]:
        return [one["type"] for one in (await shop.get("/v1/balance-transactions", **query))["data"]]

    assert await found(type="refund") == ["refund"]
    assert await found(source=transfer["id"]) == ["transfer", "transfer"]
    assert await found(owner=account["id"]) == ["transfer"]
    assert await found(reference="refund-1") == ["refund"]
    assert await found(created_from=str(later)) == ["transfer", "transfer", "refund"]
    assert await found(created_to=str(later)) == ["payment", "fee"]
    assert await found(created_from=str(later), created_to=str(later + 1), source=refund["id"]) == ["refund"]
    assert await found(type="nothing") == []


async def test_balance_transactions_are_paged_by_a_cursor_under_a_filter(shop: Shop) -> None:
    for _ in range(5):
        await shop.paid(1_000)
    seen: list[str] = []
    query = {"type": "payment", "limit": "2"}

    while True:
        page = await shop.get("/v1/balance-transactions", **query)
        seen += [one["id"] for one in page["data"]]
        if not page["has_more"]:
            break
        query["after"] = seen[-1]

    assert len(seen) == len(set(seen)) == 5


async def test_a_time_that_makes_no_sense_is_refused(shop: Shop) -> None:
    for wrong in ("yesterday", "-1", "1.5", "9" * 12):
        refused = await shop.server.get("/v1/balance-transactions", params={"created_from": wrong})
        assert (refused.status_code, code_of(refused)) == (422, "invalid_field")


async def test_late_money_is_pending_from_the_moment_it_comes(shop: Shop, clock: Clock) -> None:
    await shop.make("/test/settings", available_delay_seconds=60)
    await shop.confirm(await shop.new_payment(10_000), LATE)
    clock.move(seconds=30)

    (balance,) = (await shop.get("/v1/balance"))["balances"]

    assert (balance["pending_minor"], balance["available_minor"]) == (9_835, 0)
    clock.move(seconds=60)
    assert await shop.balance() == 9_835
