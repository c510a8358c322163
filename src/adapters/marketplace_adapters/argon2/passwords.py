"""Argon2id with the parameters of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane."""

import secrets
from typing import Final, final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace_adapters._threads import ThreadBridge
from marketplace_core.identity.ports import Passwords
from marketplace_core.kernel.work import outside_transaction

SALT_BYTES: Final = 16
HASH_BYTES: Final = 32


@final
class Argon2Passwords(Passwords):
    """Hashes in threads: the library lets other Python code run meanwhile.

    An unknown user's password is verified against the hash of a secret that nobody knows, made by ``prepare``.
    """

    def __init__(self, threads: ThreadBridge, *, memory_kib: int, time_cost: int, parallelism: int) -> None:
        self._threads = threads
        self._hasher = PasswordHasher(
            time_cost=time_cost,
            memory_cost=memory_kib,
            parallelism=parallelism,
            hash_len=HASH_BYTES,
            salt_len=SALT_BYTES,
            type=Type.ID,
        )
        self._decoy = ""

    async def prepare(self) -> None:
        """Make the hash that belongs to nobody, so that the first unknown user costs no more than the next."""
        self._decoy = await self._threads.run(self._hasher.hash, secrets.token_urlsafe(HASH_BYTES))

    async def hash(self, password: str) -> str:
        """Hash under the present parameters."""
        outside_transaction("passwords.hash")
        return await self._threads.run(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Verify under the parameters that the hash names."""
        outside_transaction("passwords.verify")
        same = await self._threads.run(self._same, password, password_hash or self._decoy)
        return same and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Compare the parameters."""
        try:
            return self._hasher.check_needs_rehash(password_hash)
        except InvalidHashError:
            return True

    def _same(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
