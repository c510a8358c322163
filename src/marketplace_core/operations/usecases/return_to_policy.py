"""Return to earlier terms of trade: they become a new version."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.acts import checked_act_reason
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.domain.errors import PolicyNotFound
from marketplace_core.operations.domain.policy import UNSTORED, PolicyVersion
from marketplace_core.operations.ports import OperationsWork, PolicyInUse
from marketplace_core.operations.usecases.use_policy import UsePolicyHandler


@frozen(kw_only=True)
class ReturnToPolicy(Command[PolicyVersion]):
    """Use the terms of an earlier version again, as a new one; 0 are those that the deployment began with."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    number: int
    reason: str = field(converter=checked_act_reason)


@frozen(kw_only=True)
class ReturnToPolicyHandler:
    """Return to earlier terms of trade.

    - They become a new version, with a reason of its own; nothing is undone.
    - What has become a mistake since, such as a longer wait than a new provider allows, is refused.
    """

    begin: Begin[OperationsWork]
    in_use: PolicyInUse
    use: UsePolicyHandler

    async def __call__(self, command: ReturnToPolicy, by: Actor) -> PolicyVersion:
        """Carry it out. Raises ``PolicyNotFound``, ``MalformedPolicy``."""
        async with self.begin() as work:
            if command.number == UNSTORED:
                document = self.in_use.seed
            else:
                earlier = await work.policies.get(command.number)
                if earlier is None:
                    raise PolicyNotFound(f"There is no version {command.number} of the terms of trade.")
                document = earlier.document
            version = await self.use.stored(work, self.in_use.completed(document), command.reason, by)
        self.in_use.look_again()
        return version
