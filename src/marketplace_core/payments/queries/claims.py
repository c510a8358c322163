"""Questions about claims, and who may ask them."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from attrs import evolve, field, frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import RuleBroken
from marketplace_core.kernel.files import FileMissing, FileStore
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, OrderId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, Page, PageRequest
from marketplace_core.payments.domain.access import no_claim, no_claim_photo, no_escrow
from marketplace_core.payments.domain.claim import after_silence
from marketplace_core.payments.domain.claim_parts import ClaimKind, photo_key
from marketplace_core.payments.domain.claimable import check_claimable, check_unclaimed, in_the_way
from marketplace_core.payments.domain.errors import ClaimNotPossible, RefundBlockedByDispute
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports.goods import SoldGoods
from marketplace_core.payments.queries.claim_views import ClaimAmount, ClaimForecast, ClaimPhotoContent, ClaimView
from marketplace_core.payments.queries.readers import PaymentsReader
from marketplace_core.payments.queries.views import EscrowView

_STAFF = frozenset({Role.OPERATOR, Role.SYSTEM})


@frozen(kw_only=True)
class ViewClaim(Query[ClaimView]):
    """Look at a claim that concerns you."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId


@frozen(kw_only=True)
class ListClaims(Query[Page[ClaimView]]):
    """List claims, the newest first: of an order, of a shop, in some states, where given.

    Operators see everybody's, a shop those about its parts, a buyer their own. Whoever buys and sells, or operates,
    sees only what they opened themselves with ``mine``.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId | None = None
    seller_id: SellerId | None = None
    states: frozenset[ClaimState] = frozenset()
    mine: bool = False
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ForeseeClaim(Query[ClaimForecast]):
    """Ask what may be claimed now of a seller's part of an order of your own, and if nothing, why and until when."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ReadClaimPhoto(Query[ClaimPhotoContent]):
    """Look at a photo in a claim that concerns you."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId
    photo_id: ClaimPhotoId


@frozen(kw_only=True)
class ClaimAnswers:
    """Answers the questions about claims; what is foreign looks as if it were missing."""

    reader: PaymentsReader
    goods: SoldGoods
    files: FileStore
    policy: PaymentPolicy
    clock: Clock

    async def claim(self, query: ViewClaim, by: Actor) -> ClaimView:
        """Answer with a claim. Raises ``ClaimNotFound``."""
        return await self._foreseen(await self._known(query.claim_id, by))

    async def photo(self, query: ReadClaimPhoto, by: Actor) -> ClaimPhotoContent:
        """Answer with a photo. Raises ``ClaimNotFound``, ``ClaimPhotoNotFound``, ``FileStoreUnavailable``."""
        view = await self._known(query.claim_id, by)
        photo = next((one for one in view.photos if one.photo_id == query.photo_id), None)
        if photo is None:
            raise no_claim_photo()
        try:
            pieces = [piece async for piece in self.files.read(photo_key(view.claim_id, photo.photo_id))]
        except FileMissing:
            raise no_claim_photo() from None
        return ClaimPhotoContent(photo=photo, content=b"".join(pieces))

    async def forecast(self, query: ForeseeClaim, by: Actor) -> ClaimForecast:
        """Answer with what may be claimed. Raises ``EscrowNotFound`` for another buyer's too."""
        hold = await self.reader.escrow(query.seller_order_id)
        payment = None if hold is None else await self.reader.payment(hold.payment_id)
        if hold is None or payment is None or payment.buyer_id != by.own_user:
            raise no_escrow()
        now, policy = self.clock.now(), self.policy.agreed(hold.terms)
        found = await self.reader.claims(PageRequest(limit=PAGE_SIZE_MAX), order_id=hold.order_id)
        refusals = {kind: _refusal(hold, kind, found.items, policy, now) for kind in ClaimKind}
        other = in_the_way(hold.seller_order_id, found.items)
        refusal = refusals[ClaimKind.NOT_RECEIVED]
        opens, ends = hold.held_at, hold.delivered_at
        return ClaimForecast(
            seller_order_id=hold.seller_order_id,
            order_id=hold.order_id,
            seller_id=hold.seller_id,
            kinds=tuple(kind for kind, refused in refusals.items() if refused is None),
            why_not=None if refusal is None else str(refusal.facts.get("reason", "disputed")),
            opens_at=opens + policy.claim_undelivered_after if opens and not ends else None,
            closes_at=hold.arrived_at + policy.claim_window if hold.arrived_at else None,
            claim_id=other.claim_id if other else None,
            lines=tuple(await self.goods.lines(hold.seller_order_id)),
            left=ClaimAmount.of(hold.standing.refundable, hold.share.currency),
            answer_by=now + policy.claim_answer_within,
        )

    async def claims(self, query: ListClaims, by: Actor) -> Page[ClaimView]:
        """Answer with claims; of a foreign order there are none. Raises ``NotFound`` for a foreign shop."""
        page = await self._listed(query, by)
        return Page(items=tuple([await self._foreseen(view) for view in page.items]), next_cursor=page.next_cursor)

    async def _known(self, claim_id: ClaimId, by: Actor) -> ClaimView:
        view = await self.reader.claim(claim_id)
        is_known = view is not None and (
            bool(by.roles & _STAFF) or by.user_id == view.buyer_id or by.seller_id == view.seller_id
        )
        if view is None or not is_known:
            raise no_claim()
        return view

    async def _foreseen(self, view: ClaimView) -> ClaimView:
        """Return an open claim with what silence will do to it."""
        hold = await self.reader.escrow(view.seller_order_id) if view.due_at is not None else None
        if hold is None:
            return view
        wanted = Portion(items=view.wanted.items.amount_minor, delivery=view.wanted.delivery.amount_minor)
        back = after_silence(view.state, wanted, self.policy.agreed(hold.terms), hold.standing.refundable)
        return evolve(view, if_silent=ClaimAmount.of(back, hold.share.currency))

    async def _listed(self, query: ListClaims, by: Actor) -> Page[ClaimView]:
        asked, order_id, states = self.reader.claims, query.order_id, query.states
        if query.mine:
            sold_by, bought_by = query.seller_id, by.own_user
            return await asked(query.page, order_id=order_id, seller_id=sold_by, buyer_id=bought_by, states=states)
        if query.seller_id is not None:
            by.require_seller(query.seller_id)
        if by.roles & _STAFF:
            return await asked(query.page, order_id=order_id, seller_id=query.seller_id, states=states)
        if query.seller_id is None and by.user_id is not None:
            page = await asked(query.page, order_id=order_id, buyer_id=by.user_id, states=states)
            if by.seller_id is None or (order_id is not None and page.items):
                return page
        return await asked(query.page, order_id=order_id, seller_id=by.own_seller, states=states)


def _refusal(
    hold: EscrowView, kind: ClaimKind, known: Sequence[ClaimView], policy: PaymentPolicy, now: datetime
) -> RuleBroken | None:
    """Say why there can be no claim of that kind now; None if there can."""
    try:
        check_unclaimed(hold.seller_order_id, known)
        check_claimable(hold, kind, policy, now)
    except (ClaimNotPossible, RefundBlockedByDispute) as refused:
        return refused
    return None
