"""The catalog as the orders context needs it."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.catalog import (
    CatalogReader,
    CommitStock,
    HoldPart,
    HoldStock,
    OfferCard,
    ReleaseStock,
    RestockSold,
    StockLine,
)
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId, OrderId
from marketplace_core.kernel.messages import Handler
from marketplace_core.orders import Demand, OfferOnSale, Units
from marketplace_core.orders.ports import Quotes

SOLD_OUT: Final = "sold_out"
"""The catalog's reason for an empty shelf: no obstacle for an order, because only the hold decides about stock."""


@frozen(kw_only=True)
class CatalogQuotes(Quotes):
    """Offers and their stock. The handlers are the catalog's own, run inside the order's transaction."""

    reader: CatalogReader
    hold_stock: Handler
    hold_stock_part: Handler
    commit_stock: Handler
    release_stock: Handler
    restock_sold: Handler

    async def offers(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferOnSale]:
        """Read them."""
        if not offer_ids:
            return {}
        cards = await self.reader.offer_cards(offer_ids)
        return {offer_id: _on_sale(card) for offer_id, card in cards.items()}

    async def hold(self, order_id: OrderId, demand: Sequence[Demand]) -> None:
        """Hold the stock."""
        await self.hold_stock(HoldStock(order_id=order_id, lines=_lines(demand)), SYSTEM)

    async def hold_part(self, order_id: OrderId, units: Sequence[Units]) -> bool:
        """Hold these lines."""
        held: bool = await self.hold_stock_part(HoldPart(order_id=order_id, lines=_lines(units)), SYSTEM)
        return held

    async def restock(self, order_id: OrderId, units: Sequence[Units]) -> None:
        """Put sold units back."""
        await self.restock_sold(RestockSold(order_id=order_id, lines=_lines(units)), SYSTEM)

    async def commit(self, order_id: OrderId) -> None:
        """Sell it."""
        await self.commit_stock(CommitStock(order_id=order_id), SYSTEM)

    async def release(self, order_id: OrderId) -> None:
        """Put it back."""
        await self.release_stock(ReleaseStock(order_id=order_id), SYSTEM)


def _lines(wanted: Sequence[Demand | Units]) -> tuple[StockLine, ...]:
    return tuple(StockLine(offer_id=one.offer_id, quantity=one.quantity) for one in wanted)


def _on_sale(card: OfferCard) -> OfferOnSale:
    for_sale = card.purchasable or card.reason == SOLD_OUT
    return OfferOnSale(
        offer_id=card.offer_id,
        product_id=card.product_id,
        seller_id=card.seller_id,
        seller_name=card.seller_name,
        title=card.title,
        variant_title=card.variant_title,
        sku=card.sku,
        unit_price=card.price,
        available=card.available,
        obstacle=None if for_sale else card.reason or "not_for_sale",
        image_url=card.image_url,
    )
