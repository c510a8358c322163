"""Every limited resource, in one list: what many want at the same moment, how many may have it, and what sees to it.

Each race sends requests through two servers that differ in nothing but their last byte until all last bytes are sent at
once, and looks at what is left. A new limit without a row here is a limit that nobody has raced for.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from attrs import frozen

from marketplace_entrypoints.composition.surroundings import clock_of
from tests.entrypoints.running.race import Request
from tests.entrypoints.running.records import rows
from tests.entrypoints.running.test_refusals import HOOK, message, stamped
from tests.entrypoints.running.trade import GOOD_CARD, Goods, choose, fresh_key, order, order_body, order_request
from tests.races.ground import Ground, guest_with, outcomes, signed_in

RIVALS: Final = 8


@frozen
class Limit:
    """``resource`` is what is raced for, ``guard`` where it is seen to that nobody gets more than there is."""

    resource: str
    promise: str
    guard: str
    race: Callable[[Ground], None]


def last_units(ground: Ground) -> None:
    goods = ground.thing(stock=2)
    buyers = [ground.anybody() for _ in range(RIVALS)]
    for buyer in buyers:
        choose(buyer, goods)

    answers = ground.rush(*(order_request(buyer, order_body(buyer), fresh_key()) for buyer in buyers))

    assert outcomes(answers) == {"201": 2, "409 catalog.out_of_stock": RIVALS - 2}
    assert goods.stock()["level"]["available"] == 0


def counted_away(ground: Ground) -> None:
    goods = ground.thing(stock=1)
    body = {"delta": -1, "reason": "broken"}

    answers = ground.rush(
        *[ground.request(ground.shop.owner, "POST", f"/v1/offers/{goods.offer_id}/stock", body)] * RIVALS
    )

    assert goods.stock()["level"]["available"] == 0
    assert sum(answer.status < 300 for answer in answers) == 1


def one_key(ground: Ground) -> None:
    buyer, goods = ground.anybody(), ground.thing()
    choose(buyer, goods)
    body, key = order_body(buyer), fresh_key()

    answers = ground.rush(*[order_request(buyer, body, key)] * RIVALS)

    assert set(outcomes(answers)) <= {"201", "409 kernel.idempotency_in_progress"}
    assert len({answer.body["order_id"] for answer in answers if answer.status == 201}) == 1
    assert len(buyer.get("/v1/orders")["items"]) == 1


def one_cart(ground: Ground) -> None:
    buyer, goods = ground.anybody(), ground.thing()
    choose(buyer, goods)
    body = order_body(buyer)

    answers = ground.rush(*(order_request(buyer, body, fresh_key()) for _ in range(RIVALS)))

    assert outcomes(answers)["201"] == 1
    assert len(buyer.get("/v1/orders")["items"]) == 1
    assert goods.stock()["level"]["available"] == 49


def guests_cart(ground: Ground) -> None:
    goods = ground.thing()
    token = guest_with(ground, goods)
    takers = [ground.anybody() for _ in range(RIVALS)]

    ground.rush(*(ground.request(taker, "POST", "/v1/cart/takeover", {"guest_token": token}) for taker in takers))

    lines = [line for taker in takers for group in taker.get("/v1/cart")["groups"] for line in group["lines"]]
    assert len(lines) == 1


def refund_of_a_share(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing(price_minor=10_000))
    path = f"/v1/orders/{placed['order_id']}/refunds"
    part = {"seller_order_id": placed["seller_orders"][0]["seller_order_id"], "items_minor": 6_000}
    body = {"reason": "Chipped.", "parts": [part]}

    answers = ground.rush(*(ground.request(ground.operator, "POST", path, body) for _ in range(RIVALS)))

    assert outcomes(answers) == {"201": 1, "409 payments.refund_exceeds_remaining": RIVALS - 1}
    ground.coherent()


def _asked_for_refund(ground: Ground) -> tuple[Any, str]:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = {"seller_order_id": placed["seller_orders"][0]["seller_order_id"], "items_minor": 1_000}
    path = f"/v1/orders/{placed['order_id']}/refunds"
    asked = buyer.do(
        "POST", path, json={"reason": "Chipped.", "parts": [part]}, headers={"Idempotency-Key": fresh_key()}
    )
    return placed, asked["refund_id"]


def approval(ground: Ground) -> None:
    _, refund_id = _asked_for_refund(ground)
    people = (ground.operator, ground.second, ground.shop.owner)

    ground.rush(
        *(ground.request(people[one % 3], "POST", f"/v1/refunds/{refund_id}/approval") for one in range(RIVALS))
    )
    ground.work(3)

    assert ground.journals("refund_from_escrow", refund_id) == 1
    assert ground.journals("refund_succeeded", refund_id) == 1
    ground.coherent()


def decision(ground: Ground) -> None:
    _, refund_id = _asked_for_refund(ground)
    approve = ground.request(ground.operator, "POST", f"/v1/refunds/{refund_id}/approval")
    reject = ground.request(ground.shop.owner, "POST", f"/v1/refunds/{refund_id}/rejection", {"note": "It was whole."})

    answers = ground.rush(*[approve, reject] * (RIVALS // 2))

    approved, rejected = answers[::2], answers[1::2]
    state = ground.operator.get(f"/v1/refunds/{refund_id}")["state"]
    is_approved = ground.journals("refund_from_escrow", refund_id) == 1
    assert is_approved is (state != "rejected")
    assert any(one.status < 300 for one in (approved if is_approved else rejected))
    assert not any(one.status < 300 for one in (rejected if is_approved else approved))
    ground.coherent()


def claim_of_a_payout(ground: Ground) -> None:
    ground.delivered(ground.anybody(), ground.thing())
    seller_id = ground.shop.seller_id
    unclaimed = "SELECT count(*) FROM payments_entries WHERE seller_id = ? AND claimed_by IS NULL"
    before = ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id)

    ground.rush(*(ground.request(ground.operator, "POST", "/v1/payout-runs") for _ in range(RIVALS)))

    assert ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id) == before + 1
    assert ground.count(unclaimed, seller_id) == 0
    ground.coherent()


def payout_by_three_schedulers(ground: Ground) -> None:
    placed = ground.delivered(ground.anybody(), ground.thing(ground.other_shop))
    seller_id = ground.other_shop.seller_id
    part = placed["seller_orders"][0]["seller_order_id"]
    before = ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id)

    ground.running.pass_time(timedelta(hours=2).total_seconds())
    ground.work(3)

    assert ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id) == before + 1
    assert ground.journals("escrow_released", f"{part}:%") == 1
    ground.coherent()


def receipt(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    body = {"carrier": "Post", "tracking": "T1"}
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json=body)

    ground.rush(*(ground.request(buyer, "POST", f"/v1/seller-orders/{part}/receipt") for _ in range(RIVALS)))
    ground.work(3)

    assert ground.journals("escrow_released", f"{part}:%") == 1
    ground.coherent()


def release_or_refund(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json={"carrier": "Post", "tracking": "T1"})
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/delivery")
    ground.work()
    whole = {"reason": "Late.", "parts": [{"seller_order_id": part, "items_minor": 10_000}]}
    refund = ground.request(ground.second, "POST", f"/v1/orders/{placed['order_id']}/refunds", whole)
    release = ground.request(ground.operator, "POST", f"/v1/escrow/{part}/release")

    ground.rush(*[refund, release] * 2)

    asked = "SELECT refund_id FROM payments_refunds WHERE order_id = ?"
    ((refund_id,),) = rows(ground.running, asked, placed["order_id"])
    before = ground.journals("refund_from_escrow", refund_id)
    after = ground.journals("refund_after_release", refund_id)
    assert (before, after, ground.journals("escrow_released", f"{part}:%")) in {(1, 0, 0), (0, 1, 1)}
    ground.coherent()


def release_or_dispute(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json={"carrier": "Post", "tracking": "T1"})
    (payment,) = ground.at_provider(f"/v1/payments?reference={_payment_of(placed)}", method="GET")["data"]
    ground.at_provider("/test/disputes", {"payment": payment["id"], "amount_minor": 10_000})

    ground.rush(*(ground.request(buyer, "POST", f"/v1/seller-orders/{part}/receipt") for _ in range(2)))
    ground.work(3)

    assert ground.journals("dispute_withdrawn") >= 1
    ground.coherent()


def _payment_of(placed: Any) -> str:
    return str(placed["payment"]["payment_id"])


def pay_or_call_off(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = order(buyer, ground.thing())
    step = placed["payment"]
    card = {"client_secret": step["client_secret"], "card_number": GOOD_CARD, "exp": "12/34"}
    paying = ground.request(None, "POST", f"/fakepay/v1/payments/{step['provider_reference']}/confirm", card)
    calling_off = ground.request(buyer, "POST", f"/v1/orders/{placed['order_id']}/cancellation")

    ground.rush(paying, calling_off)
    ground.work(2)

    _paid_or_nothing(ground, buyer, placed)


def pay_or_expire(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = order(buyer, ground.thing())
    step = placed["payment"]
    card = {"client_secret": step["client_secret"], "card_number": GOOD_CARD, "exp": "12/34"}
    ground.running.pass_time(clock_of(ground.running.settings).now().second + 16 * 60)
    ground.rush(ground.request(None, "POST", f"/fakepay/v1/payments/{step['provider_reference']}/confirm", card))

    ground.work(3)

    assert _paid_or_nothing(ground, buyer, placed)


def _paid_or_nothing(ground: Ground, buyer: Any, placed: Any) -> bool:
    ended = buyer.get(f"/v1/orders/{placed['order_id']}")
    charged = ground.journals("payment_captured", _payment_of(placed))
    assert (ended["state"], charged) in {("confirmed", 1), ("cancelled", 0), ("expired", 0)}, (ended["state"], charged)
    ground.coherent()
    return bool(charged)


def send_or_call_off(ground: Ground) -> None:
    goods, buyer = ground.thing(stock=1), ground.anybody()
    path = _part_path(ground.paid(buyer, goods))
    send = ground.request(ground.shop.owner, "POST", f"{path}/shipment", {"carrier": "Post", "tracking": "T1"})
    call_off = ground.request(buyer, "POST", f"{path}/cancellation", {"note": "Changed my mind."})

    answers = ground.rush(*[send, call_off] * (RIVALS // 2))

    sent, called_off = ([one.status < 300 for one in answers[start::2]] for start in (0, 1))
    assert any(sent) is not any(called_off)
    _sent_or_back(ground, path, goods)


def send_or_give_up(ground: Ground) -> None:
    goods = ground.thing(stock=1)
    path = _part_path(ground.paid(ground.anybody(), goods))
    send = ground.request(ground.shop.owner, "POST", f"{path}/shipment", {"carrier": "Post", "tracking": "T1"})
    ground.running.pass_time(timedelta(days=14, minutes=1).total_seconds())

    with ThreadPoolExecutor() as pool:
        working = pool.submit(ground.work, 3)
        ground.rush(*[send] * 2)
        working.result()

    _sent_or_back(ground, path, goods)


def last_two_parts(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing(), ground.thing(ground.other_shop))
    parts = [part["seller_order_id"] for part in placed["seller_orders"]]

    ground.rush(
        *(
            ground.request(buyer, "POST", f"/v1/seller-orders/{part}/cancellation", {"note": "No more."})
            for part in parts * (RIVALS // 2)
        )
    )
    ground.work(3)

    ended = buyer.get(f"/v1/orders/{placed['order_id']}")
    assert [ended["state"], *(part["state"] for part in ended["seller_orders"])] == ["cancelled"] * 3
    asked = "SELECT count(*) FROM payments_refunds WHERE order_id = ?"
    assert ground.count(asked, placed["order_id"]) == 2
    ground.coherent()


def _part_path(placed: Any) -> str:
    return f"/v1/seller-orders/{placed['seller_orders'][0]['seller_order_id']}"


def _sent_or_back(ground: Ground, path: str, goods: Goods) -> None:
    """The goods are on their way and paid for, or on the shelf and paid back, and never both."""
    part = ground.shop.owner.get(path)
    asked = "SELECT count(*) FROM payments_refund_parts WHERE seller_order_id = ?"
    refunds, shelf = ground.count(asked, part["seller_order_id"]), goods.stock()["level"]["available"]
    assert (part["state"], len(part["parcels"]), refunds, shelf) in {("shipped", 1, 0, 0), ("cancelled", 0, 1, 1)}
    ground.coherent()


def retry_of_a_payout(ground: Ground) -> None:
    ground.delivered(ground.anybody(), ground.thing())
    ground.operator.do("POST", "/v1/payout-runs", headers={"Idempotency-Key": fresh_key()})
    ground.work()
    payout = ground.operator.get("/v1/payouts")["items"][0]
    (there, *_) = ground.at_provider(f"/v1/payouts?reference={payout['payout_id']}", method="GET")["data"]
    ground.at_provider(f"/test/payouts/{there['id']}/return", {"failure_code": "account_closed"})
    ground.work()
    path = f"/v1/payouts/{payout['payout_id']}"

    ground.rush(*(ground.request(ground.operator, "POST", f"{path}/retry") for _ in range(RIVALS)))
    ground.work(3)

    assert ground.operator.get(path)["state"] == "paid"
    assert ground.operator.get(path)["attempt"] == 2
    assert ground.journals("transfer_succeeded", payout["payout_id"]) == 1
    assert ground.journals("payout_paid", payout["payout_id"]) == 2
    ground.coherent()


def _voucher(ground: Ground, **limits: int) -> str:
    code = f"CODE{uuid4().hex[:8].upper()}"
    body = {"code": code, "currency": "EUR", "amount_minor": 100, **limits}
    ground.operator.do("POST", "/v1/vouchers", json=body, headers={"Idempotency-Key": fresh_key()})
    return code


def uses_of_a_voucher(ground: Ground) -> None:
    goods, code = ground.thing(), _voucher(ground, uses_max=3)
    buyers = [ground.anybody() for _ in range(RIVALS)]
    for buyer in buyers:
        choose(buyer, goods)
        buyer.do("PUT", "/v1/cart/voucher", json={"code": code})

    answers = ground.rush(*(order_request(buyer, order_body(buyer), fresh_key()) for buyer in buyers))

    assert outcomes(answers)["201"] == 3
    assert len(outcomes(answers)) == 2
    assert goods.stock()["level"]["available"] == 47


def ship_or_call_off(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    path = f"/v1/seller-orders/{part}"
    sending = ground.request(ground.shop.owner, "POST", f"{path}/shipment", {"carrier": "Post", "tracking": "T1"})
    calling_off = ground.request(buyer, "POST", f"{path}/cancellation", {"note": "Not any more."})

    answers = ground.rush(*[sending, calling_off] * (RIVALS // 2))
    ground.work(3)

    state = ground.shop.owner.get(path)["state"]
    went_back = ground.count("SELECT count(*) FROM payments_refunds WHERE order_id = ?", placed["order_id"])
    assert (state, went_back) in {("shipped", 0), ("cancelled", 1)}, (state, went_back)
    sent, called_off = (any(one.status < 300 for one in answers[start::2]) for start in (0, 1))
    assert (sent, called_off) == (state == "shipped", state == "cancelled")
    ground.coherent()


def message_of_the_provider(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    number = uuid4().int % 10**9
    body = message(number).replace(b"pay_1", _payment_of(placed).encode())
    posted = Request("POST", HOOK, stamped(ground.running, body), body)

    answers = ground.rush(*[posted] * RIVALS)
    ground.work(3)

    assert set(outcomes(answers)) <= {"200", "202"}
    assert outcomes(answers)["202"] == 1
    assert ground.count("SELECT count(*) FROM provider_messages WHERE message_id = ?", f"evt_forged_{number}") == 1
    assert ground.journals("payment_captured", _payment_of(placed)) == 1
    ground.coherent()


def refresh_token(ground: Ground) -> None:
    session = signed_in(ground)
    body = {"refresh_token": session["refresh_token"]}

    answers = ground.rush(*(ground.request(None, "POST", "/v1/sessions/refresh", body) for _ in range(RIVALS)))

    assert outcomes(answers) == {"200": 1, "409 identity.refresh_raced": RIVALS - 1}


def address_of_a_person(ground: Ground) -> None:
    email = f"{uuid4().hex[:10]}@example.org"
    body = {"email": email, "password": "a long password 7531 for all", "name": "Twin"}

    answers = ground.rush(*(ground.request(None, "POST", "/v1/users", body) for _ in range(RIVALS)))

    assert outcomes(answers) == {"202": RIVALS}
    assert ground.count("SELECT count(*) FROM identity_users WHERE email = ?", email) == 1


def name_of_a_shop(ground: Ground) -> None:
    slug = f"shop-{uuid4().hex[:8]}"
    owners = [ground.anybody() for _ in range(RIVALS)]
    body = {"name": "Same name", "slug": slug, "country": "DE", "currency": "EUR"}

    answers = ground.rush(*(ground.request(owner, "POST", "/v1/sellers", body) for owner in owners))

    assert outcomes(answers)["201"] == 1
    assert ground.count("SELECT count(*) FROM identity_sellers WHERE slug = ?", slug) == 1


LIMITS: Final = (
    Limit("the last units of an offer", "as many orders as units", "conditional UPDATE of catalog_stock", last_units),
    Limit("units that are counted away", "no more than are unsold", "compared with what was seen", counted_away),
    Limit("an idempotency key", "one order", "the key's own committed claim", one_key),
    Limit("a cart", "one order", "UNIQUE(cart) and the cart's version", one_cart),
    Limit("a guest's cart", "one taker", "the cart's version", guests_cart),
    Limit("what is left of a share", "one of two refunds of 60 of 100", "the hold's standing", refund_of_a_share),
    Limit("an approval", "one refund, sent once", "the refund's version; key of the refund", approval),
    Limit("a decision about a refund", "approved or rejected", "the refund's machine and version", decision),
    Limit("what is payable to a seller", "one payout claims it", "claim on the entry", claim_of_a_payout),
    Limit("a release under three schedulers", "one payout", "claim on the entry", payout_by_three_schedulers),
    Limit("a receipt", "one release", "the hold's machine and version", receipt),
    Limit("held money", "released or refunded", "the escrow account's balance rule", release_or_refund),
    Limit("held money in a dispute", "released or disputed", "the escrow account's balance rule", release_or_dispute),
    Limit("the uses of a voucher", "as many as its maker allows", "conditional UPDATE of vouchers", uses_of_a_voucher),
    Limit("goods that are not sent yet", "sent or called off", "the seller order's machine", ship_or_call_off),
    Limit("an unpaid order", "paid or called off", "the provider's answer", pay_or_call_off),
    Limit("an order whose time is up", "paid money is kept", "the provider's answer", pay_or_expire),
    Limit("an unsent part", "sent or called off", "the seller order's machine and version", send_or_call_off),
    Limit("a part whose time is up", "sent or given up", "the seller order's machine and version", send_or_give_up),
    Limit("the last parts of an order", "it falls with both", "looked at after each has ended", last_two_parts),
    Limit("a returned payout", "one more attempt, no second transfer", "the payout's machine", retry_of_a_payout),
    Limit("a message of the provider", "kept once, one effect", "the inbox's primary key", message_of_the_provider),
    Limit("a refresh token", "one new pair", "compare-and-set of the token", refresh_token),
    Limit("an address of a person", "one account", "UNIQUE(email)", address_of_a_person),
    Limit("the name of a shop", "one shop", "UNIQUE(slug)", name_of_a_shop),
)
