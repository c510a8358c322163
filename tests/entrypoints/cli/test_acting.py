"""Money that is moved by hand: with a reason that is kept, or as a rehearsal; and letters that nobody took."""

from functools import partial

import pytest

from marketplace_core.kernel.inbox import ProviderMessage
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
    inbox = opened.dispatcher.inbox
    await inbox.remember(message, opened.dispatcher.clock.now())
    await inbox.failed(message, "ValueError: what", None)


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
