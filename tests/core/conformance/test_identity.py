"""Identity in memory passes identity's conformance classes."""

import pytest

from marketplace_core.identity.ports import SystemSecrets
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.credentials import (
    AccessTokensConformance,
    PasswordsConformance,
    RefreshSecretsConformance,
)
from marketplace_core.testing.conformance.identity import (
    IdentityGround,
    SellersConformance,
    UsersConformance,
)
from marketplace_core.testing.conformance.identity_reader import IdentityReaderConformance
from marketplace_core.testing.conformance.identity_sessions import TokenFamiliesConformance


@pytest.fixture
def ground() -> IdentityGround:
    store = Store(FrozenClock(), CountingIds())
    return IdentityGround(
        begin=store.begin(InMemoryIdentityWork), reader=InMemoryIdentityReader(store), outbox=InMemoryOutbox(store)
    )


class TestInMemoryUsers(UsersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemorySellers(SellersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryTokenFamilies(TokenFamiliesConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryIdentityReader(IdentityReaderConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryPasswords(PasswordsConformance):
    @pytest.fixture
    def passwords(self) -> InMemoryPasswords:
        return InMemoryPasswords()


class TestInMemoryAccessTokens(AccessTokensConformance):
    @pytest.fixture
    def access_tokens(self) -> InMemoryAccessTokens:
        return InMemoryAccessTokens()

    @pytest.fixture
    def foreign(self) -> InMemoryAccessTokens:
        return InMemoryAccessTokens()


class TestSystemSecrets(RefreshSecretsConformance):
    @pytest.fixture
    def secrets(self) -> SystemSecrets:
        return SystemSecrets()
