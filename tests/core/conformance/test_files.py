"""The file store in memory passes the conformance class of file stores."""

import pytest

from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.files import FileGround, FileStoreConformance


class TestInMemoryFileStore(FileStoreConformance):
    @pytest.fixture
    def ground(self) -> FileGround:
        clock = FrozenClock()
        files = InMemoryFileStore(clock)

        async def upload(slot: UploadSlot, content: bytes, content_type: str) -> None:
            await files.upload(slot.url, content, content_type=content_type)

        return FileGround(files=files, clock=clock, upload=upload)
