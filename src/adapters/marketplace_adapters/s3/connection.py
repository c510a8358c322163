"""Calls to the store: few at a time, with an end to each, and its troubles in our words.

Everything of boto3 blocks, so it runs in the threads of the bridge. A store that hung or was away a moment ago is not
asked again at once: nobody waits in a queue for what will not come.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, ParamSpec, TypeVar

import boto3.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from marketplace_adapters._threads import ThreadBridge
from marketplace_adapters.s3.settings import S3Settings
from marketplace_core.kernel.files import FileMissing, FileStoreUnavailable, UploadTaken

ATTEMPTS: Final = 2
REST_SECONDS: Final = 1.0
"""How long nobody asks after the store did not answer."""
SLOWEST_BYTES_PER_SECOND: Final = 256 * 1024
"""A file that comes slower than that does not come."""
MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchUpload"})
_OVERTAKEN: Final = frozenset({"412", "PreconditionFailed", "409", "ConditionalRequestConflict"})

Params = ParamSpec("Params")
ResultT = TypeVar("ResultT")


@cache
def _session() -> Any:
    """Return what has read the descriptions of the protocol; reading them takes most of a second."""
    return boto3.session.Session()


def client_of(settings: S3Settings, endpoint: str, *, threads: int, signature: Any = "s3v4") -> Any:
    """Return a client of boto3. No network."""
    return _session().client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=settings.region,
        aws_access_key_id=settings.access_key or None,
        aws_secret_access_key=settings.secret_key.get_secret_value() or None,
        config=Config(
            signature_version=signature,
            connect_timeout=settings.connect_seconds,
            read_timeout=settings.timeout_seconds,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            max_pool_connections=threads,
            s3={"addressing_style": settings.addressing},
            # Other stores than Amazon's know neither the trailers nor the checksums that boto3 sends otherwise.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def address_of(settings: S3Settings) -> str:
    """Return where browsers reach the bucket. No network, and no keys."""
    endpoint = settings.browser_endpoint or settings.endpoint
    bare = client_of(settings, endpoint, threads=1, signature=UNSIGNED)
    return str(bare.generate_presigned_url("get_object", Params={"Bucket": settings.bucket, "Key": "any"}))


class S3Connection:
    """The client, and the threads in which it waits."""

    def __init__(self, settings: S3Settings, threads: ThreadBridge, client: Any) -> None:
        self.settings = settings
        self.client = client
        self._threads = threads
        self._failed_at: float | None = None

    async def run(self, call: Callable[Params, ResultT], *args: Params.args, **kwargs: Params.kwargs) -> ResultT:
        """Run a call within the deadline. Raises what ``troubles`` raises, and ``Overloaded``."""
        return await self._within(self.settings.deadline_seconds, call, *args, **kwargs)

    async def transfer(
        self, size_bytes: int, call: Callable[Params, ResultT], *args: Params.args, **kwargs: Params.kwargs
    ) -> ResultT:
        """Run a call that moves so many bytes; it has the time they take."""
        seconds = self.settings.deadline_seconds + size_bytes / SLOWEST_BYTES_PER_SECOND
        return await self._within(seconds, call, *args, **kwargs)

    async def _within(
        self, seconds: float, call: Callable[Params, ResultT], *args: Params.args, **kwargs: Params.kwargs
    ) -> ResultT:
        if self._failed_at is not None and time.monotonic() - self._failed_at < REST_SECONDS:
            raise FileStoreUnavailable("The file store was not to be reached a moment ago.")
        try:
            async with asyncio.timeout(seconds):
                with troubles():
                    result = await self._threads.run(call, *args, **kwargs)
        except TimeoutError:
            self._failed_at = time.monotonic()
            raise FileStoreUnavailable("The file store did not answer in time.") from None
        except FileStoreUnavailable:
            self._failed_at = time.monotonic()
            raise
        self._failed_at = None
        return result


def code_of(answer: ClientError) -> str:
    """Return the store's own word for what is wrong."""
    return str(answer.response.get("Error", {}).get("Code", ""))


@contextmanager
def troubles() -> Iterator[None]:
    """Say in our words what went wrong: ``FileMissing``, ``UploadTaken`` or ``FileStoreUnavailable``."""
    try:
        yield
    except ClientError as answer:
        code = code_of(answer)
        if code in MISSING:
            raise FileMissing("There is no such file.") from answer
        if code in _OVERTAKEN:
            raise UploadTaken("Something else came under that key in the meantime.") from answer
        raise FileStoreUnavailable(f"The file store answered: {code}.", said=code) from answer
    except (BotoCoreError, ResponseParserError, OSError, ValueError, KeyError) as trouble:
        if isinstance(trouble, TimeoutError):
            raise
        raise FileStoreUnavailable(
            f"The file store did not answer as it should: {type(trouble).__name__}."
        ) from trouble
