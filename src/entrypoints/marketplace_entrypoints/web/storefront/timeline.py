"""What happened to a parcel and to the money for it, what happens next, and what makes it happen: in sentences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from marketplace_core.orders import DeliveryProof, SellerOrderState, SellerOrderView
from marketplace_core.payments import Awaits, HoldState, OrderHold, RefundView
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.storefront.moments import Moment
from marketplace_entrypoints.web.storefront.refunds import in_order, refund_moments

ARRIVED: Final[Mapping[DeliveryProof, str]] = {
    DeliveryProof.BUYER: msg("You said that it has arrived."),
    DeliveryProof.CARRIER: msg("The carrier says that it has arrived."),
    DeliveryProof.OPERATOR: msg("We have established that it has arrived."),
    DeliveryProof.SELLER: msg("The shop says that it has arrived."),
}


def moments(
    language: Language,
    parcel: SellerOrderView,
    hold: OrderHold | None,
    refunds: Sequence[RefundView] = (),
    *,
    was_paid: bool = False,
) -> Sequence[Moment]:
    """Tell the story of a parcel, oldest first; without a hold, that of the goods alone.

    ``was_paid`` says that money came for an order that was called off all the same.
    """
    say = language.say
    if parcel.state is SellerOrderState.CANCELLED:
        return [
            Moment(words=say("Ordered."), at=parcel.placed_at),
            Moment(
                words=say("Called off.") if was_paid else say("Called off. Nothing was taken from you for it."),
                at=_reached(parcel, "cancelled"),
            ),
        ]
    story = [Moment(words=say("Ordered."), at=parcel.placed_at)]
    paid = _reached(parcel, "confirmed")
    if paid is not None:
        story.append(_held(language, parcel, hold, paid))
    if parcel.shipment is not None:
        words = say("Sent with %(carrier)s, number %(tracking)s.", **_tracking(parcel))
        story.append(Moment(words=words, at=parcel.shipment.shipped_at))
    elif paid is not None:
        story.append(Moment(words=say("The shop packs and sends it."), look="ahead"))
    if parcel.arrival is not None:
        story.append(Moment(words=say(ARRIVED[parcel.arrival.proof]), at=parcel.arrival.delivered_at))
    for refund in refunds:
        story.extend(refund_moments(language, parcel.seller_name, refund))
    if hold is not None:
        story.extend(_ahead(language, parcel, hold))
    return in_order(story)


def _held(language: Language, parcel: SellerOrderView, hold: OrderHold | None, paid: datetime) -> Moment:
    if hold is None or hold.state not in {HoldState.HELD, HoldState.FROZEN}:
        return Moment(words=language.say("Paid."), at=paid)
    words = language.say(
        "Paid. We hold %(amount)s for you; %(shop)s does not have it yet.",
        amount=language.money(hold.held),
        shop=parcel.seller_name,
    )
    return Moment(words=words, at=paid, look="held")


def _ahead(language: Language, parcel: SellerOrderView, hold: OrderHold) -> Sequence[Moment]:
    """Say what lets the money go, until when it is held, or where it went."""
    say, shop, held = language.say, parcel.seller_name, language.money(hold.held)
    match hold.awaits:
        case Awaits.PAYMENT:
            share = language.money(hold.share)
            words = say("Once you have paid, %(amount)s is held until this parcel has arrived.", amount=share)
            return [Moment(words=words, look="ahead")]
        case Awaits.RECEIPT:
            words = say("When it has arrived, the held payment of %(amount)s goes to %(shop)s.", amount=held, shop=shop)
            limit = _limit(language, hold)
            return [Moment(words=words, look="ahead"), *limit]
        case Awaits.DATE if hold.release_at is not None:
            words = say(
                "Held until %(date)s. Then %(amount)s is passed on to %(shop)s by itself, "
                "sooner if you confirm the receipt.",
                date=language.moment(hold.release_at),
                amount=held,
                shop=shop,
            )
            return [Moment(words=words, look="ahead")]
        case Awaits.OPERATOR:
            words = say("We are looking into this parcel. Until that is settled, %(amount)s stays held.", amount=held)
            return [Moment(words=words, look="held")]
        case _ if hold.state is HoldState.RELEASED:
            words = say("The payment of %(amount)s went to %(shop)s.", amount=language.money(hold.released), shop=shop)
            return [Moment(words=words, at=hold.released_at)]
        case _:
            return []


def _limit(language: Language, hold: OrderHold) -> Sequence[Moment]:
    if hold.hold_deadline is None:
        return []
    words = language.say(
        "Held until %(date)s at the latest. If nothing has arrived by then, we look into it; nothing goes to the shop.",
        date=language.date(hold.hold_deadline),
    )
    return [Moment(words=words, look="ahead")]


def _reached(parcel: SellerOrderView, state: str) -> datetime | None:
    return next((step.at for step in parcel.timeline if step.what == state), None)


def _tracking(parcel: SellerOrderView) -> Mapping[str, str]:
    assert parcel.shipment is not None
    return {"carrier": parcel.shipment.carrier, "tracking": parcel.shipment.tracking}
