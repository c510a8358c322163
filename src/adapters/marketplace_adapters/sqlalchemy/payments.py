"""Payments, holds and seller accounts in SQL, and the unit of work that has them all."""

from collections.abc import Sequence
from typing import Any, Final, final

from sqlalchemy import Row, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.brakes import SqlBrakes
from marketplace_adapters.sqlalchemy.claims import SqlClaims
from marketplace_adapters.sqlalchemy.comparisons import SqlComparisons
from marketplace_adapters.sqlalchemy.debts import SqlDebtSettlements, SqlSellerStandings
from marketplace_adapters.sqlalchemy.disputes import SqlDisputes
from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.ledger import SqlLedger
from marketplace_adapters.sqlalchemy.lookouts import SqlLookouts
from marketplace_adapters.sqlalchemy.payments_reader import SqlPaymentsReader, holds_of, with_releases
from marketplace_adapters.sqlalchemy.payments_rows import (
    hold_values,
    payment_of,
    payment_values,
    release_values,
    seller_account_of,
    share_values,
)
from marketplace_adapters.sqlalchemy.payouts import SqlPayouts
from marketplace_adapters.sqlalchemy.refunds import SqlRefunds
from marketplace_adapters.sqlalchemy.statements import to_change, upsert
from marketplace_adapters.sqlalchemy.tables.payments import holds, payments, releases, seller_accounts, shares
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.payments import (
    EscrowHold,
    EscrowNotFound,
    Payment,
    PaymentNotFound,
    SellerAccount,
    SellerAccountNotFound,
)
from marketplace_core.payments.ports import EscrowHolds, Payments, PaymentsWork, SellerAccounts

__all__ = ["SqlPaymentsReader", "SqlPaymentsWork"]
_PAYMENT: Final = to_change(select(payments).where(payments.c.payment_id == bindparam("payment_id")))
_PAYMENT_OF_ORDER: Final = to_change(select(payments).where(payments.c.order_id == bindparam("order_id")))
_PAYMENT_AT_PROVIDER: Final = to_change(
    select(payments).where(payments.c.provider == bindparam("provider"), payments.c.reference == bindparam("reference"))
)
_SHARES: Final = select(shares).where(shares.c.payment_id == bindparam("payment_id")).order_by(shares.c.seller_order_id)


@final
class SqlPayments(Payments):
    """Payments and their shares, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, payment_id: PaymentId) -> Payment:
        """Read the rows."""
        payment = await self._whole(await self._work.connection.row(_PAYMENT, {"payment_id": payment_id}))
        if payment is None:
            raise PaymentNotFound("There is no such payment.")
        return payment

    async def of_order(self, order_id: OrderId) -> Payment | None:
        """Read the rows."""
        return await self._whole(await self._work.connection.row(_PAYMENT_OF_ORDER, {"order_id": order_id}))

    async def at_provider(self, provider: str, reference: str) -> Payment | None:
        """Read the rows."""
        named = {"provider": provider, "reference": reference}
        return await self._whole(await self._work.connection.row(_PAYMENT_AT_PROVIDER, named))

    async def save(self, payment: Payment) -> None:
        """Write the row; shares are written once, with a new payment."""
        is_new = payment.version == 0
        try:
            await self._work.save(payments, {"payment_id": payment.payment_id}, payment, payment_values(payment))
            if is_new:
                await self._work.connection.run(insert(shares), share_values(payment))
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"{payment.order_id} has another payment.") from failure

    async def _whole(self, row: Row[Any] | None) -> Payment | None:
        if row is None:
            return None
        return payment_of(row, await self._work.connection.rows(_SHARES, {"payment_id": row.payment_id}))


_OF_PART: Final = select(holds).where(holds.c.seller_order_id == bindparam("part"))
_OF_PART_RELEASED: Final = with_releases(_OF_PART)
_OF_PAYMENT: Final = select(holds).where(holds.c.payment_id == bindparam("payment"))
_OF_PAYMENT_RELEASED: Final = with_releases(_OF_PAYMENT)


@final
class SqlEscrowHolds(EscrowHolds):
    """Holds and their releases, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, seller_order_id: SellerOrderId) -> EscrowHold:
        """Read the rows."""
        which = {"part": seller_order_id}
        await self._work.lock(_OF_PART, which)
        found = holds_of(await self._work.connection.rows(_OF_PART_RELEASED, which))
        if not found:
            raise EscrowNotFound("There is no held payment for that seller order.")
        return found[0]

    async def of_payment(self, payment_id: PaymentId) -> Sequence[EscrowHold]:
        """Read the rows."""
        which = {"payment": payment_id}
        await self._work.lock(_OF_PAYMENT.order_by(holds.c.seller_order_id), which)
        return holds_of(await self._work.connection.rows(_OF_PAYMENT_RELEASED, which))

    async def save(self, hold: EscrowHold) -> None:
        """Write the row; releases are only ever added."""
        await self._work.save(holds, {"seller_order_id": hold.seller_order_id}, hold, hold_values(hold))
        if hold.releases:
            statement = upsert(releases).on_conflict_do_nothing(index_elements=["release_id"])
            await self._work.connection.run(statement, release_values(hold))


@final
class SqlSellerAccounts(SellerAccounts):
    """Seller accounts, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, seller_id: SellerId) -> SellerAccount:
        """Read the row."""
        account = await self.find(seller_id)
        if account is None:
            raise SellerAccountNotFound("There is no such seller account.")
        return account

    async def find(self, seller_id: SellerId) -> SellerAccount | None:
        """Read the row."""
        row = await self._work.connection.row(
            to_change(select(seller_accounts).where(seller_accounts.c.seller_id == seller_id))
        )
        return seller_account_of(row) if row else None

    async def save(self, account: SellerAccount) -> None:
        """Write the row."""
        values = {
            "currency": account.currency,
            "provider": account.provider,
            "state": account.state.value,
            "reference": account.reference,
        }
        try:
            await self._work.save(seller_accounts, {"seller_id": account.seller_id}, account, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"{account.seller_id} has an account already.") from failure


@final
class SqlPaymentsWork(SqlWork, PaymentsWork):
    """The unit of work of payments."""

    @property
    def ledger(self) -> SqlLedger:
        """The books."""
        return SqlLedger(self.connection, self.database.dialect)

    @property
    def payments(self) -> SqlPayments:
        """The payments."""
        return SqlPayments(self)

    @property
    def holds(self) -> SqlEscrowHolds:
        """The holds."""
        return SqlEscrowHolds(self)

    @property
    def refunds(self) -> SqlRefunds:
        """The refunds."""
        return SqlRefunds(self)

    @property
    def disputes(self) -> SqlDisputes:
        """The card disputes."""
        return SqlDisputes(self)

    @property
    def claims(self) -> SqlClaims:
        """The buyers' claims."""
        return SqlClaims(self)

    @property
    def standings(self) -> SqlSellerStandings:
        """What is remembered of the sellers."""
        return SqlSellerStandings(self)

    @property
    def settlements(self) -> SqlDebtSettlements:
        """The settlements of their debts."""
        return SqlDebtSettlements(self)

    @property
    def seller_accounts(self) -> SqlSellerAccounts:
        """The sellers' accounts."""
        return SqlSellerAccounts(self)

    @property
    def payouts(self) -> SqlPayouts:
        """The payouts."""
        return SqlPayouts(self)

    @property
    def brakes(self) -> SqlBrakes:
        """What makes money stand still."""
        return SqlBrakes(self)

    @property
    def comparisons(self) -> SqlComparisons:
        """How the books were compared the last time."""
        return SqlComparisons(self)

    @property
    def lookouts(self) -> SqlLookouts:
        """Until when the provider was looked at."""
        return SqlLookouts(self.connection)
