"""What identity needs from outside: its unit of work, and three roles around passwords and tokens."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.identity.domain.closing import ShopMatters
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import Seller
from marketplace_core.identity.domain.session import TokenFamily
from marketplace_core.identity.domain.user import User
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.work import UnitOfWork

SECRET_BYTES: Final = 32


class Users(Protocol):
    """Accounts and guests. One account per e-mail address, whatever its case; guests have none that counts."""

    async def get(self, user_id: UserId) -> User:
        """Return the account. Raises ``UserNotFound``."""
        ...

    async def find_by_email(self, email_key: str) -> User | None:
        """Return the account with that address, in the form of ``domain.email.email_key``; None if there is none."""
        ...

    async def guests(self, *, before: datetime, after: UserId | None, limit: int) -> Sequence[UserId]:
        """Return at most ``limit`` guests who began before that moment, by identifier, behind the one named."""
        ...

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Delete these guests and their sessions. Accounts are never deleted, nor is who is unknown an error."""
        ...

    async def others_operate(self, user_id: UserId) -> bool:
        """Tell whether anybody besides that user is an operator; it stays so until the transaction ends."""
        ...

    async def save(self, user: User) -> None:
        """Store account and events.

        Raises ``ConcurrentUpdate`` if it changed meanwhile, or if somebody else got the address first: running the
        command again is right in both cases.
        """
        ...


class Sellers(Protocol):
    """The shops. One per owner, one per slug."""

    async def get(self, seller_id: SellerId) -> Seller:
        """Return the shop. Raises ``SellerNotFound``."""
        ...

    async def find_by_user(self, user_id: UserId) -> Seller | None:
        """Return the shop of that owner; None if they have none."""
        ...

    async def find_by_slug(self, slug: str) -> Seller | None:
        """Return the shop at that address; None if the address is free."""
        ...

    async def save(self, seller: Seller) -> None:
        """Store shop and events.

        Raises ``ConcurrentUpdate`` if it changed meanwhile, or if somebody else got the slug, or the owner another
        shop, first.
        """
        ...


@frozen
class PresentedToken:
    """A refresh token that came back: its family, and which of the family's tokens it is."""

    family: TokenFamily
    sequence: int


class TokenFamilies(Protocol):
    """The sessions, each with every refresh token it ever had, so that a spent one is recognised."""

    async def find(self, family_id: FamilyId) -> TokenFamily | None:
        """Return the family; None if it is unknown or was trimmed away."""
        ...

    async def find_by_token(self, token_hash: str) -> PresentedToken | None:
        """Return the family to which the token belongs or belonged; None if no family ever had it."""
        ...

    async def save(self, family: TokenFamily) -> None:
        """Store the family, its events, and its present token among those it ever had.

        Raises ``ConcurrentUpdate`` if it changed meanwhile: of two rotations of one token one fails.
        """
        ...

    async def trim(self, user_id: UserId, *, keep: int, now: datetime) -> None:
        """Forget the user's expired families, and of the others all but the ``keep`` last used."""
        ...


class IdentityWork(UnitOfWork, Protocol):
    """What identity changes together."""

    @property
    def users(self) -> Users:
        """The accounts."""
        ...

    @property
    def sellers(self) -> Sellers:
        """The shops."""
        ...

    @property
    def families(self) -> TokenFamilies:
        """The sessions."""
        ...


class GuestTrade(Protocol):
    """What guests have left in carts and orders."""

    async def buyers(self, guest_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those who have ever placed an order, whatever became of it. One query."""
        ...

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Empty their shopping carts for good. Joins the transaction it is called in."""
        ...


class ShopTrade(Protocol):
    """What is open about a shop with its buyers and about its money."""

    async def matters(self, seller_id: SellerId) -> ShopMatters:
        """Return all that is open, as the books and the orders say now; nothing of a shop that never traded."""
        ...


class Passwords(Protocol):
    """Hashes passwords so that guessing costs time and memory. Called outside transactions: it takes a while.

    Passwords arrive in NFC and at most 128 characters long; every character counts.
    """

    async def hash(self, password: str) -> str:
        """Return a self-describing hash with a fresh salt. Raises ``Unavailable`` when too many wait."""
        ...

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Tell whether the password belongs to the hash.

        With ``password_hash`` None, for an unknown user, it does the same work and says no. Raises ``Unavailable`` when
        too many wait.
        """
        ...

    def outdated(self, password_hash: str) -> bool:
        """Tell whether the hash was made with other parameters than the present ones. No work."""
        ...


@frozen(kw_only=True)
class AccessClaims:
    """What an access token says: whose it is, of which session, under which of the user's session versions."""

    user_id: UserId
    family_id: FamilyId
    session_version: int
    issued_at: datetime
    expires_at: datetime


class AccessTokens(Protocol):
    """Signs and reads short-lived access tokens. Never used for any other kind of token. No network."""

    def issue(self, claims: AccessClaims) -> str:
        """Return a signed token. Times are cut to whole seconds."""
        ...

    def read(self, token: str, now: datetime) -> AccessClaims:
        """Return what the token says.

        Raises ``InvalidToken`` unless it was signed by us as an access token and is valid at ``now``, which it is no
        more at the very second of ``expires_at``.
        """
        ...


class RefreshSecrets(Protocol):
    """Makes refresh tokens: opaque, unguessable, 256 random bits. Never fails."""

    def new(self) -> str:
        """Return a secret of at least 43 characters of ``[A-Za-z0-9_-]`` that was never returned before."""
        ...


@frozen
class SystemSecrets(RefreshSecrets):
    """Secrets from the machine's own source of randomness."""

    def new(self) -> str:
        """Return 32 random bytes in base64url."""
        return secrets.token_urlsafe(SECRET_BYTES)


SYSTEM_SECRETS: Final = SystemSecrets()
