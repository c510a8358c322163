"""``marketplace refund`` on a real data folder, from the wish to the card."""

from pathlib import Path

import pytest

from tests.entrypoints.cli.music_shop import ADA
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]


@pytest.fixture
def paid(counter: Counter) -> Counter:
    """Return the counter with the order paid and its money held."""
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    counter.worker()
    return counter


@pytest.mark.slow
def test_a_buyers_wish_is_approved_by_the_shop_and_reaches_the_card(paid: Counter) -> None:
    asked = paid.ann("refund", "give", paid.order_id, "--part", f"{paid.part()}:1000:90", "--reason", "Chipped.")
    (waiting,) = paid.ada("refund", "list", "--state", "requested")["items"]
    approved = paid.ada("refund", "approve", asked["refund_id"])
    paid.worker()
    done = paid.ann("refund", "show", asked["refund_id"])
    shown = paid.shell.type("refund", "show", asked["refund_id"], who=None).stdout

    assert (asked["state"], asked["amount"]["amount_minor"]) == ("requested", 1_090)
    assert (waiting["refund_id"], waiting["reason"]) == (asked["refund_id"], "Chipped.")
    assert approved["state"] == "approved"
    assert (done["state"], done["parts"][0]["booking"]) == ("succeeded", None)
    assert "asked by the buyer: Chipped." in shown
    assert "10.90 EUR" in shown


def test_a_preview_changes_nothing_and_a_dry_run_is_one(paid: Counter) -> None:
    part = ("--part", f"{paid.part()}:1000")

    preview = paid.operator("refund", "preview", paid.order_id, *part)
    dry = paid.operator("refund", "give", paid.order_id, *part, "--reason", "x", "--dry-run")
    said = paid.shell.type("refund", "preview", paid.order_id, "--amount", "1000", who=None).stdout

    assert preview == dry
    assert preview["parts"][0]["booking"]["held"]["amount_minor"] == 1_000
    assert "nothing was changed" in said
    assert paid.operator("refund", "list")["items"] == []


def test_a_rejection_needs_a_reason_and_keeps_it(paid: Counter) -> None:
    asked = paid.ann("refund", "give", paid.order_id, "--amount", "500", "--reason", "Late.")

    mute = paid.shell.type("refund", "reject", asked["refund_id"], who=ADA)
    rejected = paid.ada("refund", "reject", asked["refund_id"], "--reason", "It was on time.")

    assert mute.exit_code == 2
    assert (rejected["state"], rejected["note"]) == ("rejected", "It was on time.")


def test_the_same_key_gives_back_once(paid: Counter) -> None:
    words = ("refund", "give", paid.order_id, "--amount", "500", "--reason", "Sorry.", "--key", "one-refund-1")

    first, again = paid.operator(*words), paid.operator(*words)

    assert first["refund_id"] == again["refund_id"]


def test_refusals_say_why_with_their_exit_code(paid: Counter) -> None:
    shell, order, part = paid.shell, paid.order_id, paid.part()
    asked = paid.ann("refund", "give", order, "--amount", "500", "--reason", "Late.")["refund_id"]

    assert shell.refused("refund", "show", "rfd_none", who=None) == (4, "payments.refund_not_found")
    assert shell.refused("refund", "give", order, "--part", f"{part}:9999", "--reason", "x", who=None) == (
        6,
        "payments.refund_exceeds_remaining",
    )
    assert shell.refused("refund", "give", order, "--reason", "x", who=None) == (3, "payments.malformed_refund")
    assert shell.refused("refund", "cancel", asked, "--reason", "x", who=None) == (6, "payments.wrong_state")
    assert shell.refused("refund", "settle", asked, "--reason", "cash", who=None) == (6, "payments.wrong_state")
    assert shell.refused("refund", "cancel", asked, who=ADA) == (5, "kernel.not_allowed")
    assert shell.refused("order", "reject-payment", order, "--reason", "x", who=None) == (
        6,
        "orders.illegal_transition",
    )


@pytest.mark.parametrize("part", ["sor_1", "sor_1:", "sor_1:x", "sor_1:-1", "sor_1:1:2:3:4", "sor_1:٣"])
def test_a_part_that_is_none_is_wrong_usage(counter: Counter, part: str, tmp_path: Path) -> None:
    typed = counter.shell.type("refund", "give", counter.order_id, "--part", part, "--reason", "x", who=None)

    assert typed.exit_code == 2
