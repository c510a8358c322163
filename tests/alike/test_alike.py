"""A short scenario ends alike through two doors over two databases, and one that does not is noticed."""

from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from tests.alike.__main__ import Ending, compared, differences
from tests.databases import BESIDE, Postgres

STEPS: Final = 4


@pytest.mark.slow
def test_a_scenario_ends_alike_over_http_and_the_command_line_on_both_databases(
    postgres: Postgres, tmp_path: Path
) -> None:
    endings, wrong = compared(tmp_path, postgres, steps=STEPS, seed=1)

    for gone in tmp_path.glob(f"**/{BESIDE}"):
        gone.unlink()
    assert list(endings) == ["http on sqlite", "http on postgresql", "cli on sqlite", "cli on postgresql"]
    assert wrong == []
    assert all(len(ending.state["journals"]) >= STEPS for ending in endings.values())


ENDED: Final = Ending(
    outcomes=("buy: done", "ship: orders.illegal_transition"),
    state={"journals": (("payment_captured", 1_250),) * 2, "keys": (("PlaceOrder", "completed"),)},
    wrong=(),
    seconds=1.0,
)


def test_endings_that_are_the_same_do_not_differ() -> None:
    assert differences(ENDED, evolve(ENDED, seconds=2.0), same_door=True) == []


def test_another_outcome_of_a_deed_is_told() -> None:
    other = evolve(ENDED, outcomes=("buy: done", "ship: done"))

    assert differences(ENDED, other, same_door=True) == ["deed 2: ship: orders.illegal_transition | ship: done"]


def test_a_journal_more_is_told_however_many_there_are_like_it() -> None:
    other = evolve(ENDED, state={**ENDED.state, "journals": (("payment_captured", 1_250),) * 3})

    assert differences(ENDED, other, same_door=True) == ["journals: [] | [('payment_captured', 1250)]"]


def test_keys_are_compared_within_a_door_only() -> None:
    other = evolve(ENDED, state={**ENDED.state, "keys": ()})

    assert differences(ENDED, other, same_door=False) == []
    assert differences(ENDED, other, same_door=True) == ["keys: [('PlaceOrder', 'completed')] | []"]
