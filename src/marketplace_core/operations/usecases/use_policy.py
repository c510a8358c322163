"""Use other terms of trade from now on: a version is stored, and every process takes it up."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.acts import checked_act_reason
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.documents import Document, Written
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.domain.errors import PolicyNameTaken
from marketplace_core.operations.domain.policy import PolicyVersion, digest_of
from marketplace_core.operations.ports import OperationsWork, PolicyInUse


@frozen(kw_only=True)
class UsePolicy(Command[PolicyVersion]):
    """Use the terms of a document: its keys and what stands behind them. What is left out has its default."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    document: tuple[tuple[str, Written], ...]
    reason: str = field(converter=checked_act_reason)


@frozen(kw_only=True)
class UsePolicyHandler:
    """Put new terms of trade to use.

    - Orders that are placed from now on are placed under them; earlier ones keep what was agreed.
    - They are stored whole, with who uses them, when and why; a stored version is never changed.
    - A document with a mistake is refused, with every mistake in a sentence.
    - A name stands for the same terms for ever; other terms are named otherwise.
    - The terms that are in use already are not stored again.
    """

    begin: Begin[OperationsWork]
    in_use: PolicyInUse
    clock: Clock

    async def __call__(self, command: UsePolicy, by: Actor) -> PolicyVersion:
        """Carry it out. Raises ``MalformedPolicy``, ``PolicyNameTaken``."""
        document = self.in_use.completed(dict(command.document))
        async with self.begin() as work:
            version = await self.stored(work, document, command.reason, by)
        self.in_use.look_again()
        return version

    async def stored(self, work: OperationsWork, document: Document, reason: str, by: Actor) -> PolicyVersion:
        """Store a whole document as the newest version, unless it is that already."""
        newest, digest, name = await work.policies.newest(), digest_of(document), str(document["version"])
        if newest is not None and newest.digest == digest:
            return newest
        named = await work.policies.named(name)
        if named is not None and named.digest != digest:
            raise PolicyNameTaken(f"{name} names other terms already (version {named.number}); name these otherwise.")
        version = PolicyVersion(
            number=1 if newest is None else newest.number + 1,
            name=name,
            document=document,
            digest=digest,
            used_at=self.clock.now(),
            used_by=by.principal,
            reason=reason,
        )
        await work.policies.add(version)
        return version
