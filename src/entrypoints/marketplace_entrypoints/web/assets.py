"""Style sheets, scripts, fonts and icons: read once, named by what is in them, kept by browsers for good."""

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen
from starlette.requests import Request
from starlette.responses import Response

FOLDER: Final = Path(__file__).parent / "static"
SHEET: Final = "site.css"
"""All of ``style/``, in the order of the file names, as one sheet."""
STYLE_HASHES: Final = FOLDER / "vendor" / "style-hashes.json"
"""The styles that the player's controls bring along, as ``sha256-…`` sources of a content security policy."""
FOREVER: Final = "public, max-age=31536000, immutable"
_TEXT: Final = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".txt"})
_TYPES: Final = {".mjs": "text/javascript", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@frozen(kw_only=True)
class Asset:
    """One file, plain and packed."""

    content: bytes
    packed: bytes | None
    media_type: str


@frozen(kw_only=True)
class Assets:
    """Every file of the pages. The address of each carries a digest of them all, so that none is ever stale."""

    digest: str
    files: Mapping[str, Asset]
    style_sources: Sequence[str]

    def address(self, name: str) -> str:
        """Return where a file is. Raises ``KeyError`` for one that is not there."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"

    async def serve(self, request: Request) -> Response:
        """Answer with one file; of another digest too, but then not for good."""
        asset = self.files.get(request.path_params["name"])
        if asset is None:
            return Response("There is no such file.", 404, media_type="text/plain")
        current = request.path_params["digest"] == self.digest
        headers = {"Cache-Control": FOREVER if current else "no-cache", "Vary": "Accept-Encoding"}
        content = asset.content
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = asset.packed
        return Response(content, headers=headers, media_type=asset.media_type)


@cache
def read_assets(folder: Path = FOLDER) -> Assets:
    """Read every file below the folder, and pack it; once."""
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent != folder / "style"
    }
    contents[SHEET] = b"".join(path.read_bytes() for path in sorted((folder / "style").glob("*.css")))
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    hashes = json.loads(STYLE_HASHES.read_bytes()) if STYLE_HASHES.exists() else []
    return Assets(
        digest=digest.hexdigest()[:12],
        files={name: _asset(name, content) for name, content in contents.items()},
        style_sources=tuple(f"'{source}'" for source in hashes),
    )


def _asset(name: str, content: bytes) -> Asset:
    ending = Path(name).suffix
    guessed = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(
        content=content,
        packed=gzip.compress(content, 9, mtime=0) if ending in _TEXT else None,
        media_type=guessed,
    )
