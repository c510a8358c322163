"""Begin to buy without an account."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.profile import DEVICE_LENGTH_MAX, checked_label, checked_locale
from marketplace_core.identity.domain.session import TokenFamily, fingerprint
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.ports import AccessTokens, IdentityWork, RefreshSecrets
from marketplace_core.identity.usecases.session import Session, session_of
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class StartAsGuest(Command[Session]):
    """Begin a session without an account. ``locale`` is the language of mails, ``device`` how to recognise it."""

    permission: ClassVar[Permission] = Permission.ANYONE
    secret_result: ClassVar[bool] = True

    locale: str = "en"
    device: str = ""


@frozen(kw_only=True)
class StartAsGuestHandler:
    """Begin to buy without an account.

    - A guest has a cart, orders and payments like any buyer; nothing has to be said before the order.
    - The session is all there is: whoever loses it starts anew, and reads their orders by the link in the mail.
    - A session lasts as long as an account's: at most 30 days, and 14 without use.
    - Guests do not sell, and get no roles.
    """

    begin: Begin[IdentityWork]
    access_tokens: AccessTokens
    secrets: RefreshSecrets
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: StartAsGuest, by: Actor) -> Session:
        """Carry it out. Raises ``InvalidProfile``."""
        locale = checked_locale(command.locale)
        device = checked_label(command.device, "device", DEVICE_LENGTH_MAX)
        now = self.clock.now()
        refresh_token = self.secrets.new()
        guest = User.as_guest(UserId(self.ids.new("usr")), locale=locale, now=now)
        family = TokenFamily.open(
            FamilyId(self.ids.new("fam")),
            guest.user_id,
            session_version=guest.session_version,
            device=device,
            token_hash=fingerprint(refresh_token),
            now=now,
        )
        async with self.begin() as work:
            await work.users.save(guest)
            await work.families.save(family)
        return session_of(family, refresh_token, self.access_tokens, now)
