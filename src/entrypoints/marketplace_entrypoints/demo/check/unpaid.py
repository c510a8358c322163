"""An order that is never paid: its card is declined, its time runs out, and nothing of it stays behind."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.buying import decline, in_state, order_twice, still_unpaid
from marketplace_entrypoints.demo.check.outsider import Outsider, eventually, require
from marketplace_entrypoints.demo.check.selling import DOORMAT, OpenedShop
from marketplace_entrypoints.demo.check.steps import Steps

SIXTEEN_MINUTES: Final = 16 * 60.0
QUANTITY: Final = 2
EXPIRES: Final = "A quarter of an hour passes, and the order expires"
COMES_BACK: Final = "The goods are back, and the books know nothing of it"
WITHOUT_CLOCK: Final = "the clock of this marketplace is not at hand"


@frozen(kw_only=True)
class ForgottenOrder:
    """What became of it: its state, the stock before, meanwhile and after, and how much of it is in the books.

    Where its time could not run out, it is as it was meanwhile, and the books were not asked again.
    """

    order_id: str
    state: str
    stock_before: int
    stock_meanwhile: int
    stock_after: int
    ledger_rows: int | None


async def abandon(
    steps: Steps, buyer: Outsider, shop: OpenedShop, books: Books, advance: Callable[[float], None] | None
) -> ForgottenOrder:
    """Walk it; ``advance`` moves the marketplace's clock by seconds, where that is possible. Raises ``StepFailed``."""
    product_id = shop.products[DOORMAT.handle]
    async with steps.step("Another buyer orders, and the goods are held for her"):
        await buyer.register()
        before = await _available(buyer, product_id)
        offer_id = shop.offers[DOORMAT.forms[0].sku]
        await buyer.post("/v1/cart/lines", {"offer_id": offer_id, "quantity": QUANTITY})
        placed = await order_twice(buyer, await buyer.get("/v1/checkout/quote"))
        meanwhile = await _available(buyer, product_id)
        require(meanwhile == before - QUANTITY, f"{before} were available, and while {QUANTITY} are held {meanwhile}.")
    order_id, payment = placed["order_id"], placed["payment"]
    async with steps.step("Her only card is declined: nothing is paid, nothing is booked"):
        await decline(buyer, payment)
        await still_unpaid(buyer, books, order_id, payment)
    after, rows = meanwhile, None
    if advance is None:
        for sentence in (EXPIRES, COMES_BACK):
            steps.leave_out(sentence, WITHOUT_CLOCK)
        order = await buyer.get(f"/v1/orders/{order_id}")
    else:
        async with steps.step(EXPIRES):
            advance(SIXTEEN_MINUTES)
            order = await eventually(lambda: in_state(buyer, order_id, "expired"), "The unpaid order did not expire.")
        async with steps.step(COMES_BACK):
            after = await _available(buyer, product_id)
            require(after == before, f"{before} were available, and now {after} are.")
            rows = await ledger_rows(books, order)
            require(rows == 0, f"The unpaid order is in {rows} rows of the ledger.")
    return ForgottenOrder(
        order_id=order_id,
        state=order["state"],
        stock_before=before,
        stock_meanwhile=meanwhile,
        stock_after=after,
        ledger_rows=rows,
    )


async def _available(buyer: Outsider, product_id: str) -> int:
    product = (await buyer.http.get(f"/v1/products/{product_id}")).json()
    return sum(variant["available"] for variant in product["variants"])


async def ledger_rows(books: Books, order: Mapping[str, Any]) -> int:
    """Count the transfers anywhere in the books that name the order's payment or a part of it."""
    names = {order["payment"]["payment_id"], *(part["seller_order_id"] for part in order["seller_orders"])}
    rows = 0
    async for journal in books.all_journals():
        if names & _named(journal):
            rows += len(journal["transfers"])
    return rows


def _named(journal: Mapping[str, Any]) -> set[str]:
    codes = {code for transfer in journal["transfers"] for code in (transfer["debit"], transfer["credit"])}
    return {part for text in (journal["source_id"], *codes) for part in text.split(":")}
