"""What every store of delivery terms must do."""

import pytest

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.errors import OrderNotFound
from marketplace_core.testing.conformance.orders import ADA, BOB, OrdersGround


@pytest.mark.conformance
class DeliveriesConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_shops_without_terms_of_their_own_are_left_out(self, ground: OrdersGround) -> None:
        async with ground.begin() as work:
            await work.deliveries.put(ADA, DeliveryTerms(fee_minor=500, free_from_minor=4_000))

            assert await work.deliveries.of({ADA, BOB}) == {ADA: DeliveryTerms(fee_minor=500, free_from_minor=4_000)}

        assert await ground.reader.delivery_terms({BOB}) == {}
        assert await ground.reader.delivery_terms(()) == {}

    async def test_the_last_word_counts_and_giving_up_twice_is_no_error(self, ground: OrdersGround) -> None:
        found = []
        for terms in (
            DeliveryTerms(fee_minor=500, free_from_minor=4_000),
            DeliveryTerms(fee_minor=0),
            DeliveryTerms(fee_minor=0, free_from_minor=0),
            None,
            None,
        ):
            async with ground.begin() as work:
                await work.deliveries.put(ADA, terms)
            found.append((await ground.reader.delivery_terms({ADA})).get(ADA))

        assert found == [
            DeliveryTerms(fee_minor=500, free_from_minor=4_000),
            DeliveryTerms(fee_minor=0),
            DeliveryTerms(fee_minor=0, free_from_minor=0),
            None,
            None,
        ]

    async def test_what_fails_leaves_them_as_they_were(self, ground: OrdersGround) -> None:
        with pytest.raises(OrderNotFound):
            async with ground.begin() as work:
                await work.deliveries.put(ADA, DeliveryTerms(fee_minor=500))
                await work.orders.get(OrderId("ord_none"))

        assert await ground.reader.delivery_terms({ADA}) == {}
