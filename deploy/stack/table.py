"""What the production stack is made of, one entry each: servers it stands on, services, workers, the gateway."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import field, frozen

HERE: Final = "127.0.0.1"
NATS: Final = Path(__file__).parents[1] / "nats" / "nats-server.conf"
KEYS: Final = ("market", "market-secret")
"""The keys of the local object store, which nobody outside this machine reaches."""


@frozen(kw_only=True)
class Part:
    """Something that runs. ``port`` is where one asks whether it is there; ``seconds`` how long it may take to end.

    What is not ``is_ours`` logs in words of its own.
    """

    name: str
    command: tuple[str, ...]
    port: int | None = None
    ready: str = ""
    environment: Mapping[str, str] = field(factory=dict)
    seconds: float = 20.0
    is_ours: bool = True


SERVICES: Final[Mapping[str, tuple[tuple[str, ...], int]]] = {
    "web": (("web",), 8101),
    "shops": (("identity", "catalog", "files", "search", "cart", "landing"), 8102),
    "money": (("orders", "payments", "webhooks", "notifications", "operations"), 8103),
    "video": (("video",), 8104),
}
"""Service → its roles and its port."""
WORKERS: Final = 2
MAIL_PORT: Final = 1025
NAME: Final = "Passage"
"""What the demonstration calls itself."""
SWEEP_SECONDS: Final = 3
"""How often the demonstration's workers pay out: nobody who looks on waits for an hour."""
GATEWAY_PORT: Final = 8443
ADDRESS: Final = f"https://localhost:{GATEWAY_PORT}"


def settings(folder: Path, *, demonstration: bool = True) -> Mapping[str, str]:
    """Return what every process of the product is told.

    In a demonstration all go by one clock, which ``clock-shift`` in the data folder moves; production refuses it.
    """
    access, secret = KEYS
    database = f"@/marketplace?host={folder / 'postgresql'}"
    return {
        "MARKETPLACE_DATA": str(folder / "data"),
        "MARKETPLACE_BASE_URL": ADDRESS,
        "MARKETPLACE_NAME": NAME if demonstration else "Marketplace",
        "MARKETPLACE_CLOCK": "shifted" if demonstration else "system",
        "MARKETPLACE_DRAIN_SECONDS": "4",
        "MARKETPLACE_DATABASE": "postgresql",
        "MARKETPLACE_ADAPTERS__POSTGRESQL__URL": f"postgresql://marketplace_app{database}",
        "MARKETPLACE_ADAPTERS__POSTGRESQL__OWNER_URL": f"postgresql://marketplace_owner{database}",
        "MARKETPLACE_EVENT_BUS": "nats",
        "MARKETPLACE_ADAPTERS__NATS__SERVERS": f"nats://{HERE}:4222",
        "MARKETPLACE_REDIS": f"redis://{HERE}:6379/0",
        "MARKETPLACE_PROCESSES": "1",
        "MARKETPLACE_MAILER": "smtp",
        "MARKETPLACE_ADAPTERS__SMTP__HOST": HERE,
        "MARKETPLACE_ADAPTERS__SMTP__PORT": str(MAIL_PORT),
        "MARKETPLACE_ADAPTERS__SMTP__SECURITY": "none",
        "MARKETPLACE_FILE_STORE": "s3",
        "MARKETPLACE_ADAPTERS__S3__BUCKET": "market",
        "MARKETPLACE_ADAPTERS__S3__ENDPOINT": f"http://{HERE}:8333",
        "MARKETPLACE_ADAPTERS__S3__ACCESS_KEY": access,
        "MARKETPLACE_ADAPTERS__S3__SECRET_KEY": secret,
    }


def nats_configuration(folder: Path) -> str:
    """Return what NATS is told: the same as in containers, on this machine only, with its files in the folder."""
    return NATS.read_text(encoding="utf-8").replace("0.0.0.0", HERE).replace('"/data"', f'"{folder / "nats"}"')


def servers(folder: Path, programs: Path, valkey: str) -> tuple[Part, ...]:
    """Return what the product stands on, besides PostgreSQL, which has a keeper of its own."""
    access, secret = KEYS
    store = {"AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret, "S3_BUCKET": "market"}
    return (
        Part(
            name="nats",
            command=(str(programs / "nats-server"), "-c", str(folder / "nats.conf")),
            port=4222,
            is_ours=False,
        ),
        Part(
            name="redis",
            command=(valkey, "--port", "6379", "--bind", HERE, "--save", "", "--appendonly", "no"),
            port=6379,
            is_ours=False,
        ),
        Part(
            name="s3",
            command=(
                *(str(programs / "weed"), "mini", f"-dir={folder / 's3'}", f"-ip={HERE}", f"-ip.bind={HERE}"),
                *("-webdav=false", "-s3.port=8333"),
            ),
            port=8333,
            environment={**store, "HOME": str(folder / "s3")},
            is_ours=False,
        ),
        Part(
            name="mail",
            command=(
                *(str(programs / "python"), "-m", "aiosmtpd", "-n", "-l", f"{HERE}:{MAIL_PORT}"),
                *("-c", "aiosmtpd.handlers.Mailbox", str(folder / "mails")),
            ),
            port=MAIL_PORT,
            is_ours=False,
        ),
    )


def services(folder: Path, programs: Path, *, demonstration: bool = True) -> tuple[Part, ...]:
    """Return the processes of the product."""
    program = str(programs / "marketplace")
    told = settings(folder, demonstration=demonstration)
    sweep = ("--payout-sweep-seconds", str(SWEEP_SECONDS)) if demonstration else ()
    serving = tuple(
        Part(
            name=name,
            command=(program, "serve", "--roles", ",".join(roles), "--host", HERE, "--port", str(port)),
            port=port,
            ready="/health/ready",
            environment=told,
        )
        for name, (roles, port) in SERVICES.items()
    )
    working = tuple(
        Part(name=f"worker-{number}", command=(program, "worker", *sweep), environment=told)
        for number in range(1, WORKERS + 1)
    )
    return (*serving, *working)


def gateway(folder: Path, programs: Path) -> Part:
    """Return what stands in front."""
    words = ("-c", str(folder / "gateway.json"), "--disable-hot-restart", "--log-level", "warn")
    return Part(name="gateway", command=(str(programs / "envoy"), *words), port=GATEWAY_PORT, seconds=5)
