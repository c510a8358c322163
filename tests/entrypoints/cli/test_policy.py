"""``marketplace policy``: the terms shown, and a document of new ones checked."""

import json
from pathlib import Path

import pytest

from tests.entrypoints.cli.music_shop import ANN
from tests.entrypoints.cli.test_payments import Counter, counter

__all__ = ["counter"]


def test_the_terms_are_shown_as_a_document_that_passes_its_own_check(counter: Counter, tmp_path: Path) -> None:
    shown = counter.operator("policy", "show")
    text = counter.shell.type("policy", "show", who=None).stdout
    (tmp_path / "terms.toml").write_text(text, encoding="utf-8")
    (tmp_path / "terms.json").write_text(json.dumps(shown), encoding="utf-8")

    assert counter.operator("policy", "check", str(tmp_path / "terms.toml")) == shown
    assert counter.operator("policy", "check", str(tmp_path / "terms.json")) == shown


def test_mistakes_are_sentences_with_an_exit_code(counter: Counter, tmp_path: Path) -> None:
    broken = tmp_path / "terms.toml"
    broken.write_text('version = "2"\ncolour = "red"\nclaim_window = "-P1D"\n', encoding="utf-8")
    said = counter.shell.type("policy", "check", str(broken), who=None)
    unreadable = tmp_path / "terms.json"
    unreadable.write_text("[1", encoding="utf-8")

    assert said.exit_code == 3
    assert "colour is not known" in said.stdout
    assert "claim_window is longer than nothing, not -P1D." in said.stdout
    assert counter.shell.refused("policy", "check", str(unreadable), who=None) == (3, "payments.malformed_policy")


def test_the_document_that_is_configured_is_used_or_its_mistakes_are_told(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "terms.toml"
    monkeypatch.setenv("MARKETPLACE_POLICY", str(document))
    document.write_text('version = "2026-2"\nclaim_window = "P30D"\n', encoding="utf-8")
    used = counter.operator("policy", "show")
    document.write_text('version = "2026-3"\nrelease_after_seller = "P400D"\n', encoding="utf-8")

    assert (used["version"], used["claim_window"]) == ("2026-2", "P30D")
    assert counter.shell.refused("policy", "show", who=None) == (3, "payments.malformed_policy")


def test_a_document_is_used_by_every_process_from_then_on_and_one_goes_back(counter: Counter, tmp_path: Path) -> None:
    document = tmp_path / "terms.toml"
    document.write_text('version = "2026-2"\ncommission_bps = 500\nship_within = "P7D"\n', encoding="utf-8")
    other = tmp_path / "terms.json"
    other.write_text('{"version": "2026-2", "commission_bps": 600}', encoding="utf-8")

    dry = counter.operator("policy", "use", str(document), "--reason", "Cheaper.", "--dry-run")
    used = counter.operator("policy", "use", str(document), "--reason", "Cheaper.")
    again = counter.shell.type("policy", "use", str(document), "--reason", "Cheaper.", who=None).stdout
    taken = counter.shell.refused("policy", "use", str(other), "--reason", "Dearer.", who=None)
    shown = counter.shell.type("policy", "show", who=None).stdout
    back = counter.operator("policy", "return", "0", "--reason", "Too cheap.")

    assert dry["steps"] == ["store version 1 of the terms of trade, 2026-2"]
    assert (used["number"], used["document"]["commission_bps"]) == (1, 500)
    assert "Version 1 of the terms, 2026-2, is in use." in again
    assert taken == (6, "operations.policy_name_taken")
    assert shown.startswith("# version 1, by operator:cli at ")
    assert 'ship_within = "P7D"' in shown
    assert (back["number"], back["name"]) == (2, "2026-1")
    assert [one["reason"] for one in counter.operator("policy", "list")["items"]] == ["Too cheap.", "Cheaper."]
    table = counter.shell.type("policy", "list", who=None).stdout
    assert "2026-2" in table
    assert counter.operator("policy", "show", "1") == used["document"]
    diff = counter.shell.type("policy", "diff", "1", who=None).stdout
    assert "commission_bps: 500 → 1000" in diff
    assert counter.operator("policy", "diff", "0", "2") == []
    assert "They say the same." in counter.shell.type("policy", "diff", "0", "2", who=None).stdout


def test_using_terms_is_refused_with_its_exit_code(counter: Counter, tmp_path: Path) -> None:
    broken = tmp_path / "terms.toml"
    broken.write_text('version = "2"\nclaim_window = "-P1D"\n', encoding="utf-8")
    unreadable = tmp_path / "terms.json"
    unreadable.write_text("[1", encoding="utf-8")

    for file in (broken, unreadable):
        refused = counter.shell.refused("policy", "use", str(file), "--reason", "x", who=None)
        assert refused == (3, "payments.malformed_policy")
    assert counter.shell.refused("policy", "return", "4", "--reason", "x", who=None) == (
        4,
        "operations.policy_not_found",
    )
    assert counter.shell.refused("policy", "show", "4", who=None) == (4, "operations.policy_not_found")
    assert counter.shell.refused("policy", "list", who=ANN) == (5, "kernel.not_allowed")
    assert counter.operator("policy", "list")["items"] == []


def test_what_is_stored_holds_whatever_the_settings_say(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "terms.toml"
    document.write_text('version = "2026-2"\ncommission_bps = 500\n', encoding="utf-8")
    counter.operator("policy", "use", str(document), "--reason", "Cheaper.")
    document.write_text('version = "2026-9"\ncommission_bps = 900\n', encoding="utf-8")
    monkeypatch.setenv("MARKETPLACE_POLICY", str(document))

    assert counter.operator("policy", "show")["commission_bps"] == 500
    assert counter.operator("policy", "show", "0")["commission_bps"] == 900
