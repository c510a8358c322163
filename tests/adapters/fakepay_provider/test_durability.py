import asyncio
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.fakepay.provider import books as bookkeeping
from marketplace_adapters.fakepay.provider import events
from marketplace_adapters.fakepay.provider.books import Books, NotTheseBooks
from marketplace_adapters.fakepay.provider.delivery import deliver_due
from marketplace_adapters.fakepay.provider.institution import open_provider
from tests.adapters.fakepay_provider.shop import (
    API_KEY,
    LATE,
    SECRET,
    SUCCESS,
    WEBHOOK_URL,
    Clock,
    Receiver,
    Shop,
    connect,
)

OTHER_PROCESS = """
import asyncio, sys
from datetime import UTC, datetime
from functools import partial
import httpx
from marketplace_adapters.fakepay.provider.app import create_provider

async def run(path, name, payment, secret):
    app = create_provider(path, secrets=["s"], clock=partial(datetime.now, UTC), api_key="k")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://p", headers={"Authorization": "Bearer k"}) as at:
        if payment:
            card = {"client_secret": secret, "card_number": "4242424242424242", "exp": "12/2099"}
            answer = await at.post(f"/v1/payments/{payment}/confirm", json=card)
            assert answer.status_code == 200, answer.text
        for number in range(25):
            body = {"reference": f"{name}-{number}"}
            answer = await at.post("/v1/accounts", json=body, headers={"Idempotency-Key": f"{name}-{number}"})
            assert answer.status_code == 201, answer.text

asyncio.run(run(*sys.argv[1:]))
"""

KILLED_PROCESS = """
import os, signal, sys
from datetime import UTC, datetime
from functools import partial
from marketplace_adapters.fakepay.provider import accounts
from marketplace_adapters.fakepay.provider.institution import open_provider

provider = open_provider(sys.argv[1], secrets=["s"], clock=partial(datetime.now, UTC), api_key="k")
with provider.writing() as session:
    accounts.create(session, reference="committed", email=None, country=None)
with provider.writing() as session:
    accounts.create(session, reference="never committed", email=None, country=None)
    os.kill(os.getpid(), signal.SIGKILL)
"""


async def test_whatever_was_answered_is_still_there_after_the_file_is_reopened(
    shop: Shop, books_path: Path, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    paid = await shop.paid()
    late = await shop.new_payment(2_000)
    await shop.confirm(late, LATE)
    shop.provider.close()
    clock.move(seconds=30)

    reopened = open_provider(books_path, secrets=[SECRET], clock=clock, api_key=API_KEY, webhook_url=WEBHOOK_URL)
    async with connect(reopened) as server, connect(reopened, api_key=None) as browser:
        again = Shop(reopened, server, browser)
        found = await again.get(f"/v1/payments/{paid['id']}")
        balance = await again.balance()
        replayed = await again.post("/v1/payments", key="key-1", amount_minor=10_000, currency="EUR",
                                    reference="payment-1")  # fmt: skip
        report = await deliver_due(reopened, to_receiver)
    reopened.close()

    assert found == paid
    assert balance == 9_835 + 1_947
    assert (replayed.json()["id"], replayed.headers["idempotent-replayed"]) == (paid["id"], "true")
    assert report.delivered == len(receiver.received) == 5


async def test_a_change_whose_event_cannot_be_written_has_not_happened(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    payment = await shop.new_payment()
    with monkeypatch.context() as broken:
        broken.setattr(events, "record", fail)
        with pytest.raises(RuntimeError, match="the disk is gone"):
            await shop.confirm(payment, SUCCESS)

    after = await shop.get(f"/v1/payments/{payment['id']}")
    assert (after["status"], after["attempts"], await shop.transactions()) == ("requires_method", 0, [])
    assert (await shop.confirm(payment, SUCCESS)).status_code == 200
    assert await shop.balance() == 9_835


def test_a_process_killed_in_the_middle_leaves_exactly_what_it_committed(books_path: Path, clock: Clock) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_PROCESS, str(books_path)], check=False, timeout=60)

    provider = open_provider(books_path, secrets=[SECRET], clock=clock, api_key=API_KEY)
    with provider.reading() as session:
        accounts = [row["reference"] for row in session.db.execute("SELECT reference FROM accounts")]
        told = [row["type"] for row in session.db.execute("SELECT type FROM events")]
    provider.close()

    assert killed.returncode == -signal.SIGKILL
    assert accounts == ["committed"]
    assert told == ["account.created"]


async def test_several_processes_write_the_same_books_at_once(shop: Shop, books_path: Path) -> None:
    payment = await shop.new_payment()
    arguments = [str(books_path), payment["id"], payment["client_secret"]]
    path, payment_id, secret = arguments

    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", OTHER_PROCESS, path, name, payment_id, secret,
            stderr=asyncio.subprocess.PIPE,
        )
        for name in ("one", "two", "three")
    ]  # fmt: skip
    for number in range(25):
        await shop.new_account(f"here-{number}")
    ended = await asyncio.gather(*(process.communicate() for process in processes))

    assert [process.returncode for process in processes] == [0, 0, 0], ended
    types = []
    with shop.provider.reading() as session:
        types = [row["type"] for row in session.db.execute("SELECT type FROM events")]
    assert types.count("account.created") == 100
    assert types.count("payment.succeeded") == 1
    assert await shop.balance() == 9_835


def test_several_processes_may_create_the_same_books_at_once(books_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", OTHER_PROCESS, str(books_path), name, "", ""])
        for name in ("one", "two", "three", "four")
    ]

    codes = [process.wait(timeout=60) for process in processes]

    assert codes == [0, 0, 0, 0]


def test_the_books_are_strict_and_durable_and_nobody_elses_to_read(provider: object, books_path: Path) -> None:
    books = Books(books_path)

    with books.read() as db:
        pragmas = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        tables = db.execute(
            "SELECT name, strict FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    books.close()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert tables
    assert all(row["strict"] == 1 for row in tables)
    assert books_path.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, only a text of some length" * 50)

    with pytest.raises(NotTheseBooks, match="not a database"):
        Books(path)

    assert path.read_text().startswith("not a database")


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE payments (id)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(NotTheseBooks, match="another program"):
        Books(path)

    assert path.read_bytes() == before


def test_books_that_another_process_makes_meanwhile_are_ours(monkeypatch: pytest.MonkeyPatch, books_path: Path) -> None:
    asked, made = bookkeeping._number, list[Books]()

    def meanwhile(db: sqlite3.Connection, statement: str) -> int:
        answer = asked(db, statement)
        if not made:
            monkeypatch.setattr(bookkeeping, "_number", asked)
            made.append(Books(books_path))
        return answer

    monkeypatch.setattr(bookkeeping, "_number", meanwhile)
    second = Books(books_path)

    with second.read() as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] != 0
    for each in (second, *made):
        each.close()


def test_books_of_a_later_version_are_refused(books_path: Path) -> None:
    Books(books_path).close()
    later = sqlite3.connect(books_path)
    later.execute("PRAGMA user_version = 99")
    later.close()

    with pytest.raises(NotTheseBooks, match="later version"):
        Books(books_path)


@pytest.mark.parametrize(
    ("secrets", "api_key", "webhook_url"),
    [([], "k", None), ([""], "k", None), ("s", "k", None), (["s"], "", None), (["s"], "k", "ftp://shop.test")],
)
def test_a_provider_that_could_be_fooled_does_not_open(
    books_path: Path, clock: Clock, secrets: list[str], api_key: str, webhook_url: str | None
) -> None:
    with pytest.raises(ValueError, match=r"give|must start"):
        open_provider(books_path, secrets=secrets, clock=clock, api_key=api_key, webhook_url=webhook_url)

    assert not books_path.exists()
