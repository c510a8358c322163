"""What keeps failing is left alone for a while, and tried by one."""

from marketplace_adapters.meilisearch.breaker import Breaker


class Hand:
    """A clock."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def failing(times: int) -> tuple[Breaker, Hand]:
    hand = Hand()
    breaker = Breaker(3, 5.0, hand)
    for _ in range(times):
        assert breaker.lets()
        breaker.failed()
    return breaker, hand


def test_it_lets_calls_through_until_so_many_failed_in_a_row() -> None:
    assert failing(2)[0].lets()
    assert not failing(3)[0].lets()


def test_a_success_begins_the_count_again() -> None:
    breaker, _ = failing(2)
    breaker.went_well()
    for _ in range(2):
        breaker.failed()

    assert breaker.lets()


def test_after_its_rest_one_may_try_and_the_others_wait_for_how_that_ends() -> None:
    breaker, hand = failing(3)
    hand.now = 4.9
    assert not breaker.lets()
    hand.now = 5.0

    assert [breaker.lets() for _ in range(3)] == [True, False, False]
    breaker.failed()
    hand.now = 9.9
    assert not breaker.lets()
    hand.now = 10.0
    assert breaker.lets()
    breaker.went_well()
    assert [breaker.lets() for _ in range(3)] == [True, True, True]


def test_one_who_tried_and_was_cancelled_lets_another_try() -> None:
    breaker, hand = failing(3)
    hand.now = 5.0
    assert breaker.lets()
    breaker.gave_up()

    assert breaker.lets()
