"""The catalogue over HTTP: what goes in, what comes out, and every refusal as a problem document."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from marketplace_core.catalog import AdjustStock, ChangePrice, NewVariant
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.catalog import OPERATOR
from marketplace_entrypoints.http.catalog.router import router
from tests.core.catalog.files_of_sellers import cup, file_of
from tests.core.catalog.stand import BUYER, OFFER, PNG, PRODUCT, RIVAL, SELLER, Stand
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

ONE = {"title": "Blue Cup", "variants": [{"price_minor": 1_900, "currency": "EUR", "stock": 5}]}
PATH = f"/v1/products/{PRODUCT}"


@pytest.fixture
def stand() -> Stand:
    return Stand()


PEOPLE = {"ada": SELLER, "bob": RIVAL, "ann": BUYER, "op": OPERATOR}


@pytest.fixture
async def door(stand: Stand) -> AsyncIterator[SmallDoor]:
    async with open_door(stand.market, router, PEOPLE) as opened:
        yield opened


async def test_only_sellers_create_products(door: SmallDoor) -> None:
    problem(await door.send("POST", "/v1/products", ONE), 401, "kernel.not_signed_in")
    problem(await door.send("POST", "/v1/products", ONE, who="ann"), 403, "kernel.not_allowed")


@pytest.mark.parametrize(
    "extra",
    ["seller_id", "seller_name", "status", "version", "published_at", "on_hold", "price", "fee", "role", "verified"],
)
async def test_what_only_the_marketplace_may_say_is_refused(door: SmallDoor, extra: str) -> None:
    problem(await door.send("POST", "/v1/products", ONE | {extra: "x"}, who="ada"), 422, "http.invalid_request")
    await door.send("POST", "/v1/products", ONE, who="ada")

    problem(await door.send("PATCH", PATH, {extra: "x"}, who="ada"), 422, "http.invalid_request")


@pytest.mark.parametrize(
    "variant",
    [
        {"price_minor": 19.5, "currency": "EUR"},
        {"price_minor": "1900", "currency": "EUR"},
        {"price_minor": True, "currency": "EUR"},
        {"price_minor": -1, "currency": "EUR"},
        {"price_minor": 1, "currency": "eur"},
        {"price_minor": 1, "currency": "EUR", "stock": -1},
        {"price_minor": 1, "currency": "EUR", "stock": 1.5},
        {"price_minor": 10**30, "currency": "EUR"},
        {"currency": "EUR"},
    ],
)
async def test_a_price_or_count_that_is_none_is_refused(door: SmallDoor, variant: dict[str, Any]) -> None:
    answer = await door.send("POST", "/v1/products", ONE | {"variants": [variant]}, who="ada")

    problem(answer, 422, "http.invalid_request")


async def test_the_domain_names_the_field_at_fault(door: SmallDoor) -> None:
    wrong = await door.send("POST", "/v1/products", ONE | {"title": "a\u202eb"}, who="ada")
    dollars = ONE | {"variants": [{"price_minor": 1, "currency": "USD"}]}

    assert problem(wrong, 422, "catalog.malformed_product")["errors"] == [
        {"field": "title", "message": "must not contain the character U+202E"}
    ]
    problem(await door.send("POST", "/v1/products", dollars, who="ada"), 409, "catalog.wrong_currency")


async def test_a_product_is_created_seen_changed_published_and_withdrawn(door: SmallDoor, stand: Stand) -> None:
    await door.send("POST", "/v1/categories", {"slug": "cups", "name": "Cups"}, who="op")
    created = await door.send("POST", "/v1/products", ONE | {"category": "cups", "tags": ["blue"]}, who="ada")
    incomplete = await door.send("POST", f"{PATH}/publication", who="ada")
    await stand.picture(PRODUCT)
    published = await door.send("POST", f"{PATH}/publication", who="ada")
    listed = (await door.send("GET", "/v1/products", category="cups", seller="ada")).json()
    watchable = (await door.send("GET", "/v1/products", with_video="true")).json()
    withdrawn = await door.send("DELETE", f"{PATH}/publication", who="ada")

    assert (created.status_code, created.headers["location"], created.headers["etag"]) == (201, PATH, '"1"')
    assert created.json()["variants"] == [{"variant_id": "var_0001", "offer_id": OFFER, "options": []}]
    assert problem(incomplete, 409, "catalog.not_publishable")["problems"] == ["no_media"]
    assert published.json() == {"product_id": PRODUCT, "version": 4, "status": "published"}
    assert [(card["title"], card["price_from"]) for card in listed["items"]] == [
        ("Blue Cup", {"amount_minor": 1_900, "currency": "EUR"})
    ]
    assert watchable == {"items": [], "next_cursor": None}
    assert withdrawn.json()["status"] == "draft"
    problem(await door.send("GET", PATH), 404, "catalog.product_not_found")


async def test_a_foreign_product_looks_like_a_missing_one(door: SmallDoor, stand: Stand) -> None:
    routes: list[tuple[str, str, Any]] = [
        ("GET", PATH, None),
        ("PATCH", PATH, {"title": "Mine"}),
        ("DELETE", PATH, None),
        ("POST", f"{PATH}/publication", None),
        ("DELETE", f"{PATH}/publication", None),
        ("DELETE", f"{PATH}/video", None),
        ("POST", f"{PATH}/variants", ONE["variants"][0]),
        ("POST", f"{PATH}/images", {"content_type": "image/png", "upload_bytes": 9}),
        ("POST", f"{PATH}/images/img_0001/confirmation", None),
        ("DELETE", f"{PATH}/images/img_0001", None),
        ("PUT", f"{PATH}/images/order", {"image_ids": []}),
        ("PUT", f"/v1/offers/{OFFER}/variant", {"options": []}),
        ("DELETE", f"/v1/offers/{OFFER}", None),
        ("PUT", f"/v1/offers/{OFFER}/price", {"price_minor": 1, "currency": "EUR"}),
        ("POST", f"/v1/offers/{OFFER}/stock", {"to": 0, "reason": "mine"}),
        ("GET", f"/v1/offers/{OFFER}/stock", None),
        ("GET", "/v1/sellers/sel_ada/products", None),
    ]
    missing = [(await door.send(method, path, body, who="bob")).content for method, path, body in routes]
    await stand.draft()

    foreign = [await door.send(method, path, body, who="bob") for method, path, body in routes]

    assert {answer.status_code for answer in foreign} == {404}
    assert [stripped(answer.content) for answer in foreign] == [stripped(content) for content in missing]
    assert (await door.send("GET", PATH, who="ada")).json()["version"] == 1


def stripped(content: bytes) -> bytes:
    """Return a problem document without its request id."""
    return content.partition(b'"request_id"')[0]


async def test_a_stale_version_is_refused_and_a_malformed_one_named(door: SmallDoor, stand: Stand) -> None:
    await stand.draft()
    seen = (await door.send("GET", PATH, who="ada")).headers["etag"]

    first = await door.send("PATCH", PATH, {"title": "Red Cup"}, who="ada", if_match=seen)
    second = await door.send("PATCH", PATH, {"title": "Green Cup"}, who="ada", if_match=seen)
    malformed = [
        await door.send("PATCH", PATH, {"title": "x"}, who="ada", if_match=value)
        for value in ("", "1", '"x"', '"1", "2"', '"99999999999999"')
    ]

    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    problem(second, 412, "kernel.stale_version")
    for answer in malformed:
        problem(answer, 422, "http.malformed_version")
    assert (await door.send("PATCH", PATH, {"title": "Cup"}, who="ada", if_match='"2"')).status_code == 200
    assert (await door.send("PATCH", PATH, {"title": "Cup"}, who="ada", if_match="*")).status_code == 200


@pytest.mark.parametrize("who", [None, "ada"])
async def test_a_known_product_is_not_sent_again_until_anything_shown_changes(
    door: SmallDoor, stand: Stand, who: str | None
) -> None:
    await stand.published("Cup", NewVariant(price_minor=100, currency="EUR", stock=5))

    async def again(tag: str) -> tuple[int, str]:
        headers = {"If-None-Match": tag} | ({"Authorization": f"Bearer {who}"} if who else {})
        answer = await door.client.get(PATH, headers=headers)
        assert (answer.status_code == 304) == (answer.content == b"")
        return answer.status_code, answer.headers["etag"]

    _, tag = await again('"none"')
    same = await again(tag)
    await stand.do(AdjustStock(offer_id=OFFER, to=4, reason="broken"))
    fewer = await again(tag)
    await stand.do(ChangePrice(offer_id=OFFER, price=Money(90, "EUR")))
    cheaper = await again(fewer[1])

    assert same == (304, tag)
    assert fewer[0] == cheaper[0] == 200
    assert len({tag, fewer[1], cheaper[1]}) == 3


async def test_only_what_everybody_sees_may_be_kept_by_everybody(door: SmallDoor, stand: Stand) -> None:
    await stand.published()

    public = await door.send("GET", PATH)
    own = await door.send("GET", PATH, who="ada")

    assert (public.headers["cache-control"], public.headers["vary"]) == ("public, max-age=15", "Authorization")
    assert own.headers["cache-control"] == "private, no-cache"


async def test_where_public_answers_are_kept_a_new_price_is_the_sellers_at_once_and_everybodys_later(
    stand: Stand,
) -> None:
    await stand.published("Cup", NewVariant(price_minor=100, currency="EUR", stock=5))

    async def prices(door: SmallDoor, who: str | None = None) -> list[int]:
        product, page = await door.send("GET", PATH, who=who), await door.send("GET", "/v1/products", who=who)
        lists = (product.json()["variants"][0]["price"], page.json()["items"][0]["price_from"])
        return [price["amount_minor"] for price in lists]

    async with open_door(stand.market, router, PEOPLE, public_seconds=15) as keeping:
        before = await prices(keeping)
        await stand.do(ChangePrice(offer_id=OFFER, price=Money(90, "EUR")))
        everybodys, sellers = await prices(keeping), await prices(keeping, "ada")
    async with open_door(stand.market, router, PEOPLE) as asking:
        later = await prices(asking)

    assert (before, everybodys, sellers, later) == ([100, 100], [100, 100], [90, 90], [90, 90])


@pytest.mark.parametrize(
    ("params", "status"),
    [({"limit": 0}, 422), ({"limit": 101}, 422), ({"cursor": "x"}, 400), ({"cursor": "WyJhIiwiYiJd"}, 400)],
)
async def test_a_page_that_is_none_is_refused(door: SmallDoor, params: dict[str, Any], status: int) -> None:
    answer = await door.send("GET", "/v1/products", **params)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_a_list_is_walked_through_by_its_cursor(door: SmallDoor, stand: Stand) -> None:
    for title in ("One", "Two", "Three"):
        await stand.published(title)

    first = (await door.send("GET", "/v1/products", limit=2)).json()
    second = (await door.send("GET", "/v1/products", limit=2, cursor=first["next_cursor"])).json()

    assert [card["title"] for card in (*first["items"], *second["items"])] == ["Three", "Two", "One"]
    assert second["next_cursor"] is None


async def test_stock_is_counted_and_its_movements_shown(door: SmallDoor, stand: Stand) -> None:
    await stand.draft()
    path = f"/v1/offers/{OFFER}/stock"

    level = await door.send("POST", path, {"delta": 3, "reason": "delivery"}, who="ada")
    both = await door.send("POST", path, {"delta": 3, "to": 3, "reason": "delivery"}, who="ada")
    shown = (await door.send("GET", path, who="ada")).json()

    assert level.json()["available"] == 8
    problem(both, 422, "catalog.malformed_product")
    assert [(each["kind"], each["quantity"]) for each in shown["movements"]] == [("adjusted", 3), ("opened", 5)]


async def test_a_picture_is_announced_uploaded_confirmed_and_removed(door: SmallDoor, stand: Stand) -> None:
    await stand.draft()

    announced = await door.send(
        "POST", f"{PATH}/images", {"content_type": "image/png", "upload_bytes": len(PNG)}, who="ada"
    )
    image_id, slot = announced.json()["image_id"], announced.json()["slot"]
    early = await door.send("POST", f"{PATH}/images/{image_id}/confirmation", who="ada")
    await stand.files.upload(slot["url"], PNG, content_type="image/png")
    confirmed = await door.send("POST", f"{PATH}/images/{image_id}/confirmation", who="ada")
    (image,) = (await door.send("GET", PATH, who="ada")).json()["images"]
    removed = await door.send("DELETE", f"{PATH}/images/{image_id}", who="ada")

    assert (announced.status_code, slot["method"], slot["upload_bytes_max"]) == (201, "PUT", len(PNG))
    problem(early, 409, "catalog.image_not_uploaded")
    assert (confirmed.status_code, removed.status_code) == (200, 200)
    assert (image["state"], image["width"], image["height"]) == ("ready", 40, 30)


async def test_a_file_is_imported_and_its_faults_are_named(door: SmallDoor) -> None:
    path = "/v1/sellers/sel_ada/products/import"
    content = file_of(cup("good"), cup("bad", variant_price="x"))

    foreign = await door.send("POST", path, content, who="bob")
    preview = (await door.send("POST", path, content, who="ada", dry_run="true")).json()
    report = (await door.send("POST", path, content, who="ada")).json()
    again = (await door.send("POST", path, content, who="ada")).json()

    assert foreign.status_code == 404
    assert [(diff["handle"], diff["outcome"]) for diff in preview["products"]] == [("good", "created")]
    assert preview["products"][0]["product_id"] is None
    assert report["products"][0]["product_id"] == "prd_0002"
    assert [(error["line"], error["handle"]) for error in report["errors"]] == [(3, "bad")]
    assert [diff["outcome"] for diff in again["products"]] == ["unchanged"]
    problem(await door.send("POST", path, b"\xff", who="ada"), 422, "catalog.unreadable_import")


async def test_the_tree_of_categories_is_public(door: SmallDoor) -> None:
    await door.send("POST", "/v1/categories", {"slug": "kitchen", "name": "Kitchen"}, who="op")
    created = await door.send("POST", "/v1/categories", {"slug": "cups", "name": "Cups", "parent": "kitchen"}, who="op")
    refused = await door.send("POST", "/v1/categories", {"slug": "pots", "name": "Pots"}, who="ada")

    tree = (await door.send("GET", "/v1/categories")).json()["items"]

    assert (created.status_code, created.json()["path"]) == (201, "cat_0001/cat_0002/")
    problem(refused, 403, "kernel.not_allowed")
    assert [(root["slug"], [child["slug"] for child in root["children"]]) for root in tree] == [("kitchen", ["cups"])]


async def test_variants_are_renamed_and_removed_and_pictures_rearranged(door: SmallDoor, stand: Stand) -> None:
    forms = [{"options": [size], "price_minor": 1_900, "currency": "EUR", "stock": 5} for size in "SL"]
    sized = {"title": "Blue Cup", "option_names": ["Size"], "variants": forms}
    created = (await door.send("POST", "/v1/products", sized, who="ada")).json()
    first, second = [await stand.picture(PRODUCT) for _ in range(2)]
    small, large = (variant["offer_id"] for variant in created["variants"])

    renamed = await door.send("PUT", f"/v1/offers/{small}/variant", {"options": ["XS"], "sku": "XS-1"}, who="ada")
    twice = await door.send("PUT", f"/v1/offers/{small}/variant", {"options": ["L"]}, who="ada")
    removed = await door.send("DELETE", f"/v1/offers/{large}", who="ada")
    arranged = await door.send("PUT", f"{PATH}/images/order", {"image_ids": [second, first]}, who="ada")
    half = await door.send("PUT", f"{PATH}/images/order", {"image_ids": [second]}, who="ada")
    seen = (await door.send("GET", PATH, who="ada")).json()

    assert (renamed.status_code, removed.status_code, arranged.status_code) == (200, 200, 200)
    problem(twice, 409, "catalog.variant_exists")
    problem(half, 422, "catalog.malformed_product")
    assert [(each["options"], each["sku"]) for each in seen["variants"]] == [(["XS"], "XS-1")]
    assert [image["image_id"] for image in seen["images"]] == [second, first]
