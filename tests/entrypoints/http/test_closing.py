"""Closing a shop over HTTP."""

from typing import Any

from tests.entrypoints.http.test_identity import SHOP, Door, door

__all__ = ["door"]


async def test_a_shop_is_closed_by_its_owner_once_nothing_is_open(door: Door) -> None:
    ann, operator = await door.somebody(), await door.operator()
    token = ann["access_token"]
    seller_id = (await door.call("POST", "/v1/sellers", token, SHOP)).json()["seller_id"]
    at = f"/v1/sellers/{seller_id}"
    await door.call("POST", f"{at}/approval", operator)
    ben = (await door.somebody("ben@example.org"))["access_token"]
    await door.call("POST", "/v1/sellers", ben, SHOP | {"slug": "bens-teas"})

    matters = await door.call("GET", f"{at}/open-matters", token)
    foreign = [await door.call(*asked, ben) for asked in (("POST", f"{at}/closure"), ("GET", f"{at}/open-matters"))]
    nobody = await door.call("POST", f"{at}/closure")
    closing = await door.call("POST", f"{at}/closure", token)
    hidden = await door.call("GET", at)
    kept = await door.call("POST", f"{at}/closure/cancellation", token)
    await door.call("POST", f"{at}/closure", operator)
    await door.opened.settle()
    closed = await door.call("GET", at, token)
    late = await door.call("POST", f"{at}/closure/cancellation", token)

    nothing: dict[str, Any] = {
        "orders": [],
        "claims": [],
        "disputes": [],
        "refunds": [],
        "debts": [],
        "arrived": [],
        "due": [],
    }
    assert matters.json() == nothing | {"hinders": False, "is_settled": True}
    assert [answer.status_code for answer in foreign] == [404, 404]
    assert nobody.status_code == 401
    assert [one.json()["status"] for one in (closing, kept, closed)] == ["closing", "active", "closed"]
    assert hidden.status_code == 404
    assert (late.status_code, late.json()["code"]) == (409, "identity.seller_not_in_state")
    assert (await door.call("GET", "/v1/me", token)).status_code == 200
