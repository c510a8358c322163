"""What happened to a parcel and to the money for it, what happens next, and what makes it happen: in sentences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import (
    CalledOff,
    Cause,
    DeliveryProof,
    SellerOrderState,
    SellerOrderView,
    Shipment,
    Units,
)
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
SOME_ARRIVED: Final[Mapping[DeliveryProof, str]] = {
    DeliveryProof.BUYER: msg("%(what)s: you said that it has arrived."),
    DeliveryProof.CARRIER: msg("%(what)s: the carrier says that it has arrived."),
    DeliveryProof.OPERATOR: msg("%(what)s: we have established that it has arrived."),
    DeliveryProof.SELLER: msg("%(what)s: the shop says that it has arrived."),
}
NOT_SENT: Final[Mapping[Cause, str]] = {
    Cause.OUT_OF_STOCK: msg("%(what)s: sold out before your payment came."),
    Cause.DECLINED: msg("%(shop)s cannot send %(what)s."),
    Cause.NOT_ACCEPTED: msg("%(what)s: %(shop)s did not accept it in time."),
    Cause.NOT_SHIPPED: msg("%(what)s: %(shop)s did not send it in time."),
    Cause.BUYER: msg("%(what)s: you called it off."),
    Cause.SELLER: msg("%(what)s: %(shop)s called it off."),
    Cause.OPERATOR: msg("%(what)s: we called it off."),
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
    if parcel.state is SellerOrderState.CANCELLED and not parcel.called_off:
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
    titles = {line.offer_id: line.title for line in parcel.lines}
    story.extend(_sent(language, one, titles, len(parcel.parcels) > 1) for one in parcel.parcels)
    story.extend(_arrived(language, parcel, titles))
    story.extend(_not_sent(language, parcel, one, titles) for one in parcel.called_off)
    if parcel.state is SellerOrderState.CONFIRMED:
        story.append(Moment(words=say("The shop has three days to accept it."), look="ahead"))
    elif paid is not None and parcel.open_units:
        words = say("The shop sends the rest.") if parcel.parcels else say("The shop packs and sends it.")
        story.append(Moment(words=words, look="ahead"))
    back = _reached(parcel, SellerOrderState.RETURNED_TO_SENDER.value)
    if back is not None:
        story.append(Moment(words=say("It could not be delivered and went back to the shop."), at=back))
    if parcel.arrival is not None:
        story.append(Moment(words=say(ARRIVED[parcel.arrival.proof]), at=parcel.arrival.delivered_at))
    for refund in refunds:
        story.extend(refund_moments(language, parcel.seller_name, refund))
    if hold is not None:
        story.extend(_passed_on(language, parcel, hold))
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


def _passed_on(language: Language, parcel: SellerOrderView, hold: OrderHold) -> Sequence[Moment]:
    """Say what went to the shop for parcels that arrived, while the rest is held."""
    if hold.released_at is None or hold.state not in {HoldState.HELD, HoldState.FROZEN}:
        return []
    words = language.say(
        "%(amount)s of the payment went to %(shop)s for what has arrived.",
        amount=language.money(hold.released),
        shop=parcel.seller_name,
    )
    return [Moment(words=words, at=hold.released_at)]


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
        case Awaits.OPERATOR if any(reason.startswith("claim:") for reason in hold.freezes):
            words = say("Your claim is open. Until it is closed, %(amount)s stays held.", amount=held)
            return [Moment(words=words, look="held")]
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


def _sent(language: Language, parcel: Shipment, titles: Mapping[OfferId, str], one_of_several: bool) -> Moment:
    where = {"carrier": parcel.carrier, "tracking": parcel.tracking}
    if not one_of_several:
        words = language.say("Sent with %(carrier)s, number %(tracking)s.", **where)
    else:
        what = named(parcel.lines, titles)
        words = language.say("%(what)s: sent with %(carrier)s, number %(tracking)s.", what=what, **where)
    return Moment(words=words, at=parcel.shipped_at)


def _arrived(language: Language, part: SellerOrderView, titles: Mapping[OfferId, str]) -> Sequence[Moment]:
    """Tell of each parcel of several that has arrived; one that is the whole is told of as the whole."""
    if len(part.parcels) == 1 and not part.open_units:
        return []
    return [
        Moment(words=language.say(SOME_ARRIVED[one.proof], what=named(one.lines, titles)), at=one.delivered_at)
        for one in part.parcels
        if one.proof is not None
    ]


def _not_sent(language: Language, part: SellerOrderView, gone: CalledOff, titles: Mapping[OfferId, str]) -> Moment:
    words = language.say(NOT_SENT[gone.cause], shop=part.seller_name, what=named(gone.lines, titles))
    return Moment(words=f"{words} \u201c{gone.note}\u201d" if gone.note else words, at=gone.at)


def named(lines: Sequence[Units], titles: Mapping[OfferId, str]) -> str:
    """Name so many of each line."""
    return ", ".join(f"{one.quantity} × {titles.get(one.offer_id, one.offer_id)}" for one in lines)
