"""A few strikes of the sweep at every run of the tests, and what makes the sweep complain."""

import os
import sys
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from tests.architecture.commands import run
from tests.sweep.__main__ import Image, lost_points, needed, planned
from tests.sweep.stages import STAGES

ROOT: Final = Path(__file__).parents[2]
SAMPLE: Final = 10
SAMPLE_ON_A_SERVER: Final = 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database", "sample", "stages"),
    [
        ("sqlite", SAMPLE, ()),
        pytest.param("postgresql", SAMPLE_ON_A_SERVER, ("--stage", "checkout"), marks=pytest.mark.long),
    ],
)
def test_a_sample_of_the_crash_points_converges(database: str, sample: int, stages: tuple[str, ...]) -> None:
    seed = os.environ.get("MARKETPLACE_SWEEP_SEED", "1")

    chosen = ("--sample", str(sample), "--seed", seed, "--database", database, *stages)
    ended = run(sys.executable, "-m", "tests.sweep", *chosen, cwd=ROOT)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1] == f"{database}: {sample} points, {sample} converged"


def an_image(stage: str, points: int) -> Image:
    """Return a stage with so many points."""
    return Image(stage=stage, before=Path("nowhere"), taken_at=0.0, points=("a point",) * points, end={})


def test_points_that_were_taken_away_are_missed() -> None:
    whole = an_image("checkout", STAGES["checkout"].points)
    fewer = evolve(whole, points=whole.points[: int(len(whole.points) * 0.89)])

    assert lost_points([whole]) == []
    assert lost_points([fewer]) == [
        f"checkout has {len(fewer.points)} points; {STAGES['checkout'].points} were counted once"
    ]


def test_every_point_is_struck_once_and_some_recoveries_too() -> None:
    strikes = planned([an_image("checkout", 20), an_image("refund", 5)], sample=None, seed=3)

    assert [(one.image.stage, one.at) for one in strikes] == [
        *(("checkout", at) for at in range(1, 21)),
        *(("refund", at) for at in range(1, 6)),
    ]
    assert [one.at for one in strikes if one.again_at] == [5, 10, 15, 20, 5]
    assert strikes == planned([an_image("checkout", 20), an_image("refund", 5)], sample=None, seed=3)


def test_a_stage_needs_those_that_it_begins_after() -> None:
    assert needed(["checkout"]) == {"checkout"}
    assert needed(["payout"]) == {"checkout", "release", "payout"}
    assert needed([]) == set(STAGES)


def test_one_stage_alone_may_be_struck() -> None:
    strikes = planned([an_image("checkout", 3), an_image("refund", 2)], sample=None, seed=3, stages=["refund"])

    assert [(one.image.stage, one.at) for one in strikes] == [("refund", 1), ("refund", 2)]
