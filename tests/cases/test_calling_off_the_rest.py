"""Some of an order has gone back; then all of it is called off (D41)."""

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.orders import CancelOrder
from marketplace_core.payments import RefundWish, RequestRefund
from tests.bazaar.bazaar import open_bazaar
from tests.bazaar.ground import GOOD
from tests.bazaar.invariants import always


async def test_what_went_back_already_does_not_go_back_again() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ann, olga = bazaar.people["Ann"], bazaar.people["Olga"]
        order_id = await bazaar.order("Ann", {bazaar.offers[0]: 2, bazaar.offers[2]: 1})
        assert order_id is not None
        await bazaar.show_card(order_id, GOOD)
        await bazaar.give(1_000)
        await bazaar.settle()
        part = SellerOrderId(bazaar.rows("orders_seller_orders")[0].seller_order_id)
        wish = RefundWish(seller_order_id=part, items_minor=700)
        await bazaar.market.execute(RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,)), by=olga)

        await bazaar.market.execute(CancelOrder(order_id=order_id), by=ann)
        await bazaar.settle()

        paid = bazaar.rows("payments_payments")[0].captured.amount_minor
        refunds = [refund.amount.amount_minor for refund in bazaar.rows("payments_refunds")]
        assert 700 in refunds
        assert sum(refunds) == paid
        assert {refund.state.value for refund in bazaar.rows("payments_refunds")} == {"succeeded"}
        assert {row.level.available for row in bazaar.rows("catalog_stock")} == {12}
        await always(bazaar)
