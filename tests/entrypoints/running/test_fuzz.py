"""Every operation of the OpenAPI description, with values that fit it and values that do not: never a fault of ours.

Requests are sent by nobody, a buyer, a seller and an operator. ``MARKETPLACE_FUZZ_EXAMPLES`` makes it longer (``just
fuzz``): a random walk then, instead of the same one every time.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import schemathesis
from attrs import define, field
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from features.drivers.names import PICTURE
from features.drivers.processes import Process, forked
from tests.entrypoints.running.people import Person, appoint, newcomer
from tests.entrypoints.running.processes import Make, Running, until
from tests.entrypoints.running.trade import (
    ADDRESS,
    VIDEO,
    Goods,
    Shop,
    add_category,
    at_provider,
    choose,
    fresh_key,
    offer,
    open_shop,
    order,
    pay,
)

pytestmark = pytest.mark.slow
SHORT: Final = 3
EXAMPLES: Final = int(os.environ.get("MARKETPLACE_FUZZ_EXAMPLES", SHORT))
"""How many cases per operation and kind of value."""
WITH_KNOWN_THINGS: Final = 1
SENSIBLE: Final = 2
"""How much sense a case makes: 0 names things at random, 1 names what exists, 2 also says what the examples say."""
CHECKS: Final = [not_a_server_error, content_type_conformance, response_schema_conformance]
OPERATIONS_MIN: Final = 60
"""Fewer means that the description has lost some."""
NEVER_SHARE_MAX: Final = 1 / 3
"""How many of the operations may go without one good answer."""
OWN_MONEY: Final = {"currency": "EUR", "amount_minor": 100_000_000}
"""Put in at the provider: what its fees have eaten of payments that went back whole would stop every payout run."""


@schemathesis.serializer("message/rfc822")
def as_it_was_written(ctx: Any, value: Any) -> Any:
    """Send a mail, or what is none, as bytes."""
    return value if isinstance(value, bytes) else str(value).encode()


Operation = APIOperation[Any, Any, Any, Any]


@define(eq=False)
class Town:
    """A marketplace with one of everything, and those who are let loose on it; made anew when they have broken it."""

    running: Running
    operator: Person
    shop: Shop = field(init=False)
    buyer: Person = field(init=False)
    known: dict[str, Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the first."""
        self.renew()

    def renew(self) -> None:
        """Make a shop with goods, a page, a video and a voucher, and a buyer with a cart, an order, a wish, a claim."""
        self.shop = open_shop(self.operator, f"Shop {newcomer(self.running).name[-6:]}")
        owner, self.buyer = self.shop.owner, newcomer(self.running)
        goods = offer(self.shop, "Fuzzy Cup", stock=1_000)
        product = owner.get(f"/v1/products/{goods.product_id}")
        video = owner.do("POST", f"/v1/products/{goods.product_id}/video-uploads", json=VIDEO)
        owner.do("PUT", f"/v1/sellers/{self.shop.seller_id}/page", json={"headline": "Cups"})
        claimed, (photo,) = self.claim(self.bought(goods))
        placed = self.bought(goods)
        path = f"/v1/orders/{placed['order_id']}"
        choose(self.buyer, goods)
        wish = {"reason": "Chipped.", "amount_minor": 1}
        asked = self.buyer.do("POST", f"{path}/refunds", json=wish, headers={"Idempotency-Key": fresh_key()})
        mails = until(lambda: self.buyer.get("/v1/me/mails")["items"], what="the buyer is written to")
        seller_id = self.shop.seller_id
        self.known = {
            "seller_id": seller_id,
            "id_or_slug": seller_id,
            "seller": seller_id,
            "slug": owner.get(f"/v1/sellers/{seller_id}")["slug"],
            "product_id": goods.product_id,
            "offer_id": goods.offer_id,
            "image_id": product["images"][0]["image_id"],
            "video_id": video["video_id"],
            "hero_video": video["video_id"],
            "token": video["slot"]["url"].rpartition("/")[2],
            "provider": "fakepay",
            "category": "things",
            "parent": "things",
            "order_id": placed["order_id"],
            "payment_id": placed["payment"]["payment_id"],
            "seller_order_id": placed["seller_orders"][0]["seller_order_id"],
            "refund_id": asked["refund_id"],
            "claim_id": claimed,
            "photo_id": photo,
            "voucher_id": self.voucher(),
            **self.told(),
            "number": 1,
            "mail_id": mails[0]["mail_id"],
            "line_id": self.buyer.get("/v1/cart")["groups"][0]["lines"][0]["line_id"],
            "quote_hash": self.buyer.get("/v1/checkout/quote")["quote_hash"],
            "user_id": self.buyer.get("/v1/me")["user_id"],
            "address": ADDRESS,
            "currency": "EUR",
            "country": "DE",
        }

    def bought(self, goods: Goods) -> dict[str, Any]:
        """Have the buyer order and pay."""
        placed: dict[str, Any] = order(self.buyer, goods)
        pay(self.buyer, placed)
        path = f"/v1/orders/{placed['order_id']}"
        until(lambda: self.buyer.get(path)["state"] == "confirmed", what="the order is paid")
        return placed

    def claim(self, placed: dict[str, Any]) -> tuple[str, list[str]]:
        """Have an order arrive damaged, and the buyer say so with a photo; return the claim and its photos."""
        parcel = f"/v1/seller-orders/{placed['seller_orders'][0]['seller_order_id']}"
        self.shop.owner.do("POST", f"{parcel}/shipment", json={"carrier": "DHL", "tracking": "JD7"})
        self.shop.owner.do("POST", f"{parcel}/delivery")
        until(lambda: self.buyer.get(f"{parcel}/claimable")["kinds"], what="a claim may be opened")
        said, key = {"kind": "damaged", "text": "It is chipped."}, {"Idempotency-Key": fresh_key()}
        claim_id = self.buyer.do("POST", f"{parcel}/claims", json=said, headers=key)["claim_id"]
        shown = {"Content-Type": "image/png"}
        self.buyer.do("POST", f"/v1/claims/{claim_id}/photos", content=PICTURE, headers=shown)
        return claim_id, [photo["photo_id"] for photo in self.buyer.get(f"/v1/claims/{claim_id}")["photos"]]

    def voucher(self) -> str:
        """Have the operator make one; nobody uses it."""
        body = {"code": f"fuzz-{self.shop.seller_id[-8:]}", "currency": "EUR", "amount_minor": 1}
        made: dict[str, str] = self.operator.do(
            "POST", "/v1/vouchers", json=body, headers={"Idempotency-Key": fresh_key()}
        )
        return made["voucher_id"]

    def told(self) -> dict[str, str]:
        """Have a program of the shop's told what happens, at a port where nobody listens."""
        owner, seller_id = self.shop.owner, self.shop.seller_id
        body = {
            "url": "http://127.0.0.1:9/shop",
            "event_types": ["marketplace.orders.v1.OrderConfirmed"],
            "seller_id": seller_id,
        }
        endpoint_id = owner.do("POST", "/v1/webhook-endpoints", json=body)["endpoint_id"]
        tried = owner.do("POST", f"/v1/webhook-endpoints/{endpoint_id}/test")
        return {"endpoint_id": endpoint_id, "delivery_id": tried["delivery_id"]}

    def is_whole(self) -> bool:
        """Tell whether everything is still there, and everybody still is who they were."""
        looks = (
            (self.operator, "/v1/ledger/audit"),
            (self.buyer, "/v1/checkout/quote"),
            (self.shop.owner, f"/v1/sellers/{self.shop.seller_id}/page"),
            (self.shop.owner, f"/v1/videos/{self.known['video_id']}"),
            (self.shop.owner, f"/v1/webhook-endpoints/{self.known['endpoint_id']}"),
        )
        if not all(person.send("GET", path).is_success for person, path in looks):
            return False
        part = self.shop.owner.get(f"/v1/seller-orders/{self.known['seller_order_id']}")
        return part["state"] not in {"cancelled", "declined"}

    def mend(self) -> None:
        """Renew what the last operation has broken."""
        if self.is_whole():
            return
        if not self.operator.send("GET", "/v1/ledger/audit").is_success:
            self.operator = appoint(self.running, newcomer(self.running).name)
        self.renew()

    def logins(self) -> list[dict[str, str]]:
        """Return the headers that say who sends a request."""
        return [{}, *(person.headers for person in (self.buyer, self.shop.owner, self.operator))]


def where_programs_are_near(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Start a process that may tell programs on this machine what happens."""
    return forked(command, {**environment, "MARKETPLACE_ADAPTERS__HTTPS__LOOPBACK": "true"}, log)


@pytest.fixture(scope="module")
def town(marketplaces: Make) -> Town:
    running = marketplaces()
    running.begin = where_programs_are_near
    running.start_server()
    running.start_worker()
    operator = appoint(running, "Operator")
    add_category(operator)
    at_provider(running, "/test/balance", OWN_MONEY)
    return Town(running, operator)


@pytest.fixture(scope="module")
def description(town: Town) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{town.running.address}/v1/openapi.json")


@define(eq=False)
class Walk:
    """Requests sent through the town, and what came back."""

    town: Town
    session: requests.Session
    met: dict[str, set[int]] = field(factory=dict)
    faults: list[str] = field(factory=list)

    def send(self, case: Case[Any], *, sense: int, logins: Iterable[dict[str, str]]) -> None:
        """Send a case in somebody's names."""
        if sense == SENSIBLE and (example := documented(case.operation)) is not None:
            case.body = example
        if sense:
            for part in ("path_parameters", "query", "body"):
                setattr(case, part, with_known_things(getattr(case, part), self.town.known))
        for login in logins:
            headers = login | ({"Idempotency-Key": fresh_key()} if sense else {})
            answer = case.call(session=self.session, headers=headers)
            self.met.setdefault(case.operation.label, set()).add(answer.status_code)
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as failures:
                self.faults.append(f"{case.as_curl_command()}\n{failures.exceptions!r:.1000}")

    def at_the_edges(self, operation: Operation) -> None:
        """Send the extremes of what the description allows, and what is just beyond: each case by another login."""
        turns = cycle(self.town.logins())
        cases = operation.schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=operation.schema.config.generation_for(operation=operation),
        )
        for case in cases:
            logins = self.town.logins() if EXAMPLES > SHORT else [next(turns)]
            self.send(case, sense=WITH_KNOWN_THINGS, logins=logins)

    def at_random(self, operation: Operation, mode: GenerationMode) -> None:
        """Send generated cases, each by every login; in the short form only those that make sense, others by turns."""
        turns = cycle(self.town.logins())

        @settings(
            max_examples=EXAMPLES,
            derandomize=EXAMPLES == SHORT,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), sense=st.integers(0, SENSIBLE))
        def send(case: Case[Any], sense: int) -> None:
            everybody = EXAMPLES > SHORT or sense == SENSIBLE
            self.send(case, sense=sense, logins=self.town.logins() if everybody else [next(turns)])

        with suppress(Unsatisfiable):  # nothing can be wrong about a request that has no parts
            send()


def test_no_request_meets_a_fault_of_ours(town: Town, description: BaseSchema) -> None:
    with requests.Session() as session:
        walk = Walk(town, session)

        for operation in operations(description):
            walk.at_the_edges(operation)
            town.mend()
            for mode in GenerationMode:
                walk.at_random(operation, mode)
                town.mend()

    assert walk.faults == []
    assert len(walk.met) >= OPERATIONS_MIN
    never = [label for label, statuses in walk.met.items() if min(statuses) >= 300]
    assert len(never) < len(walk.met) * NEVER_SHARE_MAX, f"never carried out, so hardly tried: {never}"


def operations(description: BaseSchema) -> Iterator[Operation]:
    """Yield every operation."""
    for found in description.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def documented(operation: Operation) -> Any:
    """Return the example that the description gives of the operation's body; None without one."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    named = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    schema = operation.schema.raw_schema["components"]["schemas"].get(named.rpartition("/")[2], {})
    return next(iter(schema.get("examples", ())), None)


def with_known_things(value: Any, known: dict[str, Any]) -> Any:
    """Return the value with things that exist wherever it names things."""
    if isinstance(value, dict):
        return {
            name: known[name] if name in known and type(inner) is type(known[name]) else with_known_things(inner, known)
            for name, inner in value.items()
        }
    return [with_known_things(inner, known) for inner in value] if isinstance(value, list) else value
