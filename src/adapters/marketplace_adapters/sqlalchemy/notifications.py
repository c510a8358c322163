"""Mails in SQL."""

from typing import Any, Final, final

import attrs
from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import to_change
from marketplace_adapters.sqlalchemy.tables.notifications import mails, suppressions
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.notifications import (
    Mail,
    MailNotFound,
    MailReader,
    MailState,
    MailSummary,
    MailView,
    Suppression,
    SuppressionReason,
    SuppressionView,
    Template,
)
from marketplace_core.notifications.domain.suppression import same
from marketplace_core.notifications.ports import Mails, NotificationsWork, Suppressions
from marketplace_core.notifications.queries import MAIL_ID_PREFIX

_PLAIN: Final = tuple(column.name for column in mails.c if column.name not in {"template", "state"})
_SUMMARY: Final = tuple(mails.c[field.name] for field in attrs.fields(MailSummary))


@final
class SqlMails(Mails):
    """Mails, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, mail_id: MailId) -> Mail:
        """Look it up. Raises ``MailNotFound``."""
        row = await self._work.connection.row(to_change(select(mails).where(mails.c.mail_id == mail_id)))
        if row is None:
            raise MailNotFound
        return _mail(row)

    async def find(self, fact: str, template: Template, recipient: UserId) -> Mail | None:
        """Look it up by what it tells to whom."""
        here = (mails.c.fact == fact, mails.c.template == template.value, mails.c.recipient == recipient)
        row = await self._work.connection.row(to_change(select(mails).where(*here)))
        return _mail(row) if row else None

    async def save(self, mail: Mail) -> None:
        """Store it, unless another tells the same fact."""
        values = {name: getattr(mail, name) for name in _PLAIN if name not in {"mail_id", "version"}}
        values |= {"template": mail.template.value, "state": mail.state.value}
        try:
            await self._work.save(mails, {"mail_id": mail.mail_id}, mail, values)
        except IntegrityError as twice:
            if not is_duplicate(twice):
                raise
            raise ConcurrentUpdate("Somebody else wrote this mail meanwhile.") from twice


@final
class SqlSuppressions(Suppressions):
    """Addresses that nothing is sent to, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def find(self, address: str) -> Suppression | None:
        """Look it up. Raises ``MalformedAddress``."""
        here = suppressions.c.address == same(address)
        row = await self._work.connection.row(to_change(select(suppressions).where(here)))
        return None if row is None else Suppression(**_of(row) | {"version": row.version, "lifted_at": row.lifted_at})

    async def save(self, suppression: Suppression) -> None:
        """Store it."""
        values = {name: getattr(suppression, name) for name in ("detail", "mail_id", "since", "lifted_at")}
        values |= {"reason": suppression.reason.value}
        try:
            await self._work.save(suppressions, {"address": suppression.address}, suppression, values)
        except IntegrityError as twice:
            if not is_duplicate(twice):
                raise
            raise ConcurrentUpdate("Somebody else suppressed this address meanwhile.") from twice


@final
class SqlNotificationsWork(SqlWork, NotificationsWork):
    """The unit of work."""

    @property
    def suppressions(self) -> SqlSuppressions:
        """The addresses that nothing is sent to."""
        return SqlSuppressions(self)

    @property
    def mails(self) -> SqlMails:
        """The mails."""
        return SqlMails(self)


@final
class SqlMailReader(MailReader):
    """One statement per answer; lists read no contents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mail(self, mail_id: MailId) -> MailView | None:
        """Look it up."""
        row = await self._database.reader.row(select(mails).where(mails.c.mail_id == mail_id))
        if row is None:
            return None
        mail = _mail(row)
        return MailView(**{field.name: getattr(mail, field.name) for field in attrs.fields(MailView)})

    async def mails(self, recipient: UserId | None, state: MailState | None, page: PageRequest) -> Page[MailSummary]:
        """Return one page."""
        statement = select(*_SUMMARY).order_by(mails.c.mail_id.desc()).limit(page.limit + 1)
        if recipient is not None:
            statement = statement.where(mails.c.recipient == recipient)
        if state is not None:
            statement = statement.where(mails.c.state == state.value)
        if page.cursor is not None:
            if not page.cursor.startswith(MAIL_ID_PREFIX):
                raise InvalidCursor("This cursor was not made by this list.")
            statement = statement.where(mails.c.mail_id < page.cursor)
        rows = await self._database.reader.rows(statement)
        items = tuple(_summary(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].mail_id if len(rows) > page.limit else None)

    async def suppressions(self, page: PageRequest) -> Page[SuppressionView]:
        """Return one page."""
        here = (suppressions.c.lifted_at.is_(None), suppressions.c.address > (page.cursor or ""))
        statement = select(suppressions).where(*here).order_by(suppressions.c.address).limit(page.limit + 1)
        rows = await self._database.reader.rows(statement)
        items = tuple(SuppressionView(**_of(row)) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].address if len(rows) > page.limit else None)


def _of(row: Row[Any]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("address", "detail", "mail_id", "since")}
    return values | {"reason": SuppressionReason(row.reason)}


def _mail(row: Row[Any]) -> Mail:
    values = {name: getattr(row, name) for name in _PLAIN}
    return Mail(**values, template=Template(row.template), state=MailState(row.state))


def _summary(row: Row[Any]) -> MailSummary:
    values = {field.name: getattr(row, field.name) for field in attrs.fields(MailSummary)}
    return MailSummary(**values | {"template": Template(row.template), "state": MailState(row.state)})
