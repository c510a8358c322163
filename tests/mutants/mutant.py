"""A mutant: one fault, seeded by replacing one piece of one file, and who catches it."""

import ast
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = Path(__file__).with_name("money")


@frozen(kw_only=True)
class Mutant:
    """``old`` stands in ``file`` exactly once and becomes ``new``; ``why`` says what a shop would lose by it.

    ``killed_by`` is the test that has to fail then. A mutant that no test can tell from the original has
    ``survives_because`` instead: the reason why nothing is lost.
    """

    name: str
    file: str
    old: str
    new: str
    why: str
    killed_by: str = ""
    survives_because: str = ""

    def seeded(self, source: str) -> str:
        """Return the source with the fault in it. Raises ``ValueError`` if it does not fit the file any more."""
        found = source.count(self.old)
        if found != 1:
            raise ValueError(f"{self.name}: what it replaces stands {found} times in {self.file}.")
        mutated = source.replace(self.old, self.new)
        if ast.dump(ast.parse(source)) == ast.dump(ast.parse(mutated)):
            raise ValueError(f"{self.name}: {self.file} means the same with it.")
        return mutated


def mutants(folder: Path = FOLDER) -> Sequence[Mutant]:
    """Read them all, by file and in order. Raises ``TypeError`` for a missing or unknown key."""
    return [
        Mutant(name=f"{path.stem}/{name}", **fields)
        for path in sorted(folder.glob("*.toml"))
        for name, fields in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]
