"""Accounts, sessions and shops in memory."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, final

from attrs import frozen

from marketplace_core.identity.domain.closing import ShopMatters
from marketplace_core.identity.domain.errors import SellerNotFound, UserNotFound
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import Seller, SellerStatus
from marketplace_core.identity.domain.session import TokenFamily
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.ports import (
    GuestTrade,
    IdentityWork,
    PresentedToken,
    Sellers,
    ShopTrade,
    TokenFamilies,
    Users,
)
from marketplace_core.identity.queries import (
    SELLER_ID_PREFIX,
    USER_ID_PREFIX,
    Contact,
    IdentityReader,
    SellerCard,
    SellerView,
    Standing,
    UserView,
)
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest

Row = TypeVar("Row")


@frozen
class _KnownToken:
    token_hash: str
    family_id: FamilyId
    sequence: int


@final
class InMemoryGuestTrade(GuestTrade):
    """Guests who ordered: an identity without orders is told who they are."""

    def __init__(self) -> None:
        self.ordered: set[UserId] = set()
        self.forgotten: set[UserId] = set()

    async def buyers(self, guest_ids: Collection[UserId]) -> frozenset[UserId]:
        """Look them up."""
        return frozenset(self.ordered & set(guest_ids))

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Note them."""
        self.forgotten.update(guest_ids)


@final
class InMemoryShopTrade(ShopTrade):
    """Shops about which nothing is open but what identity is told here."""

    def __init__(self) -> None:
        self.open: dict[SellerId, ShopMatters] = {}

    async def matters(self, seller_id: SellerId) -> ShopMatters:
        """Look it up."""
        return self.open.get(seller_id, ShopMatters())


@final
@frozen
class InMemoryUsers(Users):
    """Accounts in a table."""

    store: Store

    @property
    def _rows(self) -> Table[User]:
        return self.store.table("identity_users")

    async def get(self, user_id: UserId) -> User:
        """Look it up."""
        user = self._rows.get(user_id)
        if user is None:
            raise UserNotFound
        return user

    async def find_by_email(self, email_key: str) -> User | None:
        """Look through all."""
        return _first(self._rows.find(lambda user: user.email_key == email_key))

    async def guests(self, *, before: datetime, after: UserId | None, limit: int) -> Sequence[UserId]:
        """Go through the guests by identifier."""
        old = [
            user.user_id
            for user in self._rows
            if user.guest and user.registered_at < before and (after is None or user.user_id > after)
        ]
        return sorted(old)[:limit]

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Delete tokens, sessions and users."""
        families: Table[TokenFamily] = self.store.table("identity_token_families")
        tokens: Table[_KnownToken] = self.store.table("identity_refresh_tokens")
        users = {user.user_id for user in self._rows if user.guest and user.user_id in guest_ids}
        sessions = {family.family_id for family in families if family.user_id in users}
        for token in tokens.find(lambda token: token.family_id in sessions):
            tokens.delete(token.token_hash)
        for family_id in sessions:
            families.delete(family_id)
        for user_id in users:
            self._rows.delete(user_id)

    async def others_operate(self, user_id: UserId) -> bool:
        """Look through all."""
        return any(Role.OPERATOR in user.roles for user in self._rows if user.user_id != user_id)

    async def save(self, user: User) -> None:
        """Store it, unless the address is another's."""
        taken = user.email_key is not None and any(
            other.email_key == user.email_key and other.user_id != user.user_id for other in self._rows
        )
        if taken:
            raise ConcurrentUpdate("Somebody else registered this address meanwhile.")
        self.store.save(self._rows, user.user_id, user)


@final
@frozen
class InMemorySellers(Sellers):
    """Shops in a table."""

    store: Store

    @property
    def _rows(self) -> Table[Seller]:
        return self.store.table("identity_sellers")

    async def get(self, seller_id: SellerId) -> Seller:
        """Look it up."""
        seller = self._rows.get(seller_id)
        if seller is None:
            raise SellerNotFound
        return seller

    async def find_by_user(self, user_id: UserId) -> Seller | None:
        """Look through all."""
        return _first(self._rows.find(lambda seller: seller.user_id == user_id))

    async def find_by_slug(self, slug: str) -> Seller | None:
        """Look through all."""
        return _first(self._rows.find(lambda seller: seller.slug == slug))

    async def save(self, seller: Seller) -> None:
        """Store it, unless slug or owner are another's."""
        for other in self._rows:
            if other.seller_id != seller.seller_id and (other.slug == seller.slug or other.user_id == seller.user_id):
                raise ConcurrentUpdate("Somebody else took this address, or this owner opened a shop, meanwhile.")
        self.store.save(self._rows, seller.seller_id, seller)


@final
@frozen
class InMemoryTokenFamilies(TokenFamilies):
    """Sessions in a table, and every token they ever had in another."""

    store: Store

    @property
    def _rows(self) -> Table[TokenFamily]:
        return self.store.table("identity_token_families")

    @property
    def _tokens(self) -> Table[_KnownToken]:
        return self.store.table("identity_refresh_tokens")

    async def find(self, family_id: FamilyId) -> TokenFamily | None:
        """Look it up."""
        return self._rows.get(family_id)

    async def find_by_token(self, token_hash: str) -> PresentedToken | None:
        """Look the token up, then its family."""
        token = self._tokens.get(token_hash)
        family = self._rows.get(token.family_id) if token else None
        return PresentedToken(family, token.sequence) if token and family else None

    async def save(self, family: TokenFamily) -> None:
        """Store both rows."""
        self.store.save(self._rows, family.family_id, family)
        self._tokens.put(family.token_hash, _KnownToken(family.token_hash, family.family_id, family.sequence))

    async def trim(self, user_id: UserId, *, keep: int, now: datetime) -> None:
        """Delete families and their tokens."""
        families = self._rows.find(lambda family: family.user_id == user_id)
        families.sort(key=lambda family: (family.expires_at > now, family.last_used_at, family.family_id), reverse=True)
        gone = {
            family.family_id for number, family in enumerate(families) if number >= keep or family.expires_at <= now
        }
        for family_id in gone:
            self._rows.delete(family_id)
        for token_hash in [token.token_hash for token in self._tokens if token.family_id in gone]:
            self._tokens.delete(token_hash)


@final
class InMemoryIdentityWork(InMemoryWork, IdentityWork):
    """Identity's unit of work on the store."""

    @property
    def users(self) -> InMemoryUsers:
        """The accounts."""
        return InMemoryUsers(self.store)

    @property
    def sellers(self) -> InMemorySellers:
        """The shops."""
        return InMemorySellers(self.store)

    @property
    def families(self) -> InMemoryTokenFamilies:
        """The sessions."""
        return InMemoryTokenFamilies(self.store)


@final
class InMemoryIdentityReader(IdentityReader):
    """Reads the same tables."""

    def __init__(self, store: Store) -> None:
        self._users: Table[User] = store.table("identity_users")
        self._sellers: Table[Seller] = store.table("identity_sellers")
        self._families: Table[TokenFamily] = store.table("identity_token_families")

    async def standing(self, user_id: UserId, family_id: FamilyId, now: datetime) -> Standing | None:
        """Put the three rows together."""
        user = self._users.get(user_id)
        if user is None:
            return None
        family = self._families.get(family_id)
        shop = self._shop_of(user_id)
        return Standing(
            session_version=user.session_version,
            roles=_roles(user, shop),
            seller_id=shop.seller_id if shop else None,
            session_live=family is not None and family.user_id == user_id and family.live(user.session_version, now),
        )

    async def user(self, user_id: UserId) -> UserView | None:
        """Look it up."""
        user = self._users.get(user_id)
        return self._user_view(user) if user else None

    async def user_by_email(self, email_key: str) -> UserView | None:
        """Look through all."""
        found = _first(self._users.find(lambda user: user.email_key == email_key))
        return self._user_view(found) if found else None

    async def users(self, role: Role | None, page: PageRequest) -> Page[UserView]:
        """Filter, sort, cut."""
        views = [self._user_view(user) for user in self._users]
        return _page(
            [view for view in views if role is None or role in view.roles],
            lambda view: view.user_id,
            USER_ID_PREFIX,
            page,
        )

    async def seller(self, id_or_slug: str) -> SellerView | None:
        """Look through all."""
        found = _first(self._sellers.find(lambda seller: id_or_slug in {seller.seller_id, seller.slug}))
        return _seller_view(found) if found else None

    async def sellers(self, status: SellerStatus | None, page: PageRequest) -> Page[SellerView]:
        """Filter, sort, cut."""
        views = [_seller_view(seller) for seller in self._sellers if status in {None, seller.status}]
        return _page(views, lambda view: view.seller_id, SELLER_ID_PREFIX, page)

    async def seller_cards(self, seller_ids: Sequence[SellerId]) -> Mapping[SellerId, SellerCard]:
        """Pick those that exist."""
        return {
            seller.seller_id: SellerCard(
                seller_id=seller.seller_id,
                user_id=seller.user_id,
                name=seller.name,
                slug=seller.slug,
                status=seller.status,
                currency=seller.currency,
            )
            for seller in self._sellers
            if seller.seller_id in seller_ids
        }

    async def contact(self, user_id: UserId) -> Contact:
        """Look it up."""
        contacts = await self.contacts((user_id,))
        if user_id not in contacts:
            raise UserNotFound
        return contacts[user_id]

    async def contacts(self, user_ids: Sequence[UserId]) -> Mapping[UserId, Contact]:
        """Pick those that exist."""
        return {
            user.user_id: Contact(
                user_id=user.user_id, email=user.email, name=user.name, locale=user.locale, guest=user.guest
            )
            for user in self._users
            if user.user_id in user_ids
        }

    def _shop_of(self, user_id: UserId) -> Seller | None:
        return _first([seller for seller in self._sellers if seller.user_id == user_id])

    def _user_view(self, user: User) -> UserView:
        shop = self._shop_of(user.user_id)
        return UserView(
            user_id=user.user_id,
            email=user.email,
            name=user.name,
            locale=user.locale,
            roles=_roles(user, shop),
            registered_at=user.registered_at,
            guest=user.guest,
            seller=_seller_view(shop) if shop else None,
        )


def _roles(user: User, shop: Seller | None) -> frozenset[Role]:
    return user.roles | {Role.SELLER} if shop else user.roles


def _seller_view(seller: Seller) -> SellerView:
    return SellerView(
        seller_id=seller.seller_id,
        name=seller.name,
        slug=seller.slug,
        country=seller.country,
        currency=seller.currency,
        status=seller.status,
        applied_at=seller.applied_at,
        user_id=seller.user_id,
        status_reason=seller.status_reason,
    )


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def _page(views: Sequence[Row], name: Callable[[Row], str], prefix: str, page: PageRequest) -> Page[Row]:
    """Cut a page, newest first: identifiers sort by time of making."""
    if page.cursor is not None and not page.cursor.startswith(prefix):
        raise InvalidCursor("This cursor was not made by this list.")
    after = sorted((view for view in views if page.cursor is None or name(view) < page.cursor), key=name, reverse=True)
    items = tuple(after[: page.limit])
    return Page(items=items, next_cursor=name(items[-1]) if len(after) > page.limit else None)
