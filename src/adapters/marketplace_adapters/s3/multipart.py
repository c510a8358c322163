"""Large files in parts: begun, sent in any order, listed to go on with, put together, given up. All of it blocks."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from marketplace_adapters.s3.connection import MISSING, code_of
from marketplace_adapters.s3.objects import age
from marketplace_adapters.s3.settings import S3Settings
from marketplace_adapters.s3.signing import QUARANTINE, part_bytes
from marketplace_core.kernel.files import Leftover

LISTED: Final = 1_000


class Multipart:
    """The unfinished uploads of a bucket. A key has at most one: which one it is, the store itself is asked."""

    def __init__(self, client: Any, settings: S3Settings) -> None:
        self._client = client
        self._settings = settings

    def begin(self, key: str, content_type: str, upload_bytes: int) -> tuple[str, Mapping[int, int]]:
        """Return the unfinished upload of a key, begun now if there is none, and the size of each part it has."""
        upload_id = self._unfinished(key)
        if upload_id is not None:
            return upload_id, {number: size for number, size, _ in self._parts(key, upload_id)}
        begun = self._client.create_multipart_upload(
            Bucket=self._settings.bucket, Key=QUARANTINE + key, ContentType=content_type
        )
        return str(begun["UploadId"]), {}

    def finish(self, key: str, upload_bytes: int) -> bool:
        """Put the parts together if all are there; tell whether they were."""
        upload_id = self._unfinished(key)
        if upload_id is None:
            return False
        parts = list(self._parts(key, upload_id))
        if [(number, size) for number, size, _ in parts] != list(wanted(self._settings, upload_bytes)):
            return False
        self._client.complete_multipart_upload(
            Bucket=self._settings.bucket,
            Key=QUARANTINE + key,
            UploadId=upload_id,
            MultipartUpload={"Parts": [{"PartNumber": number, "ETag": tag} for number, _, tag in parts]},
        )
        return True

    def leftovers(self) -> list[Leftover]:
        """Return every upload in parts that was not put together."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._settings.bucket, Prefix=QUARANTINE
        )
        return [
            Leftover(
                key=one["Key"].removeprefix(QUARANTINE),
                size_bytes=0,
                age=age(page, one["Initiated"]),
                upload_id=one["UploadId"],
            )
            for page in pages
            for one in page.get("Uploads", ())
        ]

    def abort(self, key: str, upload_id: str) -> None:
        """Forget one upload in parts; no error if there is none."""
        try:
            self._client.abort_multipart_upload(Bucket=self._settings.bucket, Key=QUARANTINE + key, UploadId=upload_id)
        except ClientError as answer:
            if code_of(answer) not in MISSING:
                raise

    def give_up(self, key: str) -> None:
        """Forget the parts of a key."""
        while (upload_id := self._unfinished(key)) is not None:
            self.abort(key, upload_id)

    def put(self, key: str, upload_id: str, number: int, content: bytes) -> None:
        """Send a part of what is to be at that very key."""
        self._client.upload_part(
            Bucket=self._settings.bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=content
        )

    def _unfinished(self, key: str) -> str | None:
        found = self._client.list_multipart_uploads(
            Bucket=self._settings.bucket, Prefix=QUARANTINE + key, MaxUploads=LISTED
        )
        own = [each for each in found.get("Uploads", ()) if each["Key"] == QUARANTINE + key]
        return str(min(own, key=lambda each: (each["Initiated"], each["UploadId"]))["UploadId"]) if own else None

    def _parts(self, key: str, upload_id: str) -> Iterator[tuple[int, int, str]]:
        pages = self._client.get_paginator("list_parts").paginate(
            Bucket=self._settings.bucket, Key=QUARANTINE + key, UploadId=upload_id
        )
        for page in pages:
            for part in page.get("Parts", ()):
                yield part["PartNumber"], part["Size"], part["ETag"]


def wanted(settings: S3Settings, upload_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield number and size of the parts of a file."""
    size = part_bytes(settings, upload_bytes)
    for number, first in enumerate(range(0, upload_bytes, size), start=1):
        yield number, min(size, upload_bytes - first)
