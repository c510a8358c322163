"""``marketplace claim`` on a real data folder, from the buyer's complaint to the refund."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from tests.entrypoints.cli.music_shop import ADA, ANN
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]


@pytest.fixture
def delivered(counter: Counter) -> Counter:
    """Return the counter with the order paid and, as its seller says, delivered."""
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    counter.worker()
    counter.ada("order", "ship", counter.part(), "--carrier", "Post", "--tracking", "1")
    counter.ada("order", "deliver", counter.part())
    counter.worker()
    return counter


@pytest.mark.slow
def test_a_claim_is_answered_and_decided(delivered: Counter) -> None:
    shell = delivered.shell
    opened = delivered.ann("claim", "open", delivered.part(), "--kind", "damaged", "--text", "Chipped.")
    claim = opened["claim_id"]
    (waiting,) = delivered.ada("claim", "list", "--state", "awaiting_seller")["items"]
    held = delivered.operator("escrow", "view", delivered.part())
    offered = delivered.ada("claim", "answer", claim, "offer", "--text", "Ten?", "--items", "1000")
    delivered.ann("claim", "say", claim, "--text", "That is not enough.")
    part = ("--items", "1500", "--reason", "Half of it.")
    dry = delivered.operator("claim", "decide", claim, "partial", *part, "--dry-run")
    unchanged = delivered.operator("claim", "show", claim)
    decided = delivered.operator("claim", "decide", claim, "partial", *part)
    delivered.worker()
    shown = shell.type("claim", "show", claim, who=ANN).stdout
    refund = delivered.ann("refund", "show", decided["refund_id"])

    assert (opened["state"], waiting["claim_id"]) == ("awaiting_seller", claim)
    assert (held["state"], held["freezes"]) == ("frozen", [f"claim:{claim.lower()}"])
    assert (offered["state"], offered["offer"]["items"]["amount_minor"]) == ("awaiting_operator", 1_000)
    assert (dry["dry_run"], unchanged["state"]) == (True, "awaiting_operator")
    assert decided["state"] == "resolved_partial"
    assert (refund["state"], refund["amount"]["amount_minor"]) == ("succeeded", 1_500)
    for words in ("resolved_partial", "seller: Ten?", "operator: Half of it.", "15.00 EUR"):
        assert words in shown


def test_refusals_say_why_with_their_exit_code(delivered: Counter) -> None:
    shell, part = delivered.shell, delivered.part()
    words = ("--kind", "damaged", "--text", "Chipped.")
    assert shell.refused("claim", "open", part, *words, who=ADA) == (4, "payments.escrow_not_found")
    assert shell.refused("claim", "open", part, *words, "--goods", "off_1:7", who=ANN) == (
        3,
        "payments.malformed_claim",
    )
    assert shell.type("claim", "open", part, *words, "--goods", "cup", who=ANN).exit_code == 2
    claim = delivered.ann("claim", "open", part, *words)["claim_id"]

    assert shell.refused("claim", "open", part, *words, who=ANN) == (6, "payments.claim_not_possible")
    assert shell.refused("claim", "accept", claim, "--offered", "5", who=ANN) == (6, "payments.wrong_state")
    assert shell.refused("claim", "withdraw", claim, who=ADA) == (5, "kernel.not_allowed")
    assert shell.refused("claim", "decide", claim, "refund", "--reason", "x", who=ADA) == (5, "kernel.not_allowed")
    assert shell.refused("claim", "show", "clm_none", who=None) == (4, "payments.claim_not_found")
    assert delivered.ann("claim", "withdraw", claim)["state"] == "withdrawn"


def test_photos_go_in_from_a_file_and_come_out_into_one(delivered: Counter, tmp_path: Path) -> None:
    shell, part, taken, kept = delivered.shell, delivered.part(), tmp_path / "cup.jpg", tmp_path / "kept.jpg"
    Image.new("RGB", (40, 30), "red").save(taken, "JPEG", comment=b"48.8584 N, 2.2945 E")
    (tmp_path / "cup.svg").write_text("<svg/>", encoding="utf-8")
    foreseen = delivered.ann("claim", "foresee", part)
    claim = delivered.ann("claim", "open", part, "--kind", "damaged", "--text", "Chipped.")["claim_id"]

    (photo,) = delivered.ann("claim", "add-photo", claim, str(taken))["photos"]
    saved = delivered.ada("claim", "save-photo", claim, photo["photo_id"], "--to", str(kept))
    told = shell.type("claim", "foresee", part, who=ANN).stdout
    shown = shell.type("claim", "show", claim, who=ADA).stdout

    assert foreseen["kinds"] == ["not_received", "not_as_described", "damaged"]
    assert "nothing: open_already" in told
    assert f"buyer: {photo['photo_id']} (40 × 30" in shown
    assert "goes back" in shown
    assert (saved["file"], saved["sha256"]) == (str(kept), hashlib.sha256(kept.read_bytes()).hexdigest())
    assert b"48.8584" not in kept.read_bytes()
    assert shell.refused("claim", "add-photo", claim, str(tmp_path / "cup.svg"), who=ANN) == (
        3,
        "payments.photo_rejected",
    )
    assert shell.refused("claim", "save-photo", claim, "cph_none", who=ANN) == (4, "payments.claim_photo_not_found")
