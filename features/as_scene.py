"""Collects the one feature file that `marketplace simulate --feature` names, through the core's own door only."""

import os

import pytest
from pytest_bdd import scenarios

pytest_plugins = ("features.telling",)
scenarios(os.environ["MARKETPLACE_SCENE"])


@pytest.fixture(autouse=True)
def _core_only(request: pytest.FixtureRequest) -> None:
    """The other doors are left out when scenarios are collected (`features.telling`); none comes here."""
    assert request.node.callspec.params["driver"] == "core"
