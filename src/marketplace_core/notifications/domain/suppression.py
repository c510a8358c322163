"""An address that nothing is sent to any more, until somebody lifts that."""

from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import MailId
from marketplace_core.notifications.domain.errors import MalformedAddress, NotSuppressed

ADDRESS_LENGTH_MAX: Final = 254
DETAIL_LENGTH_MAX: Final = 500


class SuppressionReason(Enum):
    """Why nothing is sent: a mail came back, the mail server knew at once, or an operator said so."""

    RETURNED = "returned"
    REFUSED = "refused"
    BY_HAND = "by_hand"


@define(kw_only=True, eq=False)
class Suppression(Aggregate):
    """One address, however it is written; the sorts of mail make no difference.

    ``mail_id`` is the mail that showed it, ``detail`` what was said. A suppression that was lifted is kept, so that
    what showed it does not show it again.
    """

    address: str
    reason: SuppressionReason
    detail: str
    mail_id: MailId | None
    since: datetime
    lifted_at: datetime | None = None

    @classmethod
    def of(
        cls, address: str, *, reason: SuppressionReason, detail: str, mail_id: MailId | None, now: datetime
    ) -> "Suppression":
        """Begin one. Raises ``MalformedAddress``."""
        return cls(
            address=same(address),
            reason=reason,
            detail=detail[:DETAIL_LENGTH_MAX],
            mail_id=mail_id,
            since=now,
        )

    @property
    def holds(self) -> bool:
        """Tell whether nothing is sent."""
        return self.lifted_at is None

    def begin_again(self, *, reason: SuppressionReason, detail: str, mail_id: MailId | None, now: datetime) -> bool:
        """Hold again, unless it does or the same mail has shown it before; return whether that changed anything."""
        if self.holds or (mail_id is not None and mail_id == self.mail_id):
            return False
        self.reason, self.detail, self.mail_id = reason, detail[:DETAIL_LENGTH_MAX], mail_id
        self.since, self.lifted_at = now, None
        return True

    def lift(self, now: datetime) -> None:
        """Let mails go there again. Raises ``NotSuppressed``."""
        if not self.holds:
            raise NotSuppressed
        self.lifted_at = now


def same(address: str) -> str:
    """Return an address as it is compared. Raises ``MalformedAddress``."""
    compared = address.strip().casefold()
    name, _, domain = compared.rpartition("@")
    if not name or not domain or len(compared) > ADDRESS_LENGTH_MAX or not compared.isprintable() or " " in compared:
        raise MalformedAddress
    return compared
