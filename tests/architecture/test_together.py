"""Tests that share something dear run in one process, and nothing else has to wait for them."""

from tests.architecture.source_tree import ROOT
from tests.together import SHARE_A_MARKETPLACE, scope


def test_modules_of_a_folder_that_shares_a_marketplace_run_together_but_for_those_that_bring_their_own() -> None:
    for folder, on_their_own in SHARE_A_MARKETPLACE:
        modules = {path.name for path in (ROOT / folder).glob("test_*.py")}

        scopes = {module: scope(f"{folder}{module}::test_it[one::two]") for module in modules}

        assert on_their_own < modules
        assert {module for module, name in scopes.items() if name != folder} == on_their_own
        assert {scopes[module] for module in on_their_own} == {f"{folder}{module}" for module in on_their_own}


def test_a_module_runs_together_and_a_scenario_by_itself() -> None:
    paths = ["tests/core/cart/test_cart.py", "tests/entrypoints/http/test_cart.py"]

    assert [scope(f"{path}::TestCart::test_it") for path in paths] == paths
    assert scope("features/test_features.py::test_it[http]") == "features/test_features.py::test_it[http]"
