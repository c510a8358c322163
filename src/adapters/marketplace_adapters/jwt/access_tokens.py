"""Access tokens as RFC 9068 profiles them, read as RFC 8725 asks: one algorithm, one type, our own keys only."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, final

import jwt
from attrs import frozen

from marketplace_core.identity import FamilyId, InvalidToken
from marketplace_core.identity.ports import AccessClaims, AccessTokens
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import UserId

ALGORITHM: Final = "HS256"
TYPE: Final = "at+jwt"
KEY_BYTES_MIN: Final = 32
TOKEN_LENGTH_MAX: Final = 2_048
LIFETIME_SECONDS_MAX: Final = 3_600
"""No token of ours lives longer, so one that says so is not ours."""
VERIFIED_MAX: Final = 4_000
"""So many tokens are known by their digests to be ours: looking at a signature takes longer than most questions."""
_HEADER: Final = frozenset({"alg", "typ", "kid"})
_CLAIMS: Final = ("iss", "aud", "sub", "iat", "nbf", "exp", "sid", "ver")


class WeakKey(InvalidInput):
    """A signing key is shorter than its algorithm needs."""

    code = "jwt.weak_key"


@frozen
class SigningKey:
    """A secret and the name it goes by, which is made from it and does not tell it."""

    secret: bytes

    def __attrs_post_init__(self) -> None:
        if len(self.secret) < KEY_BYTES_MIN:
            raise WeakKey(f"A key for access tokens has at least {KEY_BYTES_MIN} bytes.")

    @property
    def kid(self) -> str:
        """The key's name in token headers."""
        return hashlib.sha256(b"key id of an access token key\x00" + self.secret).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"SigningKey({self.kid})"


@final
class JwtAccessTokens(AccessTokens):
    """Signs with the first key of the ring and reads with any of them.

    To change keys, put the new one first and leave the old one in for as long as its last tokens live (10 minutes).
    """

    def __init__(self, ring: Sequence[SigningKey], *, issuer: str, audience: str) -> None:
        self._signing = ring[0]
        self._ring: Mapping[str, SigningKey] = {key.kid: key for key in ring}
        self._issuer = issuer
        self._audience = audience
        self._verified: OrderedDict[bytes, AccessClaims] = OrderedDict()

    def issue(self, claims: AccessClaims) -> str:
        """Sign the claims."""
        issued_at = int(claims.issued_at.timestamp())
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": claims.user_id,
            "iat": issued_at,
            "nbf": issued_at,
            "exp": int(claims.expires_at.timestamp()),
            "sid": claims.family_id,
            "ver": claims.session_version,
        }
        headers = {"typ": TYPE, "kid": self._signing.kid}
        return jwt.encode(payload, self._signing.secret, algorithm=ALGORITHM, headers=headers)

    def read(self, token: str, now: datetime) -> AccessClaims:
        """Check the header, then the signature, then every claim; of a token that is known, only the hour."""
        if len(token) > TOKEN_LENGTH_MAX or not token.isascii():
            raise InvalidToken
        digest = hashlib.sha256(token.encode()).digest()
        claims = self._verified.get(digest)
        if claims is None:
            claims = _claims(self._payload(token))
            self._verified[digest] = claims
            if len(self._verified) > VERIFIED_MAX:
                self._verified.popitem(last=False)
        if not claims.issued_at <= now < claims.expires_at:
            raise InvalidToken
        return claims

    def _payload(self, token: str) -> Mapping[str, Any]:
        try:
            payload: Mapping[str, Any] = jwt.decode(
                token,
                self._key_of(jwt.get_unverified_header(token)).secret,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                # The hour is ours to check: against the marketplace's clock, without leeway.
                options={
                    "require": list(_CLAIMS),
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, ValueError):
            raise InvalidToken from None
        return payload

    def _key_of(self, header: Mapping[str, Any]) -> SigningKey:
        """Return the key the header names. Nothing else in a header is ever followed, so nothing else may be in it."""
        if header.keys() != _HEADER or header["alg"] != ALGORITHM or header["typ"] != TYPE:
            raise InvalidToken
        key = self._ring.get(header["kid"]) if isinstance(header["kid"], str) else None
        if key is None:
            raise InvalidToken
        return key


def _claims(payload: Mapping[str, Any]) -> AccessClaims:
    numbers = [payload[name] for name in ("iat", "nbf", "exp", "ver")]
    if any(type(number) is not int for number in numbers):
        raise InvalidToken
    if not all(isinstance(payload[name], str) and payload[name] for name in ("sub", "sid")):
        raise InvalidToken
    issued_at, not_before, expires_at, version = numbers
    if not_before > issued_at or not 0 < expires_at - issued_at <= LIFETIME_SECONDS_MAX:
        raise InvalidToken
    return AccessClaims(
        user_id=UserId(payload["sub"]),
        family_id=FamilyId(payload["sid"]),
        session_version=version,
        issued_at=datetime.fromtimestamp(issued_at, UTC),
        expires_at=datetime.fromtimestamp(expires_at, UTC),
    )
