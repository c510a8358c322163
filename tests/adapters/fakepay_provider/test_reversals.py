import asyncio

import pytest

from tests.adapters.fakepay_provider.shop import Shop, code_of


async def test_what_a_seller_no_longer_has_cannot_be_taken_back(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()
    await shop.pay_out(account, 3_000)

    refused = await shop.reverse(transfer, 1_001)

    assert (refused.status_code, code_of(refused)) == (409, "balance_insufficient")
    assert (await shop.balance(), await shop.balance(account)) == (5_835, 1_000)
    assert (await shop.again(transfer))["reversed_minor"] == 0


async def test_an_account_below_zero_gives_nothing_back_and_is_not_paid_out(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()
    await shop.make("/test/balance", account=account["id"], currency="EUR", amount_minor=-4_500)

    answers = [await shop.reverse(transfer, 1), await shop.pay_out(account, 1)]

    assert [code_of(answer) for answer in answers] == ["balance_insufficient"] * 2
    assert await shop.balance(account) == -500
    await shop.assert_sound()


async def test_no_more_is_taken_back_than_was_transferred(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()
    await shop.transfer(account, 4_000, reference="transfer-2")
    await shop.reverse(transfer, 2_500)

    refused = [await shop.reverse(transfer, 1_501), await shop.reverse({"id": "fp_tr_unknown"}, 1)]
    rest = await shop.reverse(transfer)
    nothing_left = await shop.reverse(transfer)

    assert [code_of(answer) for answer in refused] == ["reversal_exceeds_transfer", "transfer_not_found"]
    assert rest.json()["amount_minor"] == 1_500
    assert code_of(nothing_left) == "reversal_exceeds_transfer"


async def test_reversals_at_once_never_take_back_more_than_there_is(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()

    answers = await asyncio.gather(*(shop.reverse(transfer, 1_500) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [201] * 2 + [409] * 4
    assert await shop.balance(account) == 1_000
    await shop.assert_sound()


async def test_the_money_comes_back_and_the_reversal_is_found(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()

    reversal = await shop.reverse(transfer, 1_000, key="k", metadata={"why": "refund"})
    again = await shop.reverse(transfer, 1_000, key="k", metadata={"why": "refund"})

    assert again.json() == reversal.json()
    assert (reversal.json()["transfer"], reversal.json()["account"]) == (transfer["id"], account["id"])
    assert (await shop.balance(), await shop.balance(account)) == (6_835, 3_000)
    assert (await shop.again(transfer))["reversed_minor"] == 1_000
    assert await shop.again(reversal.json()) == reversal.json()
    assert (await shop.get("/v1/transfer-reversals", reference="reversal-1"))["data"] == [reversal.json()]
    assert (await shop.get("/v1/transfer-reversals", transfer=transfer["id"]))["data"] == [reversal.json()]
    assert (await shop.event_types())[-1] == "transfer.reversed"


async def test_transfers_of_one_payment_never_exceed_what_it_took_less_its_refunds(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(50_000)
    payment = await shop.paid(10_000)
    source = {"source_payment": payment["id"]}
    first = (await shop.transfer(account, 6_000, **source)).json()
    await shop.refunded(payment, 1_500)

    too_much = await shop.transfer(account, 2_501, **source)
    fits = await shop.transfer(account, 2_500, **source)
    await shop.reverse(first, 1_000)
    fits_again = await shop.transfer(account, 1_000, **source)
    nothing_left = await shop.transfer(account, 1, **source)

    assert [code_of(answer) for answer in (too_much, nothing_left)] == ["source_payment_exhausted"] * 2
    assert [answer.status_code for answer in (fits, fits_again)] == [201, 201]
    listed = (await shop.get("/v1/transfers", source_payment=payment["id"]))["data"]
    assert [one["amount_minor"] for one in listed] == [6_000, 2_500, 1_000]
    await shop.assert_sound()


async def test_a_source_payment_must_have_taken_money_of_that_currency(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    crowns, unpaid = await shop.paid(10_000, currency="CZK"), await shop.new_payment()

    answers = [
        await shop.transfer(account, 100, source_payment=payment)
        for payment in (crowns["id"], unpaid["id"], "fp_pay_unknown")
    ]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [
        (422, "currency_mismatch"), (409, "source_payment_exhausted"), (404, "payment_not_found"),
    ]  # fmt: skip


@pytest.mark.parametrize("amount_minor", [0, -5, 2.5])
async def test_a_reversal_of_no_amount_is_refused(shop: Shop, amount_minor: float) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()

    refused = await shop.post(
        f"/v1/transfers/{transfer['id']}/reversals", amount_minor=amount_minor, reference="reversal-1"
    )

    assert (refused.status_code, code_of(refused)) == (422, "invalid_field")
