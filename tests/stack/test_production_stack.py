"""The production stack comes up with the demonstration in it, both journeys are walked there, and it goes down."""

import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from attrs import frozen

from tests.architecture.source_tree import ROOT
from tests.architecture.test_stack import TABLE

pytestmark = pytest.mark.long

MARKETPLACE: Final = Path(sys.executable).with_name("marketplace")


@frozen
class Stack:
    """A stack in a folder of its own."""

    folder: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")}
        return subprocess.run(
            [sys.executable, ROOT / "deploy" / "stack", *words],
            env={**environment, "MARKETPLACE_STACK": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


def is_taken(port: int) -> bool:
    """Tell whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((TABLE.HERE, port)) == 0


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Return a stack that is up; its ports are always the same."""
    servers = TABLE.servers(Path("/x"), Path("/x"), "valkey-server")
    ports = [port for _, port in TABLE.SERVICES.values()] + [part.port for part in servers] + [TABLE.GATEWAY_PORT]
    if taken := [port for port in ports if is_taken(port)]:
        pytest.skip(f"something listens at {taken} already, perhaps another stack")
    there = Stack(tmp_path_factory.mktemp("stack"))
    started = there.run("up", "--no-videos")
    try:
        assert started.returncode == 0, started.stdout + started.stderr
        yield there
    finally:
        ended = there.run("down", "--wipe")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not any(is_taken(port) for port in ports)


@pytest.fixture(scope="module")
def receipt(stack: Stack) -> Mapping[str, Any]:
    """Walk both journeys through the gateway, and return the receipt."""
    walked = stack.run("demo", "--check", "--json")
    assert walked.returncode == 0, walked.stdout + walked.stderr
    found: Mapping[str, Any] = json.loads(walked.stdout)
    return found


def test_all_steps_are_made_at_the_stack_and_none_is_left_out(receipt: Mapping[str, Any]) -> None:
    assert receipt["address"] == TABLE.ADDRESS
    assert len(receipt["steps"]) == 29
    assert receipt["left_out"] == []
    assert receipt["unpaid"]["state"] == "expired"
    assert receipt["trial_balance_sum_minor"] == 0


@pytest.mark.parametrize("engine", ["PostgreSQL", "NATS", "Valkey", "SeaweedFS", "Envoy", "SMTP", "TLS", "marketplace"])
def test_the_receipt_says_on_what_the_stack_stands(receipt: Mapping[str, Any], engine: str) -> None:
    (named,) = [one for one in receipt["engines"] if engine in one]

    assert any(character.isdigit() for character in named)


def test_a_mail_arrived_by_smtp_and_every_line_of_every_log_is_as_it_should_be(receipt: Mapping[str, Any]) -> None:
    around = receipt["around"]

    assert around["arrived"]["template"] == "order_confirmation"
    assert {log["name"] for log in around["logs"]} == {*TABLE.SERVICES, "worker-1", "worker-2", "gateway"}
    assert [line for log in around["logs"] for line in log["bad"]] == []
    assert sum(log["requests"] for log in around["logs"] if log["name"] == "gateway") > 100


def test_the_shop_is_looked_at_through_the_gateway(stack: Stack, receipt: Mapping[str, Any]) -> None:
    trust = ssl.create_default_context(cafile=str(stack.folder / "ca.pem"))

    page = httpx.get(f"{TABLE.ADDRESS}/", verify=trust, trust_env=False)

    assert page.status_code == 200
    assert TABLE.NAME in page.text


def test_nobody_is_believed_to_be_the_stack_whom_its_authority_does_not_vouch_for(stack: Stack) -> None:
    walked = subprocess.run(
        [MARKETPLACE, "demo", "--check", "--at", TABLE.ADDRESS], capture_output=True, text=True, timeout=60, check=False
    )

    assert walked.returncode == 1
    assert "CERTIFICATE_VERIFY_FAILED" in walked.stderr
    assert "Traceback" not in walked.stderr


def test_a_line_in_other_words_in_a_log_fails_the_check_by_its_place(stack: Stack, receipt: Mapping[str, Any]) -> None:
    log = stack.folder / "logs" / "video.log"
    with log.open("a", encoding="utf-8") as lines:
        lines.write("something went wrong, said a library\n")

    walked = stack.run("demo", "--check", "--json")

    assert walked.returncode == 1
    assert "is no JSON object: something went wrong" in walked.stderr
