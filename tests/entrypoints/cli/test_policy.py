"""``marketplace policy``: the terms shown, and a document of new ones checked."""

import json
from pathlib import Path

import pytest

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
