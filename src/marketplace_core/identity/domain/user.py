"""A user: who somebody is, and what they may be to the marketplace; registered, or not yet (ADR 0017)."""

from datetime import datetime

from attrs import define

from marketplace_core.identity.domain.email import email_key
from marketplace_core.identity.domain.errors import (
    AccountNeeded,
    LastOperator,
    LongerPasswordNeeded,
    NotAGuest,
    RoleNotGrantable,
)
from marketplace_core.identity.domain.events import RegistrationRepeated, UserRegistered
from marketplace_core.identity.domain.passwords import LENGTH_MIN, LENGTH_MIN_PRIVILEGED
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import UserId


@define(kw_only=True, eq=False)
class User(Aggregate):
    """One person's account, or a guest: somebody who buys and has not registered yet.

    A guest has no login: no password, and no address that could be anybody's. Their ``email`` and ``name`` say where to
    write to, and are empty until they have left them.

    ``roles`` never hold ``SELLER``: that role comes with a shop. ``session_version`` moves on when every session must
    end. ``long_password`` remembers that the password was long enough for selling and operating, since its length
    cannot be read off the hash.
    """

    user_id: UserId
    email: str
    name: str
    locale: str
    password_hash: str | None
    long_password: bool
    registered_at: datetime
    guest: bool = False
    roles: frozenset[Role] = frozenset({Role.BUYER})
    session_version: int = 1

    @classmethod
    def register(
        cls,
        user_id: UserId,
        *,
        email: str,
        name: str,
        locale: str,
        password_hash: str,
        password_length: int,
        now: datetime,
    ) -> "User":
        """Open an account that may buy."""
        user = cls(
            user_id=user_id,
            email=email,
            name=name,
            locale=locale,
            password_hash=password_hash,
            long_password=password_length >= LENGTH_MIN_PRIVILEGED,
            registered_at=now,
        )
        user.record(UserRegistered(user_id=user_id, name=name, locale=locale))
        return user

    @classmethod
    def as_guest(cls, user_id: UserId, *, locale: str, now: datetime) -> "User":
        """Let somebody buy without an account; nobody is told."""
        return cls(
            user_id=user_id,
            email="",
            name="",
            locale=locale,
            password_hash=None,
            long_password=False,
            registered_at=now,
            guest=True,
        )

    @property
    def email_key(self) -> str | None:
        """The form of the address that is unique and signs in; a guest's does neither."""
        return None if self.guest else email_key(self.email)

    @property
    def password_length_min(self) -> int:
        """How long a new password of this user must be; a shop's owner needs the longer one as well."""
        return LENGTH_MIN_PRIVILEGED if Role.OPERATOR in self.roles else LENGTH_MIN

    def registration_repeated(self, now: datetime) -> None:
        """Note that somebody tried to register with this address."""
        self.record(RegistrationRepeated(user_id=self.user_id, attempted_at=now))

    def require_long_password(self) -> None:
        """Pass, or raise ``LongerPasswordNeeded``."""
        if not self.long_password:
            raise LongerPasswordNeeded(
                f"To sell or operate, first choose a password of at least {LENGTH_MIN_PRIVILEGED} characters.",
                length_min=LENGTH_MIN_PRIVILEGED,
            )

    def require_account(self) -> None:
        """Pass, or raise ``AccountNeeded`` for a guest."""
        if self.guest:
            raise AccountNeeded("Guests only buy. Open an account first.")

    def leave_contact(self, *, email: str, name: str) -> None:
        """Say as a guest where mails go. Raises ``NotAGuest``: an account is written to at its own address."""
        if not self.guest:
            raise NotAGuest("This account has an address already: the one it signs in with.")
        self.email = email
        self.name = name

    def grant(self, role: Role) -> None:
        """Give a role. Raises ``RoleNotGrantable``, ``AccountNeeded``, and ``LongerPasswordNeeded`` for operators."""
        self._require_grantable(role)
        self.require_account()
        if role is Role.OPERATOR:
            self.require_long_password()
        self.roles |= {role}

    def revoke(self, role: Role, *, others_operate: bool) -> None:
        """Take a role away; it acts on the next request. Raises ``RoleNotGrantable``, ``LastOperator``."""
        self._require_grantable(role)
        if role is Role.OPERATOR and role in self.roles and not others_operate:
            raise LastOperator
        self.roles -= {role}

    def change_password(self, password_hash: str, password_length: int) -> None:
        """Replace the password and end every session."""
        self.password_hash = password_hash
        self.long_password = password_length >= LENGTH_MIN_PRIVILEGED
        self.session_version += 1

    def replace_hash(self, password_hash: str) -> None:
        """Store the same password under newer hashing parameters; sessions go on."""
        self.password_hash = password_hash

    @staticmethod
    def _require_grantable(role: Role) -> None:
        if role is Role.SELLER:
            raise RoleNotGrantable("The seller's role comes with a shop: open one, or suspend it.", role=role.value)
        if role is Role.SYSTEM:
            raise RoleNotGrantable("Nobody becomes the system.", role=role.value)
