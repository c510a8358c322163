"""From the card to the money that is held: how many payments a second are confirmed, how many whole flows are done."""

import asyncio
import sqlite3
import statistics
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from benchmarks.backbone import NAME, Backbone
from benchmarks.journeys import MESSAGE, Call, buying, message_call, posting
from benchmarks.load import Script, Tally, drive
from benchmarks.rounds import tokens_of
from benchmarks.servers import STOP_SECONDS, Server
from benchmarks.shop import Stand
from features.drivers.processes import Process, executed
from marketplace_adapters.fakepay.plugin import SIGNING_NAME, FakepaySettings
from marketplace_adapters.fakepay.provider.signature import sign
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings

ORDERS_OF_A_BUYER: Final = 25
LIMIT_SECONDS: Final = 600.0
READY: Final = b'"working"'
HELD: Final = (
    "SELECT count(*) FROM payments_payments AS p WHERE state = 'captured' AND EXISTS"
    " (SELECT 1 FROM payments_holds AS h WHERE h.payment_id = p.payment_id AND h.state = 'held')"
)
CONFIRMED: Final = "SELECT count(*) FROM orders_orders WHERE state = 'confirmed'"
UNTOLD: Final = (
    "SELECT body FROM events JOIN webhook_deliveries ON event_seq = seq WHERE delivered_at_ms IS NULL ORDER BY seq"
)


@frozen(kw_only=True)
class Paid:
    """One round, everything per second."""

    flows: float
    """Orders, from the first cart to the last order that is confirmed."""
    confirmations: float
    """Payments, from the first message to the last money that is held, journals and events written."""
    messages: float
    """How many messages a second were taken in, while others were looked into already."""
    message_p99_ms: float


def measured_payments(server: Server, behind: Backbone, place: Path, stand: Stand, workers: int) -> Paid:
    """Measure once: whole flows while the workers work, then payments whose messages come all at once."""
    tokens = tokens_of(server, stand)
    settle(place)
    with _working(place, behind, workers, "all"):
        began, before = time.perf_counter(), _count(behind, CONFIRMED)
        orders = bought(server, stand, tokens)
        _await(behind, CONFIRMED, before + orders)
        flows = orders / (time.perf_counter() - began)
    settle(place)
    before = _count(behind, HELD)
    orders = bought(server, stand, tokens)
    with _working(place, behind, workers, "inbox"):
        messages, share = _messages(place), len(tokens)
        began = time.perf_counter()
        tally = _driven(server, [posting(messages[number::share]) for number in range(share)])
        taken = time.perf_counter()
        _await(behind, HELD, before + orders)
        ended = time.perf_counter()
    settle(place)
    latencies = sorted(tally.latencies[MESSAGE])
    return Paid(
        flows=flows,
        confirmations=orders / (ended - began),
        messages=len(messages) / (taken - began),
        message_p99_ms=latencies[len(latencies) * 99 // 100] * 1000,
    )


def paid_table(rounds: Sequence[Paid]) -> str:
    """Return the medians as a Markdown table."""
    flows, confirmations, messages, p99 = (
        statistics.median(getattr(each, name) for each in rounds)
        for name in ("flows", "confirmations", "messages", "message_p99_ms")
    )
    return "\n".join(
        (
            "| from the card to the held money | per second | p99 ms |",
            "| --- | ---: | ---: |",
            f"| full flow: three adds, quote, order, card, held, confirmed | {flows:,.1f} |  |",
            f"| messages of the provider taken in | {messages:,.0f} | {p99:.1f} |",
            f"| payments: message, money held, journals, events | {confirmations:,.1f} |  |",
        )
    )


def bought(server: Server, stand: Stand, tokens: Sequence[str]) -> int:
    """Have every buyer order and pay; return how many orders that were."""
    keys = [[f"bench-{uuid.uuid4().hex}" for _ in range(ORDERS_OF_A_BUYER)] for _ in tokens]
    _driven(server, [buying(stand, number, token, keys[number]) for number, token in enumerate(tokens)])
    return len(tokens) * ORDERS_OF_A_BUYER


def _driven(server: Server, scripts: Sequence[Script]) -> Tally:
    tally = drive(server.port, scripts, warmup_seconds=0, measured_seconds=LIMIT_SECONDS)
    if tally.failures:
        raise SystemExit("; ".join(tally.failures[:3]))
    return tally


def _messages(place: Path) -> list[Call]:
    """Return what the provider has to tell and nobody has heard, signed just now."""
    secret = asyncio.run(_signing_secret(place))
    with closing(sqlite3.connect(place / "data" / FakepaySettings().filename)) as books:
        bodies = [body.encode() for (body,) in books.execute(UNTOLD)]
    now = int(time.time())
    return [message_call(body, sign(body, secrets=[secret], timestamp=now)) for body in bodies]


async def _signing_secret(place: Path) -> str:
    async with open_marketplace(Settings(data=place / "data")) as opened:
        return opened.adapters.around.secret(SIGNING_NAME).hex()


def settle(place: Path) -> None:
    """Do all that is due and measure none of it."""
    log = place / "settling.log"
    if executed(["worker", "--once"], {"MARKETPLACE_DATA": str(place / "data")}, log).wait(LIMIT_SECONDS) != 0:
        raise SystemExit(f"what was due could not be done:\n{log.read_text()[-3000:]}")


@contextmanager
def _working(place: Path, behind: Backbone, workers: int, loops: str) -> Iterator[None]:
    """Have so many workers work; they have begun when this begins."""
    environment = {"MARKETPLACE_DATA": str(place / "data"), **behind.environment}
    logs = [place / f"worker{number}.log" for number in range(workers)]
    crew: list[Process] = []
    try:
        for log in logs:
            log.unlink(missing_ok=True)
            crew.append(executed(["worker", "--loops", loops], environment, log))
        until = time.monotonic() + LIMIT_SECONDS
        while not all(READY in log.read_bytes() for log in logs):
            if any(worker.poll() is not None for worker in crew) or time.monotonic() > until:
                raise SystemExit(f"a worker did not begin:\n{logs[0].read_text()[-3000:]}")
            time.sleep(0.05)
        yield
    finally:
        for worker in crew:
            worker.terminate()
        for worker in crew:
            worker.wait(STOP_SECONDS)


def _count(behind: Backbone, question: str) -> int:
    return int(behind.server.ask(question, NAME))


def _await(behind: Backbone, question: str, wanted: int) -> None:
    until = time.monotonic() + LIMIT_SECONDS
    while (there := _count(behind, question)) < wanted:
        if time.monotonic() > until:
            raise SystemExit(f"{wanted - there} orders were paid and nothing came of it")
        time.sleep(0.05)
