"""Write the present definitions beside a revision.

``python -m marketplace_adapters.sqlalchemy.migrations.draft r0018_events outbox streams``

Without names it writes all of them, for a first or a squashed revision. With names it writes the tables so named, with
their indexes and the triggers and views that speak of them first, for both databases; take out what is there already.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from marketplace_adapters.sqlalchemy.tables import definitions

BETWEEN = "\n--;\n"
DIALECTS: Sequence[Dialect] = (sqlite.dialect(), postgresql.dialect())  # type: ignore[no-untyped-call]
_OF = re.compile(r"(?:TABLE|ON|FROM|VIEW)\s+(?:IF NOT EXISTS )?(\w+)")


def drafted(dialect: Dialect, names: Sequence[str] = ()) -> str:
    """Return the definitions, all of them or those of some tables and views."""
    made = definitions(dialect)
    wanted = [one for one in made if not names or (set(_OF.findall(one)[:2]) & set(names))]
    return BETWEEN.join(re.sub(r"[ \t]+$", "", one, flags=re.MULTILINE) for one in wanted) + "\n"


def main(revision: str, *names: str) -> None:
    """Write ``versions/<revision>.<database>.sql``."""
    for dialect in DIALECTS:
        target = Path(__file__).parent / "versions" / f"{revision}.{dialect.name}.sql"
        target.write_text(drafted(dialect, names), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
