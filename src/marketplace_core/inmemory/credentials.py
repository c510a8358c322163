"""Passwords and access tokens on the stdlib alone."""

import base64
import binascii
import hashlib
import hmac
import json
import os
from datetime import UTC, datetime
from typing import Final, final

from attrs import define, field

from marketplace_core.identity.domain.errors import InvalidToken
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.ports import AccessClaims, AccessTokens, Passwords
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.work import outside_transaction

SCRYPT_COST: Final = {"n": 16, "r": 1, "p": 1}
"""Tiny: these hashes live as long as the process and are made by the thousand in tests."""
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32


@final
class InMemoryPasswords(Passwords):
    """Hashes with scrypt from the stdlib at a tiny cost: right in every respect but the price of guessing."""

    async def hash(self, password: str) -> str:
        """Salt and hash."""
        outside_transaction("passwords.hash")
        salt = os.urandom(SALT_BYTES)
        return f"scrypt${salt.hex()}${_scrypt(password, salt).hex()}"

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Hash again and compare in constant time."""
        outside_transaction("passwords.verify")
        _, salt, expected = (password_hash or f"scrypt${bytes(SALT_BYTES).hex()}${bytes(KEY_BYTES).hex()}").split("$")
        same = hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(expected))
        return same and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Tell whether it is somebody else's format."""
        return not password_hash.startswith("scrypt$")


@final
@define
class InMemoryAccessTokens(AccessTokens):
    """Access tokens as JSON under an HMAC whose key nobody else has."""

    _key: bytes = field(factory=lambda: os.urandom(KEY_BYTES), repr=False)

    def issue(self, claims: AccessClaims) -> str:
        """Write and sign."""
        content = json.dumps(
            {
                "sub": claims.user_id,
                "sid": claims.family_id,
                "ver": claims.session_version,
                "iat": int(claims.issued_at.timestamp()),
                "exp": int(claims.expires_at.timestamp()),
            }
        ).encode()
        return f"{_base64url(content)}.{_base64url(self._signature(content))}"

    def read(self, token: str, now: datetime) -> AccessClaims:
        """Verify, then parse, then look at the hour."""
        try:
            content, signature = (base64.b64decode(part + "==", altchars=b"-_") for part in token.split("."))
        except (ValueError, binascii.Error):
            raise InvalidToken from None
        if not hmac.compare_digest(self._signature(content), signature):
            raise InvalidToken
        said = json.loads(content)
        claims = AccessClaims(
            user_id=UserId(said["sub"]),
            family_id=FamilyId(said["sid"]),
            session_version=said["ver"],
            issued_at=datetime.fromtimestamp(said["iat"], UTC),
            expires_at=datetime.fromtimestamp(said["exp"], UTC),
        )
        if not claims.issued_at <= now < claims.expires_at:
            raise InvalidToken
        return claims

    def _signature(self, content: bytes) -> bytes:
        return hmac.digest(self._key, b"access token:" + content, "sha256")


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=KEY_BYTES, **SCRYPT_COST)
