"""What whoever tells payments what was sold must do."""

import pytest
from attrs import frozen

from marketplace_core.kernel.ids import OfferId, SellerOrderId
from marketplace_core.payments.claims import (
    SoldLine,
)
from marketplace_core.payments.ports import SoldGoods
from marketplace_core.testing.payments import euros

SOLD = SellerOrderId("sor_0001_1")
"""A seller order of two things at 10.00 each, paid or not."""
THE_LINE = SoldLine(offer_id=OfferId("off_0001"), title="Thing 1 — Blue / M", quantity=2, total=euros(2_000))


@frozen(kw_only=True)
class SoldGoodsGround:
    """Somebody who knows of ``SOLD`` that ``THE_LINE`` is all of it, and of another part of its order."""

    goods: SoldGoods


@pytest.mark.conformance
class SoldGoodsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> SoldGoodsGround:
        """Return a ground."""
        raise NotImplementedError

    async def test_the_lines_of_a_seller_order_are_told_and_no_others_of_its_order(
        self, ground: SoldGoodsGround
    ) -> None:
        assert list(await ground.goods.lines(SOLD)) == [THE_LINE]

    async def test_of_a_missing_seller_order_nothing_was_sold(self, ground: SoldGoodsGround) -> None:
        assert list(await ground.goods.lines(SellerOrderId("sor_none"))) == []
