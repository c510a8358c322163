"""Tell a row that exists already from every other broken constraint."""

from sqlalchemy.exc import IntegrityError

_SQLITE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_POSTGRESQL = "23505"  # unique_violation


def is_duplicate(failure: IntegrityError) -> bool:
    """Tell whether a unique or primary key was broken: somebody else was first. Anything else is a bug of ours."""
    cause = failure.orig
    return getattr(cause, "sqlite_errorname", None) in _SQLITE or getattr(cause, "sqlstate", None) == _POSTGRESQL
