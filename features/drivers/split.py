"""Every role a process of its own, behind the real gateway, spoken to by HTTP alone."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import httpx
from attrs import define, field, frozen

from features.drivers.http import HttpDriver
from features.drivers.names import free_port
from features.drivers.processes import Process, Start, forked
from marketplace_core.bridges.policies import LOOKS_AGAIN_AFTER
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.gateway.envoy import Certificate, Gateway, configuration
from marketplace_entrypoints.gateway.table import ROLES, Place, mount_of, rules

ENVOY: Final = Path(sys.executable).with_name("envoy")
START_SECONDS: Final = 120.0
HERE: Final = "127.0.0.1"


@frozen
class Proxy:
    """A gateway that runs."""

    process: subprocess.Popen[bytes]
    log: Path
    admin: Place

    def await_services(self) -> None:
        """Wait until it has seen every service answer: before that it sends nobody there."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                said = httpx.get(f"http://{self.admin.host}:{self.admin.port}/clusters", trust_env=False).text
                seen = [line for line in said.splitlines() if "::health_flags::" in line]
                if seen and all(line.endswith("::healthy") for line in seen):
                    return
            except httpx.TransportError:
                pass
            assert self.poll() is None, self.log.read_text()[-3000:]
            time.sleep(0.05)
        raise AssertionError(f"the gateway saw no service within {START_SECONDS:.0f} s")

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    def poll(self) -> int | None:
        """Look whether it has ended."""
        return self.process.poll()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        return self.process.wait(timeout)

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.process.terminate()

    def kill(self) -> None:
        """Send SIGKILL."""
        self.process.kill()


def begin_gateway(
    folder: Path, port: int, places: Mapping[str, tuple[Place, ...]], certificate: Certificate | None = None
) -> Proxy:
    """Start Envoy over these services; its log is in the folder."""
    front = Gateway(listen=Place(HERE, port), admin=Place(HERE, free_port()), certificate=certificate)
    document = configuration(front, rules(mount_of(Settings())), places)
    file, log = folder / "gateway.json", folder / "gateway.log"
    file.write_text(json.dumps(document), encoding="utf-8")
    with log.open("ab") as said:
        words = [str(ENVOY), "-c", str(file), "--concurrency", "1", "--disable-hot-restart", "--log-level", "warn"]
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    return Proxy(process, log, front.admin)


@define(eq=False)
class Split:
    """The services and the gateway; each of the ``groups`` of roles is a process of its own."""

    folder: Path
    environment: Mapping[str, str]
    port: int
    begin: Start = forked
    groups: tuple[tuple[str, ...], ...] = tuple((role,) for role in ROLES)
    ports: dict[str, int] = field(factory=dict)
    services: dict[str, Process] = field(factory=dict)
    gateway: Proxy | None = None

    def start(self) -> None:
        """Start all of it and wait until every role is ready behind the gateway."""
        assert sorted(chain.from_iterable(self.groups)) == sorted(ROLES)
        for group in self.groups:
            self.ports |= dict.fromkeys(group, free_port())
        for group in self.groups:
            self.start_service(group[0])
        for group in self.groups:
            self.await_service(group[0])
        places = {role: (Place(HERE, port),) for role, port in self.ports.items()}
        self.gateway = begin_gateway(self.folder, self.port, places)
        self.gateway.await_services()

    def start_service(self, role: str) -> None:
        """Start the service that holds a role, where it was before if there was one."""
        (group,) = [group for group in self.groups if role in group]
        address = {"MARKETPLACE_BASE_URL": f"http://{HERE}:{self.port}"}
        words = ["serve", "--roles", ",".join(group), "--port", str(self.ports[role])]
        self.services[role] = self.begin(words, {**self.environment, **address}, self.folder / f"{role}.log")

    def await_service(self, role: str) -> None:
        """Wait until it says that it is ready."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                answer = httpx.get(f"http://{HERE}:{self.ports[role]}/health/ready", trust_env=False, timeout=5)
                if answer.status_code == 200:
                    assert role in answer.json()["roles"]
                    return
            except httpx.TransportError:
                pass
            assert self.services[role].poll() is None, (self.folder / f"{role}.log").read_text()[-3000:]
            time.sleep(0.05)
        raise AssertionError(f"{role} was not ready within {START_SECONDS:.0f} s")

    @property
    def processes(self) -> Sequence[Process]:
        """All that runs."""
        return (*self.services.values(), *((self.gateway,) if self.gateway else ()))


class SplitDriver(HttpDriver):
    """The HTTP door, with the roles behind it apart."""

    def use_terms(self, **document: Any) -> None:
        super().use_terms(**document)
        self._clock.advance(LOOKS_AGAIN_AFTER.total_seconds())  # by then every service has looked

    def _serve(self, data: Path, environment: Mapping[str, str]) -> Sequence[Process]:
        split = Split(data, environment, self._port)
        try:
            split.start()
        except BaseException:
            for process in split.processes:
                process.kill()
                process.wait(10)
            raise
        return split.processes
