"""A real S3 server (SeaweedFS) of our own, to be stopped, held up and started again."""

import shutil
import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import define
from botocore.exceptions import BotoCoreError, ClientError

from features.drivers.names import free_port
from marketplace_adapters.s3.connection import client_of
from marketplace_adapters.s3.settings import S3Settings
from tests.servers import OwnServer

SERVER: Final = Path(sys.executable).with_name("weed")
START_SECONDS: Final = 60.0
ACCESS_KEY: Final = "market"
SECRET_KEY: Final = "market-secret"
_PORTS: Final = (
    *("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"),
    *("s3.port.grpc", "s3.port.iceberg", "s3.port.lance", "admin.port", "admin.port.grpc"),
)


@define(slots=False)
class S3Server(OwnServer):
    """One server with its own folder and ports."""

    folder: Path

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **other: Any) -> S3Settings:
        """Return the settings of somebody who uses it."""
        return S3Settings.model_validate(self.said(**other))

    def said(self, **other: Any) -> dict[str, Any]:
        """Return the same as an operator writes them."""
        keys = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
        return {"bucket": "market", "endpoint": self.address, "timeout_seconds": 15, **keys, **other}

    def start(self) -> None:
        """Start it and wait until it answers with its bucket."""
        chosen = [f"-{name}={free_port()}" for name in _PORTS]
        command = [str(SERVER), "mini", f"-dir={self.folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-webdav=false"]
        keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "S3_BUCKET": "market"}
        self.begin(
            [*command, f"-s3.port={self.port}", *chosen],
            self._has_bucket,
            log=self.folder / "log",
            within_seconds=START_SECONDS,
            env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin", **keys},
            cwd=self.folder,
        )

    def _has_bucket(self) -> bool:
        try:
            self.client.head_bucket(Bucket="market")
        except (BotoCoreError, ClientError):
            return False
        return True

    @cached_property
    def client(self) -> Any:
        """Return a client of it."""
        return client_of(self.settings(), self.address, threads=1)

    def keys(self) -> list[str]:
        """Return the keys of everything in the bucket."""
        return [one["Key"] for one in self.client.list_objects_v2(Bucket="market").get("Contents", ())]

    def unfinished(self) -> list[str]:
        """Return the keys of uploads in parts that nobody put together."""
        return [one["Key"] for one in self.client.list_multipart_uploads(Bucket="market").get("Uploads", ())]

    def empty(self) -> None:
        """Remove everything from the bucket."""
        client = self.client
        for key in self.keys():
            client.delete_object(Bucket="market", Key=key)
        for one in client.list_multipart_uploads(Bucket="market").get("Uploads", ()):
            client.abort_multipart_upload(Bucket="market", Key=one["Key"], UploadId=one["UploadId"])

    def wipe(self) -> None:
        """Lose everything it has stored; it must be stopped."""
        assert self.process is None
        shutil.rmtree(self.folder)
