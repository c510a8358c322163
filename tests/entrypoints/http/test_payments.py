"""Money over HTTP: what buyers, sellers and operators see, and every refusal as a problem document."""

from collections.abc import AsyncIterator

import pytest

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.payments import PaymentState
from marketplace_core.testing.conformance.payment_provider import DECLINES, SUCCEEDS
from marketplace_core.testing.payments import ADA, BOB
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
PEOPLE = {"ann": ANN, "mallory": MALLORY, "op": OPERATOR, "ada": SELLER_ADA}
KEY = "some-key-0001"


@pytest.fixture
def till() -> Till:
    return a_till()


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


async def post(door: SmallDoor, path: str, who: str, body: object = None, key: str | None = KEY) -> tuple[int, dict]:  # type: ignore[type-arg]
    """Post with an idempotency key."""
    headers = {"Authorization": f"Bearer {who}"} | ({"Idempotency-Key": key} if key else {})
    answer = await door.client.post(path, json=body, headers=headers)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    "path",
    [
        "/v1/payments/pay_1",
        "/v1/orders/ord_1/payment",
        "/v1/orders/ord_1/holds",
        "/v1/sellers/sel_ada/balance",
        "/v1/sellers/sel_ada/balance/entries?heading=held&currency=EUR",
        "/v1/payouts",
        "/v1/payouts/pyt_1",
        "/v1/escrow",
        "/v1/escrow/sor_ada",
        "/v1/ledger/trial-balance",
        "/v1/ledger/journals",
        "/v1/ledger/audit",
    ],
)
async def test_strangers_must_sign_in(door: SmallDoor, path: str) -> None:
    problem(await door.send("GET", path), 401, "kernel.not_signed_in")


@pytest.mark.parametrize("path", ["/v1/ledger/trial-balance", "/v1/ledger/journals", "/v1/ledger/audit"])
async def test_the_books_are_the_operators(door: SmallDoor, path: str) -> None:
    for who in ("ann", "ada"):
        problem(await door.send("GET", path, who=who), 403, "kernel.not_allowed")


async def test_a_foreign_payment_does_not_exist(till: Till, door: SmallDoor) -> None:
    payment_id = await till.open()

    for name in (payment_id, "pay_none", "x" * 64):
        problem(await door.send("GET", f"/v1/payments/{name}", who="mallory"), 404, "payments.payment_not_found")
        for verb in ("request", "reconciliation"):
            answer = await door.send("POST", f"/v1/payments/{name}/{verb}", who="mallory")
            problem(answer, 404, "payments.payment_not_found")
    for what in ("payment", "holds"):
        problem(await door.send("GET", f"/v1/orders/ord_1/{what}", who="mallory"), 404, "payments.payment_not_found")


async def test_a_buyer_is_told_what_to_do_next_until_it_is_paid(till: Till, door: SmallDoor) -> None:
    payment_id = await till.open()

    opened = (await door.send("GET", f"/v1/payments/{payment_id}", who="ann")).json()
    step = (await door.send("POST", f"/v1/payments/{payment_id}/request", who="ann")).json()
    till.provider.pay(step["client_secret"], DECLINES)
    declined = (await door.send("POST", f"/v1/payments/{payment_id}/reconciliation", who="ann")).json()
    till.provider.pay(step["client_secret"], SUCCEEDS)
    paid = (await door.send("POST", f"/v1/payments/{payment_id}/reconciliation", who="ann")).json()
    view = (await door.send("GET", "/v1/orders/ord_1/payment", who="ann")).json()

    assert (opened["state"], opened["step"]["client_secret"]) == ("created", None)
    assert step["amount"] == {"amount_minor": 10_000, "currency": "EUR"}
    assert (declined["state"], declined["failure_code"]) == ("created", "card_declined")
    assert (paid["state"], paid["client_secret"]) == (PaymentState.CAPTURED.value, None)
    assert view["captured_at"] is not None


async def test_a_buyer_sees_what_is_held_and_nothing_of_the_sellers_terms(till: Till, door: SmallDoor) -> None:
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()

    view = (await door.send("GET", "/v1/orders/ord_1/holds", who="ann")).json()

    released, held = view["holds"]
    assert (view["order_id"], view.get("buyer_id")) == ("ord_1", None)
    assert (released["state"], released["awaits"], released["released"]["amount_minor"]) == (
        "released",
        "nothing",
        6_500,
    )
    assert (held["state"], held["awaits"], held["held"]["amount_minor"]) == ("held", "receipt", 3_500)
    assert not {"releases", "division", "commission", "payable"} & released.keys()


async def test_a_seller_sees_their_money_and_nobody_elses(till: Till, door: SmallDoor) -> None:
    await till.accounts()
    await till.released()

    own = (await door.send("GET", f"/v1/sellers/{ADA}/balance", who="ada")).json()
    holds = (await door.send("GET", "/v1/escrow", who="ada")).json()

    assert own["balances"][0]["payable"] == {"amount_minor": 5_780, "currency": "EUR"}
    assert [one["seller_order_id"] for one in holds["items"]] == ["sor_ada"]
    assert holds["items"][0]["releases"][0]["division"]["commission"]["amount_minor"] == 600
    problem(await door.send("GET", f"/v1/sellers/{BOB}/balance", who="ada"), 404, "kernel.not_found")
    problem(await door.send("GET", "/v1/escrow/sor_bob", who="ada"), 404, "payments.escrow_not_found")
    problem(await door.send("GET", "/v1/payouts", who="ada", seller_id=BOB), 404, "kernel.not_found")


async def test_a_seller_sees_the_entries_behind_a_figure(till: Till, door: SmallDoor) -> None:
    await till.accounts()
    await till.released()
    path = f"/v1/sellers/{ADA}/balance/entries"

    first = (await door.send("GET", path, who="ada", heading="held", currency="EUR", limit="3")).json()
    rest = (await door.send("GET", path, who="ada", heading="held", currency="EUR", cursor=first["next_cursor"])).json()

    entries = [*first["items"], *rest["items"]]
    assert sum(one["amount"]["amount_minor"] for one in entries) == 0
    assert [one["counterpart"] for one in entries] == ["seller_payable", "tax_payable", "commission_revenue", "psp"]
    assert rest["items"][0] == {
        "entry_id": rest["items"][0]["entry_id"],
        "posted_at": rest["items"][0]["posted_at"],
        "kind": "payment_captured",
        "counterpart": "psp",
        "amount": {"amount_minor": 6_500, "currency": "EUR"},
        "balance": {"amount_minor": 6_500, "currency": "EUR"},
        "seller_order_id": "sor_ada",
        "payout_id": None,
    }


async def test_entries_are_the_shops_own_and_of_a_figure_that_exists(door: SmallDoor) -> None:
    own, foreign = f"/v1/sellers/{ADA}/balance/entries", f"/v1/sellers/{BOB}/balance/entries"

    problem(await door.send("GET", foreign, who="ada", heading="held", currency="EUR"), 404, "kernel.not_found")
    problem(await door.send("GET", own, who="ada", heading="held", currency="eur"), 422, "kernel.malformed_money")
    for wrong in ({"heading": "lost", "currency": "EUR"}, {"heading": "held"}, {"currency": "EUR"}):
        assert (await door.send("GET", own, who="ada", **wrong)).status_code == 422


async def test_operators_release_run_payouts_and_read_the_books(till: Till, door: SmallDoor) -> None:
    await till.accounts()
    await till.paid()
    status, refused = await post(door, "/v1/escrow/sor_ada/release", "op")
    await till.deliver("sor_ada")

    _, released = await post(door, "/v1/escrow/sor_ada/release", "op", key="another-key-1")
    _, run = await post(door, "/v1/payout-runs", "op")
    _, again = await post(door, "/v1/payout-runs", "op")
    await till.settle()
    payouts = (await door.send("GET", "/v1/payouts", who="ada")).json()
    books = (await door.send("GET", "/v1/ledger/trial-balance", who="op")).json()
    journals = (await door.send("GET", "/v1/ledger/journals", who="op", limit="2")).json()
    audit = (await door.send("GET", "/v1/ledger/audit", who="op")).json()

    assert (status, refused["code"], refused["blocked_by"]) == (
        409,
        "payments.escrow_not_releasable",
        ["not_delivered"],
    )
    assert released["division"]["payable"]["amount_minor"] == 5_780
    assert run == again
    assert [(one["payout_id"], one["state"]) for one in payouts["items"]] == [(run["payouts"][0], "paid")]
    assert [(item["entry_id"], item["seller_order_id"]) for item in payouts["items"][0]["items"]] == [
        ("sor_ada:1", "sor_ada")
    ]
    assert books["sums"] == [{"amount_minor": 0, "currency": "EUR"}]
    assert [one["kind"] for one in journals["items"]] == ["payout_paid", "transfer_succeeded"]
    assert journals["next_cursor"]
    assert audit == {"violations": []}


async def test_held_money_is_frozen_and_let_go(till: Till, door: SmallDoor) -> None:
    await till.paid()

    _, frozen = await post(door, "/v1/escrow/sor_ada/freezes", "op", {"reason": "risk"})
    listed = (await door.send("GET", "/v1/escrow", who="op", state="frozen")).json()
    nonsense = await door.send("GET", "/v1/escrow", who="op", state="mislaid")
    thawed = (await door.send("DELETE", "/v1/escrow/sor_ada/freezes/risk", who="op")).json()
    malformed, _ = await post(door, "/v1/escrow/sor_ada/freezes", "op", {"reason": "Two words"})
    forbidden, _ = await post(door, "/v1/escrow/sor_ada/freezes", "ada", {"reason": "risk"})

    assert (frozen["state"], frozen["freezes"]) == ("frozen", ["risk"])
    assert [one["seller_order_id"] for one in listed["items"]] == ["sor_ada"]
    problem(nonsense, 422, "http.invalid_request")
    assert (thawed["state"], thawed["freezes"]) == ("held", [])
    assert (malformed, forbidden) == (422, 403)


@pytest.mark.parametrize("path", ["/v1/payout-runs", "/v1/escrow/sor_ada/release", "/v1/payouts/pyt_1/retry"])
async def test_what_moves_money_needs_an_idempotency_key(door: SmallDoor, path: str) -> None:
    status, document = await post(door, path, "op", key=None)

    assert (status, document["code"]) == (400, "http.idempotency_key_required")


async def test_a_payout_that_was_not_sent_is_cancelled(till: Till, door: SmallDoor) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()

    _, cancelled = await post(door, f"/v1/payouts/{payout_id}/cancellation", "op")
    status, again = await post(door, f"/v1/payouts/{payout_id}/cancellation", "op", key="another-key-1")
    listed = (await door.send("GET", "/v1/payouts", who="op", state="cancelled")).json()
    failed = (await door.send("GET", "/v1/payouts", who="op", state="failed")).json()

    assert cancelled["state"] == "cancelled"
    assert ([one["payout_id"] for one in listed["items"]], failed["items"]) == ([payout_id], [])
    assert (status, again) == (200, cancelled)


async def test_an_operator_asks_how_a_payout_account_stands(till: Till, door: SmallDoor) -> None:
    await till.accounts(ADA)

    _, enabled = await post(door, f"/v1/sellers/{ADA}/payout-account", "op")
    missing, _ = await post(door, "/v1/sellers/sel_none/payout-account", "op")

    assert enabled == {"seller_id": ADA, "state": "enabled"}
    assert missing == 404


async def test_a_seller_asks_where_the_provider_wants_to_know_them(till: Till, door: SmallDoor) -> None:
    await till.accounts(ADA)
    path = f"/v1/sellers/{ADA}/payout-account/onboarding"

    own, begun = await post(door, path, "ada", key=None)
    buyer, _ = await post(door, path, "ann", key=None)
    missing, unknown = await post(door, "/v1/sellers/sel_none/payout-account/onboarding", "op", key=None)

    assert own == 200
    assert begun["seller_id"] == ADA
    assert begun["url"].startswith("https://")
    assert buyer == 403
    assert (missing, unknown["code"]) == (404, "payments.seller_account_not_found")
