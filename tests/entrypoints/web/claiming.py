"""Ann's parcel has arrived, and something is wrong with it."""

import io
import secrets
from typing import Any

from PIL import Image

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.orders import MarkDelivered, ShipSellerOrder
from marketplace_core.payments import EscrowView, ViewEscrow
from marketplace_core.payments.claims import ClaimView, ListClaims
from tests.entrypoints.web.console import HOSTILE
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, Sheet, Street, Visitor

PLACE = b"48.8584 N, 2.2945 E"


def a_photo(shade: str = "red") -> bytes:
    """Return a photograph that tells where it was taken."""
    written = io.BytesIO()
    Image.new("RGB", (640, 480), shade).save(written, "JPEG", comment=PLACE)
    return written.getvalue()


def keyed(**fields: str) -> dict[str, str]:
    """Fill in a form that was shown just now."""
    return {"key": secrets.token_urlsafe(24), **fields}


async def arrived(street: Street, quantity: int = 2) -> EscrowView:
    """Have Ann order and pay something of Ada's, and have it delivered."""
    part = await ordered(street, quantity=quantity)
    market = street.opened.market
    ada = await market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    await market.execute(ShipSellerOrder(seller_order_id=part, carrier="Post", tracking="1"), by=ada)
    await market.execute(MarkDelivered(seller_order_id=part), by=ada)
    await street.settle()
    return await held(street, part)


async def held(street: Street, part: SellerOrderId) -> EscrowView:
    """Return what is held of a part."""
    return await street.opened.market.ask(ViewEscrow(seller_order_id=part), by=SYSTEM)


async def opened(street: Street, ann: Visitor, **changes: str) -> tuple[EscrowView, ClaimView]:
    """Have a parcel arrive and Ann open a claim about it."""
    hold = await arrived(street)
    answer = await send_claim(ann, hold, **changes)
    assert answer.status == 303, answer.words
    await street.settle()
    return hold, await newest(street)


async def send_claim(ann: Visitor, hold: EscrowView, **changes: str) -> Sheet:
    """Send the form of a claim."""
    form = keyed(kind="damaged", text=f"It is <b>chipped</b>. {HOSTILE}") | changes
    return await ann.send(f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim", form)


async def newest(street: Street) -> ClaimView:
    """Return the newest claim."""
    return (await street.opened.market.ask(ListClaims(), by=SYSTEM)).items[0]


async def send_photos(visitor: Visitor, at: str, *photos: bytes, follow: bool = False) -> Sheet:
    """Send photos in a form."""
    files: list[Any] = [("photos", (f"{number}.jpg", photo, "image/jpeg")) for number, photo in enumerate(photos)]
    return await visitor.send(f"{at}/photos", files=files, follow=follow)
