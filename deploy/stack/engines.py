"""What the stack stands on, as every engine says of itself while it runs."""

import asyncio
import json
import socket
import ssl
import urllib.error
import urllib.request
from importlib.metadata import version
from pathlib import Path

import asyncpg
from table import GATEWAY_PORT, HERE, MAIL_PORT, SERVICES, WORKERS


def engines(folder: Path) -> tuple[str, ...]:
    """Ask all of them."""
    nats = json.loads(_first_line(4222).partition(" ")[2])
    envoy = json.loads(_read(f"http://{HERE}:9901/server_info"))["version"].split("/")[1]
    return (
        f"PostgreSQL {asyncio.run(_postgresql(folder))}",
        f"NATS {nats['version']}",
        f"Valkey {_valkey()}",
        f"{_object_store()} (S3)",
        f"Envoy {envoy} ({_safety(folder)})",
        f"{_first_line(MAIL_PORT).split(' ', 2)[2]} (SMTP)",
        f"marketplace {version('marketplace-entrypoints')} as {', '.join(SERVICES)} and {WORKERS} workers",
    )


async def _postgresql(folder: Path) -> str:
    connection = await asyncpg.connect(host=str(folder / "postgresql"), user="marketplace_app", database="marketplace")
    try:
        return str(await connection.fetchval("SHOW server_version")).split()[0]
    finally:
        await connection.close()


def _first_line(port: int, asked: bytes = b"") -> str:
    """Return what a server says first, or first when it is asked."""
    with socket.create_connection((HERE, port), timeout=5) as line:
        line.sendall(asked)
        with line.makefile("rb") as said:
            return said.readline().decode().strip()


def _valkey() -> str:
    with socket.create_connection((HERE, 6379), timeout=5) as line, line.makefile("rb") as said:
        line.sendall(b"INFO server\r\n")
        told = said.read(int(said.readline()[1:])).decode()
    found = dict(one.split(":", 1) for one in told.splitlines() if ":" in one)
    return found["valkey_version"]


def _object_store() -> str:
    try:
        answer = urllib.request.urlopen(f"http://{HERE}:8333/", timeout=5)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        name, *_, number = str(answer.headers["Server"]).split()
        return f"{name} {number}"


def _safety(folder: Path) -> str:
    """Return what a client and the gateway agree on."""
    trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    line = socket.create_connection((HERE, GATEWAY_PORT), timeout=5)
    with trust.wrap_socket(line, server_hostname="localhost") as safe:
        return str(safe.version())


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return bytes(answer.read())
