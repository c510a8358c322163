"""Addresses that carry their own permission: for one key, type and size, for a while. Nothing here uses the network."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import frozen

from marketplace_adapters.s3.settings import S3Settings
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import UploadPart, UploadSlot

QUARANTINE: Final = "quarantine/"
"""Where browsers' uploads land, and where nothing is served from."""
SHA256: Final = "sha256"
HEAD: Final = "head"


@frozen
class Signing:
    """Signs for browsers. The store has a clock of its own: an address is told how long it lives, not until when."""

    client: Any
    settings: S3Settings
    clock: Clock

    def slot(
        self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime, sha256: str
    ) -> UploadSlot:
        """Return the slot of a file that comes in one piece."""
        sign = self._post if self.settings.uploads == "post" else self._put
        url, headers, fields = sign(QUARANTINE + key, content_type, upload_bytes_max, self._lasts(expires_at), sha256)
        return UploadSlot(
            url=url,
            method=self.settings.uploads.upper(),
            headers=headers,
            fields=fields,
            expires_at=expires_at,
            upload_bytes_max=upload_bytes_max,
        )

    def parts(
        self, key: str, upload_id: str, *, upload_bytes: int, expires_at: datetime, sent: Sequence[int]
    ) -> UploadSlot:
        """Return the slot of a file that comes in parts; ``sent`` are those that are there."""
        lasts, size = self._lasts(expires_at), part_bytes(self.settings, upload_bytes)
        parts = []
        for number, first in enumerate(range(0, upload_bytes, size), start=1):
            length = min(size, upload_bytes - first)
            params = {
                "Bucket": self.settings.bucket,
                "Key": QUARANTINE + key,
                "UploadId": upload_id,
                "PartNumber": number,
                "ContentLength": length,
            }
            url = self.client.generate_presigned_url("upload_part", Params=params, ExpiresIn=lasts)
            parts.append(UploadPart(number=number, url=url, first_byte=first, size_bytes=length, sent=number in sent))
        return UploadSlot(
            url="", method="PUT", parts=tuple(parts), expires_at=expires_at, upload_bytes_max=upload_bytes
        )

    def _post(
        self, key: str, content_type: str, upload_bytes_max: int, lasts: int, sha256: str
    ) -> tuple[str, dict[str, str], dict[str, str]]:
        fields = {"Content-Type": content_type, **({f"x-amz-meta-{SHA256}": sha256} if sha256 else {})}
        conditions = [*({name: value} for name, value in fields.items()), ["content-length-range", 0, upload_bytes_max]]
        signed = self.client.generate_presigned_post(
            self.settings.bucket, key, Fields=fields, Conditions=conditions, ExpiresIn=lasts
        )
        return str(signed["url"]), {}, dict(signed["fields"])

    def _put(
        self, key: str, content_type: str, upload_bytes: int, lasts: int, sha256: str
    ) -> tuple[str, dict[str, str], dict[str, str]]:
        params = {
            "Bucket": self.settings.bucket,
            "Key": key,
            "ContentType": content_type,
            "ContentLength": upload_bytes,
            **({"Metadata": {SHA256: sha256}} if sha256 else {}),
        }
        headers = {"Content-Type": content_type, **({f"x-amz-meta-{SHA256}": sha256} if sha256 else {})}
        return str(self.client.generate_presigned_url("put_object", Params=params, ExpiresIn=lasts)), headers, {}

    def _lasts(self, expires_at: datetime) -> int:
        return max(1, int((expires_at - self.clock.now()) / timedelta(seconds=1)))


def part_bytes(settings: S3Settings, upload_bytes: int) -> int:
    """Return the size of the parts of a file: a store takes at most 10,000 of them."""
    return max(settings.part_bytes, -(-upload_bytes // 10_000))


def upload_of(slot: UploadSlot, settings: S3Settings) -> tuple[str, str, str]:
    """Return key, content type and announced checksum of a slot of ours."""
    said = {name.casefold(): value for name, value in {**slot.headers, **slot.fields}.items()}
    key = slot.fields.get("key") or _key_in(slot.url, settings)
    return key, said["content-type"], said.get(f"x-amz-meta-{SHA256}", "")


def part_of(url: str, settings: S3Settings) -> tuple[str, str, int]:
    """Return key, upload and number of a part by its address."""
    query = parse_qs(urlsplit(url).query)
    return _key_in(url, settings), query["uploadId"][0], int(query["partNumber"][0])


def _key_in(url: str, settings: S3Settings) -> str:
    """The bucket is the first step of the path, or the first label of the host."""
    return unquote(urlsplit(url).path).removeprefix(f"/{settings.bucket}").removeprefix("/")
