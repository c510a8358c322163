"""What holds after every test that moved money: the audit finds nothing, and the provider's own books say the same.

``CompareBooks`` asks much the same, and this is not made of it on purpose. It hears of both sides through our readers,
the ports and the adapter of the provider; here both files are read as they are, so that whoever errs on that way cannot
make both sides agree. It is also for a marketplace at rest, while ``BOOKED`` holds at any moment, after a kill as well.

A conftest that takes in the fixtures of this module has every marketplace of its folder looked at after each test, and
every call of a foreign server refused while a transaction is open (reliability design, R-01 and 6).
"""

import inspect
import sqlite3
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from marketplace_adapters.fakepay.provider.audit import audit
from marketplace_adapters.fakepay.provider.institution import open_provider
from marketplace_core.kernel.work import outside_transaction
from marketplace_entrypoints.composition import bootstrap
from marketplace_entrypoints.composition.adapters import OpenAdapters, open_adapters
from marketplace_entrypoints.composition.settings import Settings
from tests.databases import OURS, books_of, marketplaces_in, violations_on_server

__all__ = ["OURS", "THEIRS", "UNHEARD", "coherent_afterwards", "findings", "watch"]
THEIRS: Final = "fakepay.sqlite"

BOOKED: Final[Mapping[str, str]] = {
    "what we call captured was captured": (
        "SELECT p.payment_id FROM payments_payments p LEFT JOIN theirs.payments t ON t.id = p.reference"
        " WHERE p.provider = 'fakepay' AND p.captured_minor IS NOT NULL AND t.captured_minor IS NOT p.captured_minor"
    ),
    "an order is charged once": (
        "SELECT transfer_group FROM theirs.payments WHERE captured_minor > 0 AND transfer_group IS NOT NULL"
        " GROUP BY transfer_group HAVING count(*) > 1"
    ),
    "what we call refunded was refunded": (
        "SELECT r.refund_id FROM payments_refunds r LEFT JOIN theirs.refunds t ON t.id = r.reference"
        " WHERE r.provider = 'fakepay' AND r.state = 'succeeded'"
        " AND (t.amount_minor IS NOT r.amount_minor OR t.succeeded_at_ms IS NULL)"
    ),
    "a refund is sent once": (
        "SELECT reference FROM theirs.refunds WHERE status <> 'failed' GROUP BY reference HAVING count(*) > 1"
    ),
    "what we call transferred was transferred": (
        "SELECT p.payout_id FROM payments_payouts p LEFT JOIN theirs.transfers t ON t.id = p.transfer_reference"
        " WHERE p.provider = 'fakepay' AND p.transfer_reference IS NOT NULL"
        " AND t.amount_minor IS NOT p.amount_minor + p.taken_minor"
    ),
    "a payout is transferred once": (
        "SELECT reference FROM theirs.transfers GROUP BY reference HAVING count(*) > 1"
    ),
    "what we call paid out was paid out": (
        "SELECT p.payout_id FROM payments_payouts p LEFT JOIN theirs.payouts t ON t.id = p.bank_reference"
        " WHERE p.provider = 'fakepay' AND p.state = 'paid'"
        " AND (t.amount_minor IS NOT p.amount_minor OR t.paid_at_ms IS NULL)"
    ),
    "a payout is paid once": (
        "SELECT reference FROM theirs.payouts WHERE status <> 'failed' GROUP BY reference HAVING count(*) > 1"
    ),
}  # fmt: skip
"""What is asked → the question; every row is something wrong. True at any moment: money is booked after it moved."""

UNHEARD: Final = (
    "SELECT (SELECT count(*) FROM outbox WHERE reacted_at IS NULL)"
    " + (SELECT count(*) FROM provider_messages WHERE processed_at IS NULL)"
    " + (SELECT count(*) FROM theirs.webhook_deliveries WHERE delivered_at_ms IS NULL)"
    " + (SELECT count(*) FROM deadlines WHERE attempts > 0)"
)
"""How much one side has yet to hear of; until then the sums may differ."""

SUMS: Final[Mapping[str, tuple[str, str]]] = {
    "our balance at the provider": (
        (
            "SELECT t.currency, sum(CASE WHEN t.debit_account_id = a.id THEN t.amount_minor ELSE -t.amount_minor END)"
            " FROM ledger_transfers AS t JOIN ledger_accounts AS a ON a.id IN (t.debit_account_id, t.credit_account_id)"
            " JOIN ledger_journals AS j ON j.id = t.journal_id"
            " WHERE a.kind = 'psp' AND j.kind NOT IN ('seller_topped_up', 'refund_settled') GROUP BY t.currency"
        ),
        (
            "SELECT currency, sum(net_minor) FROM theirs.balance_transactions"
            " WHERE owner = 'platform' AND type NOT IN ('top_up', 'adjustment') GROUP BY currency"
        ),
    ),
    "in sellers' accounts, or on the way from there to their banks": (
        (
            # What of payouts has paid debts is the seller's own there; so are the reversals that paid them.
            "SELECT currency, sum(minor) FROM (SELECT currency, debits_minor - credits_minor AS minor FROM ledger_sums"
            " WHERE kind = 'wallet' UNION ALL SELECT currency, taken_minor FROM payments_payouts WHERE taken_minor > 0)"
            " GROUP BY currency"
        ),
        (
            "SELECT currency, sum(amount_minor) FROM ("
            " SELECT currency, net_minor AS amount_minor FROM theirs.balance_transactions"
            " WHERE owner <> 'platform' AND type NOT IN ('top_up', 'adjustment')"
            " AND source NOT IN (SELECT reference FROM payments_debt_settlements WHERE reference IS NOT NULL)"
            " UNION ALL SELECT currency, amount_minor FROM theirs.payouts WHERE status = 'in_transit')"
            " GROUP BY currency"
        ),
    ),
}
"""What is compared → our sum and theirs, by currency.

What operators say to have come or gone by other ways than the provider's is left out on both sides; so is what a seller
paid a debt with from there, which was never in what we call the wallet.
"""


def findings(data: Path) -> list[str]:
    """Return what is wrong with the money of a data folder; nothing for a folder without a marketplace."""
    if data not in marketplaces_in(data):
        return []
    with books_of(data) as books:
        found = _audited(books) + violations_on_server(data)
        if not (data / THEIRS).exists():
            return found
        books.execute("ATTACH ? AS theirs", (str(data / THEIRS),))
        found += [f"{what}: {name}" for what, question in BOOKED.items() for (name,) in books.execute(question)]
        ((unheard,),) = books.execute(UNHEARD)
        found += [] if unheard else _differences(books)
    return found + _audited_by_provider(data / THEIRS)


def assert_coherent(data: Path) -> None:
    """Fail with everything that is wrong with the money of a data folder."""
    found = findings(data)
    assert not found, f"the money of {data} is not coherent:\n" + "\n".join(found)


def _audited(books: sqlite3.Connection) -> list[str]:
    views = "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'audit\\_%' ESCAPE '\\' ORDER BY name"
    return [
        f"{view}: {subject}: {detail}"
        for (view,) in books.execute(views).fetchall()
        for subject, detail in books.execute(f"SELECT subject, detail FROM {view}")
    ]


def _differences(books: sqlite3.Connection) -> list[str]:
    found = []
    for what, questions in SUMS.items():
        ours, theirs = ({name: minor for name, minor in books.execute(one) if minor} for one in questions)
        if ours != theirs:
            found.append(f"{what}: we say {ours}, the provider says {theirs}")
    return found


def _audited_by_provider(path: Path) -> list[str]:
    provider = open_provider(path, secrets=["unused"], clock=lambda: datetime.now(UTC), api_key="unused")
    try:
        with provider.reading() as session:
            told: Any = audit(session)["findings"]
    finally:
        provider.close()
    return [f"the provider: {finding['check']}: {finding['detail']}" for finding in told]


class Guarded:
    """Somebody else's server, which nobody may call while they have a transaction open.

    Adapters look for themselves as well; this one looks in front of whatever adapter a test has opened, and keeps what
    it has seen, since a worker outlives the refusal.
    """

    seen: Final[list[str]] = []

    def __init__(self, name: str, real: Any) -> None:
        self._name = name
        self._real = real

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not inspect.iscoroutinefunction(found):
            return found
        call = f"{self._name}.{name}"

        async def guarded(*positional: Any, **named: Any) -> Any:
            try:
                outside_transaction(call)
            except AssertionError:
                self.seen.append(call)
                raise
            return await found(*positional, **named)

        return guarded


FOREIGN: Final = ("video", "mailer")
GATEWAYS: Final = ("payments", "payouts", "disputes")


def guarded(adapters: OpenAdapters) -> OpenAdapters:
    """Put a guard before everybody outside."""
    gateways: dict[str, Any] = {name: Guarded(name, getattr(adapters.payments, name)) for name in GATEWAYS}
    others: dict[str, Any] = {name: Guarded(name, getattr(adapters, name)) for name in FOREIGN}
    return attrs.evolve(adapters, payments=attrs.evolve(adapters.payments, **gateways), **others)


_opened: Final[set[Path]] = set()


@asynccontextmanager
async def _watched(settings: Settings, **own: Any) -> AsyncGenerator[OpenAdapters]:
    async with open_adapters(settings, **own) as adapters:
        _opened.add(settings.data)
        yield guarded(adapters)


@pytest.fixture(scope="session", autouse=True)
def watch() -> Iterator[None]:
    """Know of every marketplace that is opened in this process, and guard what it calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "open_adapters", _watched)
        yield


@pytest.fixture(autouse=True)
def coherent_afterwards(request: pytest.FixtureRequest, watch: None) -> Iterator[None]:
    """Look at the money of every marketplace that a test has used, in this process or in others."""
    _opened.clear()
    Guarded.seen.clear()
    yield
    assert Guarded.seen == [], "called while a transaction was open"
    for data in sorted(_opened | _in_folders_of(request)):
        assert_coherent(data)


def _in_folders_of(request: pytest.FixtureRequest) -> set[Path]:
    """Return the data folders of running processes, and of what lies in the folder of the test."""
    found = set()
    for value in getattr(request.node, "funcargs", {}).values():
        with suppress(AttributeError):
            found.add(getattr(value, "running", value).settings.data)
        if isinstance(value, Path) and value.is_dir():
            found |= marketplaces_in(value)
    return {data for data in found if isinstance(data, Path)}
