"""What everybody who keeps brakes must do."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.payments.books import Brake, BrakeCause
from marketplace_core.testing.payments import NOW, PaymentsGround


def a_brake(brake_id: str = "brk_1", cause: BrakeCause = BrakeCause.AUDIT) -> Brake:
    """Set a brake for two findings."""
    return Brake(brake_id=brake_id, cause=cause, findings=("sum_zero EUR", "overdrawn escrow:sor_1:EUR"), set_at=NOW)


class BrakesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def _save(self, ground: PaymentsGround, *brakes: Brake) -> None:
        for brake in brakes:
            async with ground.begin() as work:
                await work.brakes.save(brake)

    async def test_nothing_is_on_at_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await work.brakes.on() == []
            assert await work.brakes.last(BrakeCause.AUDIT) is None

    async def test_a_brake_is_on_until_it_is_released_and_remembered_afterwards(self, ground: PaymentsGround) -> None:
        brake = a_brake()
        await self._save(ground, brake, a_brake("brk_2", BrakeCause.LIQUIDITY))
        async with ground.begin() as work:
            assert [one.brake_id for one in await work.brakes.on()] == ["brk_1", "brk_2"]

        brake.release("Looked into it.", "usr_op", NOW + timedelta(hours=1))
        await self._save(ground, brake)

        async with ground.begin() as work:
            assert [one.brake_id for one in await work.brakes.on()] == ["brk_2"]
            last = await work.brakes.last(BrakeCause.AUDIT)
        assert last is not None
        assert (last.findings, last.note, last.released_by, last.released_at) == (
            brake.findings, "Looked into it.", "usr_op", NOW + timedelta(hours=1),
        )  # fmt: skip

    async def test_the_newest_of_a_cause_is_the_last(self, ground: PaymentsGround) -> None:
        old = a_brake()
        old.release("Looked into it.", "usr_op", NOW)
        await self._save(ground, old, a_brake("brk_2"))

        async with ground.begin() as work:
            last = await work.brakes.last(BrakeCause.AUDIT)

        assert last is not None
        assert last.brake_id == "brk_2"
        assert [one.brake_id for one in await ground.books.brakes(10)] == ["brk_2", "brk_1"]
        assert len(await ground.books.brakes(1)) == 1

    async def test_one_brake_of_a_cause_is_on_at_a_time(self, ground: PaymentsGround) -> None:
        await self._save(ground, a_brake())

        with pytest.raises(ConcurrentUpdate):
            await self._save(ground, a_brake("brk_2"))

    async def test_findings_are_added(self, ground: PaymentsGround) -> None:
        brake = a_brake()
        await self._save(ground, brake)
        assert brake.find(("empty_journal x",))
        assert not brake.find(("empty_journal x", "sum_zero EUR"))
        await self._save(ground, brake)

        async with ground.begin() as work:
            (on,) = await work.brakes.on()
        assert on.findings == ("sum_zero EUR", "overdrawn escrow:sor_1:EUR", "empty_journal x")

    async def test_what_was_found_may_be_settled_later(self, ground: PaymentsGround) -> None:
        brake = a_brake()
        brake.release("Looked into it.", "usr_op", NOW)
        await self._save(ground, brake)
        brake.settled_at = NOW + timedelta(days=1)
        await self._save(ground, brake)

        async with ground.begin() as work:
            last = await work.brakes.last(BrakeCause.AUDIT)
        assert last is not None
        assert (last.is_on, last.settled_at) == (False, NOW + timedelta(days=1))
