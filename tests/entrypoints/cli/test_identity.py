"""``marketplace user``, ``seller`` and ``mail`` on a real data folder."""

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
import typer

from features.drivers.terminal import Ended, type_in
from marketplace_entrypoints.cli.closing import seller
from marketplace_entrypoints.cli.identity import user
from marketplace_entrypoints.cli.notifications import mail
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from tests.core.notifications.reports import report
from tests.logs import log_only

ANN = "ann@example.org"
PASSWORD = {"MARKETPLACE_PASSWORD": "a long walk by the sea"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_only("warning")  # as ``main`` does: standard output is for answers
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path / "data"))


def call(group: typer.Typer, *arguments: str, env: dict[str, str] | None = None, typed: str = "") -> Ended:
    return type_in(group, *arguments, env=env, keys=typed)


def answer(group: typer.Typer, *arguments: str, env: dict[str, str] | None = None) -> Any:
    result = call(group, *arguments, "--json", env=env)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def create(email: str = ANN, *options: str) -> Any:
    return answer(user, "create", "--email", email, "--name", "Ann [b]", *options, env=PASSWORD)


def settle() -> None:
    async def main() -> None:
        async with open_marketplace(Settings()) as opened:
            await opened.dispatcher.settle()

    anyio.run(main)


def test_refusals_say_why_with_their_exit_code() -> None:
    weak = call(user, "create", "--email", ANN, "--name", "Ann", env={"MARKETPLACE_PASSWORD": "password"})
    missing = call(user, "view", "nobody@example.org", "--json")
    unknown = call(seller, "approve", "nowhere")
    system = create() and call(user, "grant", ANN, "system")
    foreign = call(user, "list", "--as", ANN)

    assert (weak.exit_code, weak.stdout) == (3, "")
    assert "identity.weak_password" in weak.stderr
    assert (missing.exit_code, json.loads(missing.stderr)["code"]) == (4, "identity.user_not_found")
    assert (unknown.exit_code, "identity.seller_not_found" in unknown.stderr) == (4, True)
    assert (system.exit_code, "identity.role_not_grantable" in system.stderr) == (6, True)
    assert (foreign.exit_code, "kernel.not_allowed" in foreign.stderr) == (5, True)


def test_an_account_is_opened_once_and_shown() -> None:
    first = create()
    again = create("ANN@example.org")
    operator = create("op@example.org", "--operator")

    shown = answer(user, "view", ANN)
    listed = answer(user, "list", "--role", "operator")
    told = call(user, "view", ANN)

    assert (first["created"], again) == (True, {"user_id": first["user_id"], "created": False})
    assert (shown["email"], sorted(shown["roles"]), shown["seller"]) == (ANN, ["buyer"], None)
    assert [each["user_id"] for each in listed["items"]] == [operator["user_id"]]
    assert "Ann [b]  ann@example.org" in told.stdout
    assert "password_hash" not in json.dumps([shown, listed])


def test_a_password_is_typed_twice_and_never_shown() -> None:
    done = call(user, "create", "--email", ANN, "--name", "Ann", typed="a walk in the rain\n" * 2)
    differ = call(user, "create", "--email", "b@example.org", "--name", "B", typed="one long thing\nanother\n\n")

    assert done.exit_code == 0, done.output
    assert "a walk in the rain" not in done.output
    assert differ.exit_code != 0


def test_a_password_is_changed_by_its_owner() -> None:
    create()
    new = PASSWORD | {"MARKETPLACE_NEW_PASSWORD": "a walk in the mountains"}

    changed = call(user, "password", "--as", ANN, env=new)
    wrong = call(user, "password", "--as", ANN, env=new)

    assert changed.exit_code == 0, changed.output
    assert (wrong.exit_code, "identity.wrong_password" in wrong.stderr) == (3, True)


def test_a_role_is_given_and_taken() -> None:
    create()
    create("ben@example.com")
    answer(user, "grant", "ben@example.com", "operator")

    given = answer(user, "grant", ANN, "operator")
    taken = answer(user, "revoke", ANN, "operator")
    last = call(user, "revoke", "ben@example.com", "operator")

    assert (sorted(given["roles"]), taken["roles"]) == (["buyer", "operator"], ["buyer"])
    assert (last.exit_code, "Make somebody else an operator first." in last.stderr) == (6, True)


def test_a_shop_is_opened_approved_suspended_and_listed() -> None:
    create()
    shop = ["--name", "Ann's [Teas]", "--slug", "anns-teas", "--country", "DE"]

    opened = answer(seller, "open", *shop, "--as", ANN)
    hidden = answer(seller, "list", "--as", ANN)
    approved = answer(seller, "approve", "anns-teas")
    suspended = answer(seller, "suspend", opened["seller_id"], "--reason", "complaints")
    reinstated = answer(seller, "reinstate", "anns-teas")
    listed = call(seller, "list", "--status", "active")
    viewed = call(seller, "view", "anns-teas")

    assert (opened["status"], hidden["items"]) == ("applied", [])
    assert [approved["status"], suspended["status"], reinstated["status"]] == ["active", "suspended", "active"]
    assert suspended["status_reason"] == "complaints"
    assert "Ann's [Teas]" in listed.stdout
    assert "Ann's [Teas]" in viewed.stdout


def test_a_shop_is_closed_and_kept_by_whoever_says_why() -> None:
    create()
    shop = ["--name", "Ann's Teas", "--slug", "anns-teas", "--country", "DE"]
    seller_id = answer(seller, "open", *shop, "--as", ANN)["seller_id"]
    answer(seller, "approve", seller_id)
    create("ben@example.org")

    open_ = answer(seller, "matters", "--as", ANN)
    said = call(seller, "matters", seller_id)
    dry = answer(seller, "close", seller_id, "--dry-run")
    mute = call(seller, "close", seller_id)
    foreign = call(seller, "close", seller_id, "--as", "ben@example.org")
    closing = answer(seller, "close", seller_id, "--as", ANN)
    kept = answer(seller, "keep", seller_id, "--reason", "They asked to.")
    answer(seller, "close", seller_id, "--as", ANN)
    settle()
    closed = answer(seller, "view", seller_id)
    late = call(seller, "keep", seller_id, "--as", ANN)

    assert (open_["orders"], open_["debts"], open_["due"]) == ([], [], [])
    assert "It can be closed." in said.stdout
    assert dry["dry_run"]
    assert (mute.exit_code, foreign.exit_code) == (3, 5)
    assert [closing["status"], kept["status"], closed["status"]] == ["closing", "active", "closed"]
    assert late.exit_code == 6


def test_mails_are_listed_and_read() -> None:
    ann = create()
    create("ben@example.org")
    settle()

    every = answer(mail, "list")["items"]
    own = answer(mail, "list", "--as", ANN)["items"]
    to_ann = answer(mail, "list", "--to", ANN, "--state", "sent")["items"]
    text = call(mail, "view", own[0]["mail_id"], "--as", ANN)
    html = call(mail, "view", own[0]["mail_id"], "--html")
    foreign = call(mail, "view", own[0]["mail_id"], "--as", "ben@example.org")
    rested = call(mail, "retry", own[0]["mail_id"])

    assert len(every) == 2
    assert [each["recipient"] for each in own] == [ann["user_id"]] == [each["recipient"] for each in to_ann]
    assert "Subject: Welcome to the marketplace" in text.stdout
    assert "Hello Ann [b]," in text.stdout
    assert html.stdout.startswith("<!doctype html>")
    assert (foreign.exit_code, rested.exit_code) == (4, 6)
    assert "Welcome" in call(mail, "list").stdout


def test_a_mail_that_came_back_is_taken_in_and_its_address_held_and_let_go(tmp_path: Path) -> None:
    create()
    settle()
    (welcome,) = answer(mail, "list")["items"]
    file = tmp_path / "report.eml"
    file.write_bytes(report(welcome["mail_id"], address=ANN))
    (tmp_path / "letter.eml").write_bytes(b"Subject: Hello\r\n\r\nI am no report.\r\n")

    told = call(mail, "bounce", str(file))
    piped = call(mail, "bounce", "-", typed=file.read_text(encoding="utf-8"))
    held = answer(mail, "suppressions")["items"]
    lifted, again = call(mail, "lift", ANN, "--reason", "She wrote to us"), call(mail, "lift", ANN)
    by_hand = answer(mail, "suppress", "ben@example.org", "--because", "He asked us to")
    refused = [
        call(mail, "bounce", str(tmp_path / "letter.eml")),
        call(mail, "bounce", str(tmp_path / "none.eml")),
        call(mail, "suppress", "ben", "--because", "x"),
        call(mail, "bounce", str(file), "--as", ANN),
    ]

    assert (told.exit_code, piped.exit_code, lifted.exit_code) == (0, 0, 0)
    assert "5.1.1" in told.stdout
    assert f"Nothing is sent to {ANN} any more." in told.stdout
    assert [(one["address"], one["reason"], one["mail_id"]) for one in held] == [(ANN, "returned", welcome["mail_id"])]
    assert "failed" in call(mail, "view", welcome["mail_id"]).stdout
    assert again.exit_code == 4
    assert by_hand == {"address": "ben@example.org", "suppressed": True}
    assert "He asked us to" in call(mail, "suppressions").stdout
    assert [one.exit_code for one in refused] == [3, 2, 3, 5]


def test_a_guest_is_acted_for_by_identifier_and_shown_as_one() -> None:
    create()
    guest = answer(user, "guest", "--locale", "ru")["user_id"]

    left = answer(user, "contact", "--email", "gus@example.org", "--name", "Gus [b]", "--as", guest)

    assert (left["user_id"], left["guest"], left["email"], left["locale"]) == (guest, True, "gus@example.org", "ru")
    assert "guest  mails in ru" in call(user, "view", guest).stdout
    assert "Gus [b]" in call(user, "contact", "--email", "gus@example.org", "--name", "Gus [b]", "--as", guest).stdout
    assert call(user, "guest").stdout.startswith("usr_")
    refused = call(user, "contact", "--email", "x@example.org", "--name", "Ann", "--as", ANN)
    assert (refused.exit_code, "identity.not_a_guest" in refused.stderr) == (6, True)
