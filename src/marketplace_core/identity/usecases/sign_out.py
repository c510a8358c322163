"""End a session."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.identity.domain.errors import InvalidToken
from marketplace_core.identity.domain.session import EndReason, TokenFamily, fingerprint
from marketplace_core.identity.ports import AccessTokens, IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class SignOut(Command[None]):
    """End the session to which either of the two tokens belongs."""

    permission: ClassVar[Permission] = Permission.ANYONE

    refresh_token: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class SignOutHandler:
    """End a session.

    - Both of its tokens stop working at once.
    - A token that is unknown, or whose session is over, is no error: what was asked for is so.
    """

    begin: Begin[IdentityWork]
    access_tokens: AccessTokens
    clock: Clock

    async def __call__(self, command: SignOut, by: Actor) -> None:
        """Carry it out."""
        async with self.begin() as work:
            family = await self._family(work, command)
            if family is not None and family.ended_at is None:
                family.end(EndReason.SIGNED_OUT, self.clock.now())
                await work.families.save(family)

    async def _family(self, work: IdentityWork, command: SignOut) -> TokenFamily | None:
        if command.refresh_token is not None:
            presented = await work.families.find_by_token(fingerprint(command.refresh_token))
            if presented is not None:
                return presented.family
        if command.access_token is not None:
            try:
                claims = self.access_tokens.read(command.access_token, self.clock.now())
            except InvalidToken:
                return None
            return await work.families.find(claims.family_id)
        return None
