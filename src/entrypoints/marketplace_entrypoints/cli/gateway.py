"""``gateway``: the configuration of the proxy in front of split services."""

import json
import sys
from typing import Annotated, Final

import typer

from marketplace_core.kernel.errors import InvalidInput
from marketplace_entrypoints.cli.run import JsonOption, told
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.gateway.envoy import Certificate, Gateway, configuration
from marketplace_entrypoints.gateway.table import ROLES, Place, Places, mount_of, rules

REST: Final = "rest"
"""Stands for every role that is not named."""


class MalformedPlace(InvalidInput):
    """A place is written ``host:port``, a service ``role=host:port``, more places with commas."""

    code = "gateway.malformed_place"


def gateway(
    service: Annotated[
        list[str],
        typer.Option(help=f"Where a role is served: search=10.0.0.7:8000,10.0.0.8:8000; {REST}=… is every other role."),
    ],
    listen: Annotated[str, typer.Option(help="Where the gateway listens.")] = "0.0.0.0:8443",
    admin: Annotated[str, typer.Option(help="Where it is asked how it is and told to drain.")] = "127.0.0.1:9901",
    certificate: Annotated[str, typer.Option(help="A file with the certificate and its chain (PEM).")] = "",
    key: Annotated[str, typer.Option(help="A file with the certificate's key (PEM).")] = "",
    trusted_hops: Annotated[int, typer.Option(min=0, help="How many proxies of yours are in front of it.")] = 0,
    collector: Annotated[str, typer.Option(help="Who takes spans, by OTLP over gRPC.")] = "",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write the configuration of Envoy in front of split services, as JSON: envoy -c FILE.

    It is made from the table of paths that the services themselves answer by. Without a certificate it speaks plain
    HTTP.
    """
    with told(as_json=as_json):
        if bool(certificate) != bool(key):
            raise InvalidInput("A certificate and its key go together.")
        front = Gateway(
            listen=_place(listen),
            admin=_place(admin),
            certificate=Certificate(chain=certificate, key=key) if certificate else None,
            trusted_hops=trusted_hops,
            collector=_place(collector) if collector else None,
        )
        document = configuration(front, rules(mount_of(Settings())), places_of(service))
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


def places_of(services: list[str]) -> Places:
    """Return where every role is. Raises ``MalformedPlace``."""
    named: dict[str, tuple[Place, ...]] = {}
    for one in services:
        role, _, where = one.partition("=")
        if role not in (*ROLES, REST):
            raise MalformedPlace(f"There is no role {role!r}; there are {', '.join(ROLES)}, and {REST}.")
        named[role] = named.get(role, ()) + tuple(_place(place) for place in where.split(","))
    homeless = [role for role in ROLES if role not in named]
    if homeless and REST not in named:
        raise MalformedPlace(f"Nobody serves {', '.join(homeless)}; {REST}=host:port is for all that are not named.")
    return {role: named.get(role, named.get(REST, ())) for role in ROLES}


def _place(words: str) -> Place:
    host, _, port = words.strip().rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise MalformedPlace(f"{words!r} is no host:port.")
    return Place(host, int(port))
