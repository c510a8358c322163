"""A file inside a plain form, on its way into the file store through a slot like any other."""

import tempfile
from pathlib import Path
from typing import Final

import anyio
import anyio.to_thread
from starlette.datastructures import UploadFile

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.files import UploadSlot
from marketplace_entrypoints.web.visit import Visit

PLAIN_BYTES_MAX: Final = 1024 * 1024
"""How much a plain form may carry: the limit of a request's body at the edge."""


class NoFile(InvalidInput):
    """The form came without a file."""

    code = "web.no_file"

    def __init__(self) -> None:
        super().__init__("Please choose a file first.")


def sent(file: UploadFile | None) -> UploadFile | None:
    """Return the file, or None if none was chosen: then browsers send one without name and content."""
    return file if file is not None and file.filename else None


def type_of(file: UploadFile) -> str:
    """Return the content type that the browser named, without parameters."""
    return (file.content_type or "").partition(";")[0].strip().casefold()


async def pass_on(visit: Visit, slot: UploadSlot, file: UploadFile) -> None:
    """Put the file where the slot says."""
    content = await file.read()
    path = await anyio.to_thread.run_sync(_write, content)
    try:
        await visit.house.opened.send_to_slot(slot, path)
    finally:
        await anyio.Path(path).unlink(missing_ok=True)


def _write(content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(delete=False) as kept:
        kept.write(content)
    return Path(kept.name)
