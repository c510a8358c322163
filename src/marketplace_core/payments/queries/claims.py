"""Questions about claims, and who may ask them."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import ClaimId, OrderId, SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.access import no_claim
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.queries.claim_views import ClaimView
from marketplace_core.payments.queries.readers import PaymentsReader

_STAFF = frozenset({Role.OPERATOR, Role.SYSTEM})


@frozen(kw_only=True)
class ViewClaim(Query[ClaimView]):
    """Look at a claim that concerns you."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId


@frozen(kw_only=True)
class ListClaims(Query[Page[ClaimView]]):
    """List claims, the newest first: of an order, of a shop, in some states, where given.

    Operators see everybody's, a shop those about its parts, a buyer their own; a shop that bought something names the
    order.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId | None = None
    seller_id: SellerId | None = None
    states: frozenset[ClaimState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ClaimAnswers:
    """Answers the questions about claims; what is foreign looks as if it were missing."""

    reader: PaymentsReader

    async def claim(self, query: ViewClaim, by: Actor) -> ClaimView:
        """Answer with a claim. Raises ``ClaimNotFound``."""
        view = await self.reader.claim(query.claim_id)
        is_known = view is not None and (
            bool(by.roles & _STAFF) or by.user_id == view.buyer_id or by.seller_id == view.seller_id
        )
        if view is None or not is_known:
            raise no_claim()
        return view

    async def claims(self, query: ListClaims, by: Actor) -> Page[ClaimView]:
        """Answer with claims; of a foreign order there are none. Raises ``NotFound`` for a foreign shop."""
        asked, order_id, states = self.reader.claims, query.order_id, query.states
        if query.seller_id is not None:
            by.require_seller(query.seller_id)
        if by.roles & _STAFF:
            return await asked(query.page, order_id=order_id, seller_id=query.seller_id, states=states)
        if query.seller_id is None and by.user_id is not None:
            page = await asked(query.page, order_id=order_id, buyer_id=by.user_id, states=states)
            if by.seller_id is None or (order_id is not None and page.items):
                return page
        return await asked(query.page, order_id=order_id, seller_id=by.own_seller, states=states)
