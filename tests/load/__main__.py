"""``python -m tests.load [WORKERS] [TIMES] [PROCESSES] [DATABASE]``: many at once on one database.

The last line says the figures; the database is ``sqlite`` or ``postgresql``.

The exit code is 1 if the audit of the books, the comparison with the provider's, or a refusal says that something was
let through.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.databases import a_server, folders_on_postgres
from tests.load.run import run


def main(workers: int = 64, times: int = 200, processes: int = 4, database: str = "sqlite") -> int:
    """Run it and print the figures."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        if database == "postgresql":
            server = stack.enter_context(a_server(f"load{os.getpid()}"))
            stack.enter_context(folders_on_postgres(server))(Path(folder))
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
    sys.exit(main(*(int(word) if word.isdecimal() else word for word in sys.argv[1:])))  # type: ignore[arg-type]
