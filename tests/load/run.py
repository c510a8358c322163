"""Many processes, many workers in each, one database: nothing appears, nothing vanishes, nothing happens twice."""

import asyncio
import json
import multiprocessing
import random
import time
import traceback
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from attrs import define

from features.drivers.names import PICTURE
from marketplace_core import MarketplaceError
from marketplace_core.catalog import (
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    NewVariant,
    PublishProduct,
    RequestImageUpload,
    ViewProduct,
)
from marketplace_core.identity import ApproveSeller, GrantRole, OpenShop, RegisterUser
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OfferId
from marketplace_entrypoints.composition import bootstrap
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from tests.coherence import THEIRS, UNHEARD, findings
from tests.databases import BESIDE, books_of
from tests.load.deeds import Known, Worker, somebody
from tests.logs import log_only

SHOPS: Final = ("ada", "bob", "cyd")
PRICES_MINOR: Final = (1_000, 6_000, 333)
STOCK: Final = 100_000
BUYERS_MIN: Final = 4
REST_SECONDS: Final = 240.0


@define
class Figures:
    """What was done, and what is wrong."""

    database: str
    workers: int
    processes: int
    done: Counter[str]
    refused: Counter[str]
    violations: list[str]
    seconds: float

    def __str__(self) -> str:
        """Say it in one line."""
        deeds, refused = sum(self.done.values()), sum(self.refused.values())
        return (
            f"{self.database}: {self.workers} workers in {self.processes} processes, {deeds} operations,"
            f" {refused} refused, {len(self.violations)} violations, {self.seconds:.0f} s"
        )


def address(name: str) -> str:
    """Where somebody is written to."""
    return f"{name}@load.test"


@asynccontextmanager
async def opened_quietly(data: Path) -> AsyncGenerator[OpenMarketplace]:
    """Open the marketplace; say nothing of what is refused, there is much of that."""
    log_only()
    async with open_marketplace(Settings(data=data, clock="shifted")) as opened:
        yield opened


@contextmanager
def bugs_noted(violations: list[str]) -> Iterator[None]:
    """Note every failure behind the scenes that no rule of business explains."""

    def note(kind: str, name: str, failure: BaseException) -> None:
        if not isinstance(failure, MarketplaceError):
            where = "".join(traceback.format_exception(failure, limit=-4))
            violations.append(f"{kind} {name}: {where}")

    before = bootstrap.report
    bootstrap.report = note
    try:
        yield
    finally:
        bootstrap.report = before


async def prepare(data: Path, buyers: int) -> None:
    """Have everybody register, open the shops and fill the shelves."""
    async with opened_quietly(data) as opened:
        market = opened.market
        names = ("olga", "oskar", *SHOPS, *(f"buyer{number}" for number in range(buyers)))
        for name in names:
            command = RegisterUser(email=address(name), password=f"{name} likes it long 7531", name=name)
            await market.execute(command, by=ANONYMOUS)
        for name in ("olga", "oskar"):
            user = await somebody(opened, address(name))
            await market.execute(GrantRole(user_id=user.own_user, role=Role.OPERATOR), by=SYSTEM)
        await market.execute(CreateCategory(slug="things", name="Things"), by=SYSTEM)
        for shop, price_minor in zip(SHOPS, PRICES_MINOR, strict=True):
            await _open_shop(opened, shop, price_minor)
        await rest(opened)


async def _open_shop(opened: OpenMarketplace, shop: str, price_minor: int) -> None:
    market, owner = opened.market, await somebody(opened, address(shop))
    await market.execute(OpenShop(name=shop, slug=shop * 2, country="DE"), by=owner)
    by = await somebody(opened, address(shop))
    assert by.seller_id is not None
    await market.execute(ApproveSeller(seller_id=by.seller_id), by=SYSTEM)
    await rest(opened)
    made = await market.execute(
        CreateProduct(
            seller_id=by.seller_id,
            title=f"Something of {shop}",
            description="Made with care.",
            category="things",
            variants=(NewVariant(price_minor=price_minor, currency="EUR", stock=STOCK),),
        ),
        by=by,
    )
    asked = RequestImageUpload(product_id=made.product_id, content_type="image/png", upload_bytes=len(PICTURE))
    image = await market.execute(asked, by=by)
    picture = opened.settings.data / "picture.png"
    picture.write_bytes(PICTURE)
    await opened.send_to_slot(image.slot, picture)
    await market.execute(ConfirmImage(product_id=made.product_id, image_id=image.image_id), by=by)
    await market.execute(PublishProduct(product_id=made.product_id), by=by)
    (opened.settings.data / f"{shop}.product").write_text(made.product_id)


async def rest(opened: OpenMarketplace) -> None:
    """Let everything happen that is due, on both sides."""
    while await opened.provider_housekeeping() + await opened.dispatcher.settle():
        pass


async def work(data: Path, number: int, workers: int, times: int, buyers: int) -> Known:
    """Let some of the workers work, and a dispatcher beside them."""
    known = Known()
    with bugs_noted(known.violations):
        await _work(data, known, number, workers, times, buyers)
    return known


async def _work(data: Path, known: Known, number: int, workers: int, times: int, buyers: int) -> None:
    async with opened_quietly(data) as opened:
        owners: dict[str, Actor] = {}
        offers: list[OfferId] = []
        for shop in SHOPS:
            by = await somebody(opened, address(shop))
            assert by.seller_id is not None
            owners[by.seller_id] = by
            product = (data / f"{shop}.product").read_text()
            shown = await opened.market.ask(ViewProduct(product_id=product), by=by)  # type: ignore[arg-type]
            offers.append(shown.variants[0].offer_id)
        operators = (await somebody(opened, address("olga")), await somebody(opened, address("oskar")))
        all_of_them = [
            Worker(
                opened,
                random.Random(number * 1_000 + index),
                known,
                await somebody(opened, address(f"buyer{(number * workers + index) % buyers}")),
                owners,
                operators,
                tuple(offers),
            )
            for index in range(workers)
        ]
        beside = asyncio.create_task(_dispatch(opened))
        try:
            await asyncio.gather(*(one.work(times) for one in all_of_them))
        finally:
            beside.cancel()
            with suppress(asyncio.CancelledError):
                await beside


async def _dispatch(opened: OpenMarketplace) -> None:
    while True:
        await opened.provider_housekeeping()
        await opened.dispatcher.turn()
        await asyncio.sleep(0.05)


def _process(data: Path, number: int, workers: int, times: int, buyers: int) -> None:
    known = asyncio.run(work(data, number, workers, times, buyers))
    told: dict[str, Any] = {"done": known.done, "refused": known.refused, "violations": known.violations}
    (data / f"figures-{number}.json").write_text(json.dumps(told))


async def _end(data: Path) -> None:
    async with opened_quietly(data) as opened:
        script = opened.adapters.payments.script
        await script.do("balance", {"currency": "EUR", "amount_minor": 100_000_000})
        deadline = time.monotonic() + REST_SECONDS
        while time.monotonic() < deadline:
            await rest(opened)
            if not _unheard(data):
                return
            opened.adapters.around.clock.advance(700)  # type: ignore[attr-defined]


def _unheard(data: Path) -> list[str]:
    """Tell what one side has yet to hear of: while there is any, the sums of both are not compared."""
    with books_of(data) as books:
        books.execute("ATTACH ? AS theirs", (str(data / THEIRS),))
        ((number,),) = books.execute(UNHEARD)
        tried = books.execute("SELECT kind, subject, last_error FROM deadlines WHERE attempts > 0").fetchall()
    return [f"{number} things that one side has not heard of, among them {tried}"] if number else []


def run(data: Path, *, workers: int, times: int, processes: int, prepared: bool = False) -> Figures:
    """Do all of it and look what is wrong at the end."""
    began, buyers = time.monotonic(), max(BUYERS_MIN, workers // 2)
    if not prepared:
        asyncio.run(prepare(data, buyers))
    spawn = multiprocessing.get_context("spawn")
    each = workers // processes
    crowd = [spawn.Process(target=_process, args=(data, one, each, times, buyers)) for one in range(processes)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    ended = [f"process {one.pid} ended with {one.exitcode}" for one in crowd if one.exitcode]
    asyncio.run(_end(data))
    told = [json.loads(path.read_text()) for path in sorted(data.glob("figures-*.json"))]
    return Figures(
        database="postgresql" if (data / BESIDE).exists() else "sqlite",
        workers=each * processes,
        processes=processes,
        done=sum((Counter(one["done"]) for one in told), Counter()),
        refused=sum((Counter(one["refused"]) for one in told), Counter()),
        violations=[*ended, *(said for one in told for said in one["violations"]), *_unheard(data), *findings(data)],
        seconds=time.monotonic() - began,
    )
