"""What can be asked about accounts, sessions and shops, and the port that knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final, Protocol

import attrs
from attrs import field, frozen

from marketplace_core.identity.domain.closing import ShopMatters
from marketplace_core.identity.domain.email import email_key
from marketplace_core.identity.domain.errors import InvalidToken, SellerNotFound, UserNotFound
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import SellerStatus
from marketplace_core.identity.ports import AccessTokens, ShopTrade
from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest

SELLER_ID_PREFIX: Final = "sel_"
USER_ID_PREFIX: Final = "usr_"


@frozen(kw_only=True)
class SellerView:
    """A shop. ``user_id`` and ``status_reason`` are for its owner and operators, and None for others."""

    seller_id: SellerId
    name: str
    slug: str
    country: str
    currency: str
    status: SellerStatus
    applied_at: datetime
    user_id: UserId | None = None
    status_reason: str | None = None


@frozen(kw_only=True)
class UserView:
    """An account or a guest, as themselves and operators see it. ``roles`` include the seller's once there is a shop.

    A guest's ``email`` and ``name`` are empty until they have left them.
    """

    user_id: UserId
    email: str
    name: str
    locale: str
    roles: frozenset[Role]
    registered_at: datetime
    guest: bool = False
    seller: SellerView | None = None


@frozen(kw_only=True)
class SellerCard:
    """What other contexts need to know of a shop."""

    seller_id: SellerId
    user_id: UserId
    name: str
    slug: str
    status: SellerStatus
    currency: str

    @property
    def can_list(self) -> bool:
        """Whether its goods may be shown and found."""
        return self.status.can_list

    @property
    def can_sell(self) -> bool:
        """Whether its goods may be ordered."""
        return self.status.can_sell


@frozen(kw_only=True)
class Contact:
    """How to write to somebody. A guest's ``email`` and ``name`` are empty until they have left them."""

    user_id: UserId
    email: str
    name: str
    locale: str
    guest: bool = False


@frozen(kw_only=True)
class Standing:
    """What counts right now for the holder of an access token; ``session_live`` is False once the session is over."""

    session_version: int
    roles: frozenset[Role]
    seller_id: SellerId | None
    session_live: bool


class IdentityReader(Protocol):
    """Reads accounts and shops, one statement per method. Lists are newest first and page by identifier."""

    async def standing(self, user_id: UserId, family_id: FamilyId, now: datetime) -> Standing | None:
        """Return what counts for this session now; None if there is no such user."""
        ...

    async def user(self, user_id: UserId) -> UserView | None:
        """Return the account with its shop."""
        ...

    async def user_by_email(self, email_key: str) -> UserView | None:
        """Return the account with that address, in the form of ``domain.email.email_key``, with its shop."""
        ...

    async def users(self, role: Role | None, page: PageRequest) -> Page[UserView]:
        """Return accounts, only those with the role if one is given. Raises ``InvalidCursor``."""
        ...

    async def seller(self, id_or_slug: str) -> SellerView | None:
        """Return the shop with that identifier or slug, with all it has."""
        ...

    async def sellers(self, status: SellerStatus | None, page: PageRequest) -> Page[SellerView]:
        """Return shops with all they have, only those in the state if one is given. Raises ``InvalidCursor``."""
        ...

    async def seller_cards(self, seller_ids: Sequence[SellerId]) -> Mapping[SellerId, SellerCard]:
        """Return the cards of the shops that exist."""
        ...

    async def contact(self, user_id: UserId) -> Contact:
        """Return how to write to the user. Raises ``UserNotFound``."""
        ...

    async def contacts(self, user_ids: Sequence[UserId]) -> Mapping[UserId, Contact]:
        """Return how to write to the users that exist."""
        ...


@frozen(kw_only=True)
class IdentifyActor(Query[Actor]):
    """Say who holds this access token and what they may do right now."""

    permission: ClassVar[Permission] = Permission.ANYONE

    access_token: str = field(repr=False)


@frozen(kw_only=True)
class IdentifyActorHandler:
    """Say who holds an access token.

    - A token says whose it is and nothing about rights: roles and shop are those of this moment.
    - Signing out, a replayed refresh token and a changed password make it invalid at once.
    """

    reader: IdentityReader
    access_tokens: AccessTokens
    clock: Clock

    async def __call__(self, query: IdentifyActor, by: Actor) -> Actor:
        """Answer it. Raises ``InvalidToken``."""
        now = self.clock.now()
        claims = self.access_tokens.read(query.access_token, now)
        standing = await self.reader.standing(claims.user_id, claims.family_id, now)
        if standing is None or not standing.session_live or standing.session_version != claims.session_version:
            raise InvalidToken
        return Actor(
            principal=claims.user_id, roles=standing.roles, user_id=claims.user_id, seller_id=standing.seller_id
        )


@frozen(kw_only=True)
class IdentifyUser(Query[Actor]):
    """Say what a user may do right now. ``user`` is an identifier or an e-mail address."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    user: str


@frozen(kw_only=True)
class IdentifyUserHandler:
    """Say what a user may do right now, without any token: for those who own the machine anyway."""

    reader: IdentityReader

    async def __call__(self, query: IdentifyUser, by: Actor) -> Actor:
        """Answer it. Raises ``UserNotFound``."""
        found = (
            await self.reader.user(UserId(query.user))
            if query.user.startswith(USER_ID_PREFIX)
            else await self.reader.user_by_email(email_key(query.user))
        )
        user = _found_user(found)
        return Actor(
            principal=user.user_id,
            roles=user.roles,
            user_id=user.user_id,
            seller_id=user.seller.seller_id if user.seller else None,
        )


@frozen(kw_only=True)
class ViewMe(Query[UserView]):
    """Show the actor's own account."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN


@frozen(kw_only=True)
class ViewMeHandler:
    """Show the actor's own account and shop."""

    reader: IdentityReader

    async def __call__(self, query: ViewMe, by: Actor) -> UserView:
        """Answer it. Raises ``UserNotFound``."""
        return _found_user(await self.reader.user(by.own_user))


@frozen(kw_only=True)
class ViewUser(Query[UserView]):
    """Show an account."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    user_id: UserId


@frozen(kw_only=True)
class ViewUserHandler:
    """Show an account to its owner or an operator; to anybody else it does not exist."""

    reader: IdentityReader

    async def __call__(self, query: ViewUser, by: Actor) -> UserView:
        """Answer it. Raises ``UserNotFound``."""
        if by.user_id != query.user_id and not _is_operator(by):
            raise UserNotFound
        return _found_user(await self.reader.user(query.user_id))


@frozen(kw_only=True)
class ListUsers(Query[Page[UserView]]):
    """List accounts, newest first."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    role: Role | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListUsersHandler:
    """List accounts for operators, newest first, only those with a role if one is asked for."""

    reader: IdentityReader

    async def __call__(self, query: ListUsers, by: Actor) -> Page[UserView]:
        """Answer it. Raises ``InvalidCursor``."""
        return await self.reader.users(query.role, query.page)


@frozen(kw_only=True)
class ViewSeller(Query[SellerView]):
    """Show a shop. ``seller`` is its identifier or its slug."""

    permission: ClassVar[Permission] = Permission.ANYONE

    seller: str


@frozen(kw_only=True)
class ViewSellerHandler:
    """Show a shop.

    - Anybody sees a shop that may sell.
    - Its owner and operators see it in every state, and who owns it.
    """

    reader: IdentityReader

    async def __call__(self, query: ViewSeller, by: Actor) -> SellerView:
        """Answer it. Raises ``SellerNotFound``."""
        seller = await self.reader.seller(query.seller)
        if seller is None:
            raise SellerNotFound
        if _is_operator(by) or (by.user_id is not None and by.user_id == seller.user_id):
            return seller
        if not seller.status.can_list:
            raise SellerNotFound
        return _public(seller)


@frozen(kw_only=True)
class ListSellers(Query[Page[SellerView]]):
    """List shops, newest first."""

    permission: ClassVar[Permission] = Permission.ANYONE

    status: SellerStatus | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListSellersHandler:
    """List shops, newest first.

    - Anybody sees the shops that may sell.
    - Operators see all, or those in one state.
    """

    reader: IdentityReader

    async def __call__(self, query: ListSellers, by: Actor) -> Page[SellerView]:
        """Answer it. Raises ``InvalidCursor``, and ``NotAllowed`` when another than an operator asks for a state."""
        if _is_operator(by):
            return await self.reader.sellers(query.status, query.page)
        if query.status not in {None, SellerStatus.ACTIVE}:
            raise NotAllowed("Only operators see shops that do not sell.")
        page = await self.reader.sellers(SellerStatus.ACTIVE, query.page)
        return Page(items=tuple(_public(seller) for seller in page.items), next_cursor=page.next_cursor)


@frozen(kw_only=True)
class ViewShopMatters(Query[ShopMatters]):
    """See what is open about a shop: what keeps it from being closed, and what a closing shop waits for."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen(kw_only=True)
class ViewShopMattersHandler:
    """Show its owner, or an operator, what is open about a shop."""

    trade: ShopTrade

    async def __call__(self, query: ViewShopMatters, by: Actor) -> ShopMatters:
        """Answer it. Raises ``NotFound`` for a foreign shop."""
        by.require_seller(query.seller_id)
        return await self.trade.matters(query.seller_id)


def _is_operator(by: Actor) -> bool:
    return by.may(Permission.OPERATOR)


def _public(seller: SellerView) -> SellerView:
    return attrs.evolve(seller, user_id=None, status_reason=None)


def _found_user(user: UserView | None) -> UserView:
    if user is None:
        raise UserNotFound
    return user
