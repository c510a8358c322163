"""Money back, as its buyer sees it: what they asked for, what was decided, and how far it has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments import OrderHold, RefundState, RefundView
from marketplace_entrypoints.web.language import Language
from marketplace_entrypoints.web.storefront.moments import Moment

DECIDED_WITHIN: Final = timedelta(days=7)
"""After this long a wish that nobody has decided about is approved."""


def of_parcel(refunds: Sequence[RefundView], seller_order_id: SellerOrderId) -> list[RefundView]:
    """Return the refunds that concern a parcel, oldest first, each with the amount of that parcel alone."""
    found = (refund.for_seller_order(seller_order_id) for refund in reversed(refunds))
    return [refund for refund in found if refund is not None]


def of_nothing(refunds: Sequence[RefundView], currency: str) -> Money:
    """Return what goes back of a payment that did not fit the order and never was any shop's."""
    alive = {RefundState.APPROVED, RefundState.SUBMITTED, RefundState.PENDING, RefundState.SUCCEEDED}
    return total([one.amount for one in refunds if not one.parts and one.state in alive], currency)


def askable(hold: OrderHold | None, refunds: Sequence[RefundView]) -> Money | None:
    """Return how much a buyer may ask for of a parcel; None while a wish of theirs or a refund waits, or nothing is
    left.
    """
    if hold is None or any(refund.state in {RefundState.REQUESTED, RefundState.DUE} for refund in refunds):
        return None
    left = hold.refundable_items + hold.refundable_delivery
    return left or None


def refund_moments(language: Language, shop: str, refund: RefundView) -> list[Moment]:
    """Tell the story of a refund, oldest first."""
    say, amount = language.say, language.money(refund.amount)
    story = []
    asked = refund.requested_by.value == "buyer"
    if asked:
        words = say("You asked for %(amount)s back: \u201c%(reason)s\u201d", amount=amount, reason=refund.reason)
        story.append(Moment(words=words, at=refund.requested_at))
    if refund.approved_at is not None:
        words = say("The refund was agreed to.") if asked else _given(language, shop, refund, amount)
        story.append(Moment(words=words, at=refund.approved_at))
    story.extend(_end(language, shop, refund, amount))
    return story


def _given(language: Language, shop: str, refund: RefundView, amount: str) -> str:
    if refund.requested_by.value == "seller":
        return language.say("%(shop)s gives you %(amount)s back.", shop=shop, amount=amount)
    return language.say("We give you %(amount)s back.", amount=amount)


def _end(language: Language, shop: str, refund: RefundView, amount: str) -> list[Moment]:
    say, at = language.say, refund.ended_at
    match refund.state:
        case RefundState.REQUESTED:
            by = language.date(refund.requested_at + DECIDED_WITHIN)
            words = say(
                "%(shop)s decides about it. Without an answer by %(date)s the money comes back.", shop=shop, date=by
            )
            return [Moment(words=words, look="ahead")]
        case RefundState.DUE:
            return [
                Moment(
                    words=say("%(amount)s is yours. It did not get through; we try again.", amount=amount), look="ahead"
                )
            ]
        case RefundState.REJECTED:
            return [Moment(words=say("It was refused: \u201c%(note)s\u201d", note=refund.note or ""), at=at)]
        case RefundState.APPROVED | RefundState.SUBMITTED | RefundState.PENDING:
            return [Moment(words=say("%(amount)s is on its way back to you.", amount=amount), look="ahead")]
        case RefundState.SUCCEEDED:
            words = say(
                "%(amount)s went back the way you paid. Your bank may take some days to show it.", amount=amount
            )
            return [Moment(words=words, at=at)]
        case RefundState.BOUNCED:
            words = say(
                "Your bank returned %(amount)s. It is still yours: we find another way to pay it.", amount=amount
            )
            return [Moment(words=words, look="ahead")]
        case RefundState.SETTLED:
            return [Moment(words=say("%(amount)s was paid to you another way.", amount=amount), at=at)]
        case RefundState.FAILED:
            return [Moment(words=say("The refund did not go through; the money is where it was."), at=at)]
        case RefundState.CANCELLED:
            return [Moment(words=say("The refund was called back before it was sent."), at=at)]


def in_order(story: Sequence[Moment]) -> list[Moment]:
    """Put what happened in the order of its time, and what is still ahead after it."""
    past = [moment for moment in story if moment.at is not None]
    return sorted(past, key=_time) + [moment for moment in story if moment.at is None]


def _time(moment: Moment) -> datetime:
    assert moment.at is not None
    return moment.at
