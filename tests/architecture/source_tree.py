"""The repository as the tests over shape see it: files, syntax trees, imported modules."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

CONTEXTS: Final = (
    *("identity", "catalog", "search", "cart", "orders", "payments", "video", "landing", "notifications"),
    "operations",
    "webhooks",
)

SCRIPTS: Final = re.compile(r"\.__main__$|\.migrations\.(env|versions\.)")

PACKAGES: Final = {
    "marketplace_core": ROOT / "src" / "marketplace_core",
    "marketplace_contracts": ROOT / "src" / "contracts" / "marketplace_contracts",
    "marketplace_adapters": ROOT / "src" / "adapters" / "marketplace_adapters",
    "marketplace_entrypoints": ROOT / "src" / "entrypoints" / "marketplace_entrypoints",
}
"""Import name → folder, one per distribution."""

PROJECTS: Final = {
    "marketplace_core": ROOT,
    "marketplace_contracts": ROOT / "src" / "contracts",
    "marketplace_adapters": ROOT / "src" / "adapters",
    "marketplace_entrypoints": ROOT / "src" / "entrypoints",
}
"""Import name → folder of its pyproject.toml."""


def python_files(*folders: Path) -> list[Path]:
    """Return the Python files below the folders, in order, generated contracts left out."""
    generated = PACKAGES["marketplace_contracts"]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if not (path.is_relative_to(generated) and path.parent != generated)
    )


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Say where something is, so that a terminal can open it."""
    line = getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every imported name in full (`a.b.C` for `from a.b import C`), wherever it stands in the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from ((f"{origin}.{alias.name}", node) for alias in node.names)


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for such an expression, and nothing for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def base_names(node: ast.ClassDef) -> set[str]:
    """Return the last names of the bases, subscripts taken off."""
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return {dotted(base).rpartition(".")[2] for base in bases}


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Import a package and everything below it, but for scripts: what only `-m` or the migration tool runs."""
    top = importlib.import_module(package)
    found = sorted(each.name for each in pkgutil.walk_packages(top.__path__, f"{package}."))
    names = [name for name in found if not SCRIPTS.search(name)]
    return (top, *(importlib.import_module(name) for name in names))


def classes_defined_in(found: Iterable[ModuleType]) -> Iterator[type]:
    """Yield the classes that these modules define, not those they import."""
    for module in found:
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value


def core_classes() -> list[type]:
    """Return every class of the core, its published test kit left out."""
    found = (module for module in modules("marketplace_core") if ".testing" not in module.__name__)
    return sorted(classes_defined_in(found), key=full_name)


def full_name(value: type) -> str:
    """Return `package.module.Class`."""
    return f"{value.__module__}.{value.__qualname__}"


def context_of(value: type) -> str | None:
    """Return the context a class of the core belongs to, if any."""
    rooms = value.__module__.split(".")
    return rooms[1] if len(rooms) > 1 and rooms[1] in CONTEXTS else None


def is_port(value: type) -> bool:
    """Tell whether a class is itself a Protocol, not merely derived from one."""
    return bool(value.__dict__.get("_is_protocol"))
