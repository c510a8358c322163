"""Races for goods, orders, names and keys."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

from marketplace_entrypoints.composition.surroundings import clock_of
from tests.entrypoints.running.race import Request
from tests.entrypoints.running.test_refusals import HOOK, message, stamped
from tests.entrypoints.running.trade import GOOD_CARD, Goods, choose, fresh_key, order, order_body, order_request
from tests.races.ground import RIVALS, Ground, guest_with, outcomes, payment_of, signed_in


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
    charged = ground.journals("payment_captured", payment_of(placed))
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


def message_of_the_provider(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    number = uuid4().int % 10**9
    body = message(number).replace(b"pay_1", payment_of(placed).encode())
    posted = Request("POST", HOOK, stamped(ground.running, body), body)

    answers = ground.rush(*[posted] * RIVALS)
    ground.work(3)

    assert set(outcomes(answers)) <= {"200", "202"}
    assert outcomes(answers)["202"] == 1
    assert ground.count("SELECT count(*) FROM provider_messages WHERE message_id = ?", f"evt_forged_{number}") == 1
    assert ground.journals("payment_captured", payment_of(placed)) == 1
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
