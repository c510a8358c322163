"""``python -m tests.bazaar [EXAMPLES] [STEPS] [SEED]``: the marketplace's machine for as long as one likes.

The last line says what was done; the exit code is 1 if anything that must hold did not.
"""

import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bazaar.machine import Marketplace


def main(examples: int = 200, steps: int = 60, chosen: int = 1) -> int:
    """Run it and print the figures."""
    began = time.monotonic()
    profile = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.normal,
        print_blob=False,
    )
    failure: BaseException | None = None
    try:
        run_state_machine_as_test(seed(chosen)(Marketplace), settings=profile)
    except Exception as found:  # noqa: BLE001 - whatever it is, it is a violation, and the figures come all the same
        failure = found
        traceback.print_exception(found, limit=-3)
    done = Marketplace.done
    for what, times in sorted(done.items()):
        print(f"{times:7} {what}")
    steps_done = sum(times for what, times in done.items() if not what.startswith("refused:"))
    seconds = time.monotonic() - began
    print(
        f"{examples} examples × {steps} steps, seed {chosen}: {steps_done} deeds, {len(Marketplace.journals)} kinds of"
        f" journals, {0 if failure is None else 1} violations, {seconds:.0f} s"
    )
    return 0 if failure is None else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
