"""The whole walk: two registrations, two sellers, one paid order, one forgotten one, and the receipt."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from attrs import evolve

from marketplace_core.kernel.clock import SystemClock
from marketplace_entrypoints.demo.catalogue import OPERATOR, PASSWORD, SHOPS
from marketplace_entrypoints.demo.check.around import look_around
from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.buying import Neighbour, buy
from marketplace_entrypoints.demo.check.misfortune import look_back
from marketplace_entrypoints.demo.check.outsider import TIMEOUT_SECONDS, Outsider
from marketplace_entrypoints.demo.check.place import Place
from marketplace_entrypoints.demo.check.receipt import Receipt, write_receipt
from marketplace_entrypoints.demo.check.selling import sell
from marketplace_entrypoints.demo.check.steps import Steps
from marketplace_entrypoints.demo.check.unpaid import abandon
from marketplace_entrypoints.demo.studio import Studio
from marketplace_entrypoints.demo.tell import Teller

NEIGHBOUR: Final = SHOPS[0]
NEIGHBOURS_THING: Final = "speckled-breakfast-mug"
MISSPELT: Final = "speckeld brekfast mug"


async def walk(place: Place, tell: Teller, studio: Studio) -> Receipt:
    """Walk against the marketplace at this place and return the receipt. Raises ``StepFailed``."""
    clock, steps = place.clock, Steps(tell)
    began = (clock or SystemClock()).now()
    async with httpx.AsyncClient(
        base_url=place.address, timeout=TIMEOUT_SECONDS, trust_env=False, verify=place.trust
    ) as http:
        mark = secrets.token_hex(3)  # a second walk over the same data finds its own people
        password = f"walks-through-{secrets.token_hex(6)}"

        def somebody(name: str) -> Outsider:
            first = name.partition(" ")[0].lower()
            return Outsider(http=http, name=name, email=f"{first}.{mark}@example.org", password=password)

        operator = Outsider(http=http, name=OPERATOR.name, email=OPERATOR.email, password=PASSWORD)
        potter = Outsider(http=http, name=NEIGHBOUR.owner.name, email=NEIGHBOUR.owner.email, password=PASSWORD)
        seller, buyer, other = somebody("Tove Dahl"), somebody("Sam Okafor"), somebody("Rosa Lind")
        books = Books(operator)
        steps.begin("A seller opens a shop")
        with _folder() as folder:
            shop = await sell(steps, seller, operator, f"harbour-light-{mark}", studio, folder)
        steps.begin("A buyer buys from two sellers")
        await potter.sign_in()
        neighbour = Neighbour(
            seller=potter,
            name=NEIGHBOUR.name,
            search=MISSPELT,
            title=NEIGHBOUR.item(NEIGHBOURS_THING).title,
        )
        finished = await buy(steps, buyer, shop, neighbour, books)
        steps.begin("An order that nobody pays")
        unpaid = await abandon(steps, other, shop, books, clock.advance if clock else None)
        steps.begin("What went wrong in the town")
        troubles = await look_back(steps, operator, place.address)
        steps.begin("The books")
        async with steps.step("Every cent has one holder, and the ledger sums to zero"):
            people = (seller, potter, buyer, other)
            receipt = await write_receipt(books, people, finished, unpaid, troubles, place, steps, began)
        return evolve(receipt, around=await look_around(steps, place, buyer, receipt.mails))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="marketplace-check-") as folder:
        yield Path(folder)
