"""The stack without containers and the one in containers are the same stack."""

import importlib.util
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from marketplace_entrypoints.roles import ROLES
from tests.architecture.source_tree import ROOT

WHERE: Final = {"MARKETPLACE_DATA", "MARKETPLACE_BASE_URL"}
"""Settings that say where something is on a machine."""
OF_CONTAINERS: Final = {
    "MARKETPLACE_TRUSTED_PROXIES": "the gateway is another machine there",
    "MARKETPLACE_PAYMENT_PROVIDER": "chosen when it is started",
    "MARKETPLACE_ADAPTERS__S3__BROWSER_ENDPOINT": "browsers are outside of the containers' network",
}


def the_table() -> ModuleType:
    """Return the module that says what the local stack is made of."""
    spec = importlib.util.spec_from_file_location("stack_table", ROOT / "deploy" / "stack" / "table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLE: Final = the_table()
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_every_role_is_served_once() -> None:
    held = [role for roles, _ in TABLE.SERVICES.values() for role in roles]

    assert sorted(held) == sorted(ROLES)


def test_both_stacks_have_the_same_services_with_the_same_roles_and_ports() -> None:
    in_containers = {
        name: (tuple(service["command"][2].split(",")), int(service["environment"]["MARKETPLACE_PORT"]))
        for name, service in COMPOSE["services"].items()
        if service.get("command", [""])[0] == "serve"
    }

    assert in_containers == dict(TABLE.SERVICES)
    assert COMPOSE["services"]["worker"]["deploy"]["replicas"] == TABLE.WORKERS


def test_both_stacks_stand_on_the_same_servers_at_the_same_ports() -> None:
    parts = {part.name: part.port for part in TABLE.servers(Path("/x"), Path("/x"), "valkey-server")}
    services = COMPOSE["services"]

    assert {*parts, "postgresql", "gateway"} <= services.keys()
    assert parts["s3"] == int(services["s3"]["ports"][0].rpartition(":")[2])
    assert int(services["gateway"]["ports"][0].rpartition(":")[2]) == TABLE.GATEWAY_PORT
    told = services["web"]["environment"]
    assert told["MARKETPLACE_ADAPTERS__NATS__SERVERS"].endswith(f":{parts['nats']}")
    assert f":{parts['redis']}/" in told["MARKETPLACE_REDIS"]
    assert told["MARKETPLACE_ADAPTERS__SMTP__PORT"] == f"${{SMTP_PORT:-{parts['mail']}}}"


def test_both_stacks_tell_the_product_the_same() -> None:
    told = COMPOSE["services"]["web"]["environment"]
    local = dict(TABLE.settings(Path("/x")))

    owner = local.pop("MARKETPLACE_ADAPTERS__POSTGRESQL__OWNER_URL")
    assert owner
    assert "MARKETPLACE_ADAPTERS__POSTGRESQL__OWNER_URL" not in told
    assert told.keys() - {"MARKETPLACE_PORT"} - OF_CONTAINERS.keys() == local.keys()
    same = {name for name, value in local.items() if value == told[name]}
    assert {
        "MARKETPLACE_DATABASE",
        "MARKETPLACE_EVENT_BUS",
        "MARKETPLACE_FILE_STORE",
        "MARKETPLACE_DRAIN_SECONDS",
    } <= same
    assert local.keys() >= WHERE


def test_only_a_demonstration_moves_its_clock_and_pays_out_at_once() -> None:
    def told(*, demonstration: bool) -> tuple[str, set[tuple[str, ...]]]:
        parts = TABLE.services(Path("/x"), Path("/x"), demonstration=demonstration)
        (clock,) = {part.environment["MARKETPLACE_CLOCK"] for part in parts}
        return clock, {part.command[1:] for part in parts if "worker" in part.command}

    assert told(demonstration=False) == ("system", {("worker",)})
    assert told(demonstration=True) == ("shifted", {("worker", "--payout-sweep-seconds", str(TABLE.SWEEP_SECONDS))})
    assert COMPOSE["services"]["web"]["environment"]["MARKETPLACE_CLOCK"] == "${MARKETPLACE_CLOCK:-system}"
    assert COMPOSE["services"]["worker"]["command"][-1] == "${PAYOUT_SWEEP_SECONDS:-3600}"


def test_a_demonstration_in_containers_is_filled_before_anything_else_of_it_runs() -> None:
    services = COMPOSE["services"]

    assert services["demonstration"]["command"] == ["demo", "--part", "fill"]
    assert services["demonstration"]["profiles"] == ["demonstration"]
    for name in (*TABLE.SERVICES, "worker"):
        waits = services[name]["depends_on"]["demonstration"]
        assert waits == {"condition": "service_completed_successfully", "required": False}, name


def test_the_gateway_in_containers_knows_every_role_where_it_is() -> None:
    words = shlex.split(COMPOSE["services"]["gateway-configuration"]["command"][0].partition(">")[0])
    places = {word.partition("=")[0]: word.partition("=")[2] for word in words if "=" in word}

    assert places == {role: f"{name}:{port}" for name, (roles, port) in TABLE.SERVICES.items() for role in roles}


def test_containers_of_the_product_may_write_nowhere_but_in_their_data() -> None:
    for name, service in COMPOSE["services"].items():
        if service["image"] == "marketplace":
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name
