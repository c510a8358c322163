"""What figures depend on besides us."""

import os
import platform
import sqlite3
import statistics
import time
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol


def surroundings(folder: Path, database: str = f"SQLite {sqlite3.sqlite_version}") -> str:
    """Say where it is measured, and on what."""
    return (
        f"{platform.platform()}, {os.cpu_count()} cores (shared with the generator), load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, {database}, uvicorn {uvicorn.__version__} "
        f"with {AutoHTTPProtocol.__name__}; "
        f"putting 4 kB on the disk for good takes {sync_ms(folder / 'probe'):.2f} ms."
    )


def sync_ms(file: Path) -> float:
    """Return how long a write that outlasts a power cut takes, which is what every commit waits for."""
    taken = []
    file.write_bytes(bytes(4096))
    with file.open("r+b", buffering=0) as written:
        for _ in range(100):
            began = time.perf_counter()
            os.pwrite(written.fileno(), bytes(4096), 0)
            os.fsync(written.fileno())
            taken.append(time.perf_counter() - began)
    file.unlink()
    return statistics.median(taken) * 1000
