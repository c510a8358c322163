"""The page of the shop: its draft, what keeps it from being public, how it would look, and its versions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import ListOwnProducts, ListProducts, ProductCard, ProductStatus
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError, StaleVersion
from marketplace_core.kernel.ids import ProductId, VideoId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.landing import (
    PRODUCTS_MAX,
    CallToAction,
    DraftView,
    InvalidDocument,
    ListVersions,
    PageDocument,
    PageNotFound,
    PageNotReady,
    PageProblem,
    PageVersion,
    PublishPage,
    SaveDraft,
    UnpublishPage,
    ViewVersion,
)
from marketplace_core.video import ListVideos, VideoState, VideoView
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.storefront.shop import SHOP_PRODUCTS, structured
from marketplace_entrypoints.web.studio.overview import draft_of
from marketplace_entrypoints.web.studio.rooms import turned
from marketplace_entrypoints.web.studio.words import PAGE_PROBLEMS
from marketplace_entrypoints.web.visit import Visit

CHOICES_MAX: Final = 100
"""How many of the newest videos and products can be chosen from."""
VERSIONS: Final = 10
PLACE: Final = "place_"
_FIELDS: Final[Mapping[str, str]] = {"call_to_action.label": "label", "call_to_action.target": "target"}
_PARTS: Final[Mapping[str, str]] = {
    "seller": "page",
    "hero_video": "hero",
    "products": "goods",
    "call_to_action": "action",
}


@frozen(kw_only=True)
class Problem:
    """What keeps the page from being public, in words, and the part of the editor where it is mended."""

    said: str
    part: str
    reference: str | None


@frozen(kw_only=True)
class Ware:
    """A product that may stand on the page; ``place`` is where, as typed. ``card`` None is one that is gone."""

    product_id: str
    card: ProductCard | None
    place: str


async def editor(visit: Visit, shop: SellerView) -> Response:
    """Show the draft with everything that can be chosen."""
    return await _editor(visit, shop, await draft_of(visit, shop), Form(language=visit.language))


async def save(visit: Visit, shop: SellerView) -> Response:
    """Keep the draft; then show it as visitors would see it, or make it public, if that was asked."""
    form, draft = await visit.form(), await draft_of(visit, shop)
    then = form.text("then")
    try:
        document = _document(form)
        if not form.fits:
            return await _editor(visit, shop, draft, form, status=422)
        expected = form.whole("version", 0) if form.text("version") else None
        saved = await visit.execute(SaveDraft(seller_id=shop.seller_id, document=document, expected_version=expected))
        if then == "publish":
            await visit.execute(PublishPage(seller_id=shop.seller_id, expected_version=saved.version))
    except InvalidDocument as refusal:
        _blame(visit, form, refusal)
        return await _editor(visit, shop, draft, form, status=422)
    except PageNotReady as refusal:
        visit.blame(form, refusal)
        return await _editor(visit, shop, await draft_of(visit, shop), form, status=409)
    except StaleVersion as refusal:
        visit.blame(form, refusal)
        return await _editor(visit, shop, await draft_of(visit, shop), form, status=409, stale=True)
    if then == "publish":
        return visit.go("/studio/page", "page-published")
    return visit.go("/studio/page/preview" if then == "preview" else "/studio/page", "saved")


async def preview(visit: Visit, shop: SellerView) -> Response:
    """Show the draft exactly as visitors would see it."""
    draft = await draft_of(visit, shop)
    if draft is None:
        return visit.go("/studio/page")
    products = await visit.ask(ListProducts(seller=shop.seller_id, page=PageRequest(limit=SHOP_PRODUCTS)))
    return visit.page(
        "storefront/shop_page.html",
        player=True,
        shop=shop,
        page=draft.preview,
        preview=True,
        products=products,
        structured=structured(shop, draft.preview, visit.house.address),
    )


async def unpublish(visit: Visit, shop: SellerView) -> Response:
    """Take the page down."""
    await visit.execute(UnpublishPage(seller_id=shop.seller_id))
    return visit.go("/studio/page", "page-unpublished")


async def version(visit: Visit, shop: SellerView) -> Response:
    """Show what was published once."""
    return await _version(visit, shop, await _named(visit, shop))


async def go_back(visit: Visit, shop: SellerView) -> Response:
    """Make an old version the draft and publish it; if it cannot be public any more, it stays as the draft."""
    old = await _named(visit, shop)
    saved = await visit.execute(SaveDraft(seller_id=shop.seller_id, document=old.document))
    try:
        await visit.execute(PublishPage(seller_id=shop.seller_id, expected_version=saved.version))
    except PageNotReady as refusal:
        form = Form(language=visit.language)
        visit.blame(form, refusal)
        return await _editor(visit, shop, await draft_of(visit, shop), form, status=status_of(refusal))
    return visit.go("/studio/page", "page-published")


async def _named(visit: Visit, shop: SellerView) -> PageVersion:
    number = visit.named("number")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise PageNotFound("There is no such page.")
    return await visit.ask(ViewVersion(seller_id=shop.seller_id, number=int(number)))


async def _version(visit: Visit, shop: SellerView, old: PageVersion) -> Response:
    cards = {card.product_id: card for card in await _cards(visit, shop)}
    films = {film.video_id: film for film in await _films(visit, shop)}
    return visit.page(
        "studio/page_version.html",
        shop=shop,
        old=old,
        wares=[Ware(product_id=each, card=cards.get(each), place="") for each in old.document.products],
        film=films.get(old.document.hero_video) if old.document.hero_video else None,
    )


async def _editor(
    visit: Visit,
    shop: SellerView,
    draft: DraftView | None,
    form: Form,
    *,
    status: int = 200,
    stale: bool = False,
) -> Response:
    document = draft.document if draft else PageDocument()
    found = await visit.ask(ListVersions(seller_id=shop.seller_id, page=turned(visit, VERSIONS)))
    problems = [_problem(visit, each) for each in draft.problems] if draft else []
    films, cards = await _films(visit, shop), await _cards(visit, shop)
    return visit.page(
        "studio/page.html",
        status=status,
        shop=shop,
        draft=draft,
        document=document,
        form=form,
        stale=stale,
        problems=problems,
        faulty={each.reference for each in problems if each.reference},
        films=films,
        chosen_film=form.values.get("hero_video", document.hero_video or ""),
        wares=_wares(cards, document, form),
        products_max=PRODUCTS_MAX,
        versions=found.items,
        next_cursor=found.next_cursor,
    )


async def _films(visit: Visit, shop: SellerView) -> Sequence[VideoView]:
    found = await visit.ask(ListVideos(seller_id=shop.seller_id, page=PageRequest(limit=CHOICES_MAX)))
    return [view for view in found.items if view.state is VideoState.READY]


async def _cards(visit: Visit, shop: SellerView) -> Sequence[ProductCard]:
    found = await visit.ask(ListOwnProducts(seller_id=shop.seller_id, page=PageRequest(limit=CHOICES_MAX)))
    return [card for card in found.items if card.status is not ProductStatus.ARCHIVED]


def _wares(cards: Sequence[ProductCard], document: PageDocument, form: Form) -> Sequence[Ware]:
    """Return what can stand on the page: what does, in its order, then the rest, those on sale first."""
    known: Mapping[str, ProductCard] = {card.product_id: card for card in cards}
    places = {f"{product_id}": str(number) for number, product_id in enumerate(document.products, 1)}
    if form.values:
        typed = {name.removeprefix(PLACE): value for name, value in form.values.items() if name.startswith(PLACE)}
        places = {product_id: value.strip() for product_id, value in typed.items() if value.strip()}
    chosen = [Ware(product_id=each, card=known.get(each), place=place) for each, place in places.items()]
    chosen.sort(key=lambda ware: int(ware.place) if ware.place.isascii() and ware.place.isdigit() else 0)
    rest = sorted((card for card in cards if card.product_id not in places), key=lambda card: not card.purchasable)
    return [*chosen, *(Ware(product_id=card.product_id, card=card, place="") for card in rest)]


def _document(form: Form) -> PageDocument:
    places = [
        (form.whole(name), ProductId(name.removeprefix(PLACE)))
        for name in form.values
        if name.startswith(PLACE) and form.text(name)
    ]
    places.sort(key=lambda place: place[0])
    label, target = form.text("label"), form.text("target")
    return PageDocument(
        headline=form.text("headline"),
        text=form.text("text"),
        hero_video=VideoId(form.text("hero_video")) if form.text("hero_video") else None,
        products=tuple(product_id for _, product_id in places),
        call_to_action=CallToAction(label=label, target=target) if label or target else None,
    )


def _blame(visit: Visit, form: Form, refusal: MarketplaceError) -> None:
    named: Any = refusal.facts.get("errors", ())
    form.errors |= {_FIELDS.get(error["field"], error["field"]): str(error["message"]) for error in named}
    form.refusal = visit.sentence(refusal)


def _problem(visit: Visit, problem: PageProblem) -> Problem:
    known = PAGE_PROBLEMS.get(problem.code)
    english = visit.language.code == "en" or known is None
    return Problem(
        said=problem.message if english or known is None else visit.language.say(known),
        part=_PARTS.get(problem.field.partition(".")[0], "page"),
        reference=problem.reference,
    )
