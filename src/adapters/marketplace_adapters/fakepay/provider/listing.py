"""Pages of things, oldest first. The cursor is the id of the last thing seen."""

import sqlite3
from collections.abc import Callable, Mapping

from attrs import frozen

from marketplace_adapters.fakepay.provider.refusals import invalid

LIMIT_DEFAULT = 50
LIMIT_MAX = 100


@frozen
class Page:
    """Hold some things, and whether there are more after them."""

    data: tuple[dict[str, object], ...]
    has_more: bool

    def body(self) -> dict[str, object]:
        """Return the JSON body of the page."""
        return {"object": "list", "data": list(self.data), "has_more": self.has_more}


def page(
    db: sqlite3.Connection,
    *,
    source: str,
    conditions: Mapping[str, str | int | None],
    after: str | None,
    limit: int,
    describe: Callable[[sqlite3.Row], dict[str, object]],
    cursor_table: str | None = None,
) -> Page:
    """Select from `source` in the order of `seq`; `conditions` are SQL terms with the value of their `?`, if any.

    `source`, `cursor_table` and the terms are our own SQL, never what a caller sent. Raises Refusal: invalid_cursor.
    """
    since = 0
    if after is not None:
        row = db.execute(f"SELECT seq FROM {cursor_table or source} WHERE id = ?", (after,)).fetchone()  # noqa: S608
        if row is None:
            raise invalid("invalid_cursor", "The cursor names nothing in this list.")
        since = row["seq"]
    where = " AND ".join(("seq > ?", *conditions))
    values = [value for value in conditions.values() if value is not None]
    statement = f"SELECT * FROM {source} WHERE {where} ORDER BY seq LIMIT ?"  # noqa: S608
    rows = db.execute(statement, (since, *values, limit + 1)).fetchall()
    return Page(tuple(describe(row) for row in rows[:limit]), len(rows) > limit)
