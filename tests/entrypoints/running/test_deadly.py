"""What ends every process that looks into it is laid aside, listed and replayed; what belongs to others goes on."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from attrs import frozen

from features.drivers.processes import Process, forked
from marketplace_core.app import Marketplace
from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.queues import KEPT_SECONDS
from marketplace_core.traffic import BACKOFF_SECONDS
from tests.coherence import assert_coherent
from tests.databases import BESIDE, Postgres, folders_on_postgres
from tests.entrypoints.running.people import Person, appoint, join
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.records import at_rest, rows
from tests.entrypoints.running.trade import Goods, add_category, offer, open_shop, order, pay

pytestmark = pytest.mark.slow
DEATHS: Final = len(BACKOFF_SECONDS)
LOOKS_MAX: Final = 3 * DEATHS


def ending_at(named: Path, command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Start a process that ends at what a file names."""
    return forked(command, environment, log, partial(end_at, named))


def end_at(named: Path) -> None:
    """Let this process end as soon as it looks into what the file names then, as a fault of an interpreter ends it."""
    react, reconcile, fire = Marketplace.react, Marketplace.reconcile, Marketplace.fire

    def look(*words: str | None) -> None:
        if named.exists() and named.read_text() == " ".join(map(str, words)):
            os.kill(os.getpid(), signal.SIGKILL)

    async def deadly_react(self: Marketplace, envelope: Envelope) -> None:
        look(type(envelope.event).__name__, envelope.aggregate_id)
        await react(self, envelope)

    async def deadly_reconcile(self: Marketplace, message: ProviderMessage) -> None:
        look(message.type, message.reference)
        await reconcile(self, message)

    async def deadly_fire(self: Marketplace, deadline: Deadline) -> None:
        look(deadline.kind, deadline.subject)
        await fire(self, deadline)

    methods: Any = Marketplace
    methods.react, methods.reconcile, methods.fire = deadly_react, deadly_reconcile, deadly_fire


@frozen
class Street:
    """A marketplace whose worker may be made to end, with a shop."""

    running: Running
    operator: Person
    goods: Goods
    named: Path

    def letters(self) -> list[dict[str, Any]]:
        """Return the dead letters."""
        found: list[dict[str, Any]] = self.operator.get("/v1/dead-letters")["items"]
        return found

    def is_confirmed(self, buyer: Person, placed: dict[str, Any]) -> bool:
        """Tell whether an order is."""
        return bool(buyer.get(f"/v1/orders/{placed['order_id']}")["state"] == "confirmed")

    def worker_dies(self, or_else: Callable[[], Any] = lambda: False) -> bool:
        """Have a worker, and tell whether it died; it need not if something else becomes true."""
        self.running.with_worker()
        worker = self.running.worker
        assert worker is not None
        until(lambda: worker.poll() is not None or or_else(), what="the worker dies")
        if worker.poll() is None:
            return False
        assert worker.poll() == -signal.SIGKILL, self.running.worker_log.read_text()[-3000:]
        self.running.worker = None
        return True


@pytest.fixture(params=["sqlite", "postgresql"])
def street(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Street]:
    on_a_server = request.param == "postgresql"
    place: Any = nullcontext(lambda data: None)
    if on_a_server:
        server: Postgres = request.getfixturevalue("postgres")
        place = folders_on_postgres(server)
    with place as assign:
        assign(tmp_path / "data")
        named = tmp_path / "named"
        running = Running(tmp_path, begin=partial(ending_at, named))
        try:
            running.start_server()
            operator = appoint(running, "Operator")
            add_category(operator)
            goods = offer(open_shop(operator, "Clay and Co"), "A cup", stock=10)
            running.start_worker()
            until(lambda: at_rest(running), what="everything that was due is done")
            running.kill_worker()
            yield Street(running, operator, goods, named)
            assert_coherent(tmp_path / "data")
        finally:
            running.close()
            if on_a_server:
                (tmp_path / "data" / BESIDE).unlink()


@pytest.mark.parametrize("kind", ["event", "message"])
def test_what_ends_every_worker_is_laid_aside_and_listed_and_done_when_it_is_replayed(
    street: Street, kind: Literal["event", "message"]
) -> None:
    running = street.running
    anna, ben = join(running, "Anna"), join(running, "Ben")
    hers, his = order(anna, street.goods), order(ben, street.goods)
    pay(anna, hers)
    asked = "SELECT payment_id FROM payments_payments WHERE order_id = ?"
    ((payment_id,),) = rows(running, asked, hers["order_id"])
    street.named.write_text(f"{'PaymentCaptured' if kind == 'event' else 'payment.succeeded'} {payment_id}")

    assert street.worker_dies()
    pay(ben, his)  # not sooner: what a worker has in hand when it ends is kept from the next one for a while
    assert not street.worker_dies(or_else=partial(street.is_confirmed, ben, his)), "it held up others"
    if kind == "event":  # of messages about a payment another one may have said the same
        assert not street.is_confirmed(anna, hers)

    deaths = 1
    for _ in range(LOOKS_MAX):
        running.pass_time(KEPT_SECONDS)
        if not street.worker_dies(or_else=street.letters):
            break
        deaths += 1
    letters = street.letters()
    assert deaths == DEATHS or (kind == "message" and deaths > DEATHS)  # several messages may tell of one payment
    assert {(letter["kind"], letter["attempts"]) for letter in letters} == {(kind, DEATHS + 1)}
    assert all("nobody came to its end" in letter["error"] for letter in letters)

    street.named.unlink()
    for letter in letters:
        street.operator.do("POST", f"/v1/dead-letters/{letter['letter_id']}/replay")
    running.with_worker()
    until(partial(street.is_confirmed, anna, hers), what="what was replayed is done")
    running.pass_time(KEPT_SECONDS)
    until(lambda: at_rest(running), what="everything that was due is done")
    assert street.letters() == []


def test_a_timer_that_ends_every_worker_holds_up_no_other(street: Street) -> None:
    running = street.running
    anna, ben = join(running, "Anna"), join(running, "Ben")
    hers, his = order(anna, street.goods), order(ben, street.goods)
    street.named.write_text(f"orders.pay_by {hers['order_id']}")
    running.pass_time(24 * 3_600)

    def is_expired(buyer: Person, placed: dict[str, Any]) -> bool:
        return bool(buyer.get(f"/v1/orders/{placed['order_id']}")["state"] == "expired")

    assert street.worker_dies()
    assert not street.worker_dies(or_else=partial(is_expired, ben, his)), "it held up another"
    running.pass_time(KEPT_SECONDS)
    assert street.worker_dies()
    asked = "SELECT attempts FROM deadlines WHERE kind = 'orders.pay_by' AND subject = ?"
    assert rows(running, asked, hers["order_id"]) == [(2,)]

    street.named.unlink()
    running.pass_time(KEPT_SECONDS)
    running.start_worker()
    until(partial(is_expired, anna, hers), what="it is done once it can be")
