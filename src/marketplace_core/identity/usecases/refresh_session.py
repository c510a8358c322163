"""Go on with a session."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.identity.domain.errors import RefreshRaced, SessionEnded
from marketplace_core.identity.domain.session import Rotation, fingerprint
from marketplace_core.identity.ports import AccessTokens, IdentityWork, RefreshSecrets
from marketplace_core.identity.usecases.session import Session, session_of
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class RefreshSession(Command[Session]):
    """Exchange a refresh token for the next pair of tokens."""

    permission: ClassVar[Permission] = Permission.ANYONE

    refresh_token: str = field(repr=False)


@frozen(kw_only=True)
class RefreshSessionHandler:
    """Go on with a session.

    - A refresh token works once and is replaced by the one that is returned.
    - Two requests with one token within 10 seconds: the second is told that it raced, gets nothing, and ends nothing.
    - Any other spent token ends the session everywhere and its owner gets a mail.
    - A changed password, signing out, 14 idle days or 30 days in all end a session too.
    """

    begin: Begin[IdentityWork]
    access_tokens: AccessTokens
    secrets: RefreshSecrets
    clock: Clock

    async def __call__(self, command: RefreshSession, by: Actor) -> Session:
        """Carry it out. Raises ``SessionEnded``, ``RefreshRaced``."""
        now = self.clock.now()
        successor = self.secrets.new()
        async with self.begin() as work:
            presented = await work.families.find_by_token(fingerprint(command.refresh_token))
            if presented is None:
                raise SessionEnded
            family = presented.family
            user = await work.users.get(family.user_id)
            outcome = family.rotate(
                presented.sequence,
                successor_hash=fingerprint(successor),
                session_version=user.session_version,
                now=now,
            )
            if outcome in {Rotation.ROTATED, Rotation.REUSED}:
                await work.families.save(family)
        # Refused only now: what a replay ended must stay ended, and an error inside would have undone it.
        match outcome:
            case Rotation.ROTATED:
                return session_of(family, successor, self.access_tokens, now)
            case Rotation.RACED:
                raise RefreshRaced
            case Rotation.REUSED | Rotation.ENDED:
                raise SessionEnded
