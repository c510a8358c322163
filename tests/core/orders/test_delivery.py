"""Shops say what their parcels cost."""

import pytest

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn
from marketplace_core.kernel.ids import SellerId
from marketplace_core.orders import DeliveryTerms, QuoteChanged, SetDelivery, ViewDelivery, ViewOrder
from marketplace_core.testing.conformance.orders import ADA
from tests.core.orders.house import ADAS_SHOP, ANN_HERSELF, BOBS_SHOP, OPERATOR, House, euros

FLAT = DeliveryTerms(fee_minor=700)


async def test_a_shop_that_has_said_nothing_delivers_on_the_marketplaces_terms(house: House) -> None:
    found = await house.ask(ViewDelivery(seller_id=ADA), ANONYMOUS)

    assert (found.terms, found.is_own) == (DeliveryTerms(fee_minor=490, free_from_minor=5_000), False)


async def test_what_a_shop_says_counts_for_the_next_quote_and_not_for_its_neighbour(house: House) -> None:
    await house.execute(SetDelivery(seller_id=ADA, terms=FLAT), ADAS_SHOP)

    quote = await house.quote()

    assert [group.delivery for group in quote.groups] == [euros(700), euros(0)]
    assert (await house.ask(ViewDelivery(seller_id=ADA), ANONYMOUS)).is_own
    assert (await house.execute(house.order_of(quote))).total == euros(2_700 + 6_000)


async def test_a_quote_given_under_other_terms_is_refused_and_nothing_is_ordered(house: House) -> None:
    quote = await house.quote()
    await house.execute(SetDelivery(seller_id=ADA, terms=FLAT), ADAS_SHOP)

    with pytest.raises(QuoteChanged):
        await house.execute(house.order_of(quote))

    assert house.count("orders_orders") == 0


async def test_orders_keep_the_delivery_they_were_placed_with(house: House) -> None:
    placed = await house.place()
    await house.execute(SetDelivery(seller_id=ADA, terms=FLAT), ADAS_SHOP)

    order = await house.ask(ViewOrder(order_id=placed.order_id), ANN_HERSELF)

    assert order.seller_orders[0].delivery == euros(490)


async def test_a_shop_may_go_back_to_the_marketplaces_terms(house: House) -> None:
    await house.execute(SetDelivery(seller_id=ADA, terms=FLAT), ADAS_SHOP)
    await house.execute(SetDelivery(seller_id=ADA, terms=None), OPERATOR)

    assert not (await house.ask(ViewDelivery(seller_id=ADA), ANONYMOUS)).is_own


async def test_nobody_sets_the_terms_of_another_shop(house: House) -> None:
    for by, refusal in ((BOBS_SHOP, NotFound), (ANN_HERSELF, NotAllowed), (ANONYMOUS, NotSignedIn)):
        with pytest.raises(refusal):
            await house.execute(SetDelivery(seller_id=SellerId(ADA), terms=FLAT), by)

    assert house.count("orders_deliveries") == 0
