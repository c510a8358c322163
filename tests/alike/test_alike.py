"""Two endings of a scenario that differ are told apart; the scenario itself is played by ``./dev alike``."""

from typing import Final

from attrs import evolve

from tests.alike.__main__ import Ending, differences

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
