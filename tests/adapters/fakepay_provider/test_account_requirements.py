from typing import Any

import httpx
import pytest

from tests.adapters.fakepay_provider.shop import Clock, Shop, code_of


async def link(shop: Shop, account: Any, return_url: str = "http://shop.test/studio") -> httpx.Response:
    return await shop.post(f"/v1/accounts/{account['id']}/onboarding-links", return_url=return_url)


async def test_a_restricted_account_keeps_its_money_and_receives_none(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 500)

    restricted = await shop.make(
        f"/test/accounts/{account['id']}/restrict", currently_due=["bank_account"], past_due=["identity_document"]
    )
    answers = [await shop.transfer(account, 100), await shop.pay_out(account, 100)]

    assert (restricted["status"], restricted["payouts_enabled"], restricted["transfers_enabled"]) == (
        "restricted", False, False,
    )  # fmt: skip
    assert restricted["requirements"] == {
        "currently_due": ["bank_account"],
        "past_due": ["identity_document"],
        "disabled_reason": "requirements.past_due",
    }
    assert [code_of(answer) for answer in answers] == ["transfers_disabled", "payouts_disabled"]
    assert await shop.balance(account) == 500
    assert (await shop.event_types())[-1] == "account.updated"


async def test_an_account_may_lose_its_payouts_only(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)

    await shop.make(f"/test/accounts/{account['id']}/restrict", transfers=True)

    assert (await shop.transfer(account, 100)).status_code == 201
    assert code_of(await shop.pay_out(account, 100)) == "payouts_disabled"


async def test_a_rejected_account_does_nothing_and_is_not_onboarded(shop: Shop) -> None:
    account = await shop.new_account()
    open_link = (await link(shop, account)).json()

    rejected = await shop.make(f"/test/accounts/{account['id']}/reject", disabled_reason="rejected.listed")
    again = await shop.ask(f"/test/accounts/{account['id']}/reject")
    refused = await link(shop, account)
    page = await shop.browser.post(open_link["url"])

    assert (rejected["status"], rejected["requirements"]["disabled_reason"]) == ("rejected", "rejected.listed")
    assert (again.status_code, code_of(again)) == (409, "illegal_transition")
    assert (refused.status_code, code_of(refused)) == (409, "account_rejected")
    assert page.status_code == 409
    assert (await shop.again(account))["status"] == "rejected"


async def test_whatever_was_taken_from_an_account_can_be_given_back(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.make(f"/test/accounts/{account['id']}/restrict", past_due=["identity_document"])
    await shop.make(f"/test/accounts/{account['id']}/reject")

    enabled = await shop.make(f"/test/accounts/{account['id']}/enable")

    assert enabled == {**account, "status": "enabled"}
    assert await shop.again(account) == enabled


@pytest.mark.parametrize("return_url", ["", "javascript:alert(1)", "/studio", "ftp://shop.test", None])
async def test_a_link_leads_back_only_to_a_web_page(shop: Shop, return_url: Any) -> None:
    refused = await link(shop, await shop.new_account(), return_url)

    assert refused.status_code == 422


async def test_a_link_works_once_and_not_for_ever(shop: Shop, clock: Clock) -> None:
    account = await shop.new_account()
    used, old = (await link(shop, account)).json(), (await link(shop, account)).json()
    await shop.browser.post(used["url"])

    answers = [await shop.browser.get(used["url"]), await shop.browser.post(used["url"])]
    clock.move(days=1, seconds=1)
    answers += [
        await shop.browser.get(old["url"]),
        await shop.browser.post(old["url"]),
        await shop.browser.get("/onboarding/unknown"),
    ]

    assert [answer.status_code for answer in answers] == [410, 410, 410, 410, 404]
    assert all(answer.headers["content-type"].startswith("text/html") for answer in answers)


async def test_an_account_that_must_be_onboarded_is_enabled_by_one_click(shop: Shop) -> None:
    await shop.make("/test/settings", onboarding_required=True)
    account = await shop.new_account()
    await shop.paid(10_000)
    early = await shop.transfer(account, 100)
    told = (await link(shop, account, 'http://shop.test/studio?a="><script>')).json()

    page = await shop.browser.get(told["url"])
    clicked = await shop.browser.post(told["url"])

    assert (account["status"], account["payouts_enabled"]) == ("pending", False)
    assert account["requirements"]["currently_due"] == ["identity_document", "bank_account"]
    assert code_of(early) == "transfers_disabled"
    assert told["url"].startswith("http://fakepay.test/onboarding/")
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    assert "identity document" in page.text
    assert "<script>" not in page.text
    assert clicked.status_code == 303
    assert clicked.headers["location"].startswith("http://shop.test/studio")
    enabled = await shop.again(account)
    assert (enabled["status"], enabled["payouts_enabled"], enabled["transfers_enabled"]) == ("enabled", True, True)
    assert enabled["requirements"] == {"currently_due": [], "past_due": [], "disabled_reason": None}
    assert (await shop.transfer(account, 100)).status_code == 201
