"""The plugin: ``filesystem`` in the group ``marketplace_core.file_store``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from marketplace_adapters._threads import open_threads
from marketplace_adapters.filesystem.disk import Disk
from marketplace_adapters.filesystem.store import FilesystemFileStore
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings

THREADS: Final = 4
WAITING_MAX: Final = 256


@frozen(kw_only=True)
class FilesystemSettings:
    """``folder`` is where the files are; ``files`` in the data folder unless named."""

    folder: str = ""


@asynccontextmanager
async def _opened(settings: FilesystemSettings, around: Surroundings) -> AsyncGenerator[FilesystemFileStore]:
    disk = Disk((Path(settings.folder) if settings.folder else around.data / "files").absolute())
    disk.prepare()
    async with open_threads("files", threads=THREADS, waiting_max=WAITING_MAX) as threads:
        yield FilesystemFileStore(
            disk, secret=around.secret("file_store"), base_url=around.base_url, clock=around.clock, threads=threads
        )


plugin: Final = AdapterPlugin(
    summary="Files in a folder of this machine, uploaded to signed, expiring addresses",
    settings=FilesystemSettings,
    open=_opened,
)
