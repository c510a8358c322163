"""``marketplace disputes`` on a real data folder, from the bank's complaint to the answer."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from marketplace_adapters.fakepay.plugin import Fakepay
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.entrypoints.cli.music_shop import ADA, ANN, in_folder
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]


@pytest.fixture
def disputed(counter: Counter) -> Counter:
    """Return the counter with the order paid, and all of its payment disputed by the bank."""
    paid = counter.ann("payment", "pay", counter.order_id, "--card", "good")
    counter.worker()

    async def dispute(opened: OpenMarketplace) -> None:
        payments = opened.adapters.payments
        assert isinstance(payments, Fakepay)
        assert payments.script is not None
        await payments.script.do("disputes", {"payment": paid["provider_reference"]})

    in_folder(dispute)
    counter.worker()
    return counter


def the_dispute(disputed: Counter) -> str:
    """Return the name of the one dispute there is."""
    (dispute,) = disputed.operator("disputes", "list")["items"]
    name: str = dispute["dispute_id"]
    return name


def test_refusals_say_why_with_their_exit_code(disputed: Counter) -> None:
    shell, dispute = disputed.shell, the_dispute(disputed)
    words, why = ("--statement", "shipping=Delivered."), ("--reason", "x")

    for who in (ANN, ADA):
        assert shell.refused("disputes", "list", who=who) == (5, "kernel.not_allowed")
        assert shell.refused("disputes", "show", dispute, who=who) == (5, "kernel.not_allowed")
        assert shell.refused("disputes", "answer", dispute, *words, who=who) == (5, "kernel.not_allowed")
        assert shell.refused("disputes", "accept", dispute, who=who) == (5, "kernel.not_allowed")
    assert shell.refused("disputes", "show", "dsp_none", who=None) == (4, "payments.dispute_not_found")
    assert shell.refused("disputes", "answer", "dsp_none", *words, *why, who=None) == (4, "payments.dispute_not_found")
    assert shell.refused("disputes", "accept", "dsp_none", *why, who=None) == (4, "payments.dispute_not_found")
    too_much = ("--statement", f"shipping={'x' * 20_000}")
    assert shell.refused("disputes", "answer", dispute, *too_much, *why, who=None) == (3, "payments.malformed_evidence")
    assert disputed.operator("disputes", "show", dispute)["state"] == "needs_response"


@pytest.mark.parametrize("statement", ["shipping", "shipping=", "=Delivered.", " = "])
def test_a_statement_that_is_none_is_wrong_usage(counter: Counter, statement: str) -> None:
    typed = counter.shell.type("disputes", "answer", "dsp_1", "--statement", statement, who=None)
    mute = counter.shell.type("disputes", "answer", "dsp_1", who=None)

    assert (typed.exit_code, mute.exit_code) == (2, 2)


@pytest.mark.slow
def test_a_dispute_is_seen_and_answered_once(disputed: Counter) -> None:
    shell, dispute, order = disputed.shell, the_dispute(disputed), disputed.order_id
    listed = disputed.operator("disputes", "list", "--order", order, "--state", "needs_response")["items"]
    none = disputed.operator("disputes", "list", "--state", "lost")["items"]
    seen = disputed.operator("disputes", "show", dispute)
    table = shell.type("disputes", "list", who=None).stdout

    words = (
        "--statement",
        "shipping=Delivered = at home.",
        "--statement",
        "receipt=Signed.",
        "--reason",
        "We have it.",
    )
    answered = disputed.operator("disputes", "answer", dispute, *words)
    shown = shell.type("disputes", "show", dispute, who=None).stdout

    assert ([one["dispute_id"] for one in listed], none) == ([dispute], [])
    assert (seen["order_id"], seen["state"], seen["reason"]) == (order, "needs_response", "fraudulent")
    assert (seen["amount"]["amount_minor"], seen["platform"]["amount_minor"]) == (2_490, 0)
    (part,) = seen["parts"]
    assert (part["seller_order_id"], part["from_escrow"]["amount_minor"]) == (disputed.part(), 2_490)
    assert (part["from_seller"]["amount_minor"], part["set_aside"]["amount_minor"]) == (0, 0)
    assert "fraudulent" in table
    assert answered["state"] == "under_review"
    assert f"evidence handed in: {answered['evidence_hash']}" in shown
    assert "24.90 EUR" in shown
    assert disputed.operator("disputes", "answer", dispute, *words) == answered
    other = ("--statement", "shipping=It was lost.", "--reason", "x")
    assert shell.refused("disputes", "answer", dispute, *other, who=None) == (6, "payments.wrong_state")
    assert shell.refused("disputes", "accept", dispute, "--reason", "x", who=None) == (6, "payments.wrong_state")


def test_a_dispute_that_is_given_up_is_lost(disputed: Counter) -> None:
    dispute = the_dispute(disputed)

    given_up = disputed.operator("disputes", "accept", dispute, "--reason", "Not worth it.")
    (lost,) = disputed.operator("disputes", "list", "--state", "lost")["items"]

    assert given_up["state"] == "lost"
    assert given_up["closed_at"] is not None
    assert lost == given_up


def test_the_pack_is_written_as_a_file_with_its_hashes(disputed: Counter, tmp_path: Path) -> None:
    dispute, shell = the_dispute(disputed), disputed.shell

    packed = disputed.operator("disputes", "pack", dispute, "--to", str(tmp_path))
    shown = shell.type("disputes", "pack", dispute, "--to", str(tmp_path), who=None).stdout

    with ZipFile(packed["file"]) as archive:
        sums = archive.read("SHA256SUMS").decode()
    assert sums == "".join(f"{digest}  {name}\n" for name, digest in packed["sha256"].items())
    assert all(digest in shown for digest in packed["sha256"].values())
    assert shell.refused("disputes", "pack", dispute, who=ANN) == (5, "kernel.not_allowed")
    assert shell.refused("disputes", "pack", "dsp_none", who=None) == (4, "payments.dispute_not_found")


def test_a_shop_sees_what_falls_on_its_part(disputed: Counter) -> None:
    shell, part = disputed.shell, disputed.part()

    (own,) = shell.json("disputes", "about", part, who=ADA)["items"]
    shown = shell.type("disputes", "about", part, who=ADA).stdout

    assert (own["dispute_id"], own["amount"]["amount_minor"]) == (the_dispute(disputed), 2_490)
    assert "needs_response  24.90 EUR" in shown
    assert shell.refused("disputes", "about", part, who=ANN) == (5, "kernel.not_allowed")
