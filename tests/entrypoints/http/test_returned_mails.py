"""Mails that came back, and addresses that nothing is sent to, over HTTP."""

from tests.core.notifications.reports import report
from tests.entrypoints.http import test_identity
from tests.entrypoints.http.test_identity import Door, problem

door = test_identity.door


async def test_operators_hand_in_what_came_back_and_let_an_address_go(door: Door) -> None:
    operator, ann = await door.operator(), await door.somebody()
    await door.opened.settle()
    own = (await door.call("GET", "/v1/me/mails", ann["access_token"])).json()["items"]
    mail_id, headers = own[0]["mail_id"], {"Authorization": f"Bearer {operator}", "Content-Type": "message/rfc822"}
    content = report(mail_id, address="ann@example.org")

    told = await door.client.post("/v1/returned-mails", content=content, headers=headers)
    listed = (await door.call("GET", "/v1/suppressions", operator)).json()["items"]
    lifted = await door.call("DELETE", "/v1/suppressions/ANN@example.org?reason=wrote", operator)
    by_hand = await door.call("PUT", "/v1/suppressions/eve@example.org", operator, body={"detail": "by telephone"})

    assert told.json() == {
        "mail_id": mail_id,
        "address": "ann@example.org",
        "status": "5.1.1",
        "diagnostic": "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown",
        "failed": True,
        "suppressed": True,
    }
    assert [(one["address"], one["reason"]) for one in listed] == [("ann@example.org", "returned")]
    assert (lifted.status_code, by_hand.status_code) == (204, 204)
    letter = await door.client.post("/v1/returned-mails", content=b"Hello", headers=headers)
    problem(letter, 422, "notifications.malformed_return")
    problem(
        await door.call("DELETE", "/v1/suppressions/ann@example.org", operator), 404, "notifications.not_suppressed"
    )
    problem(
        await door.call("PUT", "/v1/suppressions/eve", operator, body={"detail": "x"}),
        422,
        "notifications.malformed_address",
    )
    own_headers = headers | {"Authorization": f"Bearer {ann['access_token']}"}
    strangers = await door.client.post("/v1/returned-mails", content=content, headers=own_headers)
    problem(strangers, 403, "kernel.not_allowed")
    problem(await door.call("GET", "/v1/suppressions", ann["access_token"]), 403, "kernel.not_allowed")
