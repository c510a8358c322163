"""Write the hashed requirement files from the lock, and refuse any that names a host or a path.

`uv.lock` names the package index in every entry, so it stays out of the repository; these exports
carry the same pins and hashes and nothing else.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent

EXPORTS: dict[str, Sequence[str]] = {
    "core.txt": ("--package", "marketplace-core", "--no-default-groups"),
    "runtime.txt": ("--all-packages", "--all-extras", "--no-default-groups"),
    "dev.txt": ("--all-packages", "--all-extras", "--all-groups"),
}

FORBIDDEN = re.compile(r"://|^\s*(-e|-f|--(index|extra-index|find-links|trusted-host))|(^|\s)/\w", re.MULTILINE)


def export(arguments: Sequence[str]) -> str:
    """Return one requirement file as uv writes it, without its header."""
    command = (
        *("uv", "export", "--quiet", "--locked", "--no-config", "--no-emit-workspace"),
        *("--format", "requirements-txt", "--no-header", "--no-annotate", *arguments),
    )
    finished = subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True)
    return finished.stdout


def only(package: str, requirements: str) -> str:
    """Return the single entry of `package`, hashes included."""
    entry = re.search(rf"^{re.escape(package)}==.*?(?=^\S|\Z)", requirements, re.MULTILINE | re.DOTALL)
    if entry is None:
        raise SystemExit(f"{package} is not in the export")
    return entry.group(0)


def main() -> int:
    """Write every export; return 1 and write nothing when one of them names a host or a path."""
    files = {name: export(arguments) for name, arguments in EXPORTS.items()}
    files["uv.txt"] = only("uv", files["dev.txt"])
    files["build.txt"] = only("uv-build", files["dev.txt"])
    for name, text in files.items():
        if found := FORBIDDEN.search(text):
            print(f"{name}: names a host, an option or a path: {found.group(0)!r}", file=sys.stderr)
            return 1
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(f"requirements/{name}: {len(re.findall(r'^[a-z0-9]', text, re.MULTILINE))} pins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
