"""The objects of the bucket, as files: what is put beside their bytes, and what is read out of it. All of it blocks."""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from botocore.exceptions import ClientError

from marketplace_adapters.s3.connection import MISSING, code_of
from marketplace_adapters.s3.signing import HEAD, QUARANTINE, SHA256
from marketplace_core.kernel.files import FileMissing, Leftover, StoredFile, UploadRefused, UploadTaken

HEAD_BYTES: Final = 64
READ_THROUGH_MAX: Final = 64 * 1024 * 1024
"""Uploads up to this size are read through for their checksum; larger ones are if one was announced."""
LISTED: Final = 10_000
PIECE_BYTES: Final = 1024 * 1024
SHOWN: Final = "images/"
FOREVER: Final = "public, max-age=31536000, immutable"
NEVER: Final = "private, no-store"


class Objects:
    """One bucket. What goes wrong is raised as boto3 raises it."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def look(self, key: str) -> StoredFile:
        """Describe an object that was put or taken in by us; of another one, its first bytes are fetched."""
        found = self._client.head_object(Bucket=self._bucket, Key=key)
        beside = found.get("Metadata", {})
        try:
            head = bytes.fromhex(beside[HEAD])
        except (KeyError, ValueError):
            head = self._beginning(key, found["ContentLength"], found["ETag"])
        return StoredFile(
            key=key,
            size_bytes=found["ContentLength"],
            content_type=found.get("ContentType", ""),
            head=head,
            sha256=beside.get(SHA256, ""),
            version=_version(found),
        )

    def put(self, key: str, content: bytes, content_type: str) -> StoredFile:
        """Put bytes of our own."""
        sha256, head = hashlib.sha256(content).hexdigest(), content[:HEAD_BYTES]
        done = self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            CacheControl=cache_control(key),
            Metadata={SHA256: sha256, HEAD: head.hex()},
        )
        return StoredFile(
            key=key,
            size_bytes=len(content),
            content_type=content_type,
            head=head,
            sha256=sha256,
            version=_version(done),
        )

    def send(self, key: str, content_type: str, sha256: str, handle: BinaryIO) -> None:
        """Put an upload into quarantine as a browser would."""
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=handle,
            ContentType=content_type,
            Metadata={SHA256: sha256} if sha256 else {},
        )

    def compared(self, key: str, waiting: StoredFile, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        """Describe what waits in quarantine for a key, having compared it with what was announced.

        Raises ``UploadRefused``, ``UploadTaken``; what is refused is thrown away.
        """
        objection, sha256 = self._objection(waiting, content_type, upload_bytes_max)
        if objection:
            self._drop(key)
            raise UploadRefused(f"{objection}; send the right file again.")
        came = StoredFile(
            key=key,
            size_bytes=waiting.size_bytes,
            content_type=waiting.content_type,
            head=waiting.head,
            sha256=sha256,
            version=waiting.version,
        )
        stored = self.found(key)
        if stored is None:
            return came
        self._drop(key)
        if not _same(stored, came):
            raise UploadTaken("Another file was taken in under that key.")
        return stored

    def take_in(self, file: StoredFile) -> StoredFile:
        """Copy exactly that version out of quarantine, and clear it away there."""
        stored = self.found(file.key)
        if stored is not None:
            if not _same(stored, file):
                raise UploadTaken("Another file was taken in under that key.")
            self._drop(file.key)
            return stored
        self._client.copy_object(
            Bucket=self._bucket,
            Key=file.key,
            CopySource={"Bucket": self._bucket, "Key": QUARANTINE + file.key},
            CopySourceIfMatch=f'"{file.version}"',
            MetadataDirective="REPLACE",
            ContentType=file.content_type,
            CacheControl=cache_control(file.key),
            Metadata={SHA256: file.sha256, HEAD: file.head.hex()},
        )
        self._drop(file.key)
        return self.look(file.key)

    def found(self, key: str) -> StoredFile | None:
        """Describe an object, or None for none."""
        try:
            return self.look(key)
        except ClientError as answer:
            if code_of(answer) not in MISSING:
                raise
            return None

    def waiting(self, key: str) -> StoredFile | None:
        """Describe what is in quarantine for a key, or None for nothing."""
        return self.found(QUARANTINE + key)

    def open(self, key: str) -> Any:
        """Return a stream of an object's bytes."""
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"]

    def download(self, key: str, version: str, path: Path) -> None:
        """Bring exactly that version to this machine: beside, then in place."""
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        body = self._client.get_object(Bucket=self._bucket, Key=key, IfMatch=f'"{version}"')["Body"]
        try:
            with draft.open("xb") as handle, body:
                while piece := body.read(PIECE_BYTES):
                    handle.write(piece)
            os.replace(draft, path)  # noqa: PTH105 - says that it is one step
        finally:
            draft.unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        """Remove an object, and what waits for it in quarantine."""
        self._client.delete_object(Bucket=self._bucket, Key=key)
        self._drop(key)

    def server(self) -> str:
        """Ask for the bucket, and return what the server calls itself."""
        answer = self._client.head_bucket(Bucket=self._bucket)
        return str(answer["ResponseMetadata"]["HTTPHeaders"].get("server", ""))

    def leftovers(self) -> list[Leftover]:
        """Return what is in quarantine, up to ten pages of it."""
        found: list[Leftover] = []
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=QUARANTINE, PaginationConfig={"MaxItems": LISTED}
        )
        for page in pages:
            found += [
                Leftover(
                    key=one["Key"].removeprefix(QUARANTINE),
                    size_bytes=one["Size"],
                    age=age(page, one["LastModified"]),
                )
                for one in page.get("Contents", ())
            ]
        return found

    def discard(self, leftover: Leftover) -> None:
        """Delete it, unless something younger is in its place by now."""
        try:
            found = self._client.head_object(Bucket=self._bucket, Key=QUARANTINE + leftover.key)
        except ClientError as answer:
            if code_of(answer) not in MISSING:
                raise
            return
        if age(found, found["LastModified"]) >= leftover.age:
            self._drop(leftover.key)

    def _drop(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=QUARANTINE + key)

    def _objection(self, waiting: StoredFile, content_type: str, upload_bytes_max: int) -> tuple[str, str]:
        """Return what is wrong with it, or nothing, and its checksum where it was read through."""
        if waiting.size_bytes > upload_bytes_max:
            return f"{waiting.size_bytes} bytes came, {upload_bytes_max} were announced", ""
        if waiting.content_type != content_type:
            return f"It came as {waiting.content_type[:80]!r} and was announced as {content_type}", ""
        if not waiting.sha256 and waiting.size_bytes > READ_THROUGH_MAX:
            return "", ""
        digest = hashlib.sha256()
        came = self._client.get_object(Bucket=self._bucket, Key=waiting.key, IfMatch=f'"{waiting.version}"')
        with came["Body"] as body:
            while piece := body.read(PIECE_BYTES):
                digest.update(piece)
        if waiting.sha256 not in ("", digest.hexdigest()):
            return "The bytes have another checksum than was announced", ""
        return "", digest.hexdigest()

    def _beginning(self, key: str, size_bytes: int, tag: str) -> bytes:
        if not size_bytes:
            return b""
        span = f"bytes=0-{HEAD_BYTES - 1}"
        with self._client.get_object(Bucket=self._bucket, Key=key, Range=span, IfMatch=tag)["Body"] as body:
            return bytes(body.read(HEAD_BYTES))


def age(answer: Any, since: datetime) -> timedelta:
    """Return how long ago that was when the store answered, by the store's clock."""
    return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"]) - since


def cache_control(key: str) -> str:
    """Return how long others may keep a file: pictures for ever, the rest not at all."""
    return FOREVER if key.startswith(SHOWN) else NEVER


def missing() -> FileMissing:
    """Return the complaint about a name that is no key."""
    return FileMissing("There is no such file.")


def _version(answer: Any) -> str:
    return str(answer["ETag"]).strip('"')


def _same(stored: StoredFile, came: StoredFile) -> bool:
    if stored.sha256 and came.sha256:
        return (stored.sha256, stored.size_bytes) == (came.sha256, came.size_bytes)
    return stored.version == came.version
