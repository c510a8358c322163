"""A few permutations of every story at every run of the tests, and what makes the replay complain."""

import os
import random
from typing import Final

import pytest

from marketplace_core.payments.domain import timers
from tests.replay import shop
from tests.replay.__main__ import Telling, differences, told, trouble
from tests.replay.stories import STORIES

SEEDS: Final = 4
FIRST_SEED: Final = int(os.environ.get("MARKETPLACE_REPLAY_SEED", "0"))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_ends_alike_however_its_messages_come(story: str) -> None:
    undisturbed = told(story)
    assert undisturbed.wrong == []
    assert (undisturbed.lost, undisturbed.copies) == (0, 0)

    lost = copies = 0
    for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
        failure, missing, again = trouble(Telling(story=story, seed=seed), undisturbed.said)
        assert failure == ""
        lost, copies = lost + missing, copies + again

    assert lost > 0, "the postman was reliable"
    assert copies > 0, "the postman brought everything once"


def test_an_end_that_is_another_one_is_seen() -> None:
    sold, refunded = told("sale").said, told("refund_while_held").said

    assert differences(sold, sold) == []
    assert {found.partition(":")[0] for found in differences(sold, refunded)} >= {
        "journals",
        "mails",
        "refunds",
    }


def test_a_message_that_is_lost_and_that_nobody_searches_for_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sweeps what is lost stays lost: they are what the stories end alike by."""
    for name in ("POLL_PAYMENT_EVERY", "POLL_PAYOUT_EVERY", "POLL_REFUND_EVERY"):
        monkeypatch.setattr(timers, name, getattr(timers, name) * 10_000)
    expected = told("refund_while_held").said

    failures = [trouble(Telling(story="refund_while_held", seed=seed), expected)[0] for seed in range(6)]

    assert any("it never came to pass" in failure for failure in failures)


@pytest.mark.parametrize("story", ["dispute_won", "dispute_lost_after_payout"])
def test_a_dispute_of_which_not_one_message_comes_is_found_by_who_asks(story: str) -> None:
    expected = told(story).said

    alone = told(story, silent=True)

    assert alone.lost > 0
    assert (alone.wrong, differences(expected, alone.said)) == ([], [])


def test_without_asking_such_a_dispute_is_never_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop, "NEWS_EVERY", shop.NEWS_EVERY * 1_000_000)

    with pytest.raises(AssertionError, match="it never came to pass"):
        told("dispute_lost", silent=True)


def test_the_same_seed_is_the_same_telling() -> None:
    first, second = (told("sale", random.Random(5)) for _ in range(2))

    assert first == second
