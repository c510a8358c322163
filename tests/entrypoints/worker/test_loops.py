"""What a worker does by itself, on a real data folder."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
import structlog
from structlog.testing import capture_logs

from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_core.cart import AddToCart, ViewCart
from marketplace_core.identity import GrantRole, IdentifyUser, ListUsers, RegisterUser, StartAsGuest
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Role
from marketplace_core.kernel.ids import OfferId
from marketplace_core.notifications import ListMails, Template
from marketplace_core.payments import ListBrakes, ProviderUnavailable
from marketplace_core.payments.books import BrakeCause
from marketplace_core.testing.conformance.operations import MESSAGE
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.worker.loops import Loop, loops
from tests.entrypoints.cli.music_shop import opened_shop


@pytest.fixture(autouse=True)
def _everything_is_logged() -> None:
    structlog.reset_defaults()


async def test_guests_who_never_ordered_are_forgotten_with_their_carts(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", clock="shifted")
    async with open_marketplace(settings) as opened:
        market, shop = opened.market, await opened_shop(opened)
        accounts = len((await market.ask(ListUsers(), by=SYSTEM)).items)
        guest = await market.execute(StartAsGuest(), by=ANONYMOUS)
        by = await market.ask(IdentifyUser(user=guest.user_id), by=SYSTEM)
        await market.execute(AddToCart(offer_id=OfferId(shop.offers[0]), quantity=1), by=by)
        ShiftedClock(tmp_path / "data" / "clock-shift").advance(timedelta(days=31).total_seconds())
        young = await market.execute(StartAsGuest(), by=ANONYMOUS)

        await loops(opened, payout_sweep_seconds=60)["guests"].step()

        left = (await market.ask(ListUsers(), by=SYSTEM)).items
        cart = await market.ask(ViewCart(), by=by)
        assert {guest.user_id, young.user_id} & {user.user_id for user in left} == {young.user_id}
        assert len(left) == accounts + 1
        assert cart.groups == ()


def told(lines: Sequence[Any]) -> list[tuple[str, str, int | None]]:
    """Return what a worker said aloud."""
    return [
        (line["log_level"], line["event"], line.get("missing_minor")) for line in lines if line["log_level"] != "debug"
    ]


async def test_the_balance_at_the_provider_is_looked_at_and_silence_is_no_breach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_marketplace(Settings(data=tmp_path / "data")) as opened:
        look = loops(opened, payout_sweep_seconds=60)["liquidity"].step

        async def causes() -> list[BrakeCause]:
            return [one.cause for one in await opened.market.ask(ListBrakes(), by=SYSTEM) if one.released_at is None]

        async def silent() -> None:
            raise ProviderUnavailable("The connection was refused.")

        with capture_logs() as first:
            await look()
        assert (told(first), await causes()) == ([], [])
        await opened.adapters.payments.script.do("balance", {"currency": "EUR", "amount_minor": -100})
        with capture_logs() as short:
            await look()
        assert await causes() == [BrakeCause.LIQUIDITY]
        monkeypatch.setattr(FakepayPayoutGateway, "platform_balances", lambda _: silent())
        with capture_logs() as unknown:
            await look()

        assert await causes() == [BrakeCause.LIQUIDITY]
        assert told(short) == [("error", "liquidity", 100)]
        assert told(unknown) == [("warning", "the balance at the provider is not known", None)]


@pytest.mark.parametrize("address", ["", "alarms@example.org"])
async def test_operators_hear_of_a_brake_once_in_their_accounts_and_at_their_address(
    tmp_path: Path, address: str
) -> None:
    async with open_marketplace(Settings(data=tmp_path / "data", operators_address=address)) as opened:
        market, look = opened.market, loops(opened, payout_sweep_seconds=60)["liquidity"].step

        async def written() -> list[str]:
            await opened.dispatcher.settle()
            found = (await market.ask(ListMails(), by=SYSTEM)).items
            return sorted(mail.address for mail in found if mail.template is Template.MONEY_STANDS_STILL)

        async def put_in(minor: int) -> None:
            await opened.adapters.payments.script.do("balance", {"currency": "EUR", "amount_minor": minor})
            await look()

        await put_in(-100)
        assert await written() == [address] * bool(address)
        await market.execute(
            RegisterUser(email="olga@example.com", password="correct horse battery", name="Olga"), by=SYSTEM
        )
        olga = await market.ask(IdentifyUser(user="olga@example.com"), by=SYSTEM)
        assert olga.user_id is not None
        await market.execute(GrantRole(user_id=olga.user_id, role=Role.OPERATOR), by=SYSTEM)
        await put_in(-100)
        assert await written() == [address] * bool(address)
        await put_in(200)
        await put_in(-100)

        assert await written() == sorted(["olga@example.com", *[address] * 2 * bool(address)])


async def test_what_is_not_delivered_is_logged_in_one_line_every_time_and_new_once(tmp_path: Path) -> None:
    async with open_marketplace(Settings(data=tmp_path / "data", clock="shifted")) as opened:
        loop = loops(opened, payout_sweep_seconds=60)["undelivered"]
        inbox, clock = opened.dispatcher.inbox, opened.adapters.around.clock
        with capture_logs() as calm:
            await loop.step()
        await inbox.remember(MESSAGE, clock.now())
        ShiftedClock(tmp_path / "data" / "clock-shift").advance(3_600)

        with capture_logs() as lines:
            await loop.step()
            await loop.step()

    said = [line for line in lines if line["event"] == "not delivered"]
    trouble = "refund.updated waiting (inbox:fakepay)"
    assert [one for one in calm if one["event"] == "not delivered"] == []
    assert [(one["log_level"], one["stuck"], one["new"]) for one in said] == [
        ("warning", [trouble], [trouble]), ("warning", [trouble], []),
    ]  # fmt: skip
    assert (loop.rest_seconds, loop.first_after_seconds) == (3_600, 300)


async def test_a_loop_that_begins_later_ends_all_the_same_when_asked_to() -> None:
    steps: list[int] = []

    async def step() -> int:
        steps.append(1)
        return 0

    stopping = anyio.Event()
    late = Loop(name="late", step=step, rest_seconds=60, first_after_seconds=60)
    soon = Loop(name="soon", step=step, rest_seconds=60, first_after_seconds=0.01)
    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(late.run, stopping)
            group.start_soon(soon.run, stopping)
            await anyio.sleep(0.2)
            stopping.set()

    assert steps == [1]


async def test_the_books_are_compared_once_a_day_whoever_began_it(tmp_path: Path) -> None:
    async with open_marketplace(Settings(data=tmp_path / "data", clock="shifted")) as opened:
        step = loops(opened, payout_sweep_seconds=60)["comparison"].step

        async def compared() -> list[Any]:
            with capture_logs() as lines:
                await step()
            return [(line["log_level"], line["differences"]) for line in lines if line["event"] == "books compared"]

        first, soon = await compared(), await compared()
        await opened.adapters.payments.script.do("balance", {"currency": "EUR", "amount_minor": 700})
        ShiftedClock(tmp_path / "data" / "clock-shift").advance(86_400)

        assert (first, soon, await compared()) == ([("info", 0)], [], [("error", 1)])
