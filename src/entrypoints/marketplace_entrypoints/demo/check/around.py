"""What a walk left behind beside the marketplace: a mail that arrived elsewhere, and lines in logs."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from marketplace_entrypoints.demo.check.logs import GATEWAY, lines_of, logs_in, told_of
from marketplace_entrypoints.demo.check.outsider import Outsider, eventually, require
from marketplace_entrypoints.demo.check.place import Place
from marketplace_entrypoints.demo.check.receipt import Around, Letter
from marketplace_entrypoints.demo.check.steps import Steps

CONFIRMATION: Final = "order_confirmation"
SERVERS: Final = "servers"


async def look_around(steps: Steps, place: Place, somebody: Outsider, letters: Sequence[Letter]) -> Around | None:
    """Look at what is at hand; None where nothing is. Raises ``StepFailed``."""
    if place.mails is None and place.logs is None:
        return None
    steps.begin("Around the marketplace")
    found = Around()
    if place.mails is not None:
        async with steps.step("The confirmation of the order left by SMTP, and arrived once"):
            found = Around(arrived=arrived_once(place.mails, letters))
    if place.logs is not None:
        async with steps.step("A request has one id and one trace, in the gateway's log and in the service's"):
            request_id = await _followed(place.logs, somebody)
        async with steps.step("Every line of every log is one JSON object, every request has its id and its trace"):
            logs = logs_in(place.logs)
            bad = [line for log in logs for line in log.bad]
            require(not bad, "\n".join(["Not so:", *bad]))
        others = sorted((place.logs / SERVERS).glob("*.log"))
        servers = tuple((path.stem, sum(1 for _ in lines_of(path))) for path in others)
        found = Around(arrived=found.arrived, request_id=request_id, logs=logs, servers=servers)
    return found


def arrived_once(folder: Path, letters: Sequence[Letter]) -> Letter:
    """Return the confirmation among these letters, which arrived once. Raises ``Unexpected``."""
    (wanted,) = (letter for letter in letters if letter.template == CONFIRMATION)
    here = [one for one in _mails_in(folder) if (one["To"], one["Subject"]) == (wanted.to, wanted.subject)]
    require(len(here) == 1, f"“{wanted.subject}” to {wanted.to} arrived {len(here)} times by SMTP.")
    return wanted


async def _followed(folder: Path, somebody: Outsider) -> str:
    """Ask something, and follow the request through the logs; return its id."""
    request_id = (await somebody.send("GET", "/v1/me")).headers["x-request-id"]

    async def look() -> dict[str, str] | None:
        told = dict(told_of(folder, request_id))
        return told if GATEWAY in told and len(told) > 1 else None

    told = await eventually(look, f"The request {request_id} is not in the logs of the gateway and of a service.")
    require(len(set(told.values())) == 1, f"The request {request_id} has several traces: {told}.")
    return str(request_id)


def _mails_in(folder: Path) -> Iterator[EmailMessage]:
    """Yield what is in a Maildir."""
    for path in (one for room in ("new", "cur") for one in (folder / room).glob("*")):
        yield message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
