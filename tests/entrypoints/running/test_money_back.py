"""Money that comes back in a running marketplace: told by the provider, booked by the worker, equal to the cent."""

import asyncio
from typing import Any, Final

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.payments import RefundWish, RequestRefund
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from tests.entrypoints.running.people import Person, appoint, join
from tests.entrypoints.running.processes import Make, Running, until
from tests.entrypoints.running.records import rows
from tests.entrypoints.running.trade import add_category, at_provider, offer, open_shop, order, pay

PRICE_MINOR: Final = 2_500
REFUNDED_MINOR: Final = 700
DISPUTED_MINOR: Final = 1_000


async def _give_back(running: Running, placed: dict[str, Any]) -> None:
    wish = RefundWish(
        seller_order_id=SellerOrderId(placed["seller_orders"][0]["seller_order_id"]), items_minor=REFUNDED_MINOR
    )
    request = RequestRefund(order_id=OrderId(placed["order_id"]), reason="Chipped.", wishes=(wish,))
    async with open_marketplace(running.settings) as opened:
        await opened.market.execute(request, by=SYSTEM)


def await_state(running: Running, table: str, state: str) -> str:
    """Wait until the one row of a table is there and in a state; return the provider's name of it."""
    until(lambda: rows(running, f"SELECT 1 FROM {table} WHERE state = ?", state), what=f"{table} are {state}")
    ((reference,),) = rows(running, f"SELECT reference FROM {table}")
    return str(reference)


def await_agreement(running: Running, operator: Person) -> None:
    """Wait until our books have at the provider what the provider has of ours, and the audit finds nothing."""

    def agree() -> bool:
        (there,) = at_provider(running, "/v1/balance", method="GET")["balances"]
        ours = operator.get("/v1/ledger/trial-balance")["rows"]
        (psp,) = [row["balance"]["amount_minor"] for row in ours if row["kind"] == "psp"]
        return bool(psp == there["available_minor"] + there["pending_minor"])

    until(agree, what="both books say the same")
    assert operator.get("/v1/ledger/audit") == {"violations": []}
    assert at_provider(running, "/v1/audit", method="GET")["sound"]


def test_refunds_and_disputes_are_booked_as_the_provider_tells_them_twice(marketplaces: Make) -> None:
    running = marketplaces()
    running.start_server()
    running.start_worker()
    operator = appoint(running, "Operator")
    add_category(operator)
    goods = offer(open_shop(operator, "Clay and Co"), "Something", price_minor=PRICE_MINOR)
    at_provider(running, "/test/webhooks", {"behaviour": "duplicate"})
    buyer = join(running, "Anna")
    placed = order(buyer, goods)
    pay(buyer, placed)
    payment = await_state(running, "payments_payments", "captured")

    asyncio.run(_give_back(running, placed))
    refund = await_state(running, "payments_refunds", "succeeded")
    await_agreement(running, operator)
    at_provider(running, f"/test/refunds/{refund}/bounce", {"failure_code": "expired_or_canceled_card"})
    await_state(running, "payments_refunds", "bounced")
    await_agreement(running, operator)
    dispute = at_provider(running, "/test/disputes", {"payment": payment, "amount_minor": DISPUTED_MINOR})["id"]
    assert await_state(running, "payments_disputes", "needs_response") == dispute
    await_agreement(running, operator)
    at_provider(running, f"/test/disputes/{dispute}/advance", {"status": "lost"})
    await_state(running, "payments_disputes", "lost")
    at_provider(running, f"/test/disputes/{dispute}/advance", {"status": "won"})
    await_state(running, "payments_disputes", "won")
    await_agreement(running, operator)
