"""Modules stay small, names say what things are, and the core needs nothing but attrs (ADR 0001, 0008)."""

import ast
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Final

from tests.architecture.commands import printed_by
from tests.architecture.source_tree import CONTEXTS, PACKAGES, ROOT, imports, place, python_files, tree

LINES_MAX: Final = 400
CORE: Final = PACKAGES["marketplace_core"]
TEST_KIT_NEEDS: Final = {"pytest", "hypothesis"}
FORBIDDEN_MODULE_NAMES: Final = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
FORBIDDEN_CLASS_NAME: Final = re.compile(r"(Abstract|Base)[A-Z]\w*|I[A-Z][a-z]\w*|\w*(Impl|Manager|Helper|Utils?)")
PRIVATE: Final = re.compile(rf"marketplace_core\.(?:{'|'.join(CONTEXTS)})\.(domain|handlers|queries|usecases)\b")
REBUILT_FROM: Final = {"domain", "queries"}
BESIDE: Final = tuple(ROOT / name for name in ("tests", "features", "examples", "proto", "benchmarks"))


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in python_files(*PACKAGES.values(), *BESIDE)}

    too_long = [f"{place(path)} has {lines} lines" for path, lines in lengths.items() if lines > LINES_MAX]

    assert len(lengths) > 50
    assert too_long == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{place(path, node)} imports {name}"
        for path in python_files(*PACKAGES.values(), *BESIDE)
        for name, node in imports(path)
        if name[0] == "."
    ]

    assert relative == []


def test_imports_stand_at_the_top() -> None:
    buried = [
        f"{place(path, node)} imports inside {function.name}"
        for path in python_files(*PACKAGES.values())
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert buried == []


def test_the_core_imports_the_standard_library_and_attrs_and_nothing_else() -> None:
    allowed = sys.stdlib_module_names | {"attr", "attrs", "marketplace_core"}

    foreign = [
        f"{place(path, node)} imports {name}"
        for path in python_files(CORE)
        for name, node in imports(path)
        if (top := name.partition(".")[0]) not in allowed
        and not (top in TEST_KIT_NEEDS and path.is_relative_to(CORE / "testing"))
    ]

    assert foreign == []


def test_from_outside_a_context_only_its_face_or_its_ports_are_imported() -> None:
    inside = {path for context in CONTEXTS for path in python_files(CORE / context)}
    outside = [path for path in python_files(*PACKAGES.values()) if path not in inside]

    reaching = [
        f"{place(path, node)} imports {name}"
        for path in outside
        for name, node in imports(path)
        if (room := PRIVATE.match(name)) and not (room.group(1) in REBUILT_FROM and rebuilds_aggregates(path))
    ]

    assert len(outside) > 50
    assert reaching == []


def rebuilds_aggregates(path: Path) -> bool:
    """Tell whether a file belongs to a storage or to its proof, which must know what an aggregate consists of."""
    folders = (CORE / "inmemory", CORE / "testing", PACKAGES["marketplace_adapters"] / "sqlalchemy")
    return any(path.is_relative_to(folder) for folder in folders)


def test_nothing_is_named_after_what_it_is_made_of() -> None:
    files = python_files(*PACKAGES.values())

    module_names = [place(path) for path in files if path.stem in FORBIDDEN_MODULE_NAMES]
    class_names = [
        f"{place(path, node)} {node.name}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASS_NAME.fullmatch(node.name)
    ]

    assert module_names == []
    assert class_names == []


IMPORT_EVERYTHING: Final = """
import json, logging, sys, threading
from tests.architecture.source_tree import PACKAGES, modules
for package in PACKAGES:
    modules(package)
print(json.dumps([sorted(sys.modules), threading.active_count(), len(logging.getLogger().handlers)]))
"""


@cache
def everything_imported() -> tuple[list[str], int, int]:
    """Import all in a process of its own; return the modules there are, the threads, and the handlers of logs."""
    modules, threads, handlers = json.loads(printed_by(sys.executable, "-c", IMPORT_EVERYTHING, cwd=ROOT))
    return modules, threads, handlers


def test_no_module_is_imported_a_second_time_under_the_name_of_its_folder() -> None:
    # The editable install of the core puts src/ on the path, where `import adapters` succeeds silently.
    imported, _, _ = everything_imported()

    doubled = [name for name in imported if name.partition(".")[0] in {"adapters", "contracts", "entrypoints", "src"}]
    assert "marketplace_core.app" in imported
    assert doubled == []


def test_importing_everything_starts_no_thread_and_configures_no_logger() -> None:
    _, threads, handlers = everything_imported()

    assert threads == 1
    assert handlers == 0
