"""What we ask of Stripe for sellers: accounts, transfers that are tied to their charge, payouts in their own name."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    BankState,
    ProviderRefused,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import RefundRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import (
    ADA,
    a_request,
)
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import Exchange


def asked(stage: Stage, method: str, path: str) -> list[Exchange]:
    """Return the requests of one kind."""
    return [one for one in stage.standin.asked if (one.method, one.path) == (method, path)]


def fields(exchange: Exchange) -> dict[str, str]:
    """Return what was sent."""
    return dict(exchange.form)


# ---------------------------------------------------------------- sellers


async def transferable(stage: Stage) -> tuple[str, TransferRequest]:
    """Have money and an account to send it to; return the payment's name and the request."""
    payment = await stage.ground.paid()
    account = await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account.reference, amount=Money(5_000, "EUR"))
    return payment.reference, request


async def test_an_account_is_opened_so_that_we_decide_when_it_is_paid_out(stage: Stage) -> None:
    account = await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")

    (request,) = asked(stage, "POST", "/v1/accounts")
    sent = fields(request)
    assert account.seller_id == "sel_ada"
    assert sent["settings[payouts][schedule][interval]"] == "manual"
    assert sent["capabilities[transfers][requested]"] == sent["capabilities[card_payments][requested]"] == "true"
    assert sent["controller[losses][payments]"] == "application"


async def test_a_seller_whom_stripe_does_not_know_well_enough_is_not_paid(stage: Stage) -> None:
    stage.books.enables_at_once = False
    await stage.ground.paid()
    account = await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account=account.reference, amount=Money(5_000, "EUR"))

    with pytest.raises(ProviderRefused) as early:
        await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")
    stage.books.enable_account(account.reference)
    known = await stage.ground.payouts.account(account.reference)
    await stage.ground.payouts.transfer(request, key="transfer:pyt_1:2")
    stage.books.enable_account(account.reference, enabled=False)
    with pytest.raises(ProviderRefused) as shut:
        await stage.ground.payouts.pay_out(request, key="payout:pyt_1:1")

    assert not account.payouts_enabled
    assert known.payouts_enabled
    assert early.value.reason == shut.value.reason == "account_restricted"


async def test_who_may_be_paid_by_banks_but_not_by_us_cannot_be_paid(stage: Stage) -> None:
    account = await stage.ground.payouts.open_account(ADA, key="account:sel_ada:1")
    stage.books.accounts[account.reference]["capabilities"]["transfers"] = "pending"

    seen = await stage.ground.payouts.account(account.reference)

    assert account.payouts_enabled
    assert not seen.payouts_enabled


async def test_an_account_that_was_taken_from_us_is_restricted_or_unknown(stage: Stage) -> None:
    _, request = await transferable(stage)
    del stage.books.accounts[request.account]

    with pytest.raises(UnknownAtProvider):
        await stage.ground.payouts.account(request.account)
    with pytest.raises(UnknownAtProvider):
        await stage.ground.payouts.payout(f"{request.account}/po_1")
    with pytest.raises(ProviderRefused) as no_transfer:
        await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")
    with pytest.raises(ProviderRefused) as no_payout:
        await stage.ground.payouts.pay_out(request, key="payout:pyt_1:1")

    assert (no_transfer.value.reason, no_payout.value.reason) == ("account_not_found", "account_restricted")


async def test_a_transfer_from_one_payment_is_tied_to_it_and_never_more_than_it(stage: Stage) -> None:
    payment, request = await transferable(stage)
    tied = TransferRequest(payout_id=request.payout_id, account=request.account, amount=request.amount, source=payment)
    more = TransferRequest(
        payout_id=PayoutId("pyt_2"), account=request.account, amount=Money(5_001, "EUR"), source=payment
    )
    await stage.ground.paid("pay_2")

    await stage.ground.payouts.transfer(tied, key="transfer:pyt_1:1")
    with pytest.raises(ProviderRefused):
        await stage.ground.payouts.transfer(more, key="transfer:pyt_2:1")
    found = await stage.ground.payouts.find_transfer(PayoutId("pyt_1"), account=request.account)

    sent = fields(asked(stage, "POST", "/v1/transfers")[0])
    assert sent["source_transaction"] == stage.books.intents[payment]["latest_charge"]
    assert "transfer_group" not in sent
    assert found is not None


async def test_a_transfer_from_several_payments_is_named_after_its_payout(stage: Stage) -> None:
    _, request = await transferable(stage)

    await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")

    sent = fields(asked(stage, "POST", "/v1/transfers")[0])
    assert sent["transfer_group"] == "pyt_1"
    assert "source_transaction" not in sent


async def test_a_bank_payout_is_made_and_looked_up_in_the_accounts_own_name(stage: Stage) -> None:
    _, request = await transferable(stage)
    await stage.ground.payouts.transfer(request, key="transfer:pyt_1:1")

    sent = await stage.ground.payouts.pay_out(request, key="payout:pyt_1:1")
    seen = await stage.ground.payouts.payout(sent.reference)

    assert sent.reference.startswith(f"{request.account}/po_")
    assert seen == sent
    assert seen.state is BankState.IN_TRANSIT
    assert {one.account for one in stage.standin.asked if one.path.startswith("/v1/payouts")} == {request.account}


async def test_keys_are_handed_on_and_the_sdk_makes_none_of_its_own_for_money(stage: Stage) -> None:
    seen: list[str] = []
    payment, request = await transferable(stage)

    async def note(answer: Awaitable[Any]) -> None:
        await answer
        seen.append(stage.standin.keys[-1])

    payouts, payments = stage.ground.payouts, stage.ground.payments
    calls: list[tuple[str, Callable[[str], Awaitable[Any]]]] = [
        ("payment:pay_3:1", lambda key: payments.open(a_request("pay_3"), key=key)),
        (
            "refund:rfd_1:1",
            lambda key: payments.refund(
                RefundRequest(refund_id=RefundId("rfd_1"), payment_reference=payment, amount=Money(1, "EUR")), key=key
            ),
        ),
        ("transfer:pyt_1:1", lambda key: payouts.transfer(request, key=key)),
        ("payout:pyt_1:1", lambda key: payouts.pay_out(request, key=key)),
    ]
    for key, call in calls:
        await note(call(key))

    assert seen == [key for key, _ in calls]
