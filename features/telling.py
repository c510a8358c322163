"""Tells scenarios while they are played: each step with what it booked. For `marketplace simulate --feature`."""

import json
import os
from typing import Any

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from features.drivers.core import CoreDriver


class Teller:
    """Writes lines as they come, or one JSON document at the end; nothing of either depends on the hour."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.scenarios: list[dict[str, Any]] = []

    def begins(self, feature: str, scenario: str) -> None:
        """Begin a scenario."""
        self.scenarios.append({"feature": feature, "scenario": scenario, "holds": True, "steps": []})
        self._say(f"\n{feature}: {scenario}\n")

    def did(self, step: str, booked: list[str]) -> None:
        """Tell a step that went as written, with what has been booked since the one before."""
        self.scenarios[-1]["steps"].append({"says": step, "booked": booked})
        self._say(f"  {step}")
        for line in booked:
            self._say(f"      {line}")

    def failed(self, step: str, why: str) -> None:
        """Tell a step that did not."""
        self.scenarios[-1]["holds"] = False
        self.scenarios[-1]["steps"].append({"says": step, "failed": why})
        self._say(f"  ✗ {step}\n      {why}")

    def ends(self, violations: list[str]) -> None:
        """End a scenario with the audit of its books."""
        self.scenarios[-1]["violations"] = violations
        self._say(f"  audit: {violations or 'nothing found'}")

    def close(self) -> None:
        """Write the document, if it is to be one."""
        if self.as_json:
            print(json.dumps(self.scenarios, ensure_ascii=False, indent=2))

    def _say(self, line: str) -> None:
        if not self.as_json:
            print(line)


teller = Teller(as_json=bool(os.environ.get("MARKETPLACE_SCENE_JSON")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the other doors out."""
    items[:] = [item for item in items if getattr(item, "callspec").params.get("driver") == "core"]  # noqa: B009


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
    """Begin to tell it."""
    teller.begins(feature.name, scenario.name)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Tell what a step did."""
    driver: CoreDriver = request.getfixturevalue("driver")
    teller.did(f"{step.keyword} {step.name}", driver.newly_booked())


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step, exception: Exception) -> None:
    """Tell that it did not hold."""
    teller.failed(f"{step.keyword} {step.name}", f"{type(exception).__name__}: {exception}".splitlines()[0])


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Audit the books."""
    driver: CoreDriver = request.getfixturevalue("driver")
    teller.ends(driver.violations())


def pytest_sessionfinish() -> None:
    """Write what is left to write."""
    teller.close()
