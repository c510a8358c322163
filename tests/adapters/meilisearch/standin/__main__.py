"""``python -m tests.adapters.meilisearch.standin PORT FOLDER [KEY]``: what stands in for a Meilisearch server.

It keeps what makes one hard to use: writes are promised (202) and done later, one after the other; a write makes an
index that is not there, without settings; nothing may be filtered or sorted by that was not declared. What it cannot
tell is whether a real one behaves as its documentation says; `docs/guides/meilisearch.md` says what was met for real.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import uvicorn
from attrs import define
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.adapters.meilisearch.standin.shelf import Refused
from tests.adapters.meilisearch.standin.tasks import Warehouse

VERSION: Final = "stand-in for 1.15"
_STATUS: Final = {"index_not_found": 404, "task_not_found": 404, "internal": 500}


@define
class Faults:
    """What is wrong at present, as tests ask for it."""

    fail_tasks: int = 0
    """So many tasks fail from now on."""
    task_seconds: float = 0.0
    hold_tasks: bool = False
    search_status: int = 0
    search_seconds: float = 0.0
    search_body: Any = None
    """What is answered to a search instead."""


class StandIn:
    """The application."""

    def __init__(self, folder: Path, key: str | None) -> None:
        self.warehouse = Warehouse(folder / "standin.sqlite")
        self.key = key
        self.faults = Faults()
        self.searches: list[Any] = []
        self._news = asyncio.Event()

    def app(self) -> Starlette:
        """Return the routes that are used, and those by which tests make trouble."""
        routes = {
            "GET /health": self.health,
            "GET /version": self.version,
            "POST /indexes": self.create,
            "GET /indexes/{uid}": self.about,
            "DELETE /indexes/{uid}": self.delete,
            "GET /indexes/{uid}/settings": self.settings,
            "PATCH /indexes/{uid}/settings": self.set_up,
            "POST /indexes/{uid}/documents": self.put,
            "POST /indexes/{uid}/documents/fetch": self.fetch,
            "POST /indexes/{uid}/documents/delete": self.remove,
            "POST /indexes/{uid}/facet-search": self.facets,
            "POST /multi-search": self.search,
            "POST /swap-indexes": self.swap,
            "GET /tasks/{number:int}": self.task,
            "POST /standin/faults": self.be_wrong,
            "GET /standin/searches": self.searched,
        }
        made = [
            Route(path, self._guarded(answer), methods=[method])
            for (method, path), answer in ((name.split(" ", 1), answer) for name, answer in routes.items())
        ]
        return Starlette(routes=made, lifespan=self._living)

    @contextlib.asynccontextmanager
    async def _living(self, _: Starlette) -> AsyncGenerator[None]:
        work = asyncio.create_task(self._work())
        yield
        work.cancel()

    async def _work(self) -> None:
        while True:
            number = None if self.faults.hold_tasks else self.warehouse.next_task()
            if number is None:
                self._news.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 0.2)
                continue
            self.warehouse.begin(number)
            await asyncio.sleep(self.faults.task_seconds)
            failure = None
            if self.faults.fail_tasks:
                self.faults.fail_tasks -= 1
                failure = Refused("internal", "MDB_MAP_FULL: Environment mapsize limit reached")
            self.warehouse.end(number, failure)

    def _guarded(self, answer: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            try:
                if self.key is not None and request.headers.get("authorization") != f"Bearer {self.key}":
                    return _refusal(Refused("invalid_api_key", "The provided API key is invalid."), 403)
                return JSONResponse(await answer(request), 202 if request.method in {"PATCH", "DELETE"} else 200)
            except Refused as refusal:
                return _refusal(refusal, _STATUS.get(refusal.code, 400))

        return guarded

    def _promised(self, kind: str, uid: str | None, asked: Any) -> dict[str, Any]:
        self._news.set()
        return self.warehouse.enqueue(kind, uid, asked)

    async def health(self, _: Request) -> Any:
        return {"status": "available"}

    async def version(self, _: Request) -> Any:
        return {"pkgVersion": VERSION, "commitSha": "", "commitDate": ""}

    async def create(self, request: Request) -> Any:
        asked = await request.json()
        return self._promised("indexCreation", asked["uid"], asked)

    async def about(self, request: Request) -> Any:
        shelf = self.warehouse.shelf(request.path_params["uid"])
        return {"uid": shelf.uid, "createdAt": shelf.created, "updatedAt": shelf.updated, "primaryKey": "id"}

    async def delete(self, request: Request) -> Any:
        return self._promised("indexDeletion", request.path_params["uid"], {})

    async def settings(self, request: Request) -> Any:
        return self.warehouse.shelf(request.path_params["uid"]).whole_settings

    async def set_up(self, request: Request) -> Any:
        return self._promised("settingsUpdate", request.path_params["uid"], await request.json())

    async def put(self, request: Request) -> Any:
        return self._promised("documentAdditionOrUpdate", request.path_params["uid"], await request.json())

    async def remove(self, request: Request) -> Any:
        return self._promised("documentDeletion", request.path_params["uid"], await request.json())

    async def swap(self, request: Request) -> Any:
        return self._promised("indexSwap", None, await request.json())

    async def task(self, request: Request) -> Any:
        return self.warehouse.task(request.path_params["number"])

    async def fetch(self, request: Request) -> Any:
        asked = await request.json()
        rows = list(self.warehouse.shelf(request.path_params["uid"]).documents.values())
        offset, limit = asked.get("offset", 0), asked.get("limit", 20)
        shown = [{name: row[name] for name in asked["fields"] if name in row} for row in rows[offset : offset + limit]]
        return {"results": shown, "offset": offset, "limit": limit, "total": len(rows)}

    async def facets(self, request: Request) -> Any:
        asked = await request.json()
        return self.warehouse.shelf(request.path_params["uid"]).facet_search(asked["facetName"], asked["facetQuery"])

    async def search(self, request: Request) -> Any:
        queries = (await request.json())["queries"]
        self.searches.append(queries)
        await asyncio.sleep(self.faults.search_seconds)
        if self.faults.search_status:
            raise Refused("internal", "An internal error has occurred.")
        if self.faults.search_body is not None:
            return self.faults.search_body
        return {"results": [self.warehouse.shelf(query["indexUid"]).search(query) for query in queries]}

    async def be_wrong(self, request: Request) -> Any:
        self.faults = Faults(**(await request.json()))
        return {}

    async def searched(self, _: Request) -> Any:
        asked, self.searches = self.searches, []
        return asked


def _refusal(refusal: Refused, status: int) -> Response:
    body = {"message": str(refusal), "code": refusal.code, "type": "invalid_request", "link": "https://docs"}
    return JSONResponse(body, status)


def main(port: str, folder: str, key: str | None = None) -> None:
    """Serve until killed."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    app = StandIn(Path(folder), key).app()
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
