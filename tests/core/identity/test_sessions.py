"""Token families (reliability design 6.9; D46, L16, S-10)."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.identity import (
    IdentifyActor,
    InvalidToken,
    RefreshRaced,
    RefreshReuseDetected,
    RefreshSession,
    Session,
    SessionEnded,
    SignOut,
    TokenFamily,
    User,
    WrongCredentials,
)
from marketplace_core.identity.domain.session import FAMILIES_PER_USER_MAX, Rotation, fingerprint
from marketplace_core.inmemory.store import Table
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import UserId
from marketplace_core.testing.conformance.identity import NOW, a_family
from tests.core.identity.door import PASSWORD, Identity


async def refresh(identity: Identity, token: str) -> Session:
    return await identity.market.execute(RefreshSession(refresh_token=token), by=ANONYMOUS)


def stored_hash(identity: Identity, user_id: UserId) -> str:
    users: Table[User] = identity.store.table("identity_users")
    user = users.get(user_id)
    assert user is not None
    assert user.password_hash is not None
    return user.password_hash


async def who(identity: Identity, session: Session) -> str:
    actor = await identity.market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)
    return actor.principal


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.org", "another long password"),
        ("ann@example.org", ""),
        ("ann@example.org", "x" * 100_000),
        ("ann@example.org", "\ud800"),
        ("nobody@example.org", PASSWORD),
        ("", PASSWORD),
        ("ann\ud800@example.org", PASSWORD),
        ("ann\x00@example.org", PASSWORD),
    ],
)
async def test_wrong_credentials_all_look_the_same(identity: Identity, email: str, password: str) -> None:
    await identity.register()

    with pytest.raises(WrongCredentials) as refusal:
        await identity.sign_in(email, password)

    assert refusal.value.message == "E-mail or password is wrong."


async def test_an_unknown_address_costs_the_same_work_as_a_wrong_password(identity: Identity) -> None:
    await identity.register()
    identity.passwords.worked.clear()

    for email in ("ann@example.org", "nobody@example.org", "not even an address"):
        with pytest.raises(WrongCredentials):
            await identity.sign_in(email, "another long password")

    assert identity.passwords.worked == ["verify", "verify", "verify"]


async def test_signing_in_gives_two_tokens_that_name_the_user(identity: Identity) -> None:
    user_id = await identity.register()

    session = await identity.sign_in(" ANN@example.org ")

    assert session.user_id == user_id
    assert session.expires_at == identity.clock.now() + timedelta(minutes=10)
    assert await who(identity, session) == user_id
    assert session.access_token not in repr(session)
    assert session.refresh_token not in repr(session)


async def test_a_password_in_decomposed_form_signs_in(identity: Identity) -> None:
    await identity.register(password="café au lait every day")

    await identity.sign_in(password="cafe\u0301 au lait every day")


async def test_only_the_fingerprint_of_a_refresh_token_is_stored(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    everything = repr(
        [list(identity.store.table(name)) for name in ("identity_token_families", "identity_refresh_tokens")]
    )

    assert session.refresh_token not in everything
    assert fingerprint(session.refresh_token) in everything


async def test_an_access_token_is_over_after_ten_minutes(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    identity.clock.advance(timedelta(minutes=10))

    with pytest.raises(InvalidToken):
        await who(identity, session)


async def test_refreshing_replaces_both_tokens(identity: Identity) -> None:
    user_id = await identity.register()
    first = await identity.sign_in()
    identity.clock.advance(timedelta(minutes=9))

    second = await refresh(identity, first.refresh_token)

    assert second.refresh_token != first.refresh_token
    assert second.expires_at == identity.clock.now() + timedelta(minutes=10)
    assert await who(identity, second) == user_id


@pytest.mark.parametrize("token", ["", "x", "e30.e30.e30", "\ud800", "a" * 10_000])
async def test_an_unknown_refresh_token_ends_nothing(identity: Identity, token: str) -> None:
    await identity.register()
    session = await identity.sign_in()

    with pytest.raises(SessionEnded):
        await refresh(identity, token)

    await refresh(identity, session.refresh_token)


async def test_an_access_token_does_not_refresh(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    with pytest.raises(SessionEnded):
        await refresh(identity, session.access_token)


async def test_a_refresh_token_is_no_access_token(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    with pytest.raises(InvalidToken):
        await identity.market.ask(IdentifyActor(access_token=session.refresh_token), by=ANONYMOUS)


async def test_the_direct_parent_within_ten_seconds_raced_and_changes_nothing(identity: Identity) -> None:
    user_id = await identity.register()
    first = await identity.sign_in()
    second = await refresh(identity, first.refresh_token)
    identity.clock.advance(timedelta(seconds=9, milliseconds=999))

    with pytest.raises(RefreshRaced) as refusal:
        await refresh(identity, first.refresh_token)

    assert refusal.value.code == "identity.refresh_raced"
    assert await who(identity, second) == user_id
    await refresh(identity, second.refresh_token)


async def test_the_direct_parent_after_ten_seconds_ends_the_session(identity: Identity) -> None:
    user_id = await identity.register()
    first = await identity.sign_in()
    second = await refresh(identity, first.refresh_token)
    identity.clock.advance(timedelta(seconds=10))

    with pytest.raises(SessionEnded):
        await refresh(identity, first.refresh_token)

    with pytest.raises(SessionEnded):
        await refresh(identity, second.refresh_token)
    with pytest.raises(InvalidToken):
        await who(identity, second)
    assert identity.events[-1] == RefreshReuseDetected(user_id=user_id, family_id=a_family().family_id)


async def test_the_grandparent_ends_the_session_even_at_once(identity: Identity) -> None:
    await identity.register()
    first = await identity.sign_in()
    second = await refresh(identity, first.refresh_token)
    third = await refresh(identity, second.refresh_token)

    with pytest.raises(SessionEnded):
        await refresh(identity, first.refresh_token)

    with pytest.raises(InvalidToken):
        await who(identity, third)


async def test_a_replay_is_told_once_and_leaves_other_sessions_alone(identity: Identity) -> None:
    await identity.register()
    other = await identity.sign_in()
    first = await identity.sign_in()
    await refresh(identity, first.refresh_token)
    identity.clock.advance(timedelta(minutes=1))

    for _ in range(3):
        with pytest.raises(SessionEnded):
            await refresh(identity, first.refresh_token)

    assert sum(isinstance(event, RefreshReuseDetected) for event in identity.events) == 1
    await refresh(identity, other.refresh_token)


async def test_of_thirty_refreshes_at_once_one_wins_and_nothing_else_is_minted(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    outcomes = await asyncio.gather(
        *(refresh(identity, session.refresh_token) for _ in range(30)), return_exceptions=True
    )

    won = [outcome for outcome in outcomes if isinstance(outcome, Session)]
    assert len(won) == 1
    assert sum(isinstance(outcome, RefreshRaced) for outcome in outcomes) == 29
    assert len(identity.store.table("identity_refresh_tokens")) == 2
    await refresh(identity, won[0].refresh_token)


@pytest.mark.parametrize("which", ["refresh_token", "access_token"])
async def test_signing_out_ends_both_tokens_at_once_and_may_be_repeated(identity: Identity, which: str) -> None:
    await identity.register()
    session = await identity.sign_in()
    other = await identity.sign_in()
    sign_out = SignOut(**{which: getattr(session, which)})

    await identity.market.execute(sign_out, by=ANONYMOUS)
    await identity.market.execute(sign_out, by=ANONYMOUS)

    with pytest.raises(InvalidToken):
        await who(identity, session)
    with pytest.raises(SessionEnded):
        await refresh(identity, session.refresh_token)
    assert await who(identity, other)


async def test_signing_out_with_nothing_of_ours_is_no_error(identity: Identity) -> None:
    for nothing in (SignOut(), SignOut(refresh_token="x"), SignOut(access_token="x"), SignOut(refresh_token="")):
        await identity.market.execute(nothing, by=ANONYMOUS)


async def test_a_session_ends_after_fourteen_idle_days(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()

    identity.clock.advance(timedelta(days=14))

    with pytest.raises(SessionEnded):
        await refresh(identity, session.refresh_token)


async def test_a_session_ends_after_thirty_days_however_much_it_is_used(identity: Identity) -> None:
    await identity.register()
    session = await identity.sign_in()
    for _ in range(29):
        identity.clock.advance(timedelta(days=1))
        session = await refresh(identity, session.refresh_token)
    identity.clock.advance(timedelta(hours=23, minutes=55))
    session = await refresh(identity, session.refresh_token)
    assert session.expires_at == identity.clock.now() + timedelta(minutes=5)

    identity.clock.advance(timedelta(minutes=5))

    with pytest.raises(SessionEnded):
        await refresh(identity, session.refresh_token)


async def test_one_session_too_many_ends_the_one_used_least_recently(identity: Identity) -> None:
    await identity.register()
    oldest = await identity.sign_in()
    for _ in range(FAMILIES_PER_USER_MAX - 1):
        identity.clock.advance(timedelta(seconds=1))
        await identity.sign_in()
    await who(identity, oldest)
    identity.clock.advance(timedelta(seconds=1))
    latest = await identity.sign_in()

    with pytest.raises(InvalidToken):
        await who(identity, oldest)
    assert await who(identity, latest)
    assert len(identity.store.table("identity_token_families")) == FAMILIES_PER_USER_MAX


async def test_a_hash_under_older_parameters_is_replaced_at_the_next_sign_in(identity: Identity) -> None:
    user_id = await identity.register()
    identity.passwords.outdated_prefix = "scrypt$"
    before = stored_hash(identity, user_id)

    session = await identity.sign_in()

    assert stored_hash(identity, user_id) != before
    assert await who(identity, session) == user_id
    await identity.sign_in()


@given(st.lists(st.tuples(st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=30)), max_size=12))
def test_a_family_never_has_more_than_one_usable_token(presented: list[tuple[int, int]]) -> None:
    family: TokenFamily = a_family()
    now, minted = NOW, 1

    for age, seconds in presented:
        now += timedelta(seconds=seconds)
        outcome = family.rotate(
            family.sequence - age, successor_hash=fingerprint(str(minted)), session_version=1, now=now
        )
        minted += outcome is Rotation.ROTATED

        assert family.sequence == minted
        assert (outcome is Rotation.ROTATED) <= (age == 0)
        assert (outcome is Rotation.REUSED) <= (family.ended_at == now)
        assert len(family.drain_events()) == (outcome is Rotation.REUSED)
