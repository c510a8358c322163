"""A demonstration that runs elsewhere: where it is, whom to believe, and what is left out."""

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from marketplace_entrypoints.cli.app import app
from marketplace_entrypoints.demo.check.around import arrived_once
from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.outsider import Outsider, Unexpected
from marketplace_entrypoints.demo.check.place import MalformedPlace, Place
from marketplace_entrypoints.demo.check.receipt import Letter
from marketplace_entrypoints.demo.check.selling import DOORMAT, OpenedShop
from marketplace_entrypoints.demo.check.steps import Steps
from marketplace_entrypoints.demo.check.unpaid import COMES_BACK, EXPIRES, abandon
from marketplace_entrypoints.demo.elsewhere import NoDemonstrationThere, require_demonstration
from marketplace_entrypoints.demo.tell import Silence

LETTER = Letter(to="sam@example.org", template="order_confirmation", subject="Your order ord_1 · 3,00 €")


@pytest.mark.parametrize("word", ["ftp://market.example", "https://", "market.example", "/nowhere/place.json"])
def test_what_is_no_address_and_no_description_is_refused(word: str) -> None:
    with pytest.raises(MalformedPlace, match="no address of a marketplace"):
        Place.named(word)


@pytest.mark.parametrize("text", ["", "[]", '{"clock_shift": "x"}', '{"address": "https://m.example", "clock": "x"}'])
def test_a_file_that_describes_no_place_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "place.json").write_text(text)

    with pytest.raises(MalformedPlace):
        Place.named(str(tmp_path / "place.json"))


def test_a_place_moves_its_clock_where_that_is_at_hand_and_nowhere_else(tmp_path: Path) -> None:
    described = tmp_path / "place.json"
    described.write_text(json.dumps({"address": "https://market.example/", "clock_shift": str(tmp_path / "shift")}))

    place = Place.named(str(described))

    assert place.address == "https://market.example"
    assert place.clock is not None
    place.clock.advance(60)
    assert float((tmp_path / "shift").read_text()) == 60
    assert Place.named("https://market.example").clock is None


class _Refusing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(401)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Keep it."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """Return the address of a marketplace that does not know the demonstration's people."""
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


async def test_nothing_is_done_at_a_marketplace_that_is_not_the_demonstration(stranger: str) -> None:
    with pytest.raises(NoDemonstrationThere, match=r"does not know the demonstration's operator.* 401"):
        await require_demonstration(Place(address=stranger))


async def test_nobody_at_the_address_is_a_sentence() -> None:
    with pytest.raises(NoDemonstrationThere, match=r"Nobody answers at http://127\.0\.0\.1:1"):
        await require_demonstration(Place(address="http://127.0.0.1:1"))


@pytest.mark.parametrize(
    "words", [["--at", "https://market.example"], ["--check", "--part", "fill"], ["--part", "neither"]]
)
def test_words_that_make_no_sense_together_are_wrong_usage(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["demo", *words]).exit_code == 2


def test_a_place_that_is_none_is_refused_in_a_sentence() -> None:
    told = CliRunner().invoke(app, ["demo", "--check", "--at", "market.example"])

    assert told.exit_code == 3
    assert "no address of a marketplace" in told.stderr


async def test_steps_that_need_a_clock_are_said_to_be_left_out_without_one() -> None:
    placed = 0

    def market(request: httpx.Request) -> httpx.Response:
        nonlocal placed
        payment = {
            "payment_id": "pay_1",
            "provider_reference": "x",
            "client_secret": "s",
            "failure_code": "card_declined",
        }
        order = {"order_id": "ord_1", "state": "pending_payment", "payment": payment}
        match request.method, request.url.path:
            case "POST", "/v1/orders":
                placed += 1
                headers = {"Idempotent-Replayed": "true"} if placed > 1 else {}
                return httpx.Response(201, json=order, headers=headers)
            case "POST", "/fakepay/v1/payments/x/confirm":
                return httpx.Response(402, json={"code": "card_declined"})
            case "GET", "/v1/products/prd_1":
                return httpx.Response(200, json={"variants": [{"available": 1 if placed else 3}]})
            case "GET", "/v1/orders/ord_1":
                return httpx.Response(200, json=order)
            case _:
                found: Mapping[str, object] = {
                    "access_token": "a",
                    "refresh_token": "r",
                    "quote_hash": "q",
                    "items": [],
                    "next_cursor": None,
                }
                return httpx.Response(200, json=found)

    http = httpx.AsyncClient(base_url="http://market.test", transport=httpx.MockTransport(market))
    rosa = Outsider(http=http, name="Rosa", email="rosa@example.org", password="a long walk by the sea")
    shop = OpenedShop(
        seller=rosa,
        seller_id="sel_1",
        slug="harbour",
        name="Harbour Light",
        products={DOORMAT.handle: "prd_1"},
        offers={DOORMAT.forms[0].sku: "off_1"},
        video_id="vid_1",
        hls_url="",
    )
    steps = Steps(Silence())

    forgotten = await abandon(steps, rosa, shop, Books(rosa), None)

    assert [one.step for one in steps.left_out] == [EXPIRES, COMES_BACK]
    assert len(steps.done) == 2
    assert (forgotten.state, forgotten.stock_after, forgotten.ledger_rows) == ("pending_payment", 1, None)


@pytest.mark.parametrize("times", [0, 2])
def test_a_mail_that_did_not_arrive_or_did_so_twice_is_a_failure(tmp_path: Path, times: int) -> None:
    for number in range(times):
        arrive(tmp_path, number)

    with pytest.raises(Unexpected, match=f"arrived {times} times by SMTP"):
        arrived_once(tmp_path, (LETTER,))


def test_a_mail_is_found_by_whom_it_is_for_and_what_it_is_about(tmp_path: Path) -> None:
    arrive(tmp_path, 1)
    arrive(tmp_path, 2, to="tove@example.org")

    assert arrived_once(tmp_path, (LETTER,)) == LETTER


def arrive(folder: Path, number: int, *, to: str = LETTER.to) -> None:
    """Put a mail into a Maildir."""
    for room in ("new", "cur"):
        (folder / room).mkdir(exist_ok=True)
    subject = "=?utf-8?q?Your_order_ord=5F1_=C2=B7_3=2C00_=E2=82=AC?="
    (folder / "new" / str(number)).write_text(f"To: {to}\r\nSubject: {subject}\r\n\r\nThank you.\r\n")
