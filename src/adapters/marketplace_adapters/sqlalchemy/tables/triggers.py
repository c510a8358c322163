"""What the tables refuse: triggers of SQLite, attached to the table that they guard."""

from typing import Final

from sqlalchemy import DDL, Table, event

ALWAYS: Final = "1"


def refusing(name: str, when: str, message: str, condition: str = ALWAYS) -> str:
    """Return the statement of a trigger that refuses what happens ``when`` the condition holds, saying the message."""
    return f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{message}') WHERE {condition}; END"


def attach(table: Table, *statements: str) -> None:
    """Run such statements whenever the table is made on SQLite."""
    for statement in statements:
        ddl: DDL = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl.execute_if(dialect="sqlite"))
