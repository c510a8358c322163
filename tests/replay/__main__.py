"""Tell orders' stories again and again with an unreliable postman, and see that they end alike: ``./dev replay``.

Each story is told once undisturbed. Then the messages of the provider come late, in another order, more than once
(under the same name and under another) or never, by a seed of their own each time; at every fifth seed none comes at
all. What is lost, the sweeps find, and who asks the provider every hour what happened there. In the end the books, the
provider's books, stock and mails must be what they were undisturbed.
"""

import argparse
import asyncio
import random
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import get_context
from typing import Any, Final

from attrs import frozen

from tests.replay.shop import Shop, open_shop
from tests.replay.stories import LONG_ENOUGH, STORIES

PROCESSES: Final = 2
PERMUTATIONS: Final = 2_000
SILENT_EVERY: Final = 5
"""At how many seeds not one message arrives."""
TOLD_EVERY: Final = 100
Said = Mapping[str, Sequence[str]]


@frozen(kw_only=True)
class Telling:
    """One permutation."""

    story: str
    seed: int


@frozen(kw_only=True)
class Outcome:
    """How a telling ended: what was said in the end, what was wrong, and how much was lost and repeated."""

    said: Said
    wrong: Sequence[str]
    lost: int
    copies: int


async def _told(story: str, chance: random.Random | None, *, silent: bool) -> Outcome:
    shop = open_shop(None)
    await shop.furnish()
    shop.postman.chance, shop.postman.gone = chance, silent
    await STORIES[story](shop)
    await _rest(shop)
    return Outcome(said=await shop.says(), wrong=await shop.wrong(), lost=shop.postman.lost, copies=shop.postman.copies)


async def _rest(shop: Shop) -> None:
    """Let the sweeps find what was lost."""
    end = shop.clock.now() + LONG_ENOUGH
    while shop.clock.now() < end:
        await shop.pass_time(LONG_ENOUGH / 10)
    await shop.settle(last=True)
    await shop.settle(last=True)


def told(story: str, chance: random.Random | None = None, *, silent: bool = False) -> Outcome:
    """Tell a story; without ``chance`` undisturbed, ``silent`` if the provider tells nothing of it."""
    return asyncio.run(_told(story, chance, silent=silent))


def differences(expected: Said, said: Said) -> list[str]:
    """Return in what two ends differ."""
    return [f"{name}: {said[name]}, expected {expected[name]}" for name in expected if said[name] != expected[name]]


def trouble(one: Telling, expected: Said) -> tuple[str, int, int]:
    """Tell a story; return what was wrong with its end (or nothing), how much was lost, and how much repeated."""
    try:
        chance = random.Random(f"{one.story} {one.seed}")
        outcome = told(one.story, chance, silent=one.seed % SILENT_EVERY == 0)
    except Exception:  # noqa: BLE001 - whatever it was, it is told with its seed
        return f"{one.story} with seed {one.seed}: {traceback.format_exc()}", 0, 0
    found = [*outcome.wrong, *differences(expected, outcome.said)]
    return f"{one.story} with seed {one.seed}: " + "; ".join(found) if found else "", outcome.lost, outcome.copies


def shuffled(tellings: Sequence[Telling], ends: Mapping[str, Said]) -> Iterator[tuple[str, int, int]]:
    """Tell them in several processes; yield what was wrong with each, as they end."""
    context = get_context("fork")
    results: Any = context.SimpleQueue()

    def some(first: int) -> None:
        for one in tellings[first::PROCESSES]:
            results.put(trouble(one, ends[one.story]))

    processes = [context.Process(target=some, args=(first,)) for first in range(PROCESSES)]
    for process in processes:
        process.start()
    for _ in tellings:
        yield results.get()
    for process in processes:
        process.join()


def replay(permutations: int, first_seed: int) -> int:
    """Run it all; return the exit code."""
    started, wrong, lost, copies = time.monotonic(), 0, 0, 0
    ends = {}
    for story in STORIES:
        outcome = told(story)
        assert not outcome.wrong, f"{story}, undisturbed: {outcome.wrong}"
        ends[story] = outcome.said
    names = list(STORIES)
    tellings = [
        Telling(story=names[number % len(names)], seed=first_seed + number // len(names))
        for number in range(permutations)
    ]
    for number, (failure, missing, again) in enumerate(shuffled(tellings, ends), 1):
        lost, copies = lost + missing, copies + again
        if failure:
            wrong += 1
            print(f"\nANOTHER END: {failure}\n", flush=True)
        if number % TOLD_EVERY == 0 or number == permutations:
            print(f"{number} of {permutations} after {time.monotonic() - started:.0f} s", flush=True)
    print(f"{lost} messages lost, {copies} repeated")
    print(f"{permutations} permutations, {permutations - wrong} ended alike")
    return 1 if wrong else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./dev replay", description=__doc__)
    parser.add_argument("--permutations", type=int, default=PERMUTATIONS)
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    chosen = parser.parse_args()
    return replay(chosen.permutations, chosen.seed)


if __name__ == "__main__":
    sys.exit(main())
