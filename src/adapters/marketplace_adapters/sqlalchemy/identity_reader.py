"""Reads accounts and shops from SQL, one statement per answer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar, final

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, false, or_, select

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.identity_rows import family_from, roles_from
from marketplace_adapters.sqlalchemy.tables.identity import sellers, token_families, users
from marketplace_core.identity import (
    Contact,
    FamilyId,
    IdentityReader,
    SellerCard,
    SellerStatus,
    SellerView,
    Standing,
    UserNotFound,
    UserView,
)
from marketplace_core.identity.queries import SELLER_ID_PREFIX, USER_ID_PREFIX
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest

View = TypeVar("View")
_SHOP: Final = tuple(
    sellers.c[name].label(f"shop_{name}")
    for name in ("seller_id", "name", "slug", "country", "currency", "status", "status_reason", "applied_at")
)
_USER: Final = select(users, *_SHOP).outerjoin(sellers, sellers.c.user_id == users.c.user_id)
# Every signed-in request asks this one; it is built once.
_STANDING: Final = (
    select(
        users.c.session_version.label("valid_version"),
        users.c.is_buyer,
        users.c.is_operator,
        sellers.c.seller_id.label("shop_seller_id"),
        token_families.c.session_version,
        *(column.label(column.name) for column in token_families.c if column.name != "session_version"),
    )
    .select_from(users)
    .outerjoin(sellers, sellers.c.user_id == users.c.user_id)
    .outerjoin(
        token_families,
        and_(token_families.c.user_id == users.c.user_id, token_families.c.family_id == bindparam("family_id")),
    )
    .where(users.c.user_id == bindparam("user_id"))
)
_HOLDS: Final[Mapping[Role, ColumnElement[bool]]] = {
    Role.BUYER: users.c.is_buyer.is_(True),
    Role.SELLER: sellers.c.seller_id.is_not(None),
    Role.OPERATOR: users.c.is_operator.is_(True),
    Role.SYSTEM: false(),
}


@final
class SqlIdentityReader(IdentityReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, user_id: UserId, family_id: FamilyId, now: datetime) -> Standing | None:
        """Read user, shop and session together; the session's own rule says whether it is over."""
        row = await self._database.reader.row(_STANDING, {"user_id": user_id, "family_id": family_id})
        if row is None:
            return None
        return Standing(
            session_version=row.valid_version,
            roles=_roles(row),
            seller_id=row.shop_seller_id,
            session_live=row.family_id is not None and family_from(row).live(row.valid_version, now),
        )

    async def user(self, user_id: UserId) -> UserView | None:
        """Look it up."""
        row = await self._database.reader.row(_USER.where(users.c.user_id == user_id))
        return _user_view(row) if row else None

    async def user_by_email(self, email_key: str) -> UserView | None:
        """Look it up."""
        row = await self._database.reader.row(_USER.where(users.c.email_key == email_key))
        return _user_view(row) if row else None

    async def users(self, role: Role | None, page: PageRequest) -> Page[UserView]:
        """Return one page."""
        statement = _USER if role is None else _USER.where(_HOLDS[role])
        return await self._page(statement, users.c.user_id, USER_ID_PREFIX, page, _user_view)

    async def seller(self, id_or_slug: str) -> SellerView | None:
        """Look it up."""
        here = or_(sellers.c.seller_id == id_or_slug, sellers.c.slug == id_or_slug)
        row = await self._database.reader.row(select(sellers.c.user_id, *_SHOP).where(here))
        return _seller_view(row) if row else None

    async def sellers(self, status: SellerStatus | None, page: PageRequest) -> Page[SellerView]:
        """Return one page."""
        statement = select(sellers.c.user_id, *_SHOP)
        if status is not None:
            statement = statement.where(sellers.c.status == status.value)
        return await self._page(statement, sellers.c.seller_id, SELLER_ID_PREFIX, page, _seller_view)

    async def seller_cards(self, seller_ids: Sequence[SellerId]) -> Mapping[SellerId, SellerCard]:
        """Return the cards of the shops that exist."""
        rows = await self._database.reader.rows(select(sellers).where(sellers.c.seller_id.in_(seller_ids)))
        return {
            row.seller_id: SellerCard(
                seller_id=row.seller_id,
                user_id=row.user_id,
                name=row.name,
                slug=row.slug,
                status=SellerStatus(row.status),
                currency=row.currency,
            )
            for row in rows
        }

    async def contact(self, user_id: UserId) -> Contact:
        """Look it up. Raises ``UserNotFound``."""
        contacts = await self.contacts((user_id,))
        if user_id not in contacts:
            raise UserNotFound
        return contacts[user_id]

    async def contacts(self, user_ids: Sequence[UserId]) -> Mapping[UserId, Contact]:
        """Return how to write to the users that exist."""
        wanted = select(users.c.user_id, users.c.email, users.c.name, users.c.locale, users.c.is_guest)
        rows = await self._database.reader.rows(wanted.where(users.c.user_id.in_(user_ids)))
        return {
            row.user_id: Contact(
                user_id=row.user_id, email=row.email, name=row.name, locale=row.locale, guest=row.is_guest
            )
            for row in rows
        }

    async def _page(
        self,
        statement: Select[Any],
        key: ColumnElement[str],
        prefix: str,
        page: PageRequest,
        view: Callable[[Row[Any]], View],
    ) -> Page[View]:
        """Read one row more than asked for: whether there is a next page."""
        if page.cursor is not None:
            if not page.cursor.startswith(prefix):
                raise InvalidCursor("This cursor was not made by this list.")
            statement = statement.where(key < page.cursor)
        named = statement.add_columns(key.label("page_key")).order_by(key.desc()).limit(page.limit + 1)
        rows = await self._database.reader.rows(named)
        items = rows[: page.limit]
        return Page(
            items=tuple(view(row) for row in items),
            next_cursor=items[-1].page_key if len(rows) > page.limit else None,
        )


def _roles(row: Row[Any]) -> frozenset[Role]:
    held = roles_from(row)
    return held | {Role.SELLER} if row.shop_seller_id else held


def _user_view(row: Row[Any]) -> UserView:
    return UserView(
        user_id=row.user_id,
        email=row.email,
        name=row.name,
        locale=row.locale,
        roles=_roles(row),
        registered_at=row.registered_at,
        guest=row.is_guest,
        seller=_seller_view(row) if row.shop_seller_id else None,
    )


def _seller_view(row: Row[Any]) -> SellerView:
    return SellerView(
        seller_id=row.shop_seller_id,
        name=row.shop_name,
        slug=row.shop_slug,
        country=row.shop_country,
        currency=row.shop_currency,
        status=SellerStatus(row.shop_status),
        applied_at=row.shop_applied_at,
        user_id=row.user_id,
        status_reason=row.shop_status_reason,
    )
