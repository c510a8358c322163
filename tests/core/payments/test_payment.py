"""A payment believes the provider's objects, in whatever order they come."""

import itertools
import random
from typing import Final

import pytest

from marketplace_core.kernel.ids import OrderId, PaymentId
from marketplace_core.payments import (
    MalformedShares,
    Payment,
    PaymentCaptured,
    PaymentDeclined,
    PaymentState,
    ProviderMismatch,
    ProviderPayment,
    Share,
    WrongState,
)
from marketplace_core.payments.domain.payment import RANKS, SHARES_MAX, Observed
from marketplace_core.testing.payments import ADA, BOB, BUYER, NOW, PROVIDER, a_payment, a_share, euros, seen


def an_opening(*shares: Share, currency: str = "EUR") -> Payment:
    """Open a payment of some shares."""
    return Payment.open(
        payment_id=PaymentId("pay_1"),
        order_id=OrderId("ord_1"),
        buyer_id=BUYER,
        currency=currency,
        provider=PROVIDER,
        shares=shares,
        now=NOW,
    )


@pytest.mark.parametrize(
    "shares",
    [
        (),
        (a_share("sor_1", ADA, 0),),
        (a_share("sor_1", ADA, 100, -1),),
        (a_share("sor_1", ADA, -1, 100),),
        (a_share("sor_1", ADA, 100), a_share("sor_1", BOB, 100)),
        tuple(a_share(f"sor_{number}", ADA, 1) for number in range(SHARES_MAX + 1)),
    ],
    ids=["none", "nothing to pay", "negative delivery", "negative items", "twice", "too many"],
)
def test_shares_that_make_no_sense_are_refused(shares: tuple[Share, ...]) -> None:
    with pytest.raises(MalformedShares):
        an_opening(*shares)


def test_a_payment_has_one_currency() -> None:
    with pytest.raises(MalformedShares):
        an_opening(a_share("sor_1", ADA, 100), currency="USD")


STORY: Final[tuple[tuple[PaymentState, dict[str, object]], ...]] = (
    (PaymentState.CREATED, {}),
    (PaymentState.REQUIRES_ACTION, {"attempts": 1}),
    (PaymentState.CREATED, {"attempts": 1, "failure_code": "authentication_failed"}),
    (PaymentState.PROCESSING, {"attempts": 2}),
    (PaymentState.CAPTURED, {"attempts": 2}),
)


def test_any_order_and_repetition_of_what_the_provider_said_ends_the_same() -> None:
    chance = random.Random(11)
    told = [seen(a_payment(), state, **changes) for state, changes in STORY]

    for order in itertools.permutations(told):
        payment = a_payment()
        for snapshot in (*order, *chance.choices(told, k=3)):
            payment.observe(snapshot, now=NOW)

        assert payment.state is PaymentState.CAPTURED
        assert payment.captured == euros(10_000)
        assert payment.failure_code is None
        assert sum(isinstance(event, PaymentCaptured) for event in payment.drain_events()) == 1


def test_an_old_snapshot_does_not_take_a_payment_back() -> None:
    payment = a_payment()
    payment.observe(seen(payment, PaymentState.PROCESSING), now=NOW)

    observed = payment.observe(seen(payment, PaymentState.REQUIRES_ACTION), now=NOW)

    assert (observed, payment.state) == (Observed.NOTHING, PaymentState.PROCESSING)


def test_a_decline_of_an_earlier_attempt_does_not_undo_a_later_one() -> None:
    payment = a_payment()
    declined = seen(payment, PaymentState.CREATED, attempts=1, failure_code="card_declined")
    payment.observe(declined, now=NOW)
    payment.observe(seen(payment, PaymentState.REQUIRES_ACTION, attempts=2), now=NOW)

    observed = payment.observe(declined, now=NOW)

    assert (observed, payment.state) == (Observed.NOTHING, PaymentState.REQUIRES_ACTION)
    assert sum(isinstance(event, PaymentDeclined) for event in payment.drain_events()) == 1


def test_nothing_the_provider_says_later_unpays_a_payment() -> None:
    payment = a_payment()
    payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW)

    for state in RANKS:
        if state is not PaymentState.CAPTURED:
            assert payment.observe(seen(payment, state), now=NOW) is Observed.NOTHING

    assert payment.observe(seen(payment, PaymentState.CANCELLED), now=NOW) is Observed.NOTHING
    assert payment.state is PaymentState.CAPTURED


def test_another_amount_after_the_capture_is_no_news_but_an_alarm() -> None:
    payment = a_payment()
    payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW)

    with pytest.raises(ProviderMismatch):
        payment.observe(seen(payment, PaymentState.CAPTURED, captured=euros(1)), now=NOW)


@pytest.mark.parametrize(
    "changes", [{"payment_id": "pay_2"}, {"reference": "another"}], ids=["our identifier", "the provider's"]
)
def test_somebody_elses_object_is_refused(changes: dict[str, object]) -> None:
    payment = a_payment()
    payment.observe(seen(payment, PaymentState.CREATED), now=NOW)
    foreign: ProviderPayment = seen(payment, PaymentState.CAPTURED, **changes)

    with pytest.raises(ProviderMismatch):
        payment.observe(foreign, now=NOW)

    assert payment.state is PaymentState.CREATED


def test_a_cancelled_payment_is_not_requested() -> None:
    payment = a_payment()
    payment.cancel_unheard()

    with pytest.raises(WrongState):
        payment.request(NOW)


def test_what_the_provider_knows_is_not_cancelled_without_its_word() -> None:
    payment = a_payment()
    payment.observe(seen(payment, PaymentState.CREATED), now=NOW)

    with pytest.raises(WrongState):
        payment.cancel_unheard()
