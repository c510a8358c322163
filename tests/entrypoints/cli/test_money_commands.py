"""Whatever moves money from the command line can be rehearsed, gives its reason and answers programs (ADR 0026)."""

from typing import Any, Final

import click
import pytest
from typer.main import get_command

from marketplace_entrypoints.cli.app import app
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]

MONEY: Final = {
    "claim": {"accept", "answer", "decide", "open", "withdraw"},
    "dead-letters": {"discard", "replay"},
    "debt": {"approve", "reject", "take-back", "top-up", "write-off"},
    "disputes": {"accept", "answer"},
    "escrow": {"freeze", "release", "unfreeze"},
    "ledger": {"doctor", "resume"},
    "order": {
        "accept",
        "accept-payment",
        "cancel",
        "cancel-part",
        "decline",
        "deliver",
        "receive",
        "reject-payment",
        "return",
    },
    "payout": {"cancel", "hold", "retry", "run"},
    "policy": {"return", "use"},
    "refund": {"approve", "cancel", "give", "reject", "settle"},
    "voucher": {"make", "stop"},
}
"""What moves money, lets it go, keeps it back, or decides about it: by group."""
WITHOUT: Final = {
    "claim": {"add-photo", "foresee", "list", "save-photo", "say", "show"},
    "dead-letters": {"list"},
    "debt": {"debtors", "list", "show"},
    "disputes": {"about", "list", "pack", "show"},
    "escrow": {"list", "view"},
    "explain": {"balance", "commission", "order", "payout"},
    "ledger": {"audit", "balance", "brakes", "catch-up", "inspect", "journals", "liquidity"},
    "order": {"all", "list", "place", "quote", "ship", "view"},
    "payment": {"holds", "pay", "view"},
    "payout": {"account", "balance", "entries", "list", "onboarding", "statement", "view"},
    "policy": {"check", "diff", "list", "show"},
    "refund": {"list", "preview", "show"},
    "voucher": {"list", "view"},
}
"""What in those groups only looks, sends goods or words, or is a buyer's own buying."""
NO_MONEY: Final = {
    "acts", "adapters", "cart", "catalog", "db", "delivery", "demo", "events", "gateway", "mail", "media", "page",
    "product", "reconcile", "search", "seller", "serve", "simulate", "user", "video", "webhook", "worker",
}  # fmt: skip
"""Groups and commands that have nothing to do with anybody's money, or only look at it."""


def groups() -> dict[str, Any]:
    """Return what is at the top of the command line, by name."""
    top: Any = get_command(app)
    return dict(top.commands)


def below(name: str) -> dict[str, click.Command]:
    """Return the commands of a group."""
    return dict(groups()[name].commands)


def options(command: click.Command) -> set[str]:
    """Return what may be added to a command."""
    return {word for option in command.params for word in option.opts if word.startswith("--")}


def test_of_every_command_it_is_said_whether_it_moves_money() -> None:
    assert groups().keys() == MONEY.keys() | WITHOUT.keys() | NO_MONEY
    assert not NO_MONEY & (MONEY.keys() | WITHOUT.keys())
    for name in MONEY.keys() | WITHOUT.keys():
        money, without = MONEY.get(name, set()), WITHOUT.get(name, set())
        assert not money & without
        assert below(name).keys() == money | without, f"say of these of {name} whether they move money"


@pytest.mark.parametrize(("group", "name"), sorted((group, name) for group, names in MONEY.items() for name in names))
def test_what_moves_money_is_rehearsed_and_gives_its_reason(group: str, name: str) -> None:
    found = options(below(group)[name])

    assert {"--json", "--dry-run", "--reason", "--as"} <= found


def test_an_operator_has_to_say_why_whatever_they_do_to_an_order(counter: Counter) -> None:
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    counter.worker()
    part = counter.part()

    for words in (
        ("cancel", counter.order_id),
        ("deliver", part),
        ("receive", part),
        ("return", part),
        ("accept", part),
    ):
        assert counter.shell.refused("order", *words, who=None) == (3, "cli.reason_required")
    assert counter.shell.refused("order", "reject-payment", counter.order_id, who=None) == (3, "cli.reason_required")
    counter.operator("order", "cancel", counter.order_id, "--reason", "The shop is gone.")
    assert [one["reason"] for one in counter.operator("acts")["items"]] == ["The shop is gone."]


def test_calling_off_and_receiving_are_rehearsed_without_a_trace(counter: Counter) -> None:
    unpaid = counter.ann("order", "cancel", counter.order_id, "--dry-run")
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    part = counter.part()
    counter.worker()
    before = counter.operator("ledger", "balance"), counter.ann("order", "view", counter.order_id)

    called_off = counter.ann("order", "cancel-part", part, "--reason", "Too late.", "--dry-run")
    whole = counter.ann("order", "cancel", counter.order_id, "--dry-run")
    counter.ada("order", "ship", part, "--carrier", "Post", "--tracking", "1")
    received = counter.ann("order", "receive", part, "--dry-run")
    counter.ada("order", "deliver", part)
    counter.worker()
    claimed = counter.ann("claim", "open", part, "--kind", "damaged", "--text", "?", "--dry-run")

    assert unpaid["asks"] is not None
    assert any("refund" in step.lower() for step in called_off["steps"])
    assert any("refund" in step.lower() for step in whole["steps"])
    assert claimed["dry_run"] is True
    assert f"save SellerOrder {part} as delivered" in received["steps"]
    assert counter.operator("ledger", "balance") == before[0]
    assert counter.ann("order", "view", counter.order_id)["seller_orders"][0]["state"] == "delivered"
    assert before[1]["seller_orders"][0]["state"] == "accepted"
    assert counter.operator("claim", "list")["items"] == []
    assert counter.operator("acts")["items"] == []
