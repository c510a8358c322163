"""The conformance kit has teeth: every adapter that is broken on purpose fails on the rule that it breaks."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
BROKEN: Final = Path(__file__).with_name("broken.py")
RULES: Final = {
    "TestForgetfulOfKeys": "test_the_same_key_opens_one_payment",
    "TestInsideOfTransactions": "test_nothing_is_asked_while_a_transaction_is_open",
    "TestSaysNoToWhatWasPaid": "test_cancelling_what_was_paid_answers_with_the_paid_payment",
    "TestPromisesRefunds": "test_more_than_remains_is_refused_whether_the_rest_has_gone_or_is_on_its_way",
    "TestReadsOnePage": "test_every_payment_is_told_in_pages_with_its_fee",
    "TestNamesAnew": "test_one_thing_has_one_name_however_often_and_from_when_it_is_asked",
    "TestBelievesEverybody": "test_a_message_without_a_signature_is_refused",
    "TestKeepsWhatWasRemoved": "test_what_was_removed_is_not_found",
}
"""Which rule each of them breaks."""
_FAILED: Final = re.compile(r"^FAILED \S+::(\w+)::(\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def failed() -> dict[str, set[str]]:
    """Run the kit on all of them; return which of its tests failed."""
    command = (sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", BROKEN)
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    found: dict[str, set[str]] = {}
    for adapter, test in _FAILED.findall(ran.stdout):
        found.setdefault(adapter, set()).add(test)
    return found


def test_all_of_them_are_found_out_and_no_others(failed: dict[str, set[str]]) -> None:
    assert failed.keys() == RULES.keys()


@pytest.mark.parametrize("adapter", RULES)
def test_what_is_broken_fails_on_the_rule_that_it_breaks(adapter: str, failed: dict[str, set[str]]) -> None:
    assert RULES[adapter] in failed[adapter]


@pytest.mark.parametrize("adapter", RULES)
def test_what_else_it_does_passes(adapter: str, failed: dict[str, set[str]]) -> None:
    assert len(failed[adapter]) <= 4, "a kit that fails as a whole does not say what is wrong"
