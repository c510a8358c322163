"""Begin a session."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.identity.domain.email import checked_email, email_key
from marketplace_core.identity.domain.errors import InvalidEmail, WeakPassword, WrongCredentials
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.passwords import normalised
from marketplace_core.identity.domain.profile import DEVICE_LENGTH_MAX, checked_label
from marketplace_core.identity.domain.session import FAMILIES_PER_USER_MAX, TokenFamily, fingerprint
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.ports import AccessTokens, IdentityWork, Passwords, RefreshSecrets
from marketplace_core.identity.usecases.session import Session, session_of
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class SignIn(Command[Session]):
    """Begin a session with e-mail address and password. ``device`` is how the owner will recognise it in a list."""

    permission: ClassVar[Permission] = Permission.ANYONE

    email: str
    password: str = field(repr=False)
    device: str = ""


@frozen(kw_only=True)
class SignInHandler:
    """Begin a session.

    - A wrong password and an unknown address get the same answer after the same work.
    - A session lasts at most 30 days, and ends 14 days after it was last refreshed.
    - A person has at most 20 sessions; one more ends the one that was used least recently.
    """

    begin: Begin[IdentityWork]
    passwords: Passwords
    access_tokens: AccessTokens
    secrets: RefreshSecrets
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SignIn, by: Actor) -> Session:
        """Carry it out. Raises ``WrongCredentials``, and ``Unavailable`` when too many sign in at once."""
        device = checked_label(command.device, "device", DEVICE_LENGTH_MAX)
        try:
            password = normalised(command.password)
        except WeakPassword:
            raise WrongCredentials from None
        found = await self._found(command.email)
        known = await self.passwords.verify(password, found.password_hash if found else None)
        if found is None or found.password_hash is None or not known:
            raise WrongCredentials
        newer = await self.passwords.hash(password) if self.passwords.outdated(found.password_hash) else None
        now = self.clock.now()
        refresh_token = self.secrets.new()
        async with self.begin() as work:
            user = await work.users.get(found.user_id)
            if user.password_hash != found.password_hash:
                raise WrongCredentials
            if newer is not None:
                user.replace_hash(newer)
                await work.users.save(user)
            family = TokenFamily.open(
                FamilyId(self.ids.new("fam")),
                user.user_id,
                session_version=user.session_version,
                device=device,
                token_hash=fingerprint(refresh_token),
                now=now,
            )
            await work.families.save(family)
            await work.families.trim(user.user_id, keep=FAMILIES_PER_USER_MAX, now=now)
        return session_of(family, refresh_token, self.access_tokens, now)

    async def _found(self, email: str) -> User | None:
        try:
            key = email_key(checked_email(email))
        except InvalidEmail:
            return None
        async with self.begin() as work:
            return await work.users.find_by_email(key)
