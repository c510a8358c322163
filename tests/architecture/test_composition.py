"""One file assembles, and it does nothing but assemble (ADR 0010)."""

import ast
from typing import Final

from tests.architecture.source_tree import PACKAGES, dotted, imports, place, python_files, tree

CONTAINER: Final = PACKAGES["marketplace_entrypoints"] / "composition" / "container.py"
FORBIDDEN_PARTS: Final = {"Resource", "Closing", "inject", "wire", "WiringConfiguration", "Provide"}


def test_the_container_is_built_with_dependency_injector() -> None:
    assert any(name.startswith("dependency_injector") for name, _ in imports(CONTAINER))


def test_the_container_neither_wires_nor_opens() -> None:
    used = [
        f"{place(CONTAINER, node)} uses {dotted(node)}"
        for node in ast.walk(tree(CONTAINER))
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node).rpartition(".")[2] in FORBIDDEN_PARTS
    ]
    waits = [
        place(CONTAINER, node)
        for node in ast.walk(tree(CONTAINER))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncWith)
    ]

    assert used == []
    assert waits == []


def test_no_other_file_knows_the_container_library() -> None:
    knowing = [
        f"{place(path, node)} imports {name}"
        for path in python_files(*PACKAGES.values())
        if path != CONTAINER
        for name, node in imports(path)
        if name.startswith("dependency_injector")
    ]

    assert knowing == []
