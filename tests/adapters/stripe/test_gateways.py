"""What our gateways make of Stripe's moods: no answer, half an answer, a no with and without a word for it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

import pytest
import stripe
from anyio import fail_after

from marketplace_adapters.stripe.amounts import from_stripe, to_stripe
from marketplace_adapters.stripe.connection import PAGES_MAX, StripeConnection
from marketplace_adapters.stripe.disputes import sorted_by_subject
from marketplace_adapters.stripe.gateway import NEWEST_LOOKED_AT, StripePaymentGateway, max_hold
from marketplace_adapters.stripe.objects import RefundObject
from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    BankState,
    PaymentState,
    ProviderRefused,
    ProviderUnavailable,
    RefundProgress,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import RefundRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import (
    ADA,
    ASKS_THE_BUYER,
    DECLINES,
    LATE,
    SUCCEEDS_LATE,
    a_request,
)
from marketplace_core.testing.conformance.refunding import a_refund
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY, Exchange, Fault

KEY_OF_PAY_1: Final = "payment:pay_1:1"


A_PAYMENT: Final = (
    b'{"object": "payment_intent", "id": "pi_1", "status": "succeeded", "amount": 1, "amount_received": 0,'
    b' "currency": "eur", "metadata": {}}'
)


async def opened(stage: Stage) -> Any:
    """Ask for a payment under its own key."""
    return await stage.ground.payments.open(a_request(), key=KEY_OF_PAY_1)


def asked(stage: Stage, method: str, path: str) -> list[Exchange]:
    """Return the requests of one kind."""
    return [one for one in stage.standin.asked if (one.method, one.path) == (method, path)]


def fields(exchange: Exchange) -> dict[str, str]:
    """Return what was sent."""
    return dict(exchange.form)


# ---------------------------------------------------------------- what no answer means


@pytest.mark.parametrize("status", [0, 409, 429, 500, 502, 503])
@pytest.mark.parametrize("acts", [False, True])
async def test_a_change_without_a_clear_answer_may_have_happened(stage: Stage, status: int, acts: bool) -> None:
    stage.standin.faults.append(Fault(status=status, acts=acts))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous
    assert len(stage.books.intents) == acts


@pytest.mark.parametrize("acts", [False, True])
async def test_the_same_key_after_a_cut_line_is_one_payment(stage: Stage, acts: bool) -> None:
    stage.standin.faults.append(Fault(acts=acts))
    with pytest.raises(ProviderUnavailable):
        await opened(stage)

    again = await opened(stage)

    assert again.payment_id == "pay_1"
    assert len(stage.books.intents) == 1


async def test_an_error_that_stripe_has_kept_comes_back_under_its_key_and_the_payment_is_found(stage: Stage) -> None:
    stage.standin.faults.append(Fault(status=500, acts=True))
    for _ in range(2):
        with pytest.raises(ProviderUnavailable) as unclear:
            await opened(stage)
        assert unclear.value.ambiguous

    found = await stage.ground.payments.find(PaymentId("pay_1"))

    assert found is not None
    assert len(stage.books.intents) == 1


async def test_an_answer_that_never_comes_is_waited_for_no_longer_than_we_said(stage: Stage) -> None:
    hasty = StripeConnection(KEY, address=stage.address, answer_within_seconds=0.2)
    stage.standin.faults.append(Fault(hangs=True))

    with fail_after(3), pytest.raises(ProviderUnavailable) as unclear:
        await StripePaymentGateway(hasty, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await hasty.close()

    assert unclear.value.ambiguous


async def test_nobody_there_is_unclear_too(stage: Stage) -> None:
    nowhere = StripeConnection(KEY, address="http://127.0.0.1:9")

    with pytest.raises(ProviderUnavailable):
        await StripePaymentGateway(nowhere, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await nowhere.close()


async def test_a_question_without_an_answer_has_changed_nothing(stage: Stage) -> None:
    stage.standin.faults.append(Fault(status=503, any_request=True))

    with pytest.raises(ProviderUnavailable) as unclear:
        await stage.ground.payments.fetch("pi_1")

    assert not unclear.value.ambiguous


@pytest.mark.parametrize(("said", "waits"), [("30", 30), ("99999", 600), ("soon", 1), ("-1", 1)])
async def test_stripe_says_when_to_come_again(stage: Stage, said: str, waits: int) -> None:
    stage.standin.faults.append(Fault(status=429, headers=(("retry-after", said),)))

    with pytest.raises(ProviderUnavailable) as busy:
        await opened(stage)

    assert busy.value.retry_after_seconds == min(waits, 600)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"no json",
        b"\xff",
        b"{}",
        b'{"id": 1, "object": "payment_intent"}',
        b'{"id": "pi_1", "object": "charge"}',
        A_PAYMENT.replace(b"succeeded", b"new"),
        A_PAYMENT.replace(b'"amount": 1', b'"amount": -1'),
        A_PAYMENT.replace(b'"amount": 1', b'"amount": 1.5'),
        A_PAYMENT.replace(b"eur", b"euro"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(stage: Stage, body: bytes) -> None:
    stage.standin.faults.append(Fault(status=200, body=body))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous


@pytest.mark.parametrize("status", [400, 402, 404])
@pytest.mark.parametrize("body", [b'{"error": []}', b'{"error": null}', b"[" * 100_000, b"\xff", b"<h1>Not here</h1>"])
async def test_a_no_that_is_not_stripes_is_no_answer_either(stage: Stage, status: int, body: bytes) -> None:
    stage.standin.faults.append(Fault(status=status, body=body))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous


# ---------------------------------------------------------------- what a no means


async def test_a_wrong_key_is_for_the_operator_and_is_not_repeated_to_anybody(stage: Stage) -> None:
    stranger = StripeConnection("sk_test_somebody_elses", address=stage.address)

    with pytest.raises(ProviderUnavailable) as shut:
        await StripePaymentGateway(stranger, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await stranger.close()

    assert not shut.value.ambiguous
    assert "sk_test" not in shut.value.message


async def test_a_no_without_a_code_is_called_after_the_field(stage: Stage) -> None:
    body = b'{"error": {"type": "invalid_request_error", "message": "Invalid currency.", "param": "currency"}}'
    stage.standin.faults.append(Fault(status=400, body=body))

    with pytest.raises(ProviderRefused) as refusal:
        await opened(stage)

    assert refusal.value.reason == "invalid_currency"


async def test_all_of_it_refunded_is_nothing_more_to_refund(stage: Stage) -> None:
    payment = await stage.ground.paid()
    await stage.ground.paid("pay_2")
    await stage.ground.payments.refund(a_refund(payment, 10_000), key="refund:rfd_1:1")

    with pytest.raises(ProviderRefused) as refusal:
        await stage.ground.payments.refund(a_refund(payment, 1, "rfd_2"), key="refund:rfd_2:1")

    assert refusal.value.reason == "exceeds_remaining"


# ---------------------------------------------------------------- payments


async def test_a_payment_is_asked_for_as_stripe_wants_it(stage: Stage) -> None:
    await opened(stage)

    (request,) = asked(stage, "POST", "/v1/payment_intents")
    assert fields(request) == {
        "amount": "10000",
        "currency": "eur",
        "automatic_payment_methods[enabled]": "true",
        "capture_method": "automatic",
        "transfer_group": "ord_1",
        "metadata[payment_id]": "pay_1",
        "metadata[order_id]": "ord_1",
        "expand[0]": "latest_charge.balance_transaction",
    }


async def test_what_was_in_processing_and_failed_is_cancelled_when_asked_again_under_the_same_key(stage: Stage) -> None:
    payment = await opened(stage)
    await stage.ground.show_card(payment, SUCCEEDS_LATE)
    before = await stage.ground.payments.cancel(payment.reference, key="cancel:pay_1:1")
    stage.books.fail_late(payment.reference)

    after = await stage.ground.payments.cancel(payment.reference, key="cancel:pay_1:1")

    assert before.state is PaymentState.PROCESSING
    assert after.state is PaymentState.CANCELLED


async def test_attempts_that_never_reached_the_bank_count_and_never_fewer_than_before(stage: Stage) -> None:
    payment, seen = await opened(stage), []

    async def look() -> None:
        seen.append(await stage.ground.payments.fetch(payment.reference))

    await look()
    await stage.ground.show_card(payment, ASKS_THE_BUYER)
    await look()
    await stage.ground.answer_bank(payment, False)
    await look()
    await stage.ground.show_card(payment, DECLINES)
    await look()
    await stage.ground.show_card(payment, ASKS_THE_BUYER)
    await look()
    await stage.ground.answer_bank(payment, True)
    await look()

    assert [one.attempts for one in seen] == [0, 1, 1, 1, 2, 2]
    assert [one.failure_code for one in seen] == [None, None, "authentication_failed", "card_declined", None, None]


async def test_the_newest_payments_are_found_at_once_and_older_ones_by_search(stage: Stage) -> None:
    old = await opened(stage)
    for number in range(NEWEST_LOOKED_AT):
        stage.books.create_intent({"amount": "1", "currency": "eur", "metadata": {"payment_id": f"pay_other{number}"}})

    lagging = await stage.ground.payments.find(PaymentId("pay_1"))
    newest = await stage.ground.payments.find(PaymentId("pay_other0"))
    stage.ground.clock.advance(LATE)
    found = await stage.ground.payments.find(PaymentId("pay_1"))
    nowhere = await stage.ground.payments.find(PaymentId("pay_o'none\\"))

    assert lagging is None
    assert newest is not None
    assert found is not None
    assert found.reference == old.reference
    assert nowhere is None


async def test_a_payment_of_somebody_else_carries_no_name_of_ours(stage: Stage) -> None:
    foreign = stage.books.create_intent({"amount": "1", "currency": "eur"})

    seen = await stage.ground.payments.fetch(foreign["id"])

    assert seen.payment_id == ""


@pytest.mark.parametrize(("country", "days"), [("FR", 90), ("DE", 90), ("US", 730), ("TH", 10)])
def test_how_long_money_may_wait_is_the_countrys_rule(country: str, days: int) -> None:
    assert max_hold(country) == timedelta(days=days)


@pytest.mark.parametrize(
    ("amount", "stripes"),
    [
        (Money(1_999, "EUR"), (1_999, "eur")),
        (Money(1_999, "JPY"), (1_999, "jpy")),
        (Money(1_990, "KWD"), (1_990, "kwd")),
        (Money(1_999, "ISK"), (199_900, "isk")),
        (Money(1_999, "UGX"), (199_900, "ugx")),
    ],
)
def test_stripes_amounts_are_ours_but_for_a_few_currencies(amount: Money, stripes: tuple[int, str]) -> None:
    assert to_stripe(amount) == stripes
    assert from_stripe(*stripes) == amount


def test_an_amount_that_cannot_be_said_is_refused() -> None:
    with pytest.raises(ProviderRefused):
        to_stripe(Money(100, "MGA"))
    with pytest.raises(ValueError, match="part"):
        from_stripe(150, "isk")


# ---------------------------------------------------------------- refunds and disputes


async def test_a_refund_among_many_is_found_and_a_cancelled_one_has_failed(stage: Stage) -> None:
    payment = await stage.ground.paid(amount_minor=100_000)
    for number in range(150):
        request = RefundRequest(
            refund_id=RefundId(f"rfd_{number}"), payment_reference=payment.reference, amount=Money(100, "EUR")
        )
        await stage.ground.payments.refund(request, key=f"refund:{number}")
    stage.books.refunds[min(stage.books.refunds)].update(status="canceled")

    found = await stage.ground.payments.find_refund(RefundId("rfd_0"), payment_reference=payment.reference)

    assert found is not None
    assert (found.state, found.failure_code) == (RefundProgress.FAILED, "canceled")


async def test_a_list_without_an_end_is_not_taken_for_a_no(stage: Stage) -> None:
    endless: Any = stripe.ListObject.construct_from(
        {
            "object": "list",
            "has_more": True,
            "data": [{"id": "re_1", "object": "refund", "status": "pending", "amount": 1, "currency": "eur"}],
        },
        KEY,
    )
    pages = 0

    async def ask(services: stripe.V1Services, page: Any) -> Any:
        nonlocal pages
        pages += 1
        return endless

    with pytest.raises(ProviderUnavailable):
        [one async for one in stage.connection.each(ask, RefundObject)]

    assert pages == PAGES_MAX


def test_evidence_is_sorted_by_stripes_subjects_and_nothing_is_lost() -> None:
    said = sorted_by_subject(
        [
            ("shipping_carrier", "La Poste"),
            ("delivery", "It came on Monday."),
            ("uncategorized_text", "Truly."),
            ("shipping_carrier", "and DHL"),
        ]
    )

    assert said == {
        "shipping_carrier": "La Poste\n\nand DHL",
        "uncategorized_text": "delivery: It came on Monday.\n\nTruly.",
    }


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
