"""``marketplace debt`` on a real data folder."""

from tests.entrypoints.cli.music_shop import ADA
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]


def test_a_shop_and_operators_see_its_standing_and_a_top_up_is_rehearsed_then_booked(counter: Counter) -> None:
    own = counter.ada("debt", "show")
    seller = own["seller_id"]
    arrived = ("debt", "top-up", seller, "--amount", "500", "--reference", "bank 1")
    dry = counter.operator(*arrived, "--dry-run")
    nothing = counter.operator("debt", "list")["items"]
    mute = counter.shell.refused(*arrived, who=None)
    done = counter.operator(*arrived, "--reason", "Asked to.")
    twice = counter.shell.refused(*arrived, "--reason", "Again.", who=None)
    listed = counter.operator("debt", "list", "--seller", seller)["items"]
    debtors = counter.operator("debt", "debtors")["items"]
    too_much = ("debt", "write-off", seller, "--amount", "1", "--reason", "x")

    assert own == counter.operator("debt", "show", seller)
    assert (own["can_sell"], own["debt"]["amount_minor"]) == (True, 0)
    assert (dry["dry_run"], nothing) == (True, [])
    assert mute == (3, "cli.reason_required")
    assert done["state"] == "booked"
    assert twice == (6, "payments.wrong_state")
    assert [one["note"] for one in listed] == ["bank 1"]
    assert debtors == []
    assert counter.shell.refused("debt", "debtors", who=ADA) == (5, "kernel.not_allowed")
    assert counter.shell.refused(*too_much, who=None) == (6, "payments.exceeds_debt")
    assert counter.shell.refused("debt", "list", who=ADA) == (5, "kernel.not_allowed")
    assert "owes 0.00 EUR" in counter.shell.type("debt", "show", who=ADA).stdout
