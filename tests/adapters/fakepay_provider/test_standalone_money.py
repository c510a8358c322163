"""The provider as a process of its own: killed in the middle of money, and made to break off its answers."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import define

from tests.adapters.fakepay_provider.shop import SUCCESS

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 20.0
SECRETS = {"FAKEPAY_API_KEY": "k", "FAKEPAY_WEBHOOK_SECRETS": "s", "FAKEPAY_TEST_SECRET": "t"}


@define
class Server:
    """One process over one file of books; it can be killed and started again."""

    books: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "marketplace_adapters.fakepay.provider",
             "--path", str(self.books), "--port", str(self.port)],
            env={**os.environ, **SECRETS}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                httpx.get(f"{self.address}/v1/health", timeout=1)
            except httpx.TransportError:
                assert time.monotonic() < until, "the provider did not come up"
                time.sleep(0.05)
            else:
                return

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=PATIENCE_SECONDS)

    def post(self, path: str, key: str = "", **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {'t' if path.startswith('/test') else 'k'}", "Idempotency-Key": key}
        return httpx.post(self.address + path, json=body, headers=headers, timeout=2)

    def refund(self, payment: str, number: int) -> httpx.Response:
        name = f"refund-{number}"
        return self.post("/v1/refunds", name, payment=payment, amount_minor=7, reference=name)

    def get(self, path: str) -> Any:
        return httpx.get(self.address + path, headers={"Authorization": "Bearer k"}, timeout=5).json()

    def paid(self, amount_minor: int) -> str:
        payment = self.post("/v1/payments", "p", amount_minor=amount_minor, currency="EUR", reference="pay_1").json()
        card = {"client_secret": payment["client_secret"], "card_number": SUCCESS, "exp": "12/2099"}
        assert self.post(f"/v1/payments/{payment['id']}/confirm", **card).status_code == 200
        return str(payment["id"])


@pytest.fixture
def server(tmp_path: Path) -> Generator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = Server(tmp_path / "books.sqlite", port)
    started.start()
    yield started
    started.end(signal.SIGKILL)


@pytest.mark.parametrize("after_seconds", [0.05, 0.3])
def test_killed_in_the_middle_of_refunds_it_has_paid_each_once_and_its_books_are_sound(
    server: Server, after_seconds: float
) -> None:
    payment = server.paid(1_000_000)
    answered: list[str] = []

    def refund_until_it_dies() -> None:
        for number in range(2_000):
            try:
                made = server.post(
                    "/v1/refunds", f"r-{number}", payment=payment, amount_minor=7, reference=f"r-{number}"
                )
            except httpx.TransportError:
                return
            answered.append(made.json()["id"])

    refunding = threading.Thread(target=refund_until_it_dies)
    refunding.start()
    while not answered:
        time.sleep(0.01)
    time.sleep(after_seconds)
    server.end(signal.SIGKILL)
    refunding.join()
    server.start()

    audit = server.get("/v1/audit")
    again = [server.refund(payment, number).json()["id"] for number in range(len(answered) + 1)]
    assert (audit["sound"], audit["findings"]) == (True, [])
    assert again[:-1] == answered
    assert server.get(f"/v1/payments/{payment}")["refunded_minor"] == 7 * len(again)
    assert server.get("/v1/audit")["sound"] is True


@pytest.mark.parametrize(
    ("fault", "complaint", "effect"),
    [
        ("drop_before", httpx.RemoteProtocolError, 0),
        ("drop_after", httpx.RemoteProtocolError, 1),
        ("timeout_before", httpx.ReadTimeout, 0),
        ("timeout_after", httpx.ReadTimeout, 1),
    ],
)
def test_over_a_real_line_answers_break_off_or_never_come(
    server: Server, fault: str, complaint: type[Exception], effect: int
) -> None:
    planned = server.post("/test/faults", fault=fault, operation="create_account", seconds=30)

    with pytest.raises(complaint):
        server.post("/v1/accounts", "a", reference="sel_1")

    assert planned.status_code == 200
    assert len(server.get("/v1/accounts")["data"]) == effect
    assert server.post("/v1/accounts", "a", reference="sel_1").status_code == 201
    assert len(server.get("/v1/accounts")["data"]) == 1
