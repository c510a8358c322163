"""The example of a payment adapter: held against the kit, chosen by its name, and a marketplace lives on it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.commands import printed_by
from tests.architecture.source_tree import ROOT
from tests.examples.conftest import checked, kit_of

pytestmark = pytest.mark.packaging
TWO_SELLERS: Final = (
    "features/test_features.py::test_the_buyers_confirmation_releases_one_sellers_part_and_no_other[cli]"
)


@pytest.fixture(scope="module")
def site(install: Callable[[str], Path]) -> Path:
    """The example, installed."""
    return install("payment_roll")


def test_the_kit_is_its_test_suite(site: Path) -> None:
    assert " passed" in kit_of("payment_roll", site)


def test_it_is_chosen_by_its_name_and_has_all_that_a_payment_provider_may_have(site: Path, tmp_path: Path) -> None:
    code, found = checked(site=site, data=tmp_path, MARKETPLACE_PAYMENT_PROVIDER="roll")

    ours = found["payment_provider"]
    assert (code, ours["name"], ours["fine"]) == (0, "roll", True)
    assert not ours["lacks"]
    assert not ours["could_have"]


def test_a_buyer_pays_two_sellers_through_it_and_confirms(site: Path) -> None:
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TWO_SELLERS)

    told = printed_by(*command, cwd=ROOT, PYTHONPATH=str(site), MARKETPLACE_PAYMENT_PROVIDER="roll")

    assert "1 passed" in told
