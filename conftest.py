"""What every test folder shares: readable assertions from the published kit, and its marker."""

import pytest

KIT = "marketplace_core.testing.conformance"

pytest.register_assert_rewrite("marketplace_core.testing", "features", "tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever runs a conformance class, so that `-m conformance` finds it wherever it stands."""
    for item in items:
        test_class = getattr(item, "cls", None)
        if test_class is not None and any(base.__module__.startswith(KIT) for base in test_class.__mro__):
            item.add_marker("conformance")
