"""Play a scene: the same name and the same seed tell the same, to the byte."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.simulation.house import House
from marketplace_entrypoints.simulation.scenes import SCENES
from marketplace_entrypoints.simulation.stage import Stage
from marketplace_entrypoints.simulation.transcript import Transcript

CURTAIN: Final = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
"""When every scene begins: a Monday, just after a payout run."""
QUICK: Final = {"argon2": {"memory_kib": 7_168, "time_cost": 1}}
"""Nobody's password is worth a strong hash here."""


async def play(name: str, seed: int) -> Transcript:
    """Play a scene on the embedded adapters, in a folder that is gone afterwards, whatever the environment says."""
    scene = SCENES[name]
    transcript = Transcript(scene=name, title=scene.title, seed=seed, began=CURTAIN)
    clock = FrozenClock(CURTAIN)
    with TemporaryDirectory(prefix="marketplace-scene-") as folder:
        settings = Settings.model_construct(data=Path(folder), reserve_bps=500, adapters=QUICK)
        async with open_marketplace(settings, clock=clock, ids=CountingIds()) as opened:
            stage = Stage(house=House(opened=opened, clock=clock, transcript=transcript), chance=Random(seed))
            await scene.play(stage)
            await stage.house.end(stage.shops)
    return transcript
