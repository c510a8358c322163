"""Parcels of one shop that arrive one by one: what is on its way, and what its buyer can say about each."""

from collections.abc import Sequence

from attrs import frozen

from marketplace_core.orders import DeliveryProof, SellerOrderState, SellerOrderView, Shipment
from marketplace_core.payments import OrderHold
from marketplace_entrypoints.web.storefront.timeline import named

SOME_ARE_SENT = (SellerOrderState.PART_SHIPPED, SellerOrderState.SHIPPED)


@frozen(kw_only=True)
class OnItsWay:
    """One parcel of several whose arrival its buyer has not confirmed yet; ``what`` names the goods in it."""

    shipment: Shipment
    what: str


def on_their_way(part: SellerOrderView, hold: OrderHold | None) -> Sequence[OnItsWay]:
    """Return the parcels to be confirmed one by one; none where one word about the whole says the same."""
    held = hold is not None and hold.held.amount_minor > 0
    if part.state not in SOME_ARE_SENT and not (part.state is SellerOrderState.DELIVERED and held):
        return ()
    unconfirmed = [one for one in part.parcels if one.proof is not DeliveryProof.BUYER]
    if len(unconfirmed) + bool(part.open_units) < 2:
        return ()
    titles = {line.offer_id: line.title for line in part.lines}
    return [OnItsWay(shipment=one, what=named(one.lines, titles)) for one in unconfirmed]
