"""Take a role away."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class RevokeRole(Command[None]):
    """Take a role away from a user."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    user_id: UserId
    role: Role


@frozen(kw_only=True)
class RevokeRoleHandler:
    """Take a role away from a user.

    - It acts on the user's next request: access tokens that are out already carry no roles.
    - A shop is not taken away but suspended.
    - The last operator stays one.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: RevokeRole, by: Actor) -> None:
        """Carry it out. Raises ``UserNotFound``, ``RoleNotGrantable``, ``LastOperator``."""
        async with self.begin() as work:
            user = await work.users.get(command.user_id)
            others_operate = await work.users.others_operate(command.user_id)
            user.revoke(command.role, others_operate=others_operate)
            await work.users.save(user)
