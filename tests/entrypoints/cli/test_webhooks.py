"""``marketplace webhook`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.webhooks import webhook
from tests.entrypoints.cli.music_shop import ADA, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MARKETPLACE_ADAPTERS__HTTPS__LOOPBACK", "true")
    with quiet():
        yield Shell(webhook, furnished.copied_to(tmp_path / "data"))


def test_an_operator_adds_tries_rotates_and_removes(shell: Shell) -> None:
    url = "http://127.0.0.1:9/hooks"
    made = shell.json("add", url, "--event", "marketplace.orders.v1.OrderConfirmed", "--description", "ERP", who=None)
    endpoint = made["endpoint_id"]

    tried = shell.json("test", endpoint, who=None)
    logged = shell.type("log", endpoint, who=None).stdout
    seen = shell.type("delivery", tried["delivery_id"], who=None).stdout
    rotated = shell.json("rotate", endpoint, who=None)
    changed = shell.json("change", endpoint, "--all-events", who=None)
    listed = shell.type("list", who=None).stdout
    replayed = shell.json("replay", endpoint, "--since", "2020-01-01", "--until", "2020-01-02", who=None)
    again = shell.json("replay", tried["delivery_id"], who=None)
    disabled = shell.type("disable", endpoint, who=None).stdout
    enabled = shell.json("enable", endpoint, who=None)

    assert made["secret"].startswith("whsec_")
    assert (tried["state"], tried["event_type"]) == ("queued", "marketplace.webhooks.v1.TestEvent")
    assert "TestEvent" in logged
    assert "not tried yet" in seen
    assert rotated["secret"] not in {"", made["secret"]}
    assert changed["event_types"] == []
    assert "ERP" in listed
    assert (replayed["events"], again["delivery_id"]) == (0, tried["delivery_id"])
    assert "disabled (owner)" in disabled
    assert enabled["state"] == "enabled"
    assert shell.json("remove", endpoint, who=None)["state"] == "removed"
    assert shell.refused("view", endpoint, who=None) == (4, "webhooks.endpoint_not_found")


def test_what_may_not_be_is_refused_in_words(shell: Shell) -> None:
    assert shell.refused("add", "https://10.0.0.1/", who=None) == (3, "webhooks.url_not_allowed")
    assert shell.refused("add", "http://127.0.0.1:9/", who=ADA) == (5, "kernel.not_allowed")
    assert shell.refused("add", "http://127.0.0.1:9/", "--event", "x", who=None) == (3, "webhooks.invalid_endpoint")
    assert shell.refused("replay", "whd_none", who=None) == (4, "webhooks.delivery_not_found")
    assert "OrderConfirmed" in shell.type("events", who=None).stdout
