"""Tries out a demonstration that runs already, wherever it is."""

import httpx

from marketplace_core.kernel.errors import Unavailable
from marketplace_entrypoints.demo.catalogue import OPERATOR, PASSWORD
from marketplace_entrypoints.demo.check.outsider import TIMEOUT_SECONDS, Outsider, Unexpected
from marketplace_entrypoints.demo.check.place import Place
from marketplace_entrypoints.demo.check.receipt import Receipt
from marketplace_entrypoints.demo.check.walk import walk
from marketplace_entrypoints.demo.studio import studio
from marketplace_entrypoints.demo.tell import Teller


class NoDemonstrationThere(Unavailable):
    """Nobody answers at the address, or a marketplace without the demonstration's people."""

    code = "demo.no_demonstration_there"


async def walk_at(place: Place, tell: Teller) -> Receipt:
    """Walk both journeys there, and return the receipt. Raises ``NoDemonstrationThere`` and ``StepFailed``."""
    tell.say(f"The demonstration at {place.address} is tried out")
    await require_demonstration(place)
    async with studio(processes=2) as films:
        return await walk(place, tell, films)


async def require_demonstration(place: Place) -> None:
    """Pass when the demonstration's operator is known there. Raises ``NoDemonstrationThere``."""
    async with httpx.AsyncClient(
        base_url=place.address, timeout=TIMEOUT_SECONDS, trust_env=False, verify=place.trust
    ) as http:
        operator = Outsider(http=http, name=OPERATOR.name, email=OPERATOR.email, password=PASSWORD)
        try:
            await operator.sign_in()
        except httpx.HTTPError as failure:
            raise NoDemonstrationThere(f"Nobody answers at {place.address}: {failure}") from failure
        except Unexpected as refusal:
            raise NoDemonstrationThere(
                f"The marketplace at {place.address} does not know the demonstration's operator. {refusal}"
            ) from refusal
