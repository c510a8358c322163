"""Money that is moved by hand: with a reason that is kept, or as a rehearsal; and letters that nobody took."""

import json
import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.testing.queues import give_up
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.entrypoints.cli.music_shop import ANN, in_folder
from tests.entrypoints.cli.test_payments import Counter, counter  # noqa: F401 - a fixture

MESSAGE = ProviderMessage(
    provider="fakepay", message_id="evt_1", type="payment.succeeded", subject="payment", reference="pay_x", raw=b"{}"
)


@pytest.fixture
def paid(counter: Counter) -> Counter:  # noqa: F811 - the fixture above
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    return counter


def test_an_operator_has_to_say_why_and_a_rehearsal_needs_no_reason(paid: Counter) -> None:
    part = paid.part()

    assert paid.shell.refused("escrow", "release", part, who=None) == (3, "cli.reason_required")
    assert paid.shell.refused("payout", "run", "--reason", " ", who=None) == (3, "kernel.malformed_act_reason")
    dry = paid.operator("escrow", "freeze", part, "--reason", "risk", "--dry-run")
    said = paid.shell.type("escrow", "freeze", part, "--reason", "risk", "--dry-run", who=None).stdout

    assert (dry["dry_run"], dry["steps"]) == (True, [f"save EscrowHold {part} as frozen"])
    assert "Nothing was changed." in said
    assert paid.operator("escrow", "view", part)["state"] == "held"
    assert paid.operator("acts")["items"] == []


def test_what_was_done_is_listed_with_its_reason(paid: Counter) -> None:
    part = paid.part()
    paid.operator("escrow", "freeze", part, "--reason", "risk")
    table = paid.shell.type("acts", who=None).stdout

    (act,) = paid.operator("acts")["items"]
    assert (act["actor"], act["command"], act["reason"]) == ("operator:cli", "FreezeEscrow", "risk")
    assert act["about"] == f"seller_order_id={part}, reason=risk"
    assert "FreezeEscrow" in table
    assert paid.shell.refused("acts", who=ANN) == (5, "kernel.not_allowed")


async def _give_up(opened: OpenMarketplace, message: ProviderMessage) -> None:
    dispatcher = opened.dispatcher
    await give_up(dispatcher.inbox, message, dispatcher.clock.now(), "ValueError: what")


def test_a_dead_letter_is_listed_replayed_given_up_again_and_discarded(paid: Counter) -> None:
    in_folder(partial(_give_up, message=MESSAGE))
    (letter,) = paid.operator("dead-letters", "list")["items"]
    table = paid.shell.type("dead-letters", "list", who=None).stdout
    name = letter["letter_id"]
    assert (name, letter["error"]) == ("message:fakepay:evt_1", "ValueError: what")
    assert "payment pay_x" in table

    assert paid.shell.refused("dead-letters", "replay", name, who=ANN) == (5, "kernel.not_allowed")
    assert paid.shell.refused("dead-letters", "replay", name, who=None) == (3, "cli.reason_required")
    paid.operator("dead-letters", "replay", name, "--reason", "Mended.")
    assert paid.operator("dead-letters", "list")["items"] == []

    in_folder(partial(_give_up, message=MESSAGE))
    paid.operator("dead-letters", "discard", name, "--reason", "Nobody's.")
    assert paid.operator("dead-letters", "list")["items"] == []
    again = paid.shell.refused("dead-letters", "replay", name, "--reason", "x", who=None)
    assert again == (4, "operations.dead_letter_not_found")
    assert [one["reason"] for one in paid.operator("acts")["items"]] == ["Nobody's.", "Mended."]


@pytest.fixture
def wreck(paid: Counter, tmp_path: Path) -> Iterator[Counter]:
    """Yield what a test may damage; it is put away before anybody looks whether the books are in order."""
    yield paid
    (tmp_path / "marketplace.sqlite").unlink()


def _tamper(statement: str) -> None:
    connection = sqlite3.connect(Path(os.environ["MARKETPLACE_DATA"]) / "marketplace.sqlite")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


def test_the_doctor_is_silent_about_sound_books_and_names_what_is_not(wreck: Counter) -> None:
    healthy = wreck.shell.type("ledger", "doctor", who=None)
    _tamper("UPDATE payments_payments SET fee_minor = fee_minor + 7")
    _tamper("UPDATE catalog_stock SET held = held + 1 WHERE held + sold > 0")
    ill = wreck.shell.type("ledger", "doctor", "--json", who=None)
    said = wreck.shell.type("ledger", "doctor", "--repair", "--dry-run", who=None)

    assert (healthy.exit_code, "sound" in healthy.stdout) == (0, True)
    found = json.loads(ill.stdout)
    assert (ill.exit_code, [one["check"] for one in found["violations"]]) == (1, ["fee_is_booked"])
    assert len(found["stock"]) == 1
    assert [one["name"].rpartition(":")[2] for one in found["proposals"]] == ["corrected"]
    assert (said.exit_code, "proposed" in said.stdout, "stock_matches_reservations" in said.stdout) == (1, True, True)


def test_the_doctor_posts_what_is_proposed_only_for_a_reason(wreck: Counter) -> None:
    _tamper("UPDATE payments_payments SET fee_minor = fee_minor + 7")

    mute = wreck.shell.type("ledger", "doctor", "--repair", "--yes", "--json", who=None)
    mended = wreck.shell.type("ledger", "doctor", "--repair", "--yes", "--reason", "The fee grew.", who=None)

    assert mute.exit_code == 3
    assert (mended.exit_code, "1 journals were posted; 0 findings are left." in mended.stdout) == (0, True)
    assert wreck.operator("acts")["items"][0]["reason"] == "The fee grew."
    assert wreck.shell.refused("ledger", "doctor", who=ANN) == (5, "kernel.not_allowed")


def test_money_stands_still_until_it_is_let_go(wreck: Counter) -> None:
    moving = wreck.shell.type("ledger", "brakes", who=None).stdout
    _tamper("UPDATE payments_payments SET fee_minor = fee_minor + 7")

    still = wreck.operator("ledger", "inspect")
    run = wreck.shell.refused("payout", "run", "--reason", "Due.", who=None)
    shown = wreck.shell.type("ledger", "brakes", who=None).stdout
    (resumed,) = wreck.operator("ledger", "resume", "audit", "--reason", "Known.")

    assert "Money moves." in moving
    assert still["stands_still"] is True
    assert run == (8, "payments.books_do_not_balance")
    assert "fee_is_booked" in shown
    assert resumed["note"] == "Known."
    assert wreck.operator("payout", "run", "--reason", "Due.")["payouts"] == []
    again = wreck.shell.refused("ledger", "resume", "audit", "--reason", "x", who=None)
    assert again == (4, "payments.brake_not_found")


async def _put_in(minor: int, opened: OpenMarketplace) -> None:
    await opened.adapters.payments.script.do("balance", {"currency": "EUR", "amount_minor": minor})


def test_payouts_stand_still_while_the_balance_does_not_reach(wreck: Counter) -> None:
    enough = wreck.shell.type("ledger", "liquidity", who=None)
    in_folder(partial(_put_in, -1_000_000))
    short = wreck.shell.type("ledger", "liquidity", who=None)
    told = wreck.shell.type("ledger", "liquidity", "--json", who=None)
    run = wreck.shell.refused("payout", "run", "--reason", "Due.", who=None)
    brakes = wreck.operator("ledger", "brakes")
    in_folder(partial(_put_in, 1_000_000))
    again = wreck.shell.type("ledger", "liquidity", who=None)

    assert (enough.exit_code, "Payouts move." in enough.stdout) == (0, True)
    assert (short.exit_code, "too little" in short.stdout, "Payouts stand still." in short.stdout) == (1, True, True)
    (cover,) = json.loads(told.stdout)["covers"]
    assert cover["missing"]["amount_minor"] == cover["owed"]["amount_minor"] - cover["held"]["amount_minor"] > 0
    assert run == (8, "payments.paused")
    assert [one["cause"] for one in brakes] == ["liquidity"]
    assert (again.exit_code, "Payouts move." in again.stdout) == (0, True)
    assert wreck.operator("ledger", "brakes")[0]["note"] == "Covered again."
    assert wreck.shell.refused("ledger", "liquidity", who=ANN) == (5, "kernel.not_allowed")


def test_an_order_and_a_commission_are_explained_and_a_shop_has_its_statement(paid: Counter) -> None:
    told = paid.ann("explain", "order", paid.order_id)
    said = paid.shell.type("explain", "order", paid.order_id, who=None).stdout
    commission = paid.operator("explain", "commission", paid.part())
    (balance,) = paid.operator("explain", "balance", paid.shop.seller_id)
    period = ("--since", "2020-01-01", "--until", "2120-01-01")
    statement = paid.operator("payout", "statement", paid.shop.seller_id, *period)
    table = paid.shell.type("payout", "statement", paid.shop.seller_id, *period, "--csv", who=None).stdout
    shown = paid.shell.type("payout", "statement", paid.shop.seller_id, *period, who=None).stdout

    assert [(part["where"], part["amount"]["amount_minor"]) for part in told["parts"]] == [("held", 2_490)]
    assert "24.90 EUR in all" in said
    assert commission["parts"] == []
    assert balance["total"]["amount_minor"] == 2_490
    assert statement["closing"]["amount_minor"] == 0
    assert table.startswith("section,posted,fact")
    assert "0.00 EUR + 0.00 EUR = 0.00 EUR" in shown
    assert paid.shell.refused("explain", "payout", "pyt_none", who=None) == (4, "payments.payout_not_found")
