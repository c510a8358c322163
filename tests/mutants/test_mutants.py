"""The seeded faults fit the code of today, name tests that exist, and a hunt tells a caught one from one that lives."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from tests.mutants.hunt import Fate, Ground
from tests.mutants.mutant import ROOT, Mutant, mutants

MUTANTS_MIN: Final = 40
HUNTED: Final = ("refunds/another-key-per-try", "payouts/transfer-again")


def test_there_are_enough_and_each_has_its_name_and_its_killer_or_its_excuse() -> None:
    every = mutants()

    assert len(every) >= MUTANTS_MIN
    assert [name for name, times in Counter(one.name for one in every).items() if times > 1] == []
    assert [one.name for one in every if bool(one.killed_by) is bool(one.survives_because) or not one.why] == []


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_it_fits_the_code_and_its_killer_exists(mutant: Mutant) -> None:
    mutant.seeded((ROOT / mutant.file).read_text(encoding="utf-8"))

    if mutant.killed_by:
        path, _, name = mutant.killed_by.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8")


def test_a_fault_that_is_no_fault_any_more_is_an_error() -> None:
    mutant = Mutant(name="x", file="x.py", old="a + b", new="a - b", why="")

    with pytest.raises(ValueError, match="0 times"):
        mutant.seeded("c = d")
    with pytest.raises(ValueError, match="2 times"):
        mutant.seeded("c = (a + b) * (a + b)")
    with pytest.raises(ValueError, match="means the same"):
        evolve(mutant, new="(a + b)").seeded("c = a + b")


@pytest.mark.slow
def test_a_hunt_catches_the_guilty_and_tells_who_lives(tmp_path: Path) -> None:
    ground = Ground(folder=tmp_path / "ground")
    chosen = {one.name: one for one in mutants() if one.name in HUNTED}
    wrong_test = evolve(chosen[HUNTED[0]], killed_by="tests/core/payments/test_terms.py")

    assert {name: ground.hunt(one).fate for name, one in chosen.items()} == dict.fromkeys(HUNTED, Fate.KILLED)
    assert ground.hunt(wrong_test).fate is Fate.ALIVE
    assert ground.run(["tests/core/payments/test_terms.py"])[0] == 0
