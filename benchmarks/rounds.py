"""One round: everything is measured once, ceilings first, so that a slow minute of the machine is slow for all."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from benchmarks import journeys
from benchmarks.figures import CEILING, HELLO, Figure, figure
from benchmarks.load import Script, drive
from benchmarks.servers import Server
from benchmarks.shop import PASSWORD, Stand

KEPT_LIST: Final = "product list, kept for a second"
KEPT_PRODUCT: Final = "product page, kept for a second"
POPULAR: Final = 100
"""So many products are looked at all day."""


@frozen(kw_only=True)
class Measure:
    """How many connections ask, and for how long."""

    connections: int
    seconds: float
    warmup: float


def measured_round(
    product: Server, bare: Server, stand: Stand, measure: Measure, keeping: Server | None = None
) -> Mapping[str, Figure]:
    """Measure every kind of request, by the light generator; ``keeping`` is a server that keeps public answers."""
    tokens = tokens_of(product, stand)
    count = measure.connections
    browsing: dict[str, tuple[Server, list[journeys.Call]]] = {
        HELLO: (bare, [journeys.Call(HELLO, "GET", "/hello", {})]),
        CEILING: (bare, [journeys.Call(CEILING, "GET", "/ready", {})]),
        journeys.LIST: (product, [journeys.list_call()]),
        journeys.SEARCH: (product, [journeys.search_call(word) for word in stand.words]),
        journeys.PRODUCT: (product, [journeys.product_call(product_id) for product_id in stand.product_ids]),
    }
    if keeping is not None:
        popular = [journeys.product_call(product_id) for product_id in stand.product_ids[:POPULAR]]
        browsing |= {
            KEPT_LIST: (keeping, [evolve(journeys.list_call(), kind=KEPT_LIST)]),
            KEPT_PRODUCT: (keeping, [evolve(call, kind=KEPT_PRODUCT) for call in popular]),
        }
    figures: dict[str, Figure] = {}
    for kind, (server, calls) in browsing.items():
        scripts = [journeys.repeated(calls, place * len(calls) // count) for place in range(count)]
        figures |= _measured(server, scripts, (kind,), measure)
    adding = [journeys.adding(stand, place, token) for place, token in enumerate(tokens)]
    figures |= _measured(product, adding, (journeys.ADD,), measure)
    fresh = [journeys.checking_out(stand, place, token, _fresh_key) for place, token in enumerate(tokens)]
    figures |= _measured(product, fresh, (journeys.CHECKOUT, journeys.QUOTE, journeys.ORDER), measure)
    return figures


def tokens_of(product: Server, stand: Stand) -> list[str]:
    """Sign every buyer in."""
    return [_token(product, buyer) for buyer in stand.buyers]


def _measured(server: Server, scripts: Sequence[Script], kinds: Sequence[str], measure: Measure) -> dict[str, Figure]:
    before = server.cpu_seconds
    tally = drive(server.port, scripts, warmup_seconds=measure.warmup, measured_seconds=measure.seconds)
    after = server.cpu_seconds
    worked = None if before is None or after is None else (after - before) * 1000
    whole = measure.warmup + measure.seconds
    found: dict[str, Figure] = {}
    for kind in kinds:
        units = max(len(tally.latencies[kind]), 1) * whole / measure.seconds
        cpu_ms = worked / units if worked is not None and kind == kinds[0] else None
        found[kind] = figure(tally, kind, cpu_ms=cpu_ms)
    return found


def _token(product: Server, buyer: str) -> str:
    answer = product.send("POST", "/v1/sessions", json={"email": buyer, "password": PASSWORD})
    return str(answer.raise_for_status().json()["access_token"])


def _fresh_key() -> str:
    return f"bench-{uuid.uuid4().hex}"
