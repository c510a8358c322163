"""Nothing on the way of a request hops into a thread: FastAPI runs every plain function it is given in one.

What everybody reads is not looked for behind what few people do: FastAPI tries one path after the other.
"""

import inspect
from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from marketplace_entrypoints.http.paths import routes_of
from marketplace_entrypoints.http.routes import ROUTERS


def called(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from called(needed)


def test_what_routes_call_and_need_is_asynchronous() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]

    plain = {
        f"{route.path} calls {getattr(call, '__qualname__', call)}"
        for route in routes
        for call in called(route.dependant)
        if not inspect.iscoroutinefunction(call)
    }

    assert len(routes) > 50
    assert plain == set()


def test_public_reads_are_among_the_first_paths_that_are_tried() -> None:
    paths = [route.path for route in routes_of(ROUTERS)]

    first = paths[:12]

    assert {"/v1/search", "/v1/products", "/v1/products/{product_id}"} <= {*first}
