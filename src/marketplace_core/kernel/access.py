"""Who acts, and what they may do."""

from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn
from marketplace_core.kernel.ids import SellerId, UserId


class Role(Enum):
    """What somebody is to the marketplace; one person may be several."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    SYSTEM = "system"


class Permission(Enum):
    """What a command or query asks of its actor. Ownership of a single thing is the handler's to check."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    SYSTEM = "system"


_ROLES: Final = {
    Permission.BUYER: frozenset({Role.BUYER}),
    Permission.SELLER: frozenset({Role.SELLER, Role.OPERATOR}),
    Permission.OPERATOR: frozenset({Role.OPERATOR}),
    Permission.SYSTEM: frozenset(),
}


@frozen(kw_only=True)
class Actor:
    """Somebody, or something, that sends a command.

    ``principal`` names them in audits and idempotency scopes. ``seller_id`` is the shop they act for, if any.
    """

    principal: str
    roles: frozenset[Role] = frozenset()
    user_id: UserId | None = None
    seller_id: SellerId | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether the permission is theirs. The system may everything."""
        if permission is Permission.ANYONE or Role.SYSTEM in self.roles:
            return True
        if permission is Permission.SIGNED_IN:
            return self.user_id is not None or Role.OPERATOR in self.roles
        return bool(self.roles & _ROLES[permission])

    def require(self, permission: Permission) -> None:
        """Pass, or raise ``NotSignedIn`` (nobody yet) or ``NotAllowed`` (somebody else)."""
        if self.may(permission):
            return
        if self.user_id is None:
            raise NotSignedIn("Sign in first.")
        raise NotAllowed("This account may not do that.")

    def require_user(self, user_id: UserId) -> None:
        """Pass if this is the user, an operator or the system; otherwise the thing does not exist for them."""
        if self.user_id != user_id and not self.roles & {Role.OPERATOR, Role.SYSTEM}:
            raise NotFound("There is no such thing.")

    def require_seller(self, seller_id: SellerId) -> None:
        """Pass if they act for the shop, or are an operator or the system; otherwise it does not exist for them."""
        if self.seller_id != seller_id and not self.roles & {Role.OPERATOR, Role.SYSTEM}:
            raise NotFound("There is no such thing.")

    @property
    def own_user(self) -> UserId:
        """The signed-in user's id. Raises ``NotSignedIn`` for anonymous and system actors."""
        if self.user_id is None:
            raise NotSignedIn("Sign in first.")
        return self.user_id

    @property
    def own_seller(self) -> SellerId:
        """The id of the shop they act for. Raises ``NotSignedIn``, and ``NotAllowed`` when there is none."""
        if self.seller_id is None and self.user_id is None and not self.roles:
            raise NotSignedIn("Sign in first.")
        if self.seller_id is None:
            raise NotAllowed("This account has no shop.")
        return self.seller_id


ANONYMOUS: Final = Actor(principal="anonymous")
SYSTEM: Final = Actor(principal="system", roles=frozenset({Role.SYSTEM}))
