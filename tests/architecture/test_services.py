"""Services are roles of one image that stands on compiled libraries (ADR 0014)."""

import re
from typing import Final

from tests.architecture.source_tree import ROOT

COMPILED: Final = {
    "uvloop": "the event loop",
    "pydantic-core": "validation and JSON",
    "sqlalchemy": "rows",
    "argon2-cffi-bindings": "passwords",
    "rapidfuzz": "typing errors in searches",
    "imageio-ffmpeg": "video",
}
"""Compiled library → what it is trusted with."""


def test_there_is_one_image() -> None:
    recipes = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "deploy").rglob("*Dockerfile*"))

    assert recipes == ["deploy/Dockerfile"]


def test_the_image_contains_every_distribution_and_starts_the_marketplace() -> None:
    recipe = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")

    assert "--all-packages" in recipe
    assert 'ENTRYPOINT ["marketplace"]' in recipe
    assert re.search(r"^USER (?!0|root)", recipe, re.MULTILINE)


def test_the_hot_paths_stand_on_compiled_libraries() -> None:
    pins = set(
        re.findall(
            r"^([a-z0-9-]+)==", (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8"), re.MULTILINE
        )
    )

    missing = {library: use for library, use in COMPILED.items() if library not in pins}

    assert missing == {}
