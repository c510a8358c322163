"""Write the present definitions beside a revision.

``python -m marketplace_adapters.sqlalchemy.migrations.draft r0001_first``

For a first or a squashed revision only; any other one says by hand what it changes.
"""

import sys
from pathlib import Path

from sqlalchemy.dialects import sqlite

from marketplace_adapters.sqlalchemy.tables import definitions


def main(revision: str) -> None:
    """Write ``versions/<revision>.sqlite.sql``."""
    target = Path(__file__).parent / "versions" / f"{revision}.sqlite.sql"
    target.write_text("\n--;\n".join(definitions(sqlite.dialect())), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
