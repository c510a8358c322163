"""Make somebody an operator, or a buyer again."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class GrantRole(Command[None]):
    """Give a user a role."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    user_id: UserId
    role: Role


@frozen(kw_only=True)
class GrantRoleHandler:
    """Give a user a role.

    - Only operators give roles; the role counts from the user's next request.
    - An operator needs a password of at least 15 characters.
    - The seller's role is not given: it comes with a shop.
    - A guest gets no role: they open an account first.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: GrantRole, by: Actor) -> None:
        """Carry it out. Raises ``UserNotFound``, ``RoleNotGrantable``, ``AccountNeeded``, ``LongerPasswordNeeded``."""
        async with self.begin() as work:
            user = await work.users.get(command.user_id)
            user.grant(command.role)
            await work.users.save(user)
