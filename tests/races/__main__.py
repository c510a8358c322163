"""``python -m tests.races [TIMES] [WORD] [DATABASE]``: race for every limit so many times.

With a word, for those that have it in their name; the database is ``sqlite`` or ``postgresql``. The last line says how
many races were run and how many were lost; the exit code is 1 if any was.
"""

import os
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from marketplace_entrypoints.logs import log_as_json
from tests.databases import a_server, folders_on_postgres
from tests.entrypoints.running.processes import Running
from tests.races.ground import open_ground
from tests.races.limits import LIMITS


def main(times: int = 10, word: str = "", database: str = "sqlite") -> int:
    """Run them and print the figures."""
    log_as_json("error")
    began, run, lost = time.monotonic(), 0, 0
    chosen = [limit for limit in LIMITS if word in limit.resource]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        if database == "postgresql":
            server = stack.enter_context(a_server(f"races{os.getpid()}"))
            stack.enter_context(folders_on_postgres(server))(Path(folder) / "data")
        running = Running(Path(folder))
        try:
            with open_ground(running) as ground:
                for limit in chosen:
                    failures = 0
                    for _ in range(times):
                        run += 1
                        try:
                            limit.race(ground)
                        except Exception:  # noqa: BLE001 - whatever it is, the race is lost
                            failures += 1
                            traceback.print_exc(limit=-2)
                    lost += failures
                    print(
                        f"{times - failures:4} of {times} {limit.resource}: {limit.promise} ({limit.guard})", flush=True
                    )
        finally:
            running.close()
    print(f"{database}: {len(chosen)} limits, {run} races, {lost} lost, {time.monotonic() - began:.0f} s")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) if word.isdecimal() else word for word in sys.argv[1:])))  # type: ignore[arg-type]
