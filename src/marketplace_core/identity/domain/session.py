"""Sessions as families of refresh tokens (reliability design 6.9).

A refresh token is good for one use and replaced by its child. A spent token that comes back means that two parties
hold the family, so the family ends; only the direct parent is forgiven for a few seconds, because two tabs refreshing
at once look the same. Forgiven means: told to use the winner's tokens. Nothing is minted twice.
"""

import hashlib
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.identity.domain.events import RefreshReuseDetected
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import UserId

ABSOLUTE_DAYS: Final = 30
IDLE_DAYS: Final = 14
RACE_SECONDS: Final = 10
FAMILIES_PER_USER_MAX: Final = 20
ACCESS_MINUTES: Final = 10


class EndReason(Enum):
    """Why a session is over."""

    SIGNED_OUT = "signed_out"
    REUSE = "reuse"


class Rotation(Enum):
    """What came of presenting a refresh token."""

    ROTATED = "rotated"
    RACED = "raced"
    REUSED = "reused"
    ENDED = "ended"


def fingerprint(secret: str) -> str:
    """Return what is stored of a refresh token: its SHA-256. The secret has 256 random bits and needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@define(kw_only=True, eq=False)
class TokenFamily(Aggregate):
    """One session on one device: the line of its refresh tokens.

    ``sequence`` is the number of the one usable token, ``token_hash`` its fingerprint, ``rotated_at`` when its parent
    was spent. ``session_version`` is the user's at sign-in: a changed password leaves every older family behind.
    """

    family_id: FamilyId
    user_id: UserId
    session_version: int
    device: str
    opened_at: datetime
    expires_at: datetime
    last_used_at: datetime
    token_hash: str
    sequence: int = 1
    rotated_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: EndReason | None = None

    @classmethod
    def open(
        cls, family_id: FamilyId, user_id: UserId, *, session_version: int, device: str, token_hash: str, now: datetime
    ) -> "TokenFamily":
        """Begin a session."""
        return cls(
            family_id=family_id,
            user_id=user_id,
            session_version=session_version,
            device=device,
            opened_at=now,
            expires_at=now + timedelta(days=ABSOLUTE_DAYS),
            last_used_at=now,
            token_hash=token_hash,
        )

    def live(self, session_version: int, now: datetime) -> bool:
        """Tell whether the session still counts, given the user's present session version."""
        return (
            self.ended_at is None
            and self.session_version == session_version
            and now < self.expires_at
            and now < self.last_used_at + timedelta(days=IDLE_DAYS)
        )

    def rotate(self, presented: int, *, successor_hash: str, session_version: int, now: datetime) -> Rotation:
        """Spend the token with number ``presented`` and put its successor in its place, or say why not."""
        if not self.live(session_version, now):
            return Rotation.ENDED
        if presented == self.sequence:
            self.sequence += 1
            self.token_hash = successor_hash
            self.rotated_at = now
            self.last_used_at = now
            return Rotation.ROTATED
        if presented == self.sequence - 1 and self._just_rotated(now):
            return Rotation.RACED
        self.end(EndReason.REUSE, now)
        self.record(RefreshReuseDetected(user_id=self.user_id, family_id=self.family_id))
        return Rotation.REUSED

    def end(self, reason: EndReason, now: datetime) -> None:
        """End the session; ending it again changes nothing."""
        if self.ended_at is None:
            self.ended_at = now
            self.end_reason = reason

    def _just_rotated(self, now: datetime) -> bool:
        return self.rotated_at is not None and now < self.rotated_at + timedelta(seconds=RACE_SECONDS)
