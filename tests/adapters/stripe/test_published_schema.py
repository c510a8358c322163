"""Our requests, and the stand-in's answers and events, are what Stripe's published schema says.

The schema is in the repository as far as it concerns us (``extract.py`` says how it got there). Where stripe-mock,
Stripe's own server made of the same schema, is at hand (``./dev stripe-mock`` builds it), every request is sent to it
as well, and its answers have the fields and types of the stand-in's.
"""

import asyncio
import json
import os
import re
import shutil
import socket
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Final

import httpx
import jsonschema_rs
import pytest

from marketplace_core.payments.ports import DisputeGateway, PaymentGateway, PayoutGateway, ProviderBooks, ProviderNews
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY, Exchange
from tests.adapters.stripe.standin.forms import nested
from tests.adapters.stripe.tour import everything

ROOT: Final = Path(__file__).resolve().parents[3]
PUBLISHED: Final = json.loads(Path(__file__).with_name("published.json").read_text(encoding="utf-8"))
BUILT: Final = ROOT / ".tools" / "stripe-mock" / "stripe-mock"
ONLY_BROWSERS: Final = "/confirm"
Schema = dict[str, Any]


def operation_of(exchange: Exchange) -> str:
    """Return the published name of what was asked."""
    for name in PUBLISHED["operations"]:
        method, path = name.split(" ")
        if method == exchange.method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), exchange.path):
            return str(name)
    raise AssertionError(f"Stripe publishes no {exchange.method} {exchange.path}")


def ours(stage: Stage) -> list[Exchange]:
    """Return what we asked, without what the buyer's browser did."""
    return [one for one in stage.standin.asked if not one.path.endswith(ONLY_BROWSERS)]


def valid(schema: Schema, thing: Any) -> list[str]:
    """Return what is wrong with a thing."""
    whole = {**schema, "$defs": PUBLISHED["$defs"]}
    found = jsonschema_rs.validator_for(whole).iter_errors(thing)
    return [f"{'/'.join(map(str, one.instance_path))}: {one.message[:200]}" for one in found]


def typed(value: Any, schema: Schema) -> Any:
    """Return what a form field means where the schema wants a number or a yes."""
    if isinstance(value, dict):
        properties = _properties(schema)
        return {name: typed(one, properties.get(name, {})) for name, one in value.items()}
    if isinstance(value, list):
        return [typed(one, schema.get("items", {})) for one in value]
    kinds = {one.get("type") for one in (schema, *schema.get("anyOf", ()))}
    if "integer" in kinds and re.fullmatch("-?[0-9]+", value):
        return int(value)
    return value == "true" if "boolean" in kinds and value in {"true", "false"} else value


def _properties(schema: Schema) -> Schema:
    together: Schema = dict(schema.get("properties", {}))
    for one in schema.get("anyOf", ()):
        together |= one.get("properties", {})
    return together


def test_the_tour_calls_everything_that_the_ports_can_do() -> None:
    text = Path(__file__).with_name("tour.py").read_text(encoding="utf-8")
    called = set(re.findall(r"await (?:payments|payouts|gateway|books|news)\.(\w+)\(", text))

    missing = {
        name
        for port in (PaymentGateway, PayoutGateway, DisputeGateway, ProviderBooks, ProviderNews)
        for name, method in vars(port).items()
        if not name.startswith("_") and asyncio.iscoroutinefunction(method)
    } - called

    assert missing == set()


async def test_what_we_ask_and_what_the_stand_in_answers_is_as_published(stage: Stage) -> None:
    await everything(stage)

    wrong = []
    for exchange in ours(stage):
        operation = PUBLISHED["operations"][operation_of(exchange)]
        asked = typed(nested(exchange.form), operation["asked"])
        wrong += [f"{exchange.method} {exchange.path} asked {one}" for one in valid(operation["asked"], asked)]
        if exchange.status == 200:
            found = valid(operation["answered"], exchange.answer)
            wrong += [f"{exchange.method} {exchange.path} answered {one}" for one in found]
    wrong += [
        f"event {event['type']} {one}" for event in stage.books.events for one in valid(PUBLISHED["event"], event)
    ]

    assert {operation_of(one) for one in ours(stage)} == PUBLISHED["operations"].keys()
    assert sorted(set(wrong)) == []


# ---------------------------------------------------------------- stripe-mock


def stripe_mock() -> str | None:
    """Return the program, if it is anywhere."""
    named = os.environ.get("STRIPE_MOCK")
    return named or (str(BUILT) if BUILT.is_file() else shutil.which("stripe-mock"))


@pytest.fixture
async def mock() -> AsyncGenerator[httpx.AsyncClient]:
    """Start stripe-mock."""
    program = stripe_mock()
    if program is None:
        pytest.skip("stripe-mock is not here: ./dev stripe-mock builds it where there is Go")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = await asyncio.create_subprocess_exec(
        program, "-http-addr", f"127.0.0.1:{port}", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-www-form-urlencoded"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
        await _until_it_answers(client)
        yield client
    started.terminate()
    await started.wait()


async def _until_it_answers(client: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            await client.get("/v1/balance")
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        else:
            return
    raise AssertionError("stripe-mock did not start")


def differences(told: Any, published: Any, place: str = "") -> list[str]:
    """Return where one answer has another type than the other, or a field that the other has not."""
    if told is None or published is None or not published:
        return []  # either may be empty
    if isinstance(told, list) and isinstance(published, list):
        return [line for one in told for line in differences(one, published[0], f"{place}[]")]
    if isinstance(told, dict) and isinstance(published, dict):
        if place.endswith(("metadata", "capabilities")):
            return []
        both = told.keys() & published.keys()
        return [line for name in sorted(both) for line in differences(told[name], published[name], f"{place}.{name}")]
    expandable = {type(told), type(published)} == {str, dict}
    return [] if expandable or type(told) is type(published) else [f"{place}: {told!r} where Stripe has {published!r}"]


async def test_stripes_own_server_takes_our_requests_and_answers_alike(stage: Stage, mock: httpx.AsyncClient) -> None:
    await everything(stage)
    asked: dict[tuple[str, str, tuple[str, ...]], Exchange] = {}
    for one in ours(stage):
        if one.status == 200:
            asked.setdefault((one.method, operation_of(one), tuple(name for name, _ in one.form)), one)

    wrong = []
    for one in asked.values():
        headers = {} if one.account is None else {"Stripe-Account": one.account}
        sent = {"params": one.form} if one.method == "GET" else {"data": dict(one.form)}
        answer = await mock.request(one.method, one.path, headers=headers, **sent)
        if answer.status_code == 200:
            wrong += [f"{one.method} {one.path}{line}" for line in differences(one.answer, answer.json())]
        else:
            wrong.append(f"{one.method} {one.path} {one.form}: {answer.text}")

    assert len(asked) >= len(PUBLISHED["operations"])
    assert wrong == []
