"""Our books and the provider's own, from the command line: sound, and with what somebody did at the provider alone."""

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.entrypoints.cli.music_shop import ANN
from tests.entrypoints.cli.test_payments import Counter, counter  # noqa: F401 - a fixture


@pytest.fixture
def paid(counter: Counter) -> Counter:  # noqa: F811 - the fixture above
    counter.ann("payment", "pay", counter.order_id, "--card", "good")
    return counter


@pytest.fixture
def wreck(paid: Counter, tmp_path: Path) -> Iterator[Counter]:
    """Yield what a test may damage; it is put away before anybody looks whether the books are in order."""
    yield paid
    (tmp_path / "marketplace.sqlite").unlink()


def _at_the_provider(statement: str) -> None:
    connection = sqlite3.connect(Path(os.environ["MARKETPLACE_DATA"]) / "fakepay.sqlite")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


def test_books_that_say_the_same(paid: Counter) -> None:
    told = paid.shell.type("reconcile", who=None)

    found = paid.operator("reconcile")

    assert (told.exit_code, "Both books say the same" in told.stdout) == (0, True)
    assert (found["provider"], found["discrepancies"], found["our_rows"] > 0) == ("fakepay", [], True)
    assert paid.shell.refused("reconcile", who=ANN) == (5, "kernel.not_allowed")


def test_what_was_found_is_shown_again_without_comparing(wreck: Counter) -> None:
    never = wreck.shell.refused("reconcile", "--last", who=None)
    wreck.operator("reconcile")
    same = wreck.shell.type("reconcile", "--last", who=None)
    _at_the_provider("UPDATE payments SET fee_minor = fee_minor + 7")
    still = wreck.shell.type("reconcile", "--last", who=None)
    wreck.shell.type("reconcile", who=None)

    told = wreck.shell.type("reconcile", "--last", who=None)
    found = json.loads(wreck.shell.type("reconcile", "--last", "--json", who=None).stdout)

    assert never == (4, "payments.never_compared")
    assert (same.exit_code, "Both books say the same" in same.stdout) == (0, True)
    assert (still.exit_code, told.exit_code) == (0, 1)
    assert "by operator:cli, in" in told.stdout
    assert [kind for kind, _ in found["counts"]] == ["fee_differs"]
    assert len(found["fresh"]) == 1
    assert f"new  {found['fresh'][0]}" in told.stdout


def test_what_happened_at_the_provider_is_asked_for(paid: Counter) -> None:
    told = paid.shell.type("ledger", "catch-up", "--since", "2020-01-01", who=None)
    found = paid.operator("ledger", "catch-up")

    assert (told.exit_code, "0 things happened since 2020-01-01 00:00 UTC" in told.stdout) == (0, True)
    assert (found["found"], found["new"]) == (0, 0)
    assert paid.shell.refused("ledger", "catch-up", who=ANN) == (5, "kernel.not_allowed")


def test_a_difference_is_shown_with_both_rows_and_what_to_do(wreck: Counter) -> None:
    _at_the_provider("UPDATE payments SET fee_minor = fee_minor + 7")
    _at_the_provider(
        "INSERT INTO balance_transactions (id, owner, type, currency, amount_minor, fee_minor, net_minor, source,"
        " created_at_ms, available_at_ms) VALUES ('bt_odd', 'platform', 'adjustment', 'EUR', -3, 0, -3, 'odd', 1, 1)"
    )

    told = wreck.shell.type("reconcile", who=None)
    found = json.loads(wreck.shell.type("reconcile", "--json", who=None).stdout)["discrepancies"]

    assert told.exit_code == 1
    assert [one["kind"] for one in found] == ["fee_differs", "movement_unknown"]
    assert found[0]["ours"]["reference"] == found[0]["theirs"]["reference"]
    assert found[0]["theirs"]["fee"]["amount_minor"] == found[0]["ours"]["fee"]["amount_minor"] + 7
    assert (found[1]["ours"], found[1]["theirs"]["state"]) == (None, "adjustment")
    assert all(one["advice"] in told.stdout for one in found)
