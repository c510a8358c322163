"""Accounts, sessions and shops in SQL: the collections. The reader stands beside, in ``identity_reader``."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import final

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.identity_reader import SqlIdentityReader
from marketplace_adapters.sqlalchemy.identity_rows import (
    family_from,
    family_values,
    seller_from,
    seller_values,
    user_from,
    user_values,
)
from marketplace_adapters.sqlalchemy.statements import to_change, upsert
from marketplace_adapters.sqlalchemy.tables.identity import refresh_tokens, sellers, token_families, users
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.identity import FamilyId, Seller, SellerNotFound, TokenFamily, User, UserNotFound
from marketplace_core.identity.ports import IdentityWork, PresentedToken, Sellers, TokenFamilies, Users
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, UserId

__all__ = ["SqlIdentityReader", "SqlIdentityWork"]


@final
class SqlUsers(Users):
    """Accounts, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, user_id: UserId) -> User:
        """Look it up. Raises ``UserNotFound``."""
        row = await self._work.connection.row(to_change(select(users).where(users.c.user_id == user_id)))
        if row is None:
            raise UserNotFound
        return user_from(row)

    async def find_by_email(self, email_key: str) -> User | None:
        """Look it up by the unique form of its address."""
        row = await self._work.connection.row(to_change(select(users).where(users.c.email_key == email_key)))
        return user_from(row) if row else None

    async def guests(self, *, before: datetime, after: UserId | None, limit: int) -> Sequence[UserId]:
        """Go through the guests by identifier."""
        old = select(users.c.user_id).where(users.c.is_guest == 1, users.c.registered_at < before)
        further = old if after is None else old.where(users.c.user_id > after)
        rows = await self._work.connection.rows(further.order_by(users.c.user_id).limit(limit))
        return [UserId(row.user_id) for row in rows]

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Delete sessions, whose tokens go with them, then users."""
        guests = select(users.c.user_id).where(users.c.user_id.in_(sorted(guest_ids)), users.c.is_guest == 1)
        await self._work.connection.run(delete(token_families).where(token_families.c.user_id.in_(guests)))
        await self._work.connection.run(delete(users).where(users.c.user_id.in_(guests)))

    async def others_operate(self, user_id: UserId) -> bool:
        """Look for one; a transaction that writes has the file to itself."""
        other = select(users.c.user_id).where(users.c.is_operator == 1, users.c.user_id != user_id).limit(1)
        return await self._work.connection.row(other) is not None

    async def save(self, user: User) -> None:
        """Store it, unless the address is another's."""
        try:
            await self._work.save(users, {"user_id": user.user_id}, user, user_values(user))
        except IntegrityError as taken:
            if not is_duplicate(taken):
                raise
            raise ConcurrentUpdate("Somebody else registered this address meanwhile.") from taken


@final
class SqlSellers(Sellers):
    """Shops, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, seller_id: SellerId) -> Seller:
        """Look it up. Raises ``SellerNotFound``."""
        row = await self._work.connection.row(to_change(select(sellers).where(sellers.c.seller_id == seller_id)))
        if row is None:
            raise SellerNotFound
        return seller_from(row)

    async def find_by_user(self, user_id: UserId) -> Seller | None:
        """Look it up by its owner."""
        row = await self._work.connection.row(to_change(select(sellers).where(sellers.c.user_id == user_id)))
        return seller_from(row) if row else None

    async def find_by_slug(self, slug: str) -> Seller | None:
        """Look it up by its address."""
        row = await self._work.connection.row(select(sellers).where(sellers.c.slug == slug))
        return seller_from(row) if row else None

    async def save(self, seller: Seller) -> None:
        """Store it, unless slug or owner are another's."""
        try:
            await self._work.save(sellers, {"seller_id": seller.seller_id}, seller, seller_values(seller))
        except IntegrityError as taken:
            if not is_duplicate(taken):
                raise
            raise ConcurrentUpdate(
                "Somebody else took this address, or this owner opened a shop, meanwhile."
            ) from taken


@final
class SqlTokenFamilies(TokenFamilies):
    """Sessions, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def find(self, family_id: FamilyId) -> TokenFamily | None:
        """Look it up."""
        chosen = to_change(select(token_families).where(token_families.c.family_id == family_id))
        row = await self._work.connection.row(chosen)
        return family_from(row) if row else None

    async def find_by_token(self, token_hash: str) -> PresentedToken | None:
        """Look the token up together with its family."""
        statement = (
            select(token_families, refresh_tokens.c.sequence.label("presented"))
            .join(refresh_tokens, refresh_tokens.c.family_id == token_families.c.family_id)
            .where(refresh_tokens.c.token_hash == token_hash)
            .with_for_update(key_share=True, of=token_families)
        )
        row = await self._work.connection.row(statement)
        return PresentedToken(family_from(row), row.presented) if row else None

    async def save(self, family: TokenFamily) -> None:
        """Store the family, whose version decides between two rotations; then its token, if that is new."""
        await self._work.save(token_families, {"family_id": family.family_id}, family, family_values(family))
        token = upsert(refresh_tokens).values(
            token_hash=family.token_hash, family_id=family.family_id, sequence=family.sequence
        )
        await self._work.connection.run(token.on_conflict_do_nothing(index_elements=["token_hash"]))

    async def trim(self, user_id: UserId, *, keep: int, now: datetime) -> None:
        """Delete families; their tokens go with them."""
        own = token_families.c.user_id == user_id
        latest = (
            select(token_families.c.family_id)
            .where(own, token_families.c.expires_at > now)
            .order_by(token_families.c.last_used_at.desc(), token_families.c.family_id.desc())
            .limit(keep)
        )
        gone = or_(token_families.c.expires_at <= now, token_families.c.family_id.not_in(latest))
        await self._work.connection.run(delete(token_families).where(and_(own, gone)))


@final
class SqlIdentityWork(SqlWork, IdentityWork):
    """The unit of work."""

    @property
    def users(self) -> SqlUsers:
        """The accounts."""
        return SqlUsers(self)

    @property
    def sellers(self) -> SqlSellers:
        """The shops."""
        return SqlSellers(self)

    @property
    def families(self) -> SqlTokenFamilies:
        """The sessions."""
        return SqlTokenFamilies(self)
