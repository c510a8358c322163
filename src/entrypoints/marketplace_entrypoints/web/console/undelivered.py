"""What was not delivered, for whom, and what moves it next; and the event bus filled again."""

from datetime import UTC, datetime
from typing import Final

from starlette.responses import Response

from marketplace_core.kernel.paging import PageRequest
from marketplace_core.operations import REACTIONS, RELAY, ListUndelivered, Mover, PublishEventsAnew, Undelivered
from marketplace_entrypoints.web.console.desk import ROWS, move_money
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.visit import Visit

EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
CONSUMERS: Final = {
    RELAY: msg("Events that nobody has taken"),
    REACTIONS: msg("Events that were published and not reacted to"),
}
MOVERS: Final = {
    Mover.WORKER: msg("A worker, at its next turn. If it stays, see whether one runs."),
    Mover.RETRY: msg("A worker, at %(moment)s."),
    Mover.EARLIER: msg("An earlier event of the same has to be delivered first."),
    Mover.PERSON: msg("You: nobody tries it any more."),
}


async def undelivered(visit: Visit) -> Response:
    """List it."""
    return await _undelivered(visit, Form(language=visit.language), 200)


async def rebuild(visit: Visit) -> Response:
    """Give the event bus again what has occurred since a day, for a reason; or say what would be asked of it."""
    form = await visit.form()
    since = _day(form.text("since"))
    if since is None:
        form.errors["since"] = visit.language.say("This is no day.")
        return await _undelivered(visit, form, 422)
    command = PublishEventsAnew(since)
    return await move_money(visit, command, again=_undelivered, after="/console/undelivered", notice="bus-filled")


def _day(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) if text else EVER
    except ValueError:
        return None


async def _undelivered(visit: Visit, form: Form, status: int) -> Response:
    found = await visit.ask(ListUndelivered(page=PageRequest(limit=ROWS)))
    return visit.page(
        "console/undelivered.html",
        status=status,
        form=form,
        found=found,
        has_bus=visit.house.opened.adapters.bus is not None,
        consumer=lambda name: _consumer(visit.language, name),
        moved=lambda letter: _moved(visit.language, letter),
        stuck=sum(one.waiting + one.retried + one.given_up for one in found.backlogs),
    )


def _consumer(language: Language, name: str) -> str:
    known = CONSUMERS.get(name)
    provider = name.partition(":")[2]
    return language.say(known) if known else language.say("Messages of %(provider)s", provider=provider)


def _moved(language: Language, letter: Undelivered) -> str:
    moment = language.moment(letter.next_try_at) if letter.next_try_at else ""
    return language.say(MOVERS[letter.moved_by], moment=moment)
