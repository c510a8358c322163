"""What whatever hashes passwords, signs access tokens and makes secrets must do."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from marketplace_core.identity.domain.errors import InvalidToken
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.ports import AccessClaims, AccessTokens, Passwords, RefreshSecrets
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.work import transaction_open

ISSUED_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
EXPIRES_AT = ISSUED_AT + timedelta(minutes=10)
CLAIMS = AccessClaims(
    user_id=UserId("usr_01JDCNZ0V4M6Z7C0QK3T6V9A2B"),
    family_id=FamilyId("fam_01JDCNZ0V4M6Z7C0QK3T6V9A2C"),
    session_version=3,
    issued_at=ISSUED_AT,
    expires_at=EXPIRES_AT,
)


@pytest.mark.conformance
class PasswordsConformance:
    """Override ``passwords``."""

    @pytest.fixture
    def passwords(self) -> Passwords:
        """Return the port."""
        raise NotImplementedError

    async def test_the_right_password_and_no_other_is_known_again(self, passwords: Passwords) -> None:
        password_hash = await passwords.hash("a night at the lake")

        assert await passwords.verify("a night at the lake", password_hash)
        assert not await passwords.verify("a night at the Lake", password_hash)
        assert not await passwords.verify("a night at the lake ", password_hash)
        assert not await passwords.verify("", password_hash)

    async def test_a_hash_is_salted_and_does_not_show_the_password(self, passwords: Passwords) -> None:
        one = await passwords.hash("a night at the lake")
        other = await passwords.hash("a night at the lake")

        assert one != other
        assert "lake" not in one

    @pytest.mark.parametrize(
        "password",
        ["x" * 127 + "y", "é" * 64 + "!", "two  blanks", "🦊🦊🦊🦊🦊🦊🦊🦊", "пароль из многих слов", "nul\x00inside"],
    )
    async def test_every_character_counts(self, passwords: Passwords, password: str) -> None:
        password_hash = await passwords.hash(password)

        assert await passwords.verify(password, password_hash)
        assert not await passwords.verify(password[:-1] + "z", password_hash)
        assert not await passwords.verify(password[:-1], password_hash)

    async def test_an_unknown_user_has_no_right_password(self, passwords: Passwords) -> None:
        assert not await passwords.verify("a night at the lake", None)
        assert not await passwords.verify("", None)

    async def test_a_fresh_hash_is_not_outdated(self, passwords: Passwords) -> None:
        assert not passwords.outdated(await passwords.hash("a night at the lake"))

    async def test_hashing_inside_a_transaction_is_a_loud_mistake(self, passwords: Passwords) -> None:
        password_hash = await passwords.hash("a night at the lake")

        with transaction_open():
            with pytest.raises(AssertionError):
                await passwords.hash("a night at the lake")
            with pytest.raises(AssertionError):
                await passwords.verify("a night at the lake", password_hash)


@pytest.mark.conformance
class AccessTokensConformance:
    """Override ``access_tokens``, and ``foreign`` with the same thing under another key."""

    @pytest.fixture
    def access_tokens(self) -> AccessTokens:
        """Return the port."""
        raise NotImplementedError

    @pytest.fixture
    def foreign(self) -> AccessTokens:
        """Return the same port under another key."""
        raise NotImplementedError

    def test_a_token_says_what_was_put_into_it(self, access_tokens: AccessTokens) -> None:
        token = access_tokens.issue(CLAIMS)

        assert access_tokens.read(token, ISSUED_AT) == CLAIMS
        assert access_tokens.read(token, EXPIRES_AT - timedelta(seconds=1)) == CLAIMS

    @pytest.mark.parametrize("seconds", [0, 1, 86_400])
    def test_a_token_is_over_at_the_second_it_expires(self, access_tokens: AccessTokens, seconds: int) -> None:
        token = access_tokens.issue(CLAIMS)

        with pytest.raises(InvalidToken):
            access_tokens.read(token, EXPIRES_AT + timedelta(seconds=seconds))

    def test_a_token_from_the_future_is_refused(self, access_tokens: AccessTokens) -> None:
        token = access_tokens.issue(CLAIMS)

        with pytest.raises(InvalidToken):
            access_tokens.read(token, ISSUED_AT - timedelta(minutes=1))

    def test_a_token_under_another_key_is_refused(self, access_tokens: AccessTokens, foreign: AccessTokens) -> None:
        with pytest.raises(InvalidToken):
            access_tokens.read(foreign.issue(CLAIMS), ISSUED_AT)

    def test_a_token_with_any_changed_character_is_refused(self, access_tokens: AccessTokens) -> None:
        token = access_tokens.issue(CLAIMS)

        for position in range(0, len(token) - 1, 7):
            changed = token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1 :]
            with pytest.raises(InvalidToken):
                access_tokens.read(changed, ISSUED_AT)

    @pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a.b.c", "é.é.é", "\x00", "e30.e30.e30", "x" * 10_000])
    def test_something_else_is_refused(self, access_tokens: AccessTokens, token: str) -> None:
        with pytest.raises(InvalidToken):
            access_tokens.read(token, ISSUED_AT)


@pytest.mark.conformance
class RefreshSecretsConformance:
    """Override ``secrets``."""

    @pytest.fixture
    def secrets(self) -> RefreshSecrets:
        """Return the port."""
        raise NotImplementedError

    def test_secrets_are_long_and_never_the_same(self, secrets: RefreshSecrets) -> None:
        made = [secrets.new() for _ in range(1_000)]

        assert len(set(made)) == 1_000
        assert all(re.fullmatch(r"[A-Za-z0-9_-]{43,}", secret) for secret in made)
