"""What a parcel of the shop costs."""

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.money import Money
from marketplace_core.orders import DeliveryTerms, InvalidDeliveryTerms, SetDelivery, ViewDelivery
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.studio.texts import plain
from marketplace_entrypoints.web.visit import Visit


async def delivery(visit: Visit, shop: SellerView) -> Response:
    """Show it."""
    return await _shown(visit, shop, Form(language=visit.language))


async def change(visit: Visit, shop: SellerView) -> Response:
    """Set the fee, and from how much on there is none."""
    form = await visit.form()
    fee = form.money("fee_minor", shop.currency)
    free_from = form.money("free_from_minor", shop.currency) if form.text("free_from_minor") else None
    if not form.fits:
        return await _shown(visit, shop, form, status=422)
    try:
        terms = DeliveryTerms(
            fee_minor=fee.amount_minor, free_from_minor=None if free_from is None else free_from.amount_minor
        )
        await visit.execute(SetDelivery(seller_id=shop.seller_id, terms=terms))
    except InvalidDeliveryTerms as refusal:
        visit.blame(form, refusal, "fee_minor", "free_from_minor")
        return await _shown(visit, shop, form, status=422)
    except MarketplaceError as refusal:
        form.refusal = visit.sentence(refusal)
        return await _shown(visit, shop, form, status=status_of(refusal))
    return visit.go("/studio/delivery", "delivery-set")


async def reset(visit: Visit, shop: SellerView) -> Response:
    """Go back to what parcels cost where a shop has said nothing."""
    await visit.execute(SetDelivery(seller_id=shop.seller_id, terms=None))
    return visit.go("/studio/delivery", "delivery-set")


async def _shown(visit: Visit, shop: SellerView, form: Form, *, status: int = 200) -> Response:
    found = await visit.ask(ViewDelivery(seller_id=shop.seller_id))
    free_from = found.terms.free_from_minor
    return visit.page(
        "studio/delivery.html",
        status=status,
        shop=shop,
        form=form,
        is_own=found.is_own,
        fee=plain(Money(found.terms.fee_minor, shop.currency)),
        free_from="" if free_from is None else plain(Money(free_from, shop.currency)),
    )
