"""Claims over HTTP: opened, answered, taken, withdrawn, decided, and seen by those they concern."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import Response
from PIL import Image

from marketplace_core.payments import Proof
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.refunding import SELLER_ADA, SELLER_BOB
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PEOPLE = {"ann": ANN, "mallory": MALLORY, "op": OPERATOR, "ada": SELLER_ADA, "bob": SELLER_BOB}
SECRET = b"48.8584 N, 2.2945 E"
CLAIMS = "/v1/seller-orders/sor_ada/claims"
CHIPPED = {"kind": "damaged", "text": "One is chipped.", "goods": [{"offer_id": "off_cup", "quantity": 2}]}


@pytest.fixture
async def till() -> Till:
    """Return a till where Ada's part of an order has arrived."""
    till = a_till()
    await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    return till


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


async def post(door: SmallDoor, path: str, who: str, body: object = None, *, key: str = "") -> tuple[int, Any]:
    """Post with an idempotency key, a new one for each path unless named."""
    headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": key or f"{who}-{path}"[-60:].replace("/", "-")}
    answer = await door.client.post(path, json=body, headers=headers)
    return answer.status_code, answer.json()


async def opened(door: SmallDoor) -> str:
    """Open a claim and return its address."""
    status, claim = await post(door, CLAIMS, "ann", CHIPPED)
    assert status == 201
    return f"/v1/claims/{claim['claim_id']}"


async def test_a_claim_is_opened_once_and_seen_by_those_it_concerns(door: SmallDoor) -> None:
    path = await opened(door)
    _, again = await post(door, CLAIMS, "ann", CHIPPED)

    view = (await door.send("GET", path, who="ada")).json()
    assert again == view
    assert (view["state"], view["kind"], view["wanted"]["amount"]["amount_minor"]) == (
        "awaiting_seller",
        "damaged",
        3_000,
    )
    assert view["lines"] == [{"offer_id": "off_cup", "title": "Cup", "quantity": 2}]
    assert [(said["who"], said["text"]) for said in view["messages"]] == [("buyer", "One is chipped.")]
    for who, found in (("ann", 1), ("ada", 1), ("op", 1), ("bob", 0), ("mallory", 0)):
        assert len((await door.send("GET", "/v1/claims", who=who, state="awaiting_seller")).json()["items"]) == found
    for who in ("bob", "mallory"):
        problem(await door.send("GET", path, who=who), 404, "payments.claim_not_found")


async def test_an_offer_is_taken_as_it_was_seen(till: Till, door: SmallDoor) -> None:
    path = await opened(door)
    status, offered = await post(
        door, f"{path}/answer", "ada", {"answer": "offer", "text": "Half?", "items_minor": 900}
    )
    assert (status, offered["state"], offered["offer"]["amount"]["amount_minor"]) == (200, "awaiting_operator", 900)

    status, refusal = await post(door, f"{path}/acceptance", "ann", {"offered_minor": 901})
    assert (status, refusal["code"], refusal["offered_minor"]) == (409, "payments.wrong_state", 900)
    _, taken = await post(door, f"{path}/acceptance", "ann", {"offered_minor": 900}, key="ann-second-key")
    await till.settle()

    assert (taken["state"], taken["granted"]["amount"]["amount_minor"]) == ("resolved_partial", 900)
    refund = (await door.send("GET", f"/v1/refunds/{taken['refund_id']}", who="ann")).json()
    assert (refund["state"], refund["amount"]["amount_minor"]) == ("succeeded", 900)


async def test_an_operator_decides_with_a_reason_once_the_seller_has_answered(door: SmallDoor) -> None:
    path = await opened(door)
    decision = {"decision": "partial", "reason": "One of two.", "items_minor": 1_500}
    status, early = await post(door, f"{path}/decision", "op", decision, key="too-early-key")
    assert (status, early["code"]) == (409, "payments.wrong_state")
    for who, code in (("ann", "kernel.not_allowed"), ("ada", "kernel.not_allowed")):
        status, refusal = await post(door, f"{path}/decision", who, decision)
        assert (status, refusal["code"]) == (403, code)
    await post(door, f"{path}/answer", "ada", {"answer": "contest", "text": "They were whole."})
    await post(door, f"{path}/messages", "ann", {"text": "Look at the photo."})

    mute, _ = await post(door, f"{path}/decision", "op", {"decision": "refund", "reason": ""}, key="mute-key-1")
    _, decided = await post(door, f"{path}/decision", "op", decision)

    assert mute == 422
    assert (decided["state"], decided["granted"]["amount"]["amount_minor"]) == ("resolved_partial", 1_500)
    assert [said["who"] for said in decided["messages"]] == ["buyer", "seller", "buyer", "operator"]


async def test_a_claim_is_withdrawn_by_its_buyer(door: SmallDoor) -> None:
    path = await opened(door)
    status, refusal = await post(door, f"{path}/withdrawal", "ada")
    assert (status, refusal["code"]) == (403, "kernel.not_allowed")

    _, withdrawn = await post(door, f"{path}/withdrawal", "ann")

    assert (withdrawn["state"], withdrawn["due_at"], withdrawn["refund_id"]) == ("withdrawn", None, None)


async def test_refusals_say_why(door: SmallDoor) -> None:
    undelivered = "/v1/seller-orders/sor_bob/claims"
    status, early = await post(door, undelivered, "ann", {"kind": "not_received", "text": "Where is it?"})
    assert (status, early["code"], early["reason"]) == (409, "payments.claim_not_possible", "too_early")
    status, foreign = await post(door, CLAIMS, "mallory", CHIPPED)
    assert (status, foreign["code"]) == (404, "payments.escrow_not_found")
    for number, body in enumerate(
        (
            CHIPPED | {"kind": "ugly"},
            CHIPPED | {"text": ""},
            CHIPPED | {"goods": [{"offer_id": "off_cup", "quantity": 0}]},
            CHIPPED | {"colour": "red"},
        )
    ):
        status, refusal = await post(door, CLAIMS, "ann", body, key=f"bad-body-key-{number}")
        assert (status, refusal["code"]) == (422, "http.invalid_request")
    more = CHIPPED | {"goods": [{"offer_id": "off_cup", "quantity": 9}]}
    status, refusal = await post(door, CLAIMS, "ann", more, key="more-than-bought")
    assert (status, refusal["code"]) == (422, "payments.malformed_claim")
    problem(await door.send("GET", "/v1/claims/clm_none", who="op"), 404, "payments.claim_not_found")


def a_photo() -> bytes:
    """Return a photograph that tells where it was taken."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "JPEG", comment=SECRET)
    return written.getvalue()


async def send_photo(door: SmallDoor, path: str, who: str, content: bytes) -> Response:
    """Send a photo as a program does."""
    headers = {"Authorization": f"Bearer {who}", "Content-Type": "image/jpeg"}
    return await door.client.post(f"{path}/photos", content=content, headers=headers)


async def test_what_may_be_claimed_is_told_to_the_buyer_alone(door: SmallDoor) -> None:
    before = (await door.send("GET", "/v1/seller-orders/sor_ada/claimable", who="ann")).json()
    path = await opened(door)
    after = (await door.send("GET", "/v1/seller-orders/sor_ada/claimable", who="ann")).json()
    open_claim = (await door.send("GET", path, who="ann")).json()

    assert (before["kinds"], before["why_not"]) == (["not_received", "not_as_described", "damaged"], None)
    assert before["lines"][0] | {"total": None} == {"offer_id": "off_cup", "title": "Cup", "quantity": 3, "total": None}
    assert (after["kinds"], after["why_not"], after["claim_id"]) == ([], "open_already", path.rpartition("/")[2])
    assert open_claim["if_silent"]["amount"]["amount_minor"] == 3_000
    problem(
        await door.send("GET", "/v1/seller-orders/sor_ada/claimable", who="mallory"), 404, "payments.escrow_not_found"
    )


async def test_a_photo_is_seen_by_those_concerned_as_a_picture_and_nothing_else(door: SmallDoor) -> None:
    path = await opened(door)
    added = await send_photo(door, path, "ann", a_photo())
    again = await send_photo(door, path, "ann", a_photo())

    (photo,) = added.json()["photos"]
    assert (added.status_code, again.json()["photos"]) == (201, [photo])
    assert (photo["who"], photo["content_type"], photo["width"], photo["height"]) == ("buyer", "image/jpeg", 40, 30)
    at = f"{path}/photos/{photo['photo_id']}"
    for who in ("ann", "ada", "op"):
        seen = await door.send("GET", at, who=who)
        assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
        assert len(seen.content) == photo["size_bytes"]
        assert SECRET not in seen.content
        assert seen.headers["cache-control"] == "private, no-store"
        assert seen.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    for who in ("bob", "mallory"):
        problem(await door.send("GET", at, who=who), 404, "payments.claim_not_found")
        problem(await send_photo(door, path, who, a_photo()), 404, "payments.claim_not_found")
    problem(await door.send("GET", at, who=None), 401, "kernel.not_signed_in")
    problem(await door.send("GET", f"{path}/photos/cph_none", who="ann"), 404, "payments.claim_photo_not_found")
    problem(await send_photo(door, path, "ann", b"<svg/>"), 422, "payments.photo_rejected")


async def test_a_photo_may_be_larger_than_a_body_and_has_its_own_limit(door: SmallDoor) -> None:
    path = await opened(door)

    grown = await send_photo(door, path, "ann", a_photo() + bytes(2 * 1024 * 1024))
    too_large = await send_photo(door, path, "ann", a_photo() + bytes(8 * 1024 * 1024))
    elsewhere = await door.client.post(
        f"{path}/messages",
        content=b" " * (2 * 1024 * 1024),
        headers={"Authorization": "Bearer ann", "Idempotency-Key": "a-long-message"},
    )

    assert grown.status_code == 201
    problem(too_large, 422, "payments.photo_rejected")
    problem(elsewhere, 413, "http.body_too_large")
