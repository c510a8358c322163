"""A process answers for the roles it holds, and of the others not even a part."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import compile_path

from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.http.health import Presence
from marketplace_entrypoints.http.paths import paths_by_role, routes_of
from marketplace_entrypoints.http.routes import BY_ROLE
from marketplace_entrypoints.roles import ROLES, UnknownRole, roles_of
from marketplace_entrypoints.server import create_service

NOWHERE = "http.no_such_route"
SAMPLES = {"currency": "EUR", "number": "1", "language": "en", "name": "x.m3u8", "key": "x.png", "provider": "fakepay"}


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[OpenMarketplace]:
    async with open_marketplace(Settings(data=tmp_path / "data")) as there:
        yield there


def routes() -> Iterator[tuple[str, str, str]]:
    """Return role, method and an address for every route of the door that says something."""
    for role, routers in BY_ROLE.items():
        for route in routes_of(routers):
            address = re.sub(r"{(\w+)(:path)?}", lambda name: SAMPLES.get(name[1], f"x_{name[1]}"), route.path)
            if route.method != "HEAD":
                yield role, route.method, address


async def code_of(client: httpx.AsyncClient, method: str, address: str) -> str | None:
    """Send a request as a stranger and return the code of the problem it met, if it met one."""
    answer = await client.request(method, address)
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    return f"{answer.status_code} {answer.json()['code']}" if is_problem else None


async def test_every_route_answers_in_its_own_role_and_is_nowhere_in_all_others(opened: OpenMarketplace) -> None:
    every = list(routes())
    assert len(every) > 150
    for role in ROLES:
        transport = httpx.ASGITransport(create_service(opened, [role]))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            own = {(m, a): await code_of(client, m, a) for held, m, a in every if held == role}
            others = {(m, a): await code_of(client, m, a) for held, m, a in every if held != role}

        assert [where for where, code in own.items() if code and NOWHERE in code] == []
        assert {where: code for where, code in others.items() if code != f"404 {NOWHERE}"} == {}


async def test_pages_and_the_description_of_the_whole_door_are_the_webs_alone(opened: OpenMarketplace) -> None:
    answers, described = {}, dict[str, object]()
    for role in ("web", "catalog", "payments"):
        transport = httpx.ASGITransport(create_service(opened, [role]))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            answers[role] = [(await client.get(path)).status_code for path in ("/", "/v1/openapi.json")]
            described = (await client.get("/v1/openapi.json")).json().get("paths", {}) or described

    assert answers == {"web": [200, 200], "catalog": [404, 404], "payments": [404, 404]}
    assert {"/v1/orders", "/v1/search", "/v1/webhooks/{provider}"} <= described.keys()


async def test_the_payment_providers_own_pages_are_served_by_payments(opened: OpenMarketplace) -> None:
    ((mount, _),) = opened.mounts()
    for role, expected in (("payments", {401, 404, 405}), ("orders", {404})):
        transport = httpx.ASGITransport(create_service(opened, [role]))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            answer = await client.post(f"{mount}/v1/payments", json={})
        assert answer.status_code in expected
        assert (NOWHERE in answer.text) is (role == "orders")


async def test_every_role_says_what_it_is_and_when_it_is_leaving(opened: OpenMarketplace) -> None:
    presence = Presence(roles=("search",))
    transport = httpx.ASGITransport(create_service(opened, ["search"], presence))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        ready = await client.get("/health/ready")
        presence.leaving = True
        leaving, live = await client.get("/health/ready"), await client.get("/health/live")

    assert (ready.status_code, ready.json()["roles"], ready.headers.get("connection")) == (200, ["search"], None)
    assert (leaving.status_code, leaving.json()) == (503, {"status": "leaving", "checks": {}, "roles": ["search"]})
    assert leaving.headers["connection"] == "close"
    assert live.status_code == 200


@pytest.mark.parametrize(
    ("words", "found"), [("all", ROLES), ("search, web", ("web", "search")), ("video,video,", ("video",))]
)
def test_roles_are_named_with_commas(words: str, found: tuple[str, ...]) -> None:
    assert roles_of(words) == found


@pytest.mark.parametrize("words", ["", " , ", "catalogue", "catalog,everything", "all,web"])
def test_a_role_that_is_none_is_refused_with_those_there_are(words: str) -> None:
    with pytest.raises(UnknownRole) as refused:
        roles_of(words)

    assert all(role in refused.value.message for role in ROLES)


def test_every_path_is_answered_for_by_one_role() -> None:
    table = paths_by_role()
    for role, _, address in routes():
        holders = {held for held, paths in table.items() for path in paths if compile_path(path)[0].match(address)}
        assert holders == {role}, address
