"""Scenes hold whatever their numbers, and the same seed tells the same."""

from datetime import UTC, datetime

import pytest

from marketplace_core.kernel.money import Money
from marketplace_entrypoints.simulation.play import play
from marketplace_entrypoints.simulation.scenes import SCENES
from marketplace_entrypoints.simulation.transcript import Claim, Ending, Moved, Step, Transcript

TEN = Money(1_000, "EUR")
SOUND = Ending(accounts=(), shops=(), ours=TEN, theirs=TEN, violations=())
SIX = {
    "refund-across-sellers",
    "bank-returned-payout",
    "dispute-lost-after-payout",
    "seller-goes-silent",
    "webhooks-lost",
    "price-changed",
}


def a_transcript(*told: Step | Claim, ending: Ending | None = SOUND) -> Transcript:
    began = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Transcript(scene="s", title="t", seed=1, began=began, told=list(told), ending=ending)


def test_there_are_six() -> None:
    assert SCENES.keys() == SIX


@pytest.mark.parametrize(("name", "seed"), [(name, number) for number, name in enumerate(sorted(SIX), 11)])
async def test_every_scene_holds(name: str, seed: int) -> None:
    played = await play(name, seed)

    assert played.holds, "\n".join(played.lines())
    assert any(isinstance(one, Claim) for one in played.told)
    assert any(one.moved for one in played.told if isinstance(one, Step))


async def test_the_same_seed_tells_the_same_and_another_one_something_else() -> None:
    first, again, other = [await play("price-changed", seed) for seed in (5, 5, 6)]

    assert list(first.lines()) == list(again.lines())
    assert first.as_json() == again.as_json()
    assert list(first.lines())[1:] != list(other.lines())[1:]


def test_a_claim_that_does_not_hold_is_seen() -> None:
    assert a_transcript(Claim(says="so", holds=True)).holds
    assert not a_transcript(Claim(says="so", holds=True), Claim(says="not so", holds=False)).holds
    assert "             ✗ not so" in list(a_transcript(Claim(says="not so", holds=False)).lines())


@pytest.mark.parametrize(
    "ending",
    [
        None,
        Ending(accounts=(), shops=(), ours=TEN, theirs=TEN, violations=("sum_zero EUR: 1",)),
        Ending(accounts=(), shops=(), ours=TEN, theirs=Money(999, "EUR"), violations=()),
    ],
)
def test_books_that_are_not_sound_are_seen(ending: Ending | None) -> None:
    assert not a_transcript(ending=ending).holds


def test_a_step_is_told_with_the_day_what_it_moved_and_whom_it_wrote_to() -> None:
    moved = Moved(why="payment captured", source="psp", target="escrow of A", amount=TEN)
    at = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)

    lines = list(a_transcript(Step(at=at, says="Ann pays.", moved=(moved,), mails=("Ann, shipped",))).lines())

    assert lines[2:5] == [
        "day  3 10:30  Ann pays.",
        "                10.00 EUR  psp → escrow of A  (payment captured)",
        "             mail: Ann, shipped",
    ]
