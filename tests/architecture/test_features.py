"""Every feature file runs through every door, by steps that are really waited for (ADR 0015)."""

import ast
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import ROOT, base_names, dotted, place, python_files, tree

FEATURES: Final = ROOT / "features"
STEPS: Final = {"given", "when", "then", "step"}
CONFTEST: Final = FEATURES / "conftest.py"
DOORS: Final = {"core", "http", "cli"}


def decorated_with(node: ast.FunctionDef | ast.AsyncFunctionDef, names: set[str]) -> bool:
    """Tell whether a function carries a decorator of one of these names."""
    calls = (each.func if isinstance(each, ast.Call) else each for each in node.decorator_list)
    return any(dotted(call).rpartition(".")[2] in names for call in calls)


def driver_fixture() -> dict[str, ast.expr]:
    """Return the options with which the fixture `driver` is declared."""
    (declared,) = (
        decorator
        for node in tree(CONFTEST).body
        if isinstance(node, ast.FunctionDef) and node.name == "driver"
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and dotted(decorator.func).endswith("fixture")
    )
    return {option.arg: option.value for option in declared.keywords if option.arg}


def doors() -> list[str]:
    """Return the doors that the fixture `driver` goes through."""
    params = driver_fixture()["params"]
    for node in tree(CONFTEST).body:
        if isinstance(node, ast.AnnAssign) and node.value is not None and dotted(node.target) == dotted(params):
            params = node.value
    listed = params.keys if isinstance(params, ast.Dict) else getattr(params, "elts", [])
    return [ast.literal_eval(each) for each in listed if each is not None]


def test_every_feature_runs_through_every_door() -> None:
    assert ast.unparse(driver_fixture()["autouse"]) == "True"
    assert set(doors()) >= DOORS


def test_there_are_as_many_drivers_as_doors() -> None:
    drivers = [
        node.name
        for path in python_files(FEATURES / "drivers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Driver") and "Protocol" not in base_names(node)
    ]

    assert len(drivers) >= len(DOORS)


def test_every_feature_file_is_run() -> None:
    collected = {
        found
        for path in python_files(FEATURES)
        if path.name.startswith("test_")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func).endswith("scenarios")
        for argument in node.args
        for found in feature_files(path.parent / ast.literal_eval(argument))
    }

    forgotten = [path.name for path in FEATURES.rglob("*.feature") if path.resolve() not in collected]

    assert collected != set()
    assert forgotten == []


def feature_files(place_named: Path) -> list[Path]:
    """Return the feature files that a file or a folder stands for."""
    found = place_named.rglob("*.feature") if place_named.is_dir() else [place_named]
    return [path.resolve() for path in found]


def test_no_step_is_a_coroutine() -> None:
    # pytest-bdd calls a step and drops what it returns; a coroutine would never run and the scenario would pass.
    coroutines = [
        place(path, node)
        for path in python_files(FEATURES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef) and decorated_with(node, STEPS)
    ]

    assert coroutines == []
