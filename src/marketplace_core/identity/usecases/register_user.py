"""Open an account."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.identity.domain.email import checked_email, email_key
from marketplace_core.identity.domain.passwords import LENGTH_MIN, checked_password
from marketplace_core.identity.domain.profile import checked_locale, checked_name
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.ports import IdentityWork, Passwords
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class Registered:
    """The request was taken. ``user_id`` is None if the address had an account already: no door shows which it was."""

    user_id: UserId | None


@frozen(kw_only=True)
class RegisterUser(Command[Registered]):
    """Open an account with an e-mail address and a password."""

    permission: ClassVar[Permission] = Permission.ANYONE

    email: str
    password: str = field(repr=False)
    name: str
    locale: str = "en"


@frozen(kw_only=True)
class RegisterUserHandler:
    """Open an account.

    - The account may buy at once; selling begins with opening a shop.
    - An address has one account, whatever the case of its letters.
    - Registering an address that has an account answers exactly like a new one; the owner of the account gets a mail.
    - The password has 8 to 128 characters and is not a common one, nor the e-mail address, nor the name.
    """

    begin: Begin[IdentityWork]
    passwords: Passwords
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: RegisterUser, by: Actor) -> Registered:
        """Carry it out. Raises ``InvalidEmail``, ``InvalidProfile``, ``WeakPassword``."""
        email = checked_email(command.email)
        name = checked_name(command.name)
        locale = checked_locale(command.locale)
        password = checked_password(command.password, length_min=LENGTH_MIN, context=(email, name))
        # Hashed before it is known whether the account exists: both answers take the same time.
        password_hash = await self.passwords.hash(password)
        now = self.clock.now()
        async with self.begin() as work:
            owner = await work.users.find_by_email(email_key(email))
            if owner is not None:
                owner.registration_repeated(now)
                await work.users.save(owner)
                return Registered(user_id=None)
            user = User.register(
                UserId(self.ids.new("usr")),
                email=email,
                name=name,
                locale=locale,
                password_hash=password_hash,
                password_length=len(password),
                now=now,
            )
            await work.users.save(user)
            return Registered(user_id=user.user_id)
