"""What belongs to somebody else does not exist: a foreign id and a missing one get the same answer."""

import json
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from attrs import frozen

from tests.entrypoints.running.people import Person, newcomer
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.records import at_rest, business, changed
from tests.entrypoints.running.trade import VIDEO, Shop, choose, draft, fresh_key, offer, open_shop, order

IMAGE: Final = {"content_type": "image/png", "upload_bytes": 100}
PARCEL: Final = {"carrier": "DHL", "tracking": "00340434"}
VARIANT: Final = {"options": ["Large"], "price_minor": 1, "currency": "EUR", "stock": 1}

QUIET_SECONDS: Final = 30
"""For so long, only these tests change anything."""
OF_A_BUYER: Final = (
    ("GET", "/v1/orders/{order}", None),
    ("POST", "/v1/orders/{order}/cancellation", None),
    ("GET", "/v1/orders/{order}/payment", None),
    ("GET", "/v1/payments/{payment}", None),
    ("POST", "/v1/payments/{payment}/request", None),
    ("POST", "/v1/payments/{payment}/reconciliation", None),
    ("POST", "/v1/seller-orders/{seller_order}/receipt", None),
    ("PATCH", "/v1/cart/lines/{line}", {"quantity": 2}),
    ("DELETE", "/v1/cart/lines/{line}", None),
)
OF_A_SELLER: Final = (
    ("GET", "/v1/seller-orders/{seller_order}", None),
    ("POST", "/v1/seller-orders/{seller_order}/shipment", PARCEL),
    ("POST", "/v1/seller-orders/{seller_order}/delivery", None),
    ("GET", "/v1/escrow/{seller_order}", None),
    ("GET", "/v1/products/{draft}", None),
    ("PATCH", "/v1/products/{draft}", {"title": "Mine now"}),
    ("PATCH", "/v1/products/{product}", {"title": "Mine now"}),
    ("DELETE", "/v1/products/{product}", None),
    ("POST", "/v1/products/{draft}/publication", None),
    ("DELETE", "/v1/products/{product}/publication", None),
    ("POST", "/v1/products/{product}/variants", VARIANT),
    ("POST", "/v1/products/{product}/images", IMAGE),
    ("POST", "/v1/products/{product}/images/{image}/confirmation", None),
    ("DELETE", "/v1/products/{product}/images/{image}", None),
    ("DELETE", "/v1/products/{product}/video", None),
    ("POST", "/v1/products/{product}/video-uploads", VIDEO),
    ("PUT", "/v1/offers/{offer}/price", {"price_minor": 1, "currency": "EUR"}),
    ("GET", "/v1/offers/{offer}/stock", None),
    ("POST", "/v1/offers/{offer}/stock", {"delta": 1, "reason": "theft"}),
    ("GET", "/v1/videos/{video}", None),
    ("POST", "/v1/videos/{video}/confirmation", None),
    ("DELETE", "/v1/videos/{video}", None),
    ("GET", "/v1/sellers/{seller}/balance", None),
    ("GET", "/v1/sellers/{seller}/products", None),
    ("POST", "/v1/sellers/{seller}/products/import", None),
    ("GET", "/v1/sellers/{seller}/page", None),
    ("PUT", "/v1/sellers/{seller}/page", {"headline": "Mine now"}),
    ("POST", "/v1/sellers/{seller}/page/publication", None),
    ("DELETE", "/v1/sellers/{seller}/page/publication", None),
    ("GET", "/v1/sellers/{seller}/page/versions", None),
    ("GET", "/v1/sellers/{seller}/page/versions/1", None),
)


@frozen
class Others:
    """What somebody else has, by kind, and people to whom it is foreign."""

    ids: dict[str, str]
    buyer: Person
    seller: Person


@pytest.fixture(scope="module")
def others(running: Running, operator: Person, shop: Shop) -> Others:
    owner = shop.owner
    hidden, shown = draft(shop, "Secret Cup"), offer(shop, "Shown Cup", stock=5)
    customer = newcomer(running)
    placed = order(customer, shown)
    choose(customer, shown)
    video = owner.do("POST", f"/v1/products/{shown.product_id}/video-uploads", json=VIDEO)["video_id"]
    image = owner.get(f"/v1/products/{shown.product_id}")["images"][0]["image_id"]
    owner.do("PUT", f"/v1/sellers/{shop.seller_id}/page", json={"headline": "Cups"})
    ids = {
        "order": placed["order_id"],
        "line": customer.get("/v1/cart")["groups"][0]["lines"][0]["line_id"],
        "payment": placed["payment"]["payment_id"],
        "seller_order": placed["seller_orders"][0]["seller_order_id"],
        "draft": hidden.product_id,
        "product": shown.product_id,
        "offer": shown.offer_id,
        "image": image,
        "video": video,
        "seller": shop.seller_id,
    }
    found = Others(ids, newcomer(running), open_shop(operator, f"Rival {uuid4().hex[:8]}").owner)
    found.buyer.get("/v1/me")
    until(lambda: at_rest(running, ahead_seconds=QUIET_SECONDS), what="nothing is about to change by itself")
    return found


def missing(ids: dict[str, str]) -> dict[str, str]:
    """Return ids of the same kinds that nobody has."""
    return {kind: f"{known.partition('_')[0]}_{'0' * len(known.partition('_')[2])}" for kind, known in ids.items()}


def asked(person: Person, method: str, path: str, ids: dict[str, str], body: Any) -> httpx.Response:
    """Send the request about these things."""
    parts: dict[str, Any] = {} if body is None else {"json": body}
    if path.endswith("/import"):
        parts = {"content": b"Handle,Title\n", "headers": {"Content-Type": "text/csv"}}
    return person.send(method, path.format(**ids), **parts)


def without_ids(answer: httpx.Response, ids: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Return the answer as it would be for any id."""
    text = answer.text
    for kind, known in ids.items():
        text = text.replace(known, kind)
    problem = json.loads(text)
    problem.pop("request_id")
    return answer.status_code, problem


@pytest.mark.parametrize(("method", "path", "body"), OF_A_BUYER, ids=lambda value: str(value)[:60])
def test_what_another_buyer_has_does_not_exist(
    running: Running, others: Others, method: str, path: str, body: Any
) -> None:
    before = business(running)

    foreign = without_ids(asked(others.buyer, method, path, others.ids, body), others.ids)
    unknown = without_ids(asked(others.buyer, method, path, missing(others.ids), body), missing(others.ids))

    assert foreign == unknown
    assert foreign[0] == 404, foreign
    assert changed(running, before) == set()


@pytest.mark.parametrize(("method", "path", "body"), OF_A_SELLER, ids=lambda value: str(value)[:60])
def test_what_another_shop_has_does_not_exist(
    running: Running, others: Others, method: str, path: str, body: Any
) -> None:
    before = business(running)

    foreign = without_ids(asked(others.seller, method, path, others.ids, body), others.ids)
    unknown = without_ids(asked(others.seller, method, path, missing(others.ids), body), missing(others.ids))

    assert foreign == unknown
    assert foreign[0] == 404, foreign
    assert changed(running, before) == set()


@pytest.mark.parametrize(("method", "path", "body"), OF_A_SELLER, ids=lambda value: str(value)[:60])
def test_who_has_no_shop_learns_nothing_either(others: Others, method: str, path: str, body: Any) -> None:
    foreign = without_ids(asked(others.buyer, method, path, others.ids, body), others.ids)
    unknown = without_ids(asked(others.buyer, method, path, missing(others.ids), body), missing(others.ids))

    assert foreign == unknown
    assert foreign[0] in (403, 404), foreign


@pytest.mark.parametrize(("method", "path", "body"), [*OF_A_BUYER, *OF_A_SELLER], ids=lambda value: str(value)[:60])
def test_who_is_not_signed_in_learns_nothing_either(
    running: Running, others: Others, method: str, path: str, body: Any
) -> None:
    headers = {"Idempotency-Key": fresh_key()}
    if path.endswith("/import"):
        headers["Content-Type"] = "text/csv"

    answers = [
        running.client.request(method, path.format(**ids), json=body, headers=headers)
        for ids in (others.ids, missing(others.ids))
    ]

    foreign, unknown = (
        without_ids(answer, ids) for answer, ids in zip(answers, (others.ids, missing(others.ids)), strict=True)
    )
    assert foreign == unknown
    assert foreign[0] in (401, 404), foreign
