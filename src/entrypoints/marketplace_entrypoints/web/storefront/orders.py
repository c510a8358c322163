"""What somebody has ordered: where it stands, what is held of the money, and what they can do about it."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from attrs import frozen
from starlette.responses import Response

from marketplace_core.kernel.errors import MarketplaceError, NotFound
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import (
    AlreadyPaid,
    CancelOrder,
    CancelSellerOrder,
    ConfirmReceipt,
    IllegalTransition,
    ListOrders,
    MalformedNote,
    MoneyDisputed,
    OrderState,
    OrderSummary,
    OrderView,
    ParcelNotFound,
    PaymentInProgress,
    SellerOrderState,
    SellerOrderView,
    ViewOrder,
    ViewOrderByLink,
)
from marketplace_core.payments import (
    ListRefunds,
    OrderHold,
    RefundView,
    ViewOrderHolds,
)
from marketplace_core.payments.claims import ClaimForecast, ClaimView, ForeseeClaim, ListClaims
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.claims.history import STATES as CLAIM_STATES
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.storefront.arrivals import OnItsWay, on_their_way
from marketplace_entrypoints.web.storefront.moments import Moment
from marketplace_entrypoints.web.storefront.payment import waits
from marketplace_entrypoints.web.storefront.refunds import askable, of_nothing, of_parcel
from marketplace_entrypoints.web.storefront.timeline import moments
from marketplace_entrypoints.web.visit import Visit

AboutClaims: TypeAlias = tuple[Sequence[ClaimView], ClaimForecast | None]
ORDERS: Final = 20
REFUNDS: Final = 100
LOOKS_MAX: Final = 60
"""How often a page asks again whether the payment has come: every two seconds for two minutes."""


@frozen(kw_only=True)
class Standing:
    """A state in a word and a sentence, and how it looks."""

    word: str
    sentence: str
    look: str


STANDINGS: Final[Mapping[OrderState, Standing]] = {
    OrderState.PENDING_PAYMENT: Standing(
        word=msg("Waiting for payment"),
        sentence=msg("The order waits for your payment. Until then everything in it is kept for you."),
        look="held",
    ),
    OrderState.PAYMENT_REVIEW: Standing(
        word=msg("Being looked into"),
        sentence=msg("Your payment does not fit the order, so we are looking into it. You need not do anything."),
        look="held",
    ),
    OrderState.CONFIRMED: Standing(
        word=msg("Paid"),
        sentence=msg("Your payment has come and is held until your parcels have arrived."),
        look="good",
    ),
    OrderState.CLOSED: Standing(
        word=msg("Completed"), sentence=msg("Everything about this order is settled."), look="good"
    ),
    OrderState.EXPIRED: Standing(
        word=msg("Ran out of time"),
        sentence=msg("No payment came in time, so the order has ended. Nothing was taken; you can order again."),
        look="",
    ),
    OrderState.CANCELLED: Standing(
        word=msg("Called off"), sentence=msg("The order was called off. Nothing was taken from you for it."), look=""
    ),
}
WAITING: Final = Standing(
    word=msg("Payment under way"),
    sentence=msg("Your payment is being worked on. This page changes by itself once it has come."),
    look="calm",
)
GIVEN_BACK: Final = Standing(
    word=msg("Called off"),
    sentence=msg("Your payment did not fit the order, so the order was called off. All of it goes back to you."),
    look="",
)
FALLEN: Final = Standing(
    word=msg("Called off"),
    sentence=msg("Nothing of this order will be sent. All that was left of your payment goes back to you."),
    look="",
)
UNDER_WAY: Final = Standing(
    word=msg("On its way"),
    sentence=msg("Something of it is on its way. Your payment is held, parcel by parcel, until each has arrived."),
    look="calm",
)
ARRIVED: Final = Standing(
    word=msg("Arrived"),
    sentence=msg("Everything has arrived. What became of the money for each parcel is told below."),
    look="good",
)
CANCELLABLE: Final = frozenset({SellerOrderState.CONFIRMED, SellerOrderState.ACCEPTED})
NOT_SENT: Final = frozenset({SellerOrderState.DECLINED, SellerOrderState.CANCELLED})
PARCELS: Final[Mapping[SellerOrderState, Standing]] = {
    SellerOrderState.PENDING: Standing(word=msg("Not paid yet"), sentence="", look="held"),
    SellerOrderState.CONFIRMED: Standing(word=msg("Paid"), sentence="", look="calm"),
    SellerOrderState.ACCEPTED: Standing(word=msg("Being packed"), sentence="", look="calm"),
    SellerOrderState.PART_SHIPPED: Standing(word=msg("Partly on its way"), sentence="", look="calm"),
    SellerOrderState.SHIPPED: Standing(word=msg("On its way"), sentence="", look="calm"),
    SellerOrderState.DELIVERED: Standing(word=msg("Arrived"), sentence="", look="good"),
    SellerOrderState.RETURNED_TO_SENDER: Standing(word=msg("Went back to the shop"), sentence="", look="held"),
    SellerOrderState.COMPLETED: Standing(word=msg("Completed"), sentence="", look="good"),
    SellerOrderState.DECLINED: Standing(word=msg("Declined by the shop"), sentence="", look=""),
    SellerOrderState.CANCELLED: Standing(word=msg("Called off"), sentence="", look=""),
}


@frozen(kw_only=True)
class Parcel:
    """One shop's part of an order, with its story. ``receivable``: its buyer can say here that it has arrived,
    ``cancellable``: that they do not want it any more. ``on_their_way`` are parcels that arrive one by one.

    ``claims`` are theirs about it, ``claimable`` what may be claimed of it now. ``askable`` is how much of goods and
    delivery its buyer may ask back.
    """

    part: SellerOrderView
    standing: Standing
    story: Sequence[Moment]
    hold: OrderHold | None
    receivable: bool
    cancellable: bool
    askable: Money | None
    on_their_way: Sequence[OnItsWay] = ()
    claims: Sequence[ClaimView] = ()
    claimable: ClaimForecast | None = None


@frozen(kw_only=True)
class Row:
    """An order in a list."""

    order: OrderSummary
    standing: Standing
    shops: str


async def order(visit: Visit) -> Response:
    """Show an order to its buyer, or to whoever holds its link."""
    order_id, key = OrderId(visit.named("order_id")), visit.asked("key")
    if visit.by.user_id is not None:
        try:
            return await _own(visit, order_id)
        except NotFound:
            if not key:
                raise
    if not key:
        return visit.to_sign_in()
    view = await visit.ask(ViewOrderByLink(order_id=order_id, key=key))
    response = _page(visit, view, holds=None, by_link=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def look_again(visit: Visit) -> Response:
    """Tell a waiting page whether the payment has come: the order anew if it has, else to ask again."""
    view = await visit.ask(ViewOrder(order_id=OrderId(visit.named("order_id"))))
    asked = visit.asked("look")
    looks = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else LOOKS_MAX
    if not visit.piecewise or view.state is not OrderState.PENDING_PAYMENT:
        return visit.go(f"/orders/{view.order_id}")
    return visit.page("storefront/order_waits.html", order=view, looks=looks + 1, looks_max=LOOKS_MAX)


async def cancel(visit: Visit) -> Response:
    """Call an order off that is not paid, or of which nothing is sent."""
    order_id = OrderId(visit.named("order_id"))
    try:
        await visit.execute(CancelOrder(order_id=order_id))
    except (AlreadyPaid, IllegalTransition, MoneyDisputed, PaymentInProgress) as refusal:
        return await _own(visit, order_id, refusal)
    return visit.go(f"/orders/{order_id}", "order-cancelled")


async def cancel_parcel(visit: Visit) -> Response:
    """Call off a parcel that is not sent yet."""
    order_id, form = OrderId(visit.named("order_id")), await visit.form()
    part = SellerOrderId(visit.named("seller_order_id"))
    try:
        await visit.execute(CancelSellerOrder(seller_order_id=part, note=form.text("why")))
    except (IllegalTransition, MalformedNote, MoneyDisputed) as refusal:
        return await _own(visit, order_id, refusal)
    return visit.go(f"/orders/{order_id}", "part-cancelled")


async def receive(visit: Visit) -> Response:
    """Take a buyer's word that everything of a shop has arrived, or one parcel of several."""
    order_id, form = OrderId(visit.named("order_id")), await visit.form()
    part, tracking = SellerOrderId(visit.named("seller_order_id")), form.text("tracking") or None
    try:
        await visit.execute(ConfirmReceipt(seller_order_id=part, tracking=tracking))
    except (IllegalTransition, ParcelNotFound) as refusal:
        return await _own(visit, order_id, refusal)
    return visit.go(f"/orders/{order_id}", "received" if tracking is None else "parcel-received")


async def orders(visit: Visit) -> Response:
    """List what they have ordered, newest first."""
    page = PageRequest(limit=ORDERS, cursor=visit.asked("cursor") or None)
    found = await visit.ask(ListOrders(page=page))
    return visit.page("storefront/orders.html", rows=rows(visit.language, found.items), next_cursor=found.next_cursor)


def standing(state: OrderState, parcels: Sequence[SellerOrderState]) -> Standing:
    """Say where an order stands as a whole: once it is paid, what counts is how far its parcels are."""
    if state is not OrderState.CONFIRMED:
        return STANDINGS[state]
    sent = [parcel for parcel in parcels if parcel not in NOT_SENT]
    if sent and all(parcel in {SellerOrderState.DELIVERED, SellerOrderState.COMPLETED} for parcel in sent):
        return ARRIVED
    moving = any(parcel not in {SellerOrderState.CONFIRMED, SellerOrderState.ACCEPTED} for parcel in sent)
    return UNDER_WAY if moving else STANDINGS[state]


def rows(language: Language, found: Sequence[OrderSummary]) -> Sequence[Row]:
    """Lay orders out for a list."""
    return [
        Row(
            order=one,
            standing=_said(language, standing(one.state, [part.state for part in one.seller_orders])),
            shops=", ".join(part.seller_name for part in one.seller_orders),
        )
        for one in found
    ]


async def _own(visit: Visit, order_id: OrderId, refusal: MarketplaceError | None = None) -> Response:
    view = await visit.ask(ViewOrder(order_id=order_id))
    held = await visit.ask(ViewOrderHolds(order_id=order_id))
    refunds = await visit.ask(ListRefunds(order_id=order_id, page=PageRequest(limit=REFUNDS)))
    holds = {hold.seller_order_id: hold for hold in held.holds}
    about = await _claims(visit, view) if view.buyer_id == visit.by.user_id else {}
    return _page(visit, view, holds=holds, refunds=refunds.items, refusal=refusal, about=about)


async def _claims(visit: Visit, view: OrderView) -> Mapping[SellerOrderId, AboutClaims]:
    """Return per parcel the claims about it, oldest first, and what may be claimed now; of what is unpaid, nothing."""
    if view.state is OrderState.PENDING_PAYMENT:
        return {}
    found = (await visit.ask(ListClaims(order_id=view.order_id, page=PageRequest(limit=REFUNDS)))).items[::-1]
    parts = [part.seller_order_id for part in view.seller_orders]
    return {
        part: (
            [one for one in found if one.seller_order_id == part],
            await visit.ask(ForeseeClaim(seller_order_id=part)),
        )
        for part in parts
    }


def _page(
    visit: Visit,
    view: OrderView,
    *,
    holds: Mapping[SellerOrderId, OrderHold] | None,
    refunds: Sequence[RefundView] = (),
    by_link: bool = False,
    refusal: MarketplaceError | None = None,
    about: Mapping[SellerOrderId, AboutClaims] | None = None,
) -> Response:
    own = not by_link and view.buyer_id == visit.by.user_id
    waiting = waits(view.payment, view) or (bool(visit.asked("paid")) and view.state is OrderState.PENDING_PAYMENT)
    states = [part.state for part in view.seller_orders]
    returned = of_nothing(refunds, view.total.currency)
    was_paid = any(step.what == OrderState.CONFIRMED for step in view.timeline)
    if view.state is OrderState.CANCELLED and (returned or was_paid):
        stands = FALLEN if was_paid else GIVEN_BACK
    else:
        stands = WAITING if waiting else standing(view.state, states)
    return visit.page(
        "storefront/order.html",
        status=200 if refusal is None else status_of(refusal),
        order=view,
        standing=_said(visit.language, stands),
        given_back=returned or None,
        parcels=[
            _parcel(
                visit.language,
                part,
                (holds or {}).get(part.seller_order_id),
                of_parcel(refunds, part.seller_order_id),
                own=own,
                was_paid=was_paid or bool(returned),
                about=(about or {}).get(part.seller_order_id, ((), None)),
            )
            for part in view.seller_orders
        ],
        claim_states=CLAIM_STATES,
        waiting=waiting and own,
        payable=own and not waiting and view.state is OrderState.PENDING_PAYMENT,
        cancellable=own
        and view.state is OrderState.CONFIRMED
        and len(states) > 1
        and all(state in CANCELLABLE | NOT_SENT for state in states),
        by_link=by_link,
        looks=1,
        looks_max=LOOKS_MAX,
        refused="" if refusal is None else visit.sentence(refusal),
    )


def _parcel(
    language: Language,
    part: SellerOrderView,
    hold: OrderHold | None,
    refunds: Sequence[RefundView],
    *,
    own: bool,
    was_paid: bool,
    about: AboutClaims,
) -> Parcel:
    arrived_by_own_word = part.arrival is not None and part.arrival.proof.value == "buyer"
    held = hold is not None and hold.held.amount_minor > 0
    return Parcel(
        part=part,
        standing=_said(language, PARCELS[part.state]),
        story=moments(language, part, hold, refunds, was_paid=was_paid),
        hold=hold,
        receivable=own
        and not arrived_by_own_word
        and (part.state is SellerOrderState.SHIPPED or (part.state is SellerOrderState.DELIVERED and held)),
        cancellable=own and part.state in CANCELLABLE,
        askable=askable(hold, refunds) if own else None,
        on_their_way=on_their_way(part, hold) if own else (),
        claims=about[0],
        claimable=about[1],
    )


def _said(language: Language, standing: Standing) -> Standing:
    return Standing(
        word=language.say(standing.word),
        sentence=language.say(standing.sentence) if standing.sentence else "",
        look=standing.look,
    )
