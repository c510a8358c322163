"""What a server and a worker write down: one JSON object a line, every request under its id, and no secret."""

import json
import socket
import subprocess
import sys
from typing import Any, Final
from uuid import uuid4

import pytest

from features.drivers.names import PICTURE
from tests.entrypoints.running.people import Person, good, newcomer
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.records import at_rest
from tests.entrypoints.running.trade import Shop, offer, open_shop, order, pay


@pytest.fixture(scope="module")
def secrets(running: Running, operator: Person) -> dict[str, str]:
    """Let people do what brings secrets along, rightly and wrongly; return the secrets by name."""
    shop = open_shop(operator, "Discreet goods")
    goods = offer(shop, "Discreet Cup", stock=3)
    buyer = newcomer(running)
    session = good(running.client.post("/v1/sessions", json={"email": buyer.email, "password": buyer.password}))
    refreshed = good(running.client.post("/v1/sessions/refresh", json={"refresh_token": session["refresh_token"]}))
    placed = order(buyer, goods)
    pay(buyer, placed)
    wrong = f"wrong-{uuid4().hex}"
    mistyped = f"mistyped-{uuid4().hex}"
    running.client.post("/v1/sessions", json={"email": buyer.email, "password": wrong})
    running.client.post("/v1/sessions", json={"email": buyer.email, "password": [mistyped]})
    running.client.post("/v1/sessions", content=f'{{"password": "{mistyped}"')
    running.client.get("/v1/me", headers={"Authorization": f"Bearer {mistyped}"})
    buyer.do("PUT", "/v1/me/password", json={"current_password": buyer.password, "new_password": f"next-{wrong}"})
    slot = _upload_address(shop)
    running.client.put(slot, content=b"of another type", headers={"Content-Type": "text/plain"})
    running.client.put(f"{slot}x", content=b"tampered with")
    _rubbish(running.port, mistyped)
    until(lambda: at_rest(running), what="everything that was due is done")
    return {
        "password": buyer.password,
        "access token": session["access_token"],
        "refresh token": session["refresh_token"],
        "refreshed access token": refreshed["access_token"],
        "next refresh token": refreshed["refresh_token"],
        "wrong password": wrong,
        "mistyped password": mistyped,
        "client secret": placed["payment"]["client_secret"],
        "upload address": slot.rpartition("/")[2],
        "card": "4242424242424242",
        "signing secret": _secret(running, "fakepay-signing-secret"),
        "provider's key": _secret(running, "fakepay-api-key"),
    }


def _upload_address(shop: Shop) -> str:
    goods = offer(shop, "Another discreet cup")
    body = {"content_type": "image/png", "upload_bytes": len(PICTURE)}
    slot: dict[str, Any] = shop.owner.do("POST", f"/v1/products/{goods.product_id}/images", json=body)["slot"]
    return str(slot["url"])


def _secret(running: Running, name: str) -> str:
    return (running.settings.data / "secrets" / name).read_bytes().hex()


def _rubbish(port: int, word: str) -> None:
    """Send what is no HTTP."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"{word} {word}\r\n\r\n".encode())
        line.recv(1_000)


SAYS_SOMETHING: Final = """
import logging, structlog
from marketplace_entrypoints.logs import log_as_json
log_as_json()
structlog.get_logger("http").info("request", path="/v1/products")
logging.getLogger("uvicorn").info("listening")
"""


def test_a_line_and_its_end_are_written_at_once_so_that_processes_can_share_a_file() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)  # what is written at once arrives as one
    with ours, theirs:
        subprocess.run([sys.executable, "-u", "-c", SAYS_SOMETHING], stderr=theirs.fileno(), check=True, timeout=60)
        pieces = [ours.recv(10_000).decode() for _ in range(2)]

    assert [json.loads(piece)["event"] for piece in pieces] == ["request", "listening"]
    assert all(piece.endswith("}\n") for piece in pieces)


def test_every_line_of_the_logs_is_a_json_object(running: Running, secrets: dict[str, str]) -> None:
    lines = running.log.read_text().splitlines()

    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert all({"event", "level", "timestamp"} <= json.loads(line).keys() for line in lines)
    assert all(isinstance(json.loads(line), dict) for line in running.worker_log.read_text().splitlines())


def test_every_request_is_logged_under_the_id_that_its_answer_carries(running: Running) -> None:
    answer = running.client.get("/v1/products/prd_unknown")

    (line,) = until(lambda: lines_under(running, answer.headers["x-request-id"]), what="the request is logged")
    assert {name: line[name] for name in ("event", "method", "path", "status", "principal")} == {
        "event": "request",
        "method": "GET",
        "path": "/v1/products/prd_unknown",
        "status": 404,
        "principal": "anonymous",
    }


def lines_under(running: Running, request_id: str) -> list[dict[str, Any]]:
    """Return what was logged of a request."""
    lines = [json.loads(line) for line in running.log.read_text().splitlines()]
    return [line for line in lines if line.get("request_id") == request_id]


def test_no_secret_is_in_the_logs(running: Running, secrets: dict[str, str]) -> None:
    written = running.log.read_text() + running.worker_log.read_text()

    assert written
    assert [name for name, secret in secrets.items() if secret in written] == []
