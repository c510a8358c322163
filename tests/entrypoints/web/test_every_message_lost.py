"""Not one message of the provider arrives, and the money ends right: the loops of a worker ask what happened."""

import pytest

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.orders import ConfirmReceipt, ShipSellerOrder
from marketplace_core.payments import (
    AuditBooks,
    DisputeState,
    ListDisputes,
    ListPayouts,
    PayoutState,
    ReconcilePayment,
    ReconcilePayout,
    SweepPayouts,
    ViewEscrow,
)
from marketplace_core.payments.comparing import CompareBooks, Entry
from marketplace_entrypoints.worker.loops import NEWS_SECONDS, loops
from tests.entrypoints.cli.music_shop import ADA, ANN
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import Street


async def differences(street: Street) -> list[str]:
    """Return how both books differ."""
    return [one.kind.value for one in (await street.opened.market.ask(CompareBooks(), by=SYSTEM)).discrepancies]


async def asked(street: Street) -> None:
    """Have the worker ask what happened, and look into it."""
    await loops(street.opened, payout_sweep_seconds=60)["news"].step()
    await street.settle()


@pytest.mark.slow
async def test_a_dispute_and_a_returned_payout_are_found_by_asking(street: Street) -> None:
    market, script = street.opened.market, street.opened.adapters.payments.script
    await script.do("webhooks", {"behaviour": "lose"})
    part = await ordered(street)
    hold = await market.ask(ViewEscrow(seller_order_id=part), by=SYSTEM)
    await market.execute(ReconcilePayment(payment_id=hold.payment_id), by=SYSTEM)
    await street.settle()
    ada, ann = [await market.ask(IdentifyUser(user=one), by=SYSTEM) for one in (ADA, ANN)]
    await market.execute(ShipSellerOrder(seller_order_id=part, carrier="Post", tracking="X1"), by=ada)
    await market.execute(ConfirmReceipt(seller_order_id=part), by=ann)
    await street.settle()
    await market.execute(SweepPayouts(), by=SYSTEM)
    await street.settle()
    (sent,) = (await market.ask(ListPayouts(), by=SYSTEM)).items
    state = await market.execute(ReconcilePayout(payout_id=sent.payout_id), by=SYSTEM)
    books = street.opened.adapters.payments.books
    (payment,), (payout,) = [await books.rows(entry) for entry in (Entry.PAYMENT, Entry.PAYOUT)]

    await script.do(f"payouts/{payout.reference}/return", {"failure_code": "account_closed"})
    dispute = await script.do("disputes", {"payment": payment.reference})
    await script.do(f"disputes/{dispute['id']}/advance", {"status": "lost"})
    await street.settle()
    unheard = await differences(street)
    await asked(street)
    (found,) = (await market.ask(ListDisputes(), by=SYSTEM)).items
    (returned,) = (await market.ask(ListPayouts(), by=SYSTEM)).items
    await asked(street)

    assert state is PayoutState.PAID
    assert {"dispute_unknown", "payout_returned"} <= set(unheard)
    assert (found.state, returned.state) == (DisputeState.LOST, PayoutState.RETURNED)
    assert await differences(street) == []
    assert await market.ask(AuditBooks(), by=SYSTEM) == ()


async def test_the_provider_is_asked_at_the_start_and_every_hour(street: Street) -> None:
    loop = loops(street.opened, payout_sweep_seconds=60)["news"]

    assert (loop.rest_seconds, NEWS_SECONDS) == (NEWS_SECONDS, 3_600)
    assert await loop.step() == 0
