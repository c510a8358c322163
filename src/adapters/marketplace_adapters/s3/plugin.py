"""The plugin: ``s3`` in the group ``marketplace_core.file_store``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from marketplace_adapters._threads import open_threads
from marketplace_adapters.s3.cache import Cache
from marketplace_adapters.s3.connection import S3Connection, address_of, client_of
from marketplace_adapters.s3.settings import S3Settings
from marketplace_adapters.s3.store import S3FileStore
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings

THREADS: Final = 8
WAITING_MAX: Final = 256


@asynccontextmanager
async def _opened(settings: S3Settings, around: Surroundings) -> AsyncGenerator[S3FileStore]:
    cache = Cache((around.data / "s3-copies").absolute(), settings.cache_bytes_max)
    cache.prepare()
    async with open_threads("s3", threads=THREADS, waiting_max=WAITING_MAX) as threads:
        client = client_of(settings, settings.endpoint, threads=THREADS)
        elsewhere = settings.browser_endpoint not in ("", settings.endpoint)
        signer = client_of(settings, settings.browser_endpoint, threads=1) if elsewhere else client
        try:
            connection = S3Connection(settings, threads, client)
            yield S3FileStore(connection, signer=signer, address=address_of(settings), cache=cache, clock=around.clock)
        finally:
            client.close()


plugin: Final = AdapterPlugin(
    summary="A bucket of any store that speaks S3; browsers upload to it by signed addresses, into quarantine",
    settings=S3Settings,
    open=_opened,
)
