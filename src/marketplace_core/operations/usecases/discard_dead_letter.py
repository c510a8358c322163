"""Discard a dead letter: it shall not be delivered, and not be listed any more."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.domain.dead_letter import LetterId
from marketplace_core.operations.ports import OperationsWork


@frozen
class DiscardDeadLetter(Command[None]):
    """Give up an event or a provider's message for good."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    letter_id: str


@frozen(kw_only=True)
class DiscardDeadLetterHandler:
    """Discard a dead letter.

    - It stays where it is, as it was; it only counts as done.
    - There is no way back.
    """

    begin: Begin[OperationsWork]

    async def __call__(self, command: DiscardDeadLetter, by: Actor) -> None:
        """Carry it out. Raises ``DeadLetterNotFound``."""
        async with self.begin() as work:
            await work.letters.discard(LetterId.read(command.letter_id))
