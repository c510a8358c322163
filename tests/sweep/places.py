"""Where a data folder has its database: in itself, or on a PostgreSQL server, from which it is copied as well."""

import hashlib
import os
import shutil
from pathlib import Path

from attrs import frozen

from tests.databases import ADAPTER, ADDRESS, APP, BESIDE, CHOICE, OWNER, TEMPLATE, WAITS, Postgres


@frozen
class Places:
    """Makes, copies and drops data folders; without a server, their databases are files in them."""

    server: Postgres | None = None

    @property
    def database(self) -> str:
        """The name of the database."""
        return "sqlite" if self.server is None else "postgresql"

    def make(self, data: Path) -> None:
        """Make an empty marketplace's folder."""
        data.mkdir(parents=True)
        self._make(data, TEMPLATE)

    def copy(self, source: Path, target: Path) -> None:
        """Copy a folder in which nobody works, over whatever was there."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        self._make(target, _name(source))

    def enter(self, data: Path) -> None:
        """Let this process, and whatever it forks from then on, work in a folder."""
        if self.server is not None:
            waits = {f"{ADAPTER}__{name}": str(seconds) for name, seconds in WAITS.items()}
            os.environ |= {CHOICE: "postgresql", ADDRESS: self.server.at(_name(data), APP), **waits}

    def _make(self, data: Path, template: str) -> None:
        if self.server is not None:
            name = _name(data)
            self.server.drop(name)
            self.server.do(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} STRATEGY FILE_COPY")
            (data / BESIDE).write_text(self.server.at(name))


def _name(data: Path) -> str:
    return "sweep_" + hashlib.sha256(str(data).encode()).hexdigest()[:16]
