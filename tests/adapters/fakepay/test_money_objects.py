"""What the provider really answers is what our wire objects read, in every state."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from marketplace_adapters.fakepay.money_objects import (
    AccountStandingObject,
    BalanceTransactionObject,
    DisputeObject,
    OnboardingLinkObject,
    RefundObject,
    ReversalObject,
    StandingBalanceObject,
)
from marketplace_adapters.fakepay.objects import ListObject, PaymentObject, PayoutObject, TransferObject
from marketplace_adapters.fakepay.provider.app import create_provider
from marketplace_adapters.fakepay.provider.disputes import TRANSITIONS
from tests.adapters.fakepay_provider.shop import API_KEY, SECRET, TEST_SECRET, Clock, Shop, connect


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncGenerator[Shop]:
    app = create_provider(
        tmp_path / "books.sqlite", secrets=[SECRET], clock=Clock(), api_key=API_KEY, test_secret=TEST_SECRET
    )
    provider = app.state.provider
    async with connect(provider) as server, connect(provider, api_key=None) as browser:
        yield Shop(provider, server, browser)
    provider.close()


async def answer(shop: Shop, path: str) -> bytes:
    """Return the bytes of an answer."""
    got: httpx.Response = await shop.server.get(path)
    assert got.status_code == 200
    return got.content


def test_a_refund_whose_amount_is_no_whole_number_is_not_read() -> None:
    told: dict[str, Any] = {
        "id": "fp_re_1", "object": "refund", "status": "pending", "payment": "fp_pay_1", "amount_minor": 1,
        "currency": "EUR", "reference": "ref_1", "metadata": {}, "pending_reason": "processing", "failure_code": None,
        "created_at": 1, "updated_at": 1, "succeeded_at": None, "failed_at": None,
    }  # fmt: skip
    RefundObject.model_validate(told)

    for wrong in ({"amount_minor": 1.5}, {"amount_minor": -1}, {"status": "lost"}, {"pending_reason": "tired"}):
        with pytest.raises(ValidationError):
            RefundObject.model_validate({**told, **wrong})


async def test_refunds_are_read_whatever_became_of_them(shop: Shop) -> None:
    payment = await shop.paid(10_000)
    bounced = await shop.refunded(payment, 100)
    await shop.make(f"/test/refunds/{bounced['id']}/bounce", failure_code="lost_or_stolen_card")
    await shop.refunded(payment, 100)
    await shop.make("/test/settings", refund_delay_seconds=60)
    failed = await shop.refunded(payment, 100)
    await shop.make(f"/test/refunds/{failed['id']}/fail", failure_code="declined")
    await shop.refunded(payment, 100)

    read = ListObject[RefundObject].model_validate_json(await answer(shop, "/v1/refunds")).data

    assert [(one.status, one.bounced, one.failure_code) for one in read] == [
        ("failed", True, "lost_or_stolen_card"),
        ("succeeded", False, None),
        ("failed", False, "declined"),
        ("pending", False, None),
    ]
    assert PaymentObject.model_validate_json(await answer(shop, f"/v1/payments/{payment['id']}")).fee_minor == 165


async def test_disputes_are_read_in_every_status(shop: Shop) -> None:
    for status in TRANSITIONS:
        dispute = await shop.disputed(await shop.paid(10_000), inquiry=status.startswith("warning"))
        if status.endswith("under_review"):
            await shop.post(f"/v1/disputes/{dispute['id']}/evidence", evidence={"text": "it was delivered"})
        elif dispute["status"] != status:
            await shop.advance(dispute, status)

    read = ListObject[DisputeObject].model_validate_json(await answer(shop, "/v1/disputes")).data

    assert [one.status for one in read] == list(TRANSITIONS)
    assert [one.evidence_hash is not None for one in read] == [
        status.endswith("under_review") for status in TRANSITIONS
    ]


async def test_transfers_reversals_payouts_and_what_they_changed_are_read(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    transfer = (await shop.transfer(account, 4_000)).json()
    await shop.reverse(transfer, 500)
    payout = (await shop.pay_out(account, 1_000)).json()
    await shop.make(f"/test/payouts/{payout['id']}/return", failure_code="account_closed")

    (reversal,) = ListObject[ReversalObject].model_validate_json(await answer(shop, "/v1/transfer-reversals")).data
    moved = ListObject[BalanceTransactionObject].model_validate_json(await answer(shop, "/v1/balance-transactions"))
    returned = PayoutObject.model_validate_json(await answer(shop, f"/v1/payouts/{payout['id']}"))
    balance = StandingBalanceObject.model_validate_json(await answer(shop, f"/v1/balance?account={account['id']}"))

    assert (reversal.transfer, reversal.amount_minor) == (transfer["id"], 500)
    assert (
        TransferObject.model_validate_json(await answer(shop, f"/v1/transfers/{transfer['id']}")).amount_minor == 4_000
    )
    assert (returned.status, returned.failure_code) == ("failed", "account_closed")
    assert sum(one.net_minor for one in moved.data if one.owner == account["id"]) == 3_500
    assert [(one.available_minor, one.pending_minor) for one in balance.balances] == [(3_500, 0)]


async def test_accounts_and_their_links_are_read(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.make(f"/test/accounts/{account['id']}/restrict", currently_due=["bank_account"])
    link = await shop.post(f"/v1/accounts/{account['id']}/onboarding-links", return_url="https://shop.test/studio")

    standing = AccountStandingObject.model_validate_json(await answer(shop, f"/v1/accounts/{account['id']}"))

    assert (standing.status, standing.requirements.currently_due) == ("restricted", ["bank_account"])
    assert OnboardingLinkObject.model_validate_json(link.content).account == account["id"]
