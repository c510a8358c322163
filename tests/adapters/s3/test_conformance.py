"""A bucket passes what every file store must do, with addresses of both kinds, on the real server."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.files import FileGround, FileStoreConformance
from tests.adapters.s3.client import upload
from tests.adapters.s3.conftest import opened
from tests.adapters.s3.server import S3Server
from tests.conformance import Met


async def _really(time: timedelta) -> None:
    """The server looks at a clock of its own, in whole seconds."""
    await asyncio.sleep(time.total_seconds() + 1.1)


class TestWithPolicies(FileStoreConformance):
    uploads = "post"

    @pytest.fixture
    async def ground(self, s3: S3Server, tmp_path: Path, met: Met) -> AsyncIterator[FileGround]:
        clock = FrozenClock()
        async with opened(tmp_path, clock, **s3.said(uploads=self.uploads)) as files:
            met("SeaweedFS", (await files.about()).rpartition(" ")[2])
            yield FileGround(files=files, clock=clock, upload=upload, lasting=timedelta(seconds=1), pass_by=_really)


class TestWithSignedPuts(TestWithPolicies):
    uploads = "put"
