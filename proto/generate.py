"""Generate the published contracts: proto/**/*.proto → marketplace_contracts, modules and type stubs.

Imports between generated modules follow the file path, not the protobuf package; that is why the
files lie under `proto/marketplace_contracts/` although their packages read `marketplace.<context>.v1`.
"""

import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

from grpc_tools import protoc

HERE = Path(__file__).resolve().parent
PACKAGE = "marketplace_contracts"
COMMITTED = HERE.parent / "src" / "contracts"
ROOM_DOCSTRING = '"""Generated from `{source}/`; not edited by hand."""\n'


def generate(into: Path) -> list[Path]:
    """Write the generated package below `into` and return what was written, relative to it."""
    sources = sorted((HERE / PACKAGE).rglob("*.proto"))
    with as_file(files("grpc_tools") / "_proto") as well_known:
        arguments = [f"--proto_path={HERE}", f"--proto_path={well_known}", f"--python_out={into}", f"--pyi_out={into}"]
        if protoc.main(["protoc", *arguments, *map(str, sources)]) != 0:
            raise SystemExit("protoc refused the contracts; its complaint stands above")
    for folder in sorted({room for source in sources for room in rooms(source)}):
        source = Path("proto", folder).as_posix()
        (into / folder / "__init__.py").write_text(ROOM_DOCSTRING.format(source=source), encoding="utf-8")
    return sorted(path.relative_to(into) for path in (into / PACKAGE).rglob("*.py*") if path.parent != into / PACKAGE)


def rooms(source: Path) -> tuple[Path, Path]:
    """Return the packages a source needs below the top one: its context and its version."""
    version = source.parent.relative_to(HERE)
    return version.parent, version


def main() -> int:
    """Replace the committed contracts, dropping what no source stands for any more."""
    for context in (COMMITTED / PACKAGE).iterdir():
        if context.is_dir():
            shutil.rmtree(context)
    for path in generate(COMMITTED):
        print(path.as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main())
