"""The gateway sends every request to the role that answers for it, by the table of the services themselves."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from features.drivers.split import ENVOY
from marketplace_entrypoints.cli.app import app
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.gateway.table import mount_of, role_for, rules
from marketplace_entrypoints.http.paths import routes_of
from marketplace_entrypoints.http.routes import BY_ROLE
from marketplace_entrypoints.limits import BODY_BYTES_MAX, body_bytes_max
from marketplace_entrypoints.roles import ROLES
from marketplace_entrypoints.web.routes import PAGES

TABLE = rules(mount_of(Settings()))


def an_address(path: str) -> str:
    """Return an address that fits a path."""
    return re.sub(r"{\w+(:path)?}", lambda found: "a/b.c" if found[1] else "x.y-1", path)


def test_every_route_is_sent_to_its_role_and_every_page_to_the_web() -> None:
    expected = {an_address(r.path): role for role, routers in BY_ROLE.items() for r in routes_of(routers)}
    expected |= {an_address(page.path): "web" for page in PAGES}

    assert len(expected) > 200
    assert {address: role_for(address, TABLE) for address in expected} == expected


@pytest.mark.parametrize(
    "address", ["/v1", "/v1/ordersx", "/v1/orders/a/b/c", "/nowhere", "/static/x/y.js", "/v1/openapi.json"]
)
def test_what_nobody_answers_for_is_the_webs_to_refuse(address: str) -> None:
    assert role_for(address, TABLE) == "web"


def test_bodies_are_bounded_as_the_services_bound_them_and_those_for_pages_a_little_later() -> None:
    for role, routers in BY_ROLE.items():
        for route in routes_of(routers):
            address = an_address(route.path)
            rule = next(rule for rule in TABLE if re.fullmatch(rule.pattern, address))
            assert (rule.role, rule.body_bytes_max) == (role, body_bytes_max(address)), address
    for page in PAGES:
        address = an_address(page.path)
        rule = next(rule for rule in TABLE if re.fullmatch(rule.pattern, address))
        assert (rule.body_bytes_max or 0) >= (body_bytes_max(address) or 0) >= BODY_BYTES_MAX, address


async def test_the_payment_providers_own_pages_are_where_its_adapter_says(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    async with open_marketplace(settings) as opened:
        assert [path for path, _ in opened.mounts()] == [mount_of(settings)]
    assert {role_for(f"{mount_of(settings)}{rest}", TABLE) for rest in ("", "/v1/payments", "/")} == {"payments"}


def written(*words: str) -> Any:
    """Return the configuration that the command line writes."""
    told = CliRunner().invoke(app, ["gateway", *words])
    assert told.exit_code == 0, told.output
    return json.loads(told.output)


def test_the_proxy_itself_finds_the_configuration_valid(tmp_path: Path) -> None:
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-days", "1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", chain, *subject],
        check=True,
        capture_output=True,
    )
    file = tmp_path / "gateway.json"
    words = (
        "--service",
        "rest=127.0.0.1:8000",
        "--service",
        "search=10.0.0.1:80,10.0.0.2:80",
        "--collector",
        "10.0.0.3:4317",
    )
    file.write_text(json.dumps(written(*words, "--certificate", str(chain), "--key", str(key))))

    checked = subprocess.run([ENVOY, "--mode", "validate", "-c", file], capture_output=True, text=True)

    assert checked.returncode == 0, checked.stderr[-2000:]


def test_what_the_proxy_says_of_itself_is_one_json_object_a_line(tmp_path: Path) -> None:
    file = tmp_path / "gateway.json"
    file.write_text(json.dumps(written("--service", "rest=127.0.0.1:8000")))

    said = subprocess.run([ENVOY, "--mode", "validate", "-c", file], capture_output=True, text=True).stderr

    lines = [json.loads(line) for line in said.splitlines()]
    assert len(lines) > 3
    assert all(line.keys() == {"event", "level", "timestamp", "logger"} for line in lines)


def test_every_role_has_the_places_that_were_named_for_it() -> None:
    document = written("--service", "rest=127.0.0.1:8000", "--service", "search=10.0.0.1:80,10.0.0.2:81")

    found = {
        cluster["name"]: [
            (
                place["endpoint"]["address"]["socket_address"]["address"],
                place["endpoint"]["address"]["socket_address"]["port_value"],
            )
            for group in cluster["load_assignment"]["endpoints"]
            for place in group["lb_endpoints"]
        ]
        for cluster in document["static_resources"]["clusters"]
    }
    assert found.pop("traces") == []
    assert found.pop("search") == [("10.0.0.1", 80), ("10.0.0.2", 81)]
    assert found == {role: [("127.0.0.1", 8000)] for role in ROLES if role != "search"}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--service", "seach=127.0.0.1:80"), "no role 'seach'"),
        (("--service", "search=127.0.0.1:80"), "Nobody serves web"),
        (("--service", "rest=127.0.0.1"), "no host:port"),
        (("--service", "rest=127.0.0.1:99999"), "no host:port"),
        (("--service", "rest=127.0.0.1:80", "--certificate", "x.pem"), "go together"),
    ],
)
def test_what_makes_no_gateway_is_refused_in_a_sentence(words: tuple[str, ...], complaint: str) -> None:
    told = CliRunner().invoke(app, ["gateway", *words])

    assert (told.exit_code, complaint in " ".join(told.stderr.split())) == (3, True), told.output
