"""The first room: what needs doing, where the money is, what was ordered last."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import ListOwnProducts, ProductCard, ProductStatus
from marketplace_core.identity import SellerStatus, SellerView
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.landing import DraftView, PageNotFound, ViewDraft
from marketplace_core.orders import ListSellerOrders, SellerOrderState
from marketplace_core.payments import AccountState, BalanceView, ViewBalance
from marketplace_core.payments.claims import ClaimState, ListClaims
from marketplace_core.video import ListVideos, VideoState
from marketplace_entrypoints.web.studio.words import ORDER_STATES
from marketplace_entrypoints.web.visit import Visit

LOOKED_AT: Final = 100
"""How many of the newest products, videos and waiting orders are looked at for what needs doing."""
NEWEST: Final = 6


@frozen(kw_only=True)
class Task:
    """Something the seller should see to, and where it is done. With an ``urgent`` one somebody waits."""

    icon: str
    says: str
    href: str
    urgent: bool = False


@frozen(kw_only=True)
class _Findings:
    to_ship: int
    to_answer: int
    failed_videos: int
    products: tuple[ProductCard, ...]
    draft: DraftView | None
    balance: BalanceView


async def overview(visit: Visit, shop: SellerView) -> Response:
    """Show it."""
    looked = PageRequest(limit=LOOKED_AT)
    waiting = ListSellerOrders(seller_id=shop.seller_id, state=SellerOrderState.ACCEPTED, page=looked)
    to_ship = (await visit.ask(waiting)).items
    unanswered = ListClaims(seller_id=shop.seller_id, states=frozenset({ClaimState.AWAITING_SELLER}), page=looked)
    newest = ListSellerOrders(seller_id=shop.seller_id, page=PageRequest(limit=NEWEST))
    videos = (await visit.ask(ListVideos(seller_id=shop.seller_id, page=looked))).items
    found = _Findings(
        to_ship=len(to_ship),
        to_answer=len((await visit.ask(unanswered)).items),
        failed_videos=sum(video.state is VideoState.FAILED for video in videos),
        products=(await visit.ask(ListOwnProducts(seller_id=shop.seller_id, page=looked))).items,
        draft=await draft_of(visit, shop),
        balance=await visit.ask(ViewBalance(seller_id=shop.seller_id)),
    )
    return visit.page(
        "studio/overview.html",
        shop=shop,
        tasks=list(_tasks(visit, shop, found)),
        balance=found.balance,
        orders=(await visit.ask(newest)).items,
        states=ORDER_STATES,
    )


async def draft_of(visit: Visit, shop: SellerView) -> DraftView | None:
    """Return the draft of the shop's page, or None if there was never one."""
    try:
        return await visit.ask(ViewDraft(seller_id=shop.seller_id))
    except PageNotFound:
        return None


def _tasks(visit: Visit, shop: SellerView, found: _Findings) -> Iterator[Task]:
    language = visit.language
    if found.to_ship:
        says = language.count("%(num)s order to ship", "%(num)s orders to ship", found.to_ship)
        yield Task(icon="truck", says=says, href=f"/studio/orders?state={SellerOrderState.ACCEPTED}", urgent=True)
    if found.to_answer:
        says = language.count("%(num)s claim to answer", "%(num)s claims to answer", found.to_answer)
        href = f"/studio/claims?state={ClaimState.AWAITING_SELLER.value}"
        yield Task(icon="triangle-alert", says=says, href=href, urgent=True)
    if found.failed_videos:
        says = language.count("%(num)s video failed", "%(num)s videos failed", found.failed_videos)
        yield Task(icon="film", says=says, href="/studio/videos?state=failed")
    if not found.products:
        yield Task(icon="package", says=language.say("Prepare your first product"), href="/studio/products/new")
    yield from _about_products(visit, found.products)
    if found.draft is None:
        yield Task(icon="layout-grid", says=language.say("Design the page of your shop"), href="/studio/page")
    elif found.draft.published_number is None:
        yield Task(icon="layout-grid", says=language.say("Your page is not published yet"), href="/studio/page")
    if shop.status is SellerStatus.ACTIVE and found.balance.account is not AccountState.ENABLED:
        says = language.say("Your payout account is not ready: money waits until it is")
        yield Task(icon="landmark", says=says, href="/studio/money")


def _about_products(visit: Visit, products: tuple[ProductCard, ...]) -> Iterator[Task]:
    language = visit.language
    kept = [card for card in products if card.status is not ProductStatus.ARCHIVED]
    bare = sum(card.image_url is None for card in kept)
    if bare:
        says = language.count("%(num)s product has no picture", "%(num)s products have no picture", bare)
        yield Task(icon="image", says=says, href="/studio/products?missing=picture")
    drafts = sum(card.status is ProductStatus.DRAFT for card in kept)
    if drafts:
        says = language.count("%(num)s product is still a draft", "%(num)s products are still drafts", drafts)
        yield Task(icon="pencil", says=says, href="/studio/products?status=draft")
