"""``python -m tests.load [WORKERS] [TIMES] [PROCESSES]``: many at once on one database; the last line says the figures.

The exit code is 1 if the audit of the books, the comparison with the provider's, or a refusal says that something was
let through.
"""

import sys
import tempfile
from pathlib import Path

from tests.load.run import run


def main(workers: int = 64, times: int = 200, processes: int = 4) -> int:
    """Run it and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), workers=workers, times=times, processes=processes)
    for what, number in sorted(figures.done.items()):
        print(f"{number:7} {what}")
    for code, number in sorted(figures.refused.items()):
        print(f"{number:7} refused: {code}")
    for violation in figures.violations:
        print(f"VIOLATION {violation}")
    print(figures)
    return 1 if figures.violations else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
