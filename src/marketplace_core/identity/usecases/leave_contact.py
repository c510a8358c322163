"""Say as a guest where mails go."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain.email import checked_email
from marketplace_core.identity.domain.profile import checked_name
from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class LeaveContact(Command[None]):
    """Say as a guest where mails about orders go, and whom they address."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    email: str
    name: str


@frozen(kw_only=True)
class LeaveContactHandler:
    """Say as a guest where mails go.

    - A guest must have said so before ordering, and may say something else at any time.
    - The address is for mails only: it signs nobody in, many guests may leave the same one, and the answer does not
      tell whether an account has it.
    - Whoever has an account is written to at its own address.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: LeaveContact, by: Actor) -> None:
        """Carry it out. Raises ``InvalidEmail``, ``InvalidProfile``, ``NotAGuest``."""
        email = checked_email(command.email)
        name = checked_name(command.name)
        async with self.begin() as work:
            user = await work.users.get(by.own_user)
            user.leave_contact(email=email, name=name)
            await work.users.save(user)
