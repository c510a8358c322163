"""What everybody who keeps versions of the terms of trade, or says what they mean, must do."""

import asyncio
from datetime import timedelta

import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate, InvalidInput
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.operations import PolicyVersion
from marketplace_core.operations.ports import PolicyInUse
from marketplace_core.testing.conformance.operations import OperationsGround
from marketplace_core.testing.payments import NOW


def a_version(number: int, name: str = "2026-2", digest: str = "d1") -> PolicyVersion:
    """Make a version of the terms of trade."""
    return PolicyVersion(
        number=number,
        name=name,
        document={"version": name, "commission_bps": 900, "accepts_by_hand": True, "claim_window": "P30D"},
        digest=digest,
        used_at=NOW + timedelta(days=number),
        used_by="usr_op",
        reason="Agreed.",
    )


class PoliciesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> OperationsGround:
        """Return a store without a version."""
        raise NotImplementedError

    async def _stored(self, ground: OperationsGround, *versions: PolicyVersion) -> None:
        for version in versions:
            async with ground.begin() as work:
                await work.policies.add(version)

    async def test_before_the_first_there_is_none(self, ground: OperationsGround) -> None:
        async with ground.begin() as work:
            assert await work.policies.newest() is None
            assert await work.policies.get(1) is None
            assert await work.policies.named("2026-2") is None

        assert await ground.reader.policy() is None
        assert await ground.reader.policy(1) is None
        assert (await ground.reader.policies(PageRequest())).items == ()

    async def test_versions_come_back_as_they_were_stored(self, ground: OperationsGround) -> None:
        first, second, third = a_version(1), a_version(2, "2026-3", "d2"), a_version(3)
        await self._stored(ground, first, second, third)

        async with ground.begin() as work:
            assert await work.policies.newest() == third
            assert await work.policies.get(2) == second
            assert await work.policies.named("2026-2") == third
            assert await work.policies.named("2026-4") is None
        assert (await ground.reader.policy(), await ground.reader.policy(1)) == (third, first)
        assert await ground.reader.policy(4) is None

    async def test_a_number_is_given_once(self, ground: OperationsGround) -> None:
        await self._stored(ground, a_version(1))

        with pytest.raises(ConcurrentUpdate):
            await self._stored(ground, a_version(1, "2026-3", "d2"))
        assert await ground.reader.policy() == a_version(1)

    async def test_of_two_at_once_one_is_first(self, ground: OperationsGround) -> None:
        ended = await asyncio.gather(
            self._stored(ground, a_version(1, "one")),
            self._stored(ground, a_version(1, "two")),
            return_exceptions=True,
        )

        assert sorted(type(one).__name__ for one in ended) == ["ConcurrentUpdate", "NoneType"]
        assert len((await ground.reader.policies(PageRequest())).items) == 1

    async def test_versions_are_listed_newest_first_in_pages(self, ground: OperationsGround) -> None:
        await self._stored(ground, *(a_version(number) for number in range(1, 12)))

        first = await ground.reader.policies(PageRequest(limit=6))
        second = await ground.reader.policies(PageRequest(limit=6, cursor=first.next_cursor))

        assert [one.number for one in (*first.items, *second.items)] == list(range(11, 0, -1))
        assert second.next_cursor is None
        for cursor in ("act_1", "-1", "1" * 30):
            with pytest.raises(InvalidCursor):
                await ground.reader.policies(PageRequest(cursor=cursor))


class PolicyInUseConformance:
    """Override ``in_use``."""

    @pytest.fixture
    def in_use(self) -> PolicyInUse:
        """Return what knows the terms that hold before any version is stored."""
        raise NotImplementedError

    async def test_what_holds_first_has_a_name_and_is_whole(self, in_use: PolicyInUse) -> None:
        assert in_use.seed["version"]
        assert in_use.completed(in_use.seed) == in_use.seed

    async def test_what_a_document_leaves_out_is_filled_in(self, in_use: PolicyInUse) -> None:
        completed = in_use.completed({"version": "2026-9"})

        assert completed["version"] == "2026-9"
        assert completed.keys() == in_use.seed.keys()
        assert in_use.completed(completed) == completed

    async def test_every_mistake_is_named(self, in_use: PolicyInUse) -> None:
        with pytest.raises(InvalidInput) as refused:
            in_use.completed({"version": "2026-9", "no such key": 1, "nor this one": 2})
        in_use.look_again()

        flaws = refused.value.facts["flaws"]
        assert isinstance(flaws, list)
        assert len(flaws) == 2
