"""What the gateway does for the services behind it, with real processes on both sides."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from features.drivers.names import free_port
from features.drivers.split import HERE, Split, begin_gateway
from marketplace_entrypoints.gateway.table import Place
from marketplace_entrypoints.limits import BODY_BYTES_MAX
from tests.entrypoints.running.processes import until

pytestmark = pytest.mark.long
TRACE: Final = "4bf92f3577b34da6a3ce929d0e0e4736"
NOTICED_SECONDS: Final = 20.0


def lines(split: Split, request_id: str) -> list[dict[str, Any]]:
    """Return what the gateway has logged of a request."""
    assert split.gateway is not None
    found = [json.loads(line) for line in split.gateway.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in found if line.get("request_id") == request_id]


def said_by(split: Split, role: str, request_id: str) -> list[dict[str, Any]]:
    """Return what a service has logged of a request."""
    found = [json.loads(line) for line in (split.folder / f"{role}.log").read_text().splitlines()]
    return [line for line in found if line.get("request_id") == request_id and line["event"] == "request"]


def test_pages_and_every_kind_of_request_come_from_the_service_that_answers_for_them(client: httpx.Client) -> None:
    assert client.get("/").headers["content-type"].startswith("text/html")
    assert client.get("/v1/categories").json() is not None
    assert client.get("/v1/search").status_code == 200
    assert {"/v1/orders", "/v1/search"} <= client.get("/v1/openapi.json").json()["paths"].keys()
    assert client.get("/v1/nowhere").json()["code"] == "http.no_such_route"


def test_a_request_gets_its_name_here_and_never_from_outside(split: Split, client: httpx.Client) -> None:
    trace = f"00-{TRACE}-00f067aa0ba902b7-01"
    forged = {"X-Request-Id": "forged-from-outside", "X-Forwarded-For": "203.0.113.9", "traceparent": trace}

    first, second = client.get("/v1/categories", headers=forged), client.get("/v1/categories")

    names = [answer.headers["x-request-id"] for answer in (first, second)]
    assert len({*names, "forged-from-outside"}) == 3
    (line,) = until(lambda: lines(split, names[0]), what="the gateway has logged it")
    assert (line["role"], line["status"], line["path"], line["client"]) == ("catalog", 200, "/v1/categories", HERE)
    (behind,) = until(lambda: said_by(split, "catalog", names[0]), what="the service has logged it")
    assert line["trace_id"] == behind["trace_id"] == TRACE
    (other,) = until(lambda: said_by(split, "catalog", names[1]), what="the service has logged it")
    (line,) = lines(split, names[1])
    assert line["trace_id"] == other["trace_id"] != TRACE


def test_an_upload_address_is_not_written_down(split: Split, client: httpx.Client) -> None:
    answer = client.put("/v1/uploads/a-secret-permission", content=b"x")

    (line,) = until(lambda: lines(split, answer.headers["x-request-id"]), what="it is logged")
    assert line["path"] == "/v1/uploads/…"
    assert split.gateway is not None
    assert "a-secret-permission" not in split.gateway.log.read_text()


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"method": "POST", "url": "/v1/users", "content": b"x" * (BODY_BYTES_MAX + 1)}, 413, "http.body_too_large"),
        ({"method": "GET", "url": "/v1/me", "headers": {"X-Long": "x" * 70_000}}, 431, "http.headers_too_large"),
        ({"method": "GET", "url": "/v1/orders%2fx"}, 400, "http.unreadable_request"),
    ],
)
def test_what_is_too_large_or_strange_is_refused_with_a_problem_document(
    client: httpx.Client, request_: dict[str, Any], status: int, code: str
) -> None:
    answer = client.request(**request_)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["code"], answer.json()["status"]) == (code, status)


def test_a_body_as_large_as_is_allowed_arrives(client: httpx.Client) -> None:
    text = b'"' + b"x" * (BODY_BYTES_MAX - 2) + b'"'

    answer = client.post("/v1/users", content=text, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (422, "http.invalid_request")


@contextmanager
def asking(port: int, method: str, path: str, **parts: Any) -> Iterator[list[tuple[float, httpx.Response]]]:
    """Ask again and again meanwhile; yields when and how it was answered."""
    answers: list[tuple[float, httpx.Response]] = []
    enough = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=f"http://{HERE}:{port}", timeout=30, trust_env=False) as client:
            while not enough.is_set():
                answers.append((time.monotonic(), client.request(method, path, **parts)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def good(answers: list[tuple[float, httpx.Response]], since: float = 0.0) -> list[httpx.Response]:
    """Return the answers that acknowledge something."""
    return [answer for at, answer in answers if at >= since and answer.status_code == 201]


def test_a_service_killed_and_started_again_under_load_loses_nothing_that_it_acknowledged(split: Split) -> None:
    with asking(split.port, "POST", "/v1/guests", json={"locale": "en"}) as answers:
        until(lambda: len(good(answers)) > 20, what="it answers")
        split.services["identity"].kill()
        until(lambda: any(answer.status_code == 503 for _, answer in answers), what="it is missed")
        split.start_service("identity")
        split.await_service("identity")
        ready_at = time.monotonic()
        until(lambda: len(good(answers, ready_at)) > 20, what="it is found again", timeout_seconds=NOTICED_SECONDS)

    refused = [answer for _, answer in answers if answer.status_code != 201]
    assert {answer.json()["code"] for answer in refused} <= {"gateway.unavailable", "gateway.broken_answer"}
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    with httpx.Client(base_url=f"http://{HERE}:{split.port}", timeout=30, trust_env=False) as client:
        seen = [
            client.get("/v1/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"}).status_code
            for answer in good(answers)
        ]
    assert seen == [200] * len(seen)


def test_one_of_two_servers_that_leaves_under_load_breaks_nothing(split: Split, tmp_path: Path) -> None:
    ports = {role: (Place(HERE, port),) for role, port in split.ports.items()}
    another, front = free_port(), free_port()
    environment = {**split.environment, "MARKETPLACE_DRAIN_SECONDS": "4"}
    words = ["serve", "--roles", "identity", "--port", str(another)]
    leaver = split.begin(words, environment, tmp_path / "leaver.log")
    proxy = begin_gateway(tmp_path, front, {**ports, "identity": (*ports["identity"], Place(HERE, another))})
    try:
        until(lambda: is_up(another) and is_up(front), what="both are there")
        with asking(front, "POST", "/v1/guests", json={"locale": "en"}) as answers:
            until(lambda: '"request"' in (tmp_path / "leaver.log").read_text(), what="the one that leaves is asked")
            until(lambda: len(good(answers)) > 20, what="they answer")
            leaver.terminate()
            code = leaver.wait(30)
            left_at = time.monotonic()
            until(lambda: len(good(answers, left_at)) > 10, what="the other one answers")
    finally:
        for process in (leaver, proxy):
            process.terminate()
            process.wait(30)

    assert code == 0
    assert [answer.text for _, answer in answers if answer.status_code != 201] == []


def is_up(port: int) -> bool:
    """Tell whether somebody is ready there."""
    try:
        return httpx.get(f"http://{HERE}:{port}/health/ready", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
