"""Which paths a role answers for: the table by which a gateway sends requests to split services."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from marketplace_entrypoints.http.routes import BY_ROLE


@frozen(order=True)
class Route:
    """A path as the routers write it, ``/v1/orders/{order_id}/payment``, and a method it takes."""

    path: str
    method: str


def routes_of(routers: Sequence[APIRouter]) -> Iterator[Route]:
    """Return every route of the routers."""
    every = APIRouter()
    for router in routers:
        every.include_router(router)
    for route in iter_route_contexts(every.routes):
        assert route.path is not None
        yield from (Route(route.path, method) for method in sorted(route.methods or ()))


def paths_by_role() -> Mapping[str, tuple[str, ...]]:
    """Return the paths of every role that is no page."""
    return {role: tuple(sorted({route.path for route in routes_of(routers)})) for role, routers in BY_ROLE.items()}
