"""Replace one's password."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.identity.domain.errors import WeakPassword, WrongPassword
from marketplace_core.identity.domain.passwords import LENGTH_MIN_PRIVILEGED, checked_password, normalised
from marketplace_core.identity.ports import IdentityWork, Passwords
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ChangePassword(Command[None]):
    """Replace the actor's own password."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    current_password: str = field(repr=False)
    new_password: str = field(repr=False)


@frozen(kw_only=True)
class ChangePasswordHandler:
    """Replace one's password.

    - Whoever changes it must know the present one, signed in or not.
    - A guest has none: they open an account.
    - Every session ends at once, this one included; sign in again with the new password.
    - Buyers need 8 characters, sellers and operators 15; common and personal passwords are refused.
    """

    begin: Begin[IdentityWork]
    passwords: Passwords

    async def __call__(self, command: ChangePassword, by: Actor) -> None:
        """Carry it out. Raises ``AccountNeeded``, ``WrongPassword``, ``WeakPassword``."""
        async with self.begin() as work:
            before = await work.users.get(by.own_user)
            before.require_account()
            shop = await work.sellers.find_by_user(by.own_user)
        new = checked_password(
            command.new_password,
            length_min=LENGTH_MIN_PRIVILEGED if shop else before.password_length_min,
            context=(before.email, before.name, *((shop.name, shop.slug) if shop else ())),
            field="new_password",
        )
        if not await self.passwords.verify(self._presented(command), before.password_hash):
            raise WrongPassword
        new_hash = await self.passwords.hash(new)
        async with self.begin() as work:
            user = await work.users.get(by.own_user)
            if user.password_hash != before.password_hash:
                raise WrongPassword
            user.change_password(new_hash, len(new))
            await work.users.save(user)

    @staticmethod
    def _presented(command: ChangePassword) -> str:
        try:
            return normalised(command.current_password)
        except WeakPassword:
            raise WrongPassword from None
