"""What every store of sessions must do."""

from datetime import timedelta

import pytest

from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.session import ABSOLUTE_DAYS, EndReason, Rotation, fingerprint
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.testing.conformance.identity import ANN, BEN, NOW, IdentityGround, a_family, a_user, store


@pytest.mark.conformance
class TokenFamiliesConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> IdentityGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_token_belongs_to_no_family(self, ground: IdentityGround) -> None:
        async with ground.begin() as work:
            assert await work.families.find_by_token(fingerprint("nobody's")) is None
            assert await work.families.find(FamilyId("fam_none")) is None

    async def test_a_family_comes_back_as_saved(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_family())

        async with ground.begin() as work:
            presented = await work.families.find_by_token(fingerprint("first"))

        assert presented is not None
        family = presented.family
        assert (presented.sequence, family.sequence, family.user_id) == (1, 1, ANN)
        assert (family.session_version, family.device, family.opened_at) == (1, "Phone", NOW)
        assert (family.expires_at, family.last_used_at) == (NOW + timedelta(days=ABSOLUTE_DAYS), NOW)
        assert (family.rotated_at, family.ended_at, family.end_reason) == (None, None, None)

    async def test_every_token_a_family_ever_had_is_recognised(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_family())
        for number, secret in enumerate(("second", "third"), start=1):
            async with ground.begin() as work:
                presented = await work.families.find_by_token(fingerprint(("first", "second")[number - 1]))
                assert presented is not None
                outcome = presented.family.rotate(
                    number, successor_hash=fingerprint(secret), session_version=1, now=NOW + timedelta(minutes=number)
                )
                assert outcome is Rotation.ROTATED
                await work.families.save(presented.family)

        async with ground.begin() as work:
            found = [await work.families.find_by_token(fingerprint(secret)) for secret in ("first", "second", "third")]

        assert [each.sequence if each else None for each in found] == [1, 2, 3]
        assert {each.family.sequence for each in found if each} == {3}
        assert {each.family.rotated_at for each in found if each} == {NOW + timedelta(minutes=2)}

    async def test_of_two_rotations_of_one_token_one_fails(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_family())
        async with ground.begin() as work:
            one = await work.families.find(FamilyId("fam_0001"))
            other = await work.families.find(FamilyId("fam_0001"))
        assert one is not None
        assert other is not None
        one.rotate(1, successor_hash=fingerprint("a"), session_version=1, now=NOW)
        other.rotate(1, successor_hash=fingerprint("b"), session_version=1, now=NOW)
        await store(ground, one)

        with pytest.raises(ConcurrentUpdate):
            await store(ground, other)

        async with ground.begin() as work:
            assert await work.families.find_by_token(fingerprint("b")) is None

    async def test_an_ended_family_stays_ended(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_family())

        async with ground.begin() as work:
            family = await work.families.find(FamilyId("fam_0001"))
            assert family is not None
            family.end(EndReason.SIGNED_OUT, NOW + timedelta(hours=1))
            await work.families.save(family)

        async with ground.begin() as work:
            kept = await work.families.find(FamilyId("fam_0001"))
        assert kept is not None
        assert (kept.ended_at, kept.end_reason) == (NOW + timedelta(hours=1), EndReason.SIGNED_OUT)

    async def test_trimming_keeps_the_last_used_and_nothing_expired(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org"), a_family("fam_ben", BEN, "ben's"))
        expired = NOW - timedelta(days=ABSOLUTE_DAYS)
        await store(ground, a_family("fam_0000", ANN, "old", expired))
        for number in range(1, 5):
            await store(ground, a_family(f"fam_000{number}", ANN, f"{number}", NOW + timedelta(minutes=number)))

        async with ground.begin() as work:
            await work.families.trim(ANN, keep=2, now=NOW + timedelta(minutes=5))

        async with ground.begin() as work:
            left = [await work.families.find(FamilyId(f"fam_000{number}")) for number in range(5)]
            assert [family is not None for family in left] == [False, False, False, True, True]
            assert await work.families.find_by_token(fingerprint("1")) is None
            assert await work.families.find(FamilyId("fam_ben")) is not None
