"""What we ask of Stripe for buyers, and how its payments, refunds and disputes are told in our words."""

from datetime import timedelta
from typing import Any, Final

import pytest
import stripe

from marketplace_adapters.stripe.amounts import from_stripe, to_stripe
from marketplace_adapters.stripe.connection import PAGES_MAX
from marketplace_adapters.stripe.disputes import sorted_by_subject
from marketplace_adapters.stripe.gateway import NEWEST_LOOKED_AT, max_hold
from marketplace_adapters.stripe.objects import RefundObject
from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    PaymentState,
    ProviderRefused,
    ProviderUnavailable,
    RefundProgress,
)
from marketplace_core.payments.ports import RefundRequest
from marketplace_core.testing.conformance.payment_provider import (
    ASKS_THE_BUYER,
    DECLINES,
    LATE,
    SUCCEEDS_LATE,
    a_request,
)
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY, Exchange

KEY_OF_PAY_1: Final = "payment:pay_1:1"


async def opened(stage: Stage) -> Any:
    """Ask for a payment under its own key."""
    return await stage.ground.payments.open(a_request(), key=KEY_OF_PAY_1)


def asked(stage: Stage, method: str, path: str) -> list[Exchange]:
    """Return the requests of one kind."""
    return [one for one in stage.standin.asked if (one.method, one.path) == (method, path)]


def fields(exchange: Exchange) -> dict[str, str]:
    """Return what was sent."""
    return dict(exchange.form)


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


def test_an_amount_that_cannot_be_said_is_understood() -> None:
    assert from_stripe(7, "mga") == Money(700, "MGA")


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
