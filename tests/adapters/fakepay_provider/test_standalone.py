import ast
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import marketplace_adapters.fakepay.provider as package
from tests.adapters.fakepay_provider.shop import SUCCESS

MODULE = "marketplace_adapters.fakepay.provider"
PATIENCE_SECONDS = 20.0


def test_it_knows_nothing_of_the_marketplace() -> None:
    sources = sorted(Path(package.__path__[0]).rglob("*.py"))

    imported = {
        name
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        for name in _imported_by(node)
        if name.startswith("marketplace_")
    }

    assert len(sources) > 10
    assert imported
    assert all(name == MODULE or name.startswith(f"{MODULE}.") for name in imported)


def _imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_it_does_not_start_without_its_secrets(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FAKEPAY_")}

    ended = subprocess.run(
        [sys.executable, "-m", MODULE, "--path", str(tmp_path / "books.sqlite"), "--port", "0"],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert ended.returncode == 2
    assert "FakePay did not start" in ended.stderr
    assert "FAKEPAY_API_KEY" in ended.stderr


@pytest.mark.slow
def test_it_serves_pays_and_sends_its_webhooks_as_a_process_of_its_own(tmp_path: Path) -> None:
    with socket.socket() as listening, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(PATIENCE_SECONDS)
        webhook_url = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks"
        server = subprocess.Popen(
            [sys.executable, "-m", MODULE, "--path", str(tmp_path / "books.sqlite"), "--port", str(port),
             "--webhook-url", webhook_url],
            env={**os.environ, "FAKEPAY_API_KEY": "k", "FAKEPAY_WEBHOOK_SECRETS": "one, two"},
        )  # fmt: skip
        try:
            paid = _pay(f"http://127.0.0.1:{port}")
            webhook = _receive_one(listening)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE_SECONDS)

    assert (paid.status_code, paid.json()["status"]) == (200, "succeeded")
    assert webhook.startswith(b"POST /webhooks HTTP/1.1")
    assert webhook.lower().count(b"v1=") == 2


def _pay(address: str) -> httpx.Response:
    with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=0)) as client:
        _wait_until_alive(client)
        payment = client.post(
            "/v1/payments",
            json={"amount_minor": 500, "currency": "EUR", "reference": "p"},
            headers={"Authorization": "Bearer k", "Idempotency-Key": "p"},
        ).json()
        card = {"client_secret": payment["client_secret"], "card_number": SUCCESS, "exp": "12/2099"}
        return client.post(f"/v1/payments/{payment['id']}/confirm", json=card)


def _wait_until_alive(client: httpx.Client) -> None:
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            client.get("/v1/health").raise_for_status()
        except httpx.TransportError:
            if time.monotonic() > gives_up_at:
                raise
            time.sleep(0.05)
        else:
            return


def _receive_one(listening: socket.socket) -> bytes:
    connection, _ = listening.accept()
    with connection:
        connection.settimeout(PATIENCE_SECONDS)
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(4_096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return received
