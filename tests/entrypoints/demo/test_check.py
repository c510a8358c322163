"""The parts of the check that would let a fault pass if they were wrong."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.outsider import Outsider, Unexpected, eventually, require
from marketplace_entrypoints.demo.check.receipt import shares_of
from marketplace_entrypoints.demo.check.selling import mail
from marketplace_entrypoints.demo.check.steps import StepFailed, Steps
from marketplace_entrypoints.demo.check.unpaid import ledger_rows
from marketplace_entrypoints.demo.tell import Silence

Answer = Callable[[httpx.Request], httpx.Response]


def somebody(answer: Answer) -> Outsider:
    """Return somebody whose every request is answered so."""
    http = httpx.AsyncClient(base_url="http://market.test", transport=httpx.MockTransport(answer))
    return Outsider(http=http, name="Ann", email="ann@example.org", password="a long walk by the sea")


def session(access: str) -> Mapping[str, Any]:
    return {"access_token": access, "refresh_token": f"refresh-{access}"}


async def test_a_failed_step_is_named_and_says_why() -> None:
    steps = Steps(Silence())

    with pytest.raises(StepFailed, match=r"“She opens a shop” failed\. It is suspended\.") as failed:
        async with steps.step("She opens a shop"):
            require(False, "It is suspended.")

    assert failed.value.step == "She opens a shop"
    assert not steps.done


@pytest.mark.parametrize("surprise", [KeyError("order_id"), httpx.ReadTimeout("late"), TypeError("None")])
async def test_a_step_fails_by_name_whatever_comes_out_of_it(surprise: Exception) -> None:
    with pytest.raises(StepFailed, match="“He orders” failed"):
        async with Steps(Silence()).step("He orders"):
            raise surprise


async def test_a_refusal_is_quoted_from_its_problem_document() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        problem = {"code": "cart.not_enough_stock", "detail": "Only 2 are left."}
        return httpx.Response(409, json=problem, headers={"content-type": "application/problem+json"})

    with pytest.raises(Unexpected, match=r"POST /v1/cart/lines answered 409 cart\.not_enough_stock: Only 2 are left\."):
        await somebody(refuse).post("/v1/cart/lines", {"quantity": 3})


async def test_a_session_that_ran_out_is_refreshed_once_and_the_request_sent_again() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        token = request.headers.get("authorization", "nobody")
        seen.append(f"{request.url.path} {token}")
        if request.url.path == "/v1/sessions":
            return httpx.Response(201, json=session("old"))
        if request.url.path == "/v1/sessions/refresh":
            return httpx.Response(200, json=session("new"))
        return httpx.Response(200 if token == "Bearer new" else 401, json={"name": "Ann"})

    ann = somebody(answer)
    await ann.sign_in()
    me = await ann.get("/v1/me")

    assert me == {"name": "Ann"}
    assert seen[1:] == ["/v1/me Bearer old", "/v1/sessions/refresh nobody", "/v1/me Bearer new"]


async def test_waiting_ends_with_the_sentence_of_what_never_came() -> None:
    async def never() -> None:
        return None

    with pytest.raises(Unexpected, match="The video was not ready"):
        await eventually(never, "The video was not ready.", within_seconds=0.3)


async def test_a_mail_that_came_twice_is_a_failure() -> None:
    ann = somebody(answer_with_two_mails)

    with pytest.raises(Unexpected, match="got 2 mails"):
        await mail(ann, "order_confirmation", about="ord_1")


async def test_a_mail_is_known_by_what_it_says() -> None:
    ann = somebody(answer_with_two_mails)

    found = await mail(ann, "order_confirmation", about="ord_2")

    assert found["mail_id"] == "mail_3"


def answer_with_two_mails(request: httpx.Request) -> httpx.Response:
    texts = {"mail_1": "Thank you for ord_1.", "mail_2": "Thank you for ord_1.", "mail_3": "Thank you for ord_2."}
    named = request.url.path.rpartition("/")[2]
    if named in texts:
        return httpx.Response(200, json={"mail_id": named, "subject": "Order", "text": texts[named], "state": "sent"})
    listed = [{"mail_id": name, "template": "order_confirmation", "state": "sent"} for name in texts]
    return httpx.Response(200, json={"items": listed, "next_cursor": None})


@pytest.mark.parametrize(
    ("source", "debit", "rows"),
    [("pay_1", "psp:fakepay:EUR", 1), ("pay_2", "escrow:sor_1:EUR", 1), ("pay_2", "escrow:sor_2:EUR", 0)],
)
async def test_rows_of_an_order_are_found_by_its_payment_and_by_its_parts(source: str, debit: str, rows: int) -> None:
    transfer = {"debit": debit, "credit": "suspense:EUR", "amount": {"amount_minor": 1, "currency": "EUR"}}
    journals = {"": [{"source_id": "pay_9", "transfers": []}], "2": [{"source_id": source, "transfers": [transfer]}]}

    def answer(request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor", "")
        return httpx.Response(200, json={"items": journals[cursor], "next_cursor": None if cursor else "2"})

    order = {"payment": {"payment_id": "pay_1"}, "seller_orders": [{"seller_order_id": "sor_1"}]}

    assert await ledger_rows(Books(somebody(answer)), order) == rows


def test_the_buyers_money_is_divided_among_those_who_hold_it() -> None:
    def escrow(part: str, payable: int, commission: int, vat: int) -> Mapping[str, Any]:
        amounts = {"payable": payable, "commission": commission, "vat": vat, "reserve": 0}
        division = {name: {"amount_minor": amount, "currency": "EUR"} for name, amount in amounts.items()}
        return {"seller_order_id": part, "releases": [{"division": division}]}

    shares = shares_of([escrow("sor_1", 880, 100, 20), escrow("sor_2", 440, 50, 10)], {"sor_1": "Wax", "sor_2": "Clay"})

    assert [(share.holder, share.amount_minor) for share in shares] == [
        ("Clay", 440),
        ("Wax", 880),
        ("the marketplace", 150),
        ("the tax office", 30),
    ]
