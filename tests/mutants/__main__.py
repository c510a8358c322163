"""Hunt every mutant and say what became of each; the last line has the figures. Ends with 1 if one is alive."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.hunt import PASSED, Fate, Ground, Hunted
from tests.mutants.mutant import Mutant, mutants

GROUNDS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt them, side by side on two copies of the sources."""
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("only", nargs="*", help="parts of the names of those to hunt; all if none is given")
    only = parser.parse_args(arguments).only
    chosen = [one for one in mutants() if not only or any(part in one.name for part in only)]
    fates: Counter[Fate] = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(GROUNDS) as pool:
        grounds: SimpleQueue[Ground] = SimpleQueue()
        for number in range(GROUNDS):
            grounds.put(Ground(folder=Path(folder) / str(number)))
        with _borrowed(grounds) as ground:
            ended, printed = ground.run(sorted({one.killed_by for one in chosen if one.killed_by}))
            if ended != PASSED:
                print(f"Without any mutant the tests do not pass:\n{printed}")
                return 1

        def hunt(mutant: Mutant) -> Hunted:
            with _borrowed(grounds) as ground:
                return ground.hunt(mutant)

        for number, hunted in enumerate(pool.map(hunt, chosen), start=1):
            fates[hunted.fate] += 1
            said = hunted.mutant.survives_because or hunted.mutant.killed_by
            print(f"{number:3}  {hunted.fate.value:8}{hunted.mutant.name:44}{said}", flush=True)
            if hunted.fate is Fate.ALIVE:
                print(hunted.printed)
    print(
        f"{len(chosen)} mutants, {fates[Fate.KILLED]} killed, {fates[Fate.EXCUSED]} excused, {fates[Fate.ALIVE]} alive"
    )
    return 1 if fates[Fate.ALIVE] or not chosen else 0


@contextmanager
def _borrowed(grounds: "SimpleQueue[Ground]") -> Iterator[Ground]:
    ground = grounds.get()
    try:
        yield ground
    finally:
        grounds.put(ground)


if __name__ == "__main__":
    sys.exit(main())
