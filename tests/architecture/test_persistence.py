"""SQL is written, not mapped, and short SQLite statements run in the event loop (ADR 0009)."""

import ast
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from marketplace_adapters.sqlalchemy.migrations import versions
from tests.architecture.source_tree import PACKAGES, dotted, imports, place, python_files, tree

SQL: Final = PACKAGES["marketplace_adapters"] / "sqlalchemy"
INEXACT: Final = {"Float", "Double", "Numeric", "DECIMAL", "REAL"}
THREADS: Final = {"to_thread", "run_in_executor", "run_sync"}


def test_the_object_mapper_is_not_used() -> None:
    mapped = [
        f"{place(path, node)} imports {name}"
        for path in python_files(*PACKAGES.values())
        for name, node in imports(path)
        if name.startswith(("sqlalchemy.orm", "sqlalchemy.ext.declarative", "sqlmodel"))
    ]

    assert python_files(SQL) != []
    assert mapped == []


def test_sqlite_is_spoken_to_without_a_thread_in_between() -> None:
    files = [path for path in python_files(SQL) if path.name != "postgresql.py"]

    drivers = [
        f"{place(path, node)} imports {name}"
        for path in files
        for name, node in imports(path)
        if name.partition(".")[0] in {"aiosqlite", "threading", "concurrent"}
    ]
    hops = [
        f"{place(path, node)} calls {dotted(node.func)}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in THREADS
    ]

    assert drivers == []
    assert hops == []


SPEAK_ONE_LANGUAGE: Final = {"draft.py", "postgresql.py", "search_words.py", "statements.py", "types.py"}


def test_stores_say_what_both_databases_understand() -> None:

    dialects = [
        f"{place(path, node)} imports {name}"
        for path in python_files(SQL)
        for name, node in imports(path)
        if name.startswith("sqlalchemy.dialects") and path.name not in SPEAK_ONE_LANGUAGE
    ]

    assert dialects == []


def test_tables_keep_amounts_as_integers() -> None:
    inexact = [
        f"{place(path, node)} uses {dotted(node)}"
        for path in python_files(SQL)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name | ast.Attribute)
        and dotted(node).rpartition(".")[2] in {"Float", "Numeric", "DECIMAL"}
    ]

    assert inexact == []


def test_every_revision_but_the_last_is_followed_by_exactly_one() -> None:
    found = [import_module(f"{versions.__name__}.{module.name}") for module in iter_modules(versions.__path__)]
    follows = Counter(module.down_revision for module in found if hasattr(module, "down_revision"))

    assert len(found) > 5
    assert [revision for revision, times in follows.items() if times > 1] == []
