"""What a person holds after signing in or refreshing."""

from datetime import datetime, timedelta

from attrs import field, frozen

from marketplace_core.identity.domain.session import ACCESS_MINUTES, TokenFamily
from marketplace_core.identity.ports import AccessClaims, AccessTokens
from marketplace_core.kernel.ids import UserId


@frozen(kw_only=True)
class Session:
    """Two tokens: one for the next minutes (until ``expires_at``), one to get the next pair with, once."""

    user_id: UserId
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime


def session_of(family: TokenFamily, refresh_token: str, access_tokens: AccessTokens, now: datetime) -> Session:
    """Issue the access token that goes with a family's present refresh token."""
    issued_at = now.replace(microsecond=0)
    expires_at = min(issued_at + timedelta(minutes=ACCESS_MINUTES), family.expires_at.replace(microsecond=0))
    claims = AccessClaims(
        user_id=family.user_id,
        family_id=family.family_id,
        session_version=family.session_version,
        issued_at=issued_at,
        expires_at=expires_at,
    )
    return Session(
        user_id=family.user_id,
        access_token=access_tokens.issue(claims),
        refresh_token=refresh_token,
        expires_at=expires_at,
    )
