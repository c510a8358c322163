"""Replay a dead letter: its handlers have been mended, and it shall be delivered."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.domain.dead_letter import LetterId
from marketplace_core.operations.ports import OperationsWork


@frozen
class ReplayDeadLetter(Command[None]):
    """Have an event or a provider's message tried again that was given up."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    letter_id: str


@frozen(kw_only=True)
class ReplayDeadLetterHandler:
    """Replay a dead letter.

    - It is tried as if it were new, with all its attempts before it.
    - What its handlers had done before they failed is not done twice: they know the letter by its name.
    """

    begin: Begin[OperationsWork]

    async def __call__(self, command: ReplayDeadLetter, by: Actor) -> None:
        """Carry it out. Raises ``DeadLetterNotFound``."""
        async with self.begin() as work:
            await work.letters.replay(LetterId.read(command.letter_id))
