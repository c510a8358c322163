"""What buyers and sellers do."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import CancelOrder, MarkDelivered, RejectPayment, ShipSellerOrder
from marketplace_core.payments import (
    ReconcilePayment,
)
from tests.bazaar.bazaar import OURS, THEIRS
from tests.bazaar.ground import BASKETS, BUYERS, CARDS, GOOD, PICK, Ground


class Trade(Ground):
    """Rules of buying and sending."""

    orders = Ground.orders

    @rule(target=orders, buyer=BUYERS, basket=BASKETS, card=CARDS)
    def buy(self, buyer: str, basket: Mapping[int, int], card: str) -> Any:
        order_id = self.act("buy", self._buy(buyer, basket, card))
        return self._known(order_id)

    @rule(target=orders, buyer=BUYERS, basket=BASKETS, swept=st.booleans())
    def buy_and_get_everything(self, buyer: str, basket: Mapping[int, int], swept: bool) -> Any:
        return self._known(self.act("buy and get", self._buy_and_get(buyer, basket, swept)))

    async def _buy_and_get(self, buyer: str, basket: Mapping[int, int], swept: bool) -> OrderId | None:
        order_id = await self._buy(buyer, basket, GOOD)
        if order_id is not None:
            await self._all_arrives(order_id)
            if swept:
                await self.bazaar.pass_time(hours=1)
        return order_id

    @rule(target=orders, buyer=BUYERS, basket=BASKETS)
    def order(self, buyer: str, basket: Mapping[int, int]) -> Any:
        wanted = {self.bazaar.offers[index]: quantity for index, quantity in basket.items()}
        return self._known(self.act("order", self.bazaar.order(buyer, wanted)))

    @rule(target=orders, buyer=BUYERS, basket=BASKETS, voucher=st.sampled_from([OURS, THEIRS]))
    def buy_with_a_voucher(self, buyer: str, basket: Mapping[int, int], voucher: str) -> Any:
        return self._known(self.act(f"buy with {voucher}", self._buy(buyer, basket, GOOD, voucher)))

    @rule(order_id=orders, card=CARDS)
    def pay(self, order_id: OrderId, card: str) -> None:
        self.act("pay", self.bazaar.show_card(order_id, card))

    @rule(order_id=orders, missing_minor=st.sampled_from([1, 7]))
    def pay_too_little(self, order_id: OrderId, missing_minor: int) -> None:
        """The provider takes less than was asked for, and says so from the first."""
        self.act("pay too little", self._pay_too_little(order_id, missing_minor))

    async def _pay_too_little(self, order_id: OrderId, missing_minor: int) -> None:
        assert self.bazaar.fakepay.script is not None
        await self.bazaar.fakepay.script.forget("faults")
        there, payment_id = await self.bazaar.payment_there(order_id), self._order(order_id).payment_id
        if there is None or there.state.value != "created" or there.amount.amount_minor <= missing_minor:
            return
        await self.bazaar.spend(missing_minor)
        self.bazaar.misreports.short_minor[there.payment_id] = missing_minor
        await self.bazaar.show_card(order_id, GOOD)
        paid = await self.bazaar.misreports.inner.find(payment_id)
        assert paid is not None
        assert paid.state.value == "captured"

    @rule(order_id=orders, approve=st.booleans())
    def answer_the_bank(self, order_id: OrderId, approve: bool) -> None:
        self.act("answer the bank", self.bazaar.authenticate(order_id, approve=approve))

    @rule(order_id=orders)
    def come_back_from_paying(self, order_id: OrderId) -> None:
        order = self._order(order_id)
        by = self._buyer(order_id)
        self.act("come back", self.bazaar.do(ReconcilePayment(payment_id=order.payment_id), by))

    @rule(order_id=orders)
    def call_off(self, order_id: OrderId) -> None:
        self.act("call off", self.bazaar.do(CancelOrder(order_id=order_id), self._buyer(order_id)))

    @rule(order_id=orders)
    def reject_the_payment(self, order_id: OrderId) -> None:
        self.act("reject payment", self.bazaar.do(RejectPayment(order_id=order_id), self.operator))

    @rule(order_id=orders, pick=PICK)
    def ship(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        command = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1")
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("ship", self.bazaar.do(command, self._seller(part)))

    @rule(order_id=orders, pick=PICK)
    def say_it_was_delivered(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act(
                "deliver",
                self.bazaar.do(MarkDelivered(seller_order_id=part.seller_order_id), self._seller(part)),
            )

    @rule(order_id=orders, pick=PICK)
    def confirm(self, order_id: OrderId, pick: int) -> None:
        part = self._part(order_id, pick)
        with self.bazaar.touching(order_id, part.seller_order_id):
            self.act("confirm", self._confirm(part))
