"""What the README promises is there, and what is there is in the README."""

import re
from pathlib import Path

import marketplace_adapters.fakepay.provider as package
from marketplace_adapters.fakepay.provider.cards import TEST_CARDS
from marketplace_adapters.fakepay.provider.faults import FAULTS
from marketplace_adapters.fakepay.provider.operations import NAMES
from marketplace_adapters.fakepay.provider.script_operations import FOR_TESTS
from marketplace_adapters.fakepay.provider.terms import TERM_NAMES
from marketplace_adapters.fakepay.provider.webhook_rules import BEHAVIOURS

README = (Path(package.__path__[0]) / "README.md").read_text()


def test_every_card_fault_behaviour_and_term_is_explained() -> None:
    numbers = {number.replace(" ", "") for number in re.findall(r"(?:\d{4} ){3}\d{4}", README)}
    words = set(re.findall(r"`(\w+)`", README))

    assert numbers == set(TEST_CARDS)
    assert set(FAULTS) | set(BEHAVIOURS) | TERM_NAMES <= words


def test_every_scripted_call_is_listed_and_every_listed_one_exists() -> None:
    there = {path for _, path, _ in FOR_TESTS}
    listed = {match.rstrip("`") for match in re.findall(r"/test/[\w/{}]+", README)}
    beside = {"/test/accounts/{id}/reject"}  # written as ` · /reject`

    assert there - listed == beside
    assert listed <= there


def test_the_operations_it_names_are_operations() -> None:
    (sentence,) = re.findall(r"`operation` is the name of a route's function:\n(.*)", README)

    assert set(re.findall(r"`(\w+)`", sentence)) <= NAMES
