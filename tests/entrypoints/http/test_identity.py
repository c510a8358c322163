"""Accounts, sessions and shops over HTTP: what goes in, what comes out, and every refusal as a problem document."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from attrs import field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.identity import GrantRole
from marketplace_core.inmemory import InMemoryMarketplace, open_marketplace
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.identity.router import router as identity
from marketplace_entrypoints.http.notifications.router import router as notifications
from marketplace_entrypoints.rates import Tries
from tests.entrypoints.http.small_door import counting

PASSWORD = "a long walk by the sea"
SHOP = {"name": "Ann's Teas", "slug": "anns-teas", "country": "DE"}


@frozen
class Opened:
    market: Marketplace
    tries: Tries = field(factory=counting)


@frozen
class Door:
    """The HTTP door over a whole marketplace in memory."""

    opened: InMemoryMarketplace
    clock: FrozenClock
    client: httpx.AsyncClient

    async def call(self, method: str, path: str, token: str | None = None, body: Any = None) -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body)
        return await self.client.request(method, path, headers=headers, content=content)

    async def register(self, email: str = "ann@example.org", **changes: Any) -> httpx.Response:
        body = {"email": email, "password": PASSWORD, "name": email.partition("@")[0].title()}
        return await self.call("POST", "/v1/users", body=body | changes)

    async def sign_in(self, email: str = "ann@example.org", password: str = PASSWORD) -> httpx.Response:
        return await self.call("POST", "/v1/sessions", body={"email": email, "password": password})

    async def somebody(self, email: str = "ann@example.org") -> dict[str, Any]:
        await self.register(email)
        session: dict[str, Any] = (await self.sign_in(email)).json()
        return session

    async def operator(self) -> str:
        session = await self.somebody("op@example.org")
        await self.opened.market.execute(GrantRole(user_id=UserId(session["user_id"]), role=Role.OPERATOR), by=SYSTEM)
        return str(session["access_token"])


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    clock = FrozenClock()
    opened = open_marketplace(clock=clock, ids=CountingIds())
    transport = httpx.ASGITransport(create_app(Opened(opened.market), routers=[identity, notifications]))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Door(opened, clock, client)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    document: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, document["code"]) == (status, code)
    return document


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"email": "ann"}, "identity.invalid_email", "email"),
        ({"password": "short"}, "identity.weak_password", "password"),
        ({"password": "password123"}, "identity.weak_password", "password"),
        ({"password": "ann@example.org"}, "identity.weak_password", "password"),
        ({"name": "\u202e"}, "identity.invalid_profile", "name"),
        ({"locale": "EN"}, "identity.invalid_profile", "locale"),
        ({"role": "operator"}, "http.invalid_request", "body.role"),
        ({"roles": ["operator"]}, "http.invalid_request", "body.roles"),
        ({"user_id": "usr_1"}, "http.invalid_request", "body.user_id"),
        ({"email": 7}, "http.invalid_request", "body.email"),
        ({"password": "x" * 5_000}, "http.invalid_request", "body.password"),
    ],
)
async def test_a_registration_that_makes_no_sense_names_the_field(
    door: Door, change: dict[str, Any], code: str, field: str
) -> None:
    body = {"email": "ann@example.org", "password": PASSWORD, "name": "Ann"} | change

    answer = await door.call("POST", "/v1/users", body=body)

    document = problem(answer, 422, code)
    assert [error["field"] for error in document["errors"]] == [field]
    assert PASSWORD not in answer.text
    assert "x" * 100 not in answer.text
    problem(await door.sign_in(), 401, "identity.wrong_credentials")


async def test_a_known_address_is_answered_exactly_like_a_new_one(door: Door) -> None:
    new = await door.register()
    known = await door.register("ANN@example.org", name="Mallory", password="another long password")
    await door.opened.settle()

    assert (new.status_code, known.status_code) == (202, 202)
    assert new.content == known.content
    told = {"x-request-id"}
    assert {key: value for key, value in new.headers.items() if key not in told} == {
        key: value for key, value in known.headers.items() if key not in told
    }
    assert [mail.subject for mail in door.opened.mailer.delivered] == [
        "Welcome to the marketplace",
        "You already have an account with us",
    ]


async def test_a_session_is_opened_used_refreshed_and_ended(door: Door) -> None:
    await door.register()

    answer = await door.sign_in()
    session = answer.json()
    refreshed = await door.call("POST", "/v1/sessions/refresh", body={"refresh_token": session["refresh_token"]})
    token = refreshed.json()["access_token"]
    me = await door.call("GET", "/v1/me", token)
    ended = await door.call("DELETE", "/v1/sessions/current", token)

    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert (session["token_type"], session["expires_at"]) == ("Bearer", "2026-01-01T12:10:00Z")
    assert (refreshed.status_code, refreshed.headers["cache-control"]) == (200, "no-store")
    assert me.json() == {
        "user_id": session["user_id"],
        "email": "ann@example.org",
        "name": "Ann",
        "locale": "en",
        "roles": ["buyer"],
        "registered_at": "2026-01-01T12:00:00Z",
        "guest": False,
        "seller": None,
    }
    assert (ended.status_code, ended.content) == (204, b"")
    for old in (token, session["access_token"]):
        problem(await door.call("GET", "/v1/me", old), 401, "identity.invalid_token")


async def test_a_race_is_a_conflict_and_a_replay_ends_everything_and_is_mailed(door: Door) -> None:
    session = await door.somebody()
    body = {"refresh_token": session["refresh_token"]}
    won = (await door.call("POST", "/v1/sessions/refresh", body=body)).json()

    problem(await door.call("POST", "/v1/sessions/refresh", body=body), 409, "identity.refresh_raced")
    assert (await door.call("GET", "/v1/me", won["access_token"])).status_code == 200
    door.clock.advance(timedelta(seconds=60))
    problem(await door.call("POST", "/v1/sessions/refresh", body=body), 401, "identity.session_ended")

    problem(await door.call("GET", "/v1/me", won["access_token"]), 401, "identity.invalid_token")
    await door.opened.settle()
    assert door.opened.mailer.delivered[-1].subject == "We signed you out on one device"


async def test_a_refresh_token_ends_its_session_whatever_it_is(door: Door) -> None:
    session = await door.somebody()

    for token in ("unknown", session["refresh_token"], session["refresh_token"]):
        answer = await door.call("POST", "/v1/sessions/revocation", body={"refresh_token": token})
        assert answer.status_code == 204

    problem(await door.call("GET", "/v1/me", session["access_token"]), 401, "identity.invalid_token")


@pytest.mark.parametrize("field", ["email", "password", "device"])
@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u202e", "\U0010ffff", "'; DROP TABLE users; --"])
async def test_strange_characters_are_refused_in_words(door: Door, field: str, text: str) -> None:
    body = {"email": "ann@example.org", "password": PASSWORD, "device": "Laptop"} | {field: text}
    await door.register()

    answer = await door.call("POST", "/v1/sessions", body=body)

    assert answer.status_code in ({401, 422} if field != "device" else {201, 422})


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer \x7f", "bearer x y"])
async def test_a_header_that_is_no_token_of_ours_is_refused(door: Door, header: str) -> None:
    answer = await door.client.get("/v1/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] in {"identity.invalid_token", "kernel.not_signed_in"}


async def test_signing_out_needs_a_session(door: Door) -> None:
    problem(await door.call("DELETE", "/v1/sessions/current"), 401, "kernel.not_signed_in")
    problem(await door.call("DELETE", "/v1/sessions/current", "a.b.c"), 401, "identity.invalid_token")


async def test_a_changed_password_ends_every_session(door: Door) -> None:
    session, other = await door.somebody(), (await door.sign_in()).json()
    wrong = {"current_password": "not this one", "new_password": "a walk in the mountains"}
    right = {"current_password": PASSWORD, "new_password": "a walk in the mountains"}

    problem(await door.call("PUT", "/v1/me/password", session["access_token"], wrong), 422, "identity.wrong_password")
    changed = await door.call("PUT", "/v1/me/password", session["access_token"], right)

    assert changed.status_code == 204
    for each in (session, other):
        problem(await door.call("GET", "/v1/me", each["access_token"]), 401, "identity.invalid_token")
    problem(await door.sign_in(), 401, "identity.wrong_credentials")
    assert (await door.sign_in(password="a walk in the mountains")).status_code == 201


async def test_roles_are_given_and_taken_by_operators_and_act_at_once(door: Door) -> None:
    operator, ann = await door.operator(), await door.somebody()
    role = f"/v1/users/{ann['user_id']}/roles/operator"

    problem(await door.call("PUT", role, ann["access_token"]), 403, "kernel.not_allowed")
    problem(await door.call("PUT", role), 401, "kernel.not_signed_in")
    problem(await door.call("PUT", f"/v1/users/{ann['user_id']}/roles/system", operator), 422, "http.invalid_request")
    assert (await door.call("PUT", role, operator)).status_code == 204
    listed = await door.call("GET", "/v1/users?role=operator", ann["access_token"])
    assert (await door.call("DELETE", role, operator)).status_code == 204

    assert [user["email"] for user in listed.json()["items"]] == ["ann@example.org", "op@example.org"]
    problem(await door.call("GET", "/v1/users", ann["access_token"]), 403, "kernel.not_allowed")


async def test_a_foreign_account_is_as_missing_as_a_missing_one(door: Door) -> None:
    ann, ben = await door.somebody(), await door.somebody("ben@example.org")

    own = await door.call("GET", f"/v1/users/{ann['user_id']}", ann["access_token"])
    foreign = problem(
        await door.call("GET", f"/v1/users/{ann['user_id']}", ben["access_token"]), 404, "identity.user_not_found"
    )
    missing = problem(await door.call("GET", "/v1/users/usr_none", ben["access_token"]), 404, "identity.user_not_found")

    assert own.status_code == 200
    assert foreign | {"request_id": ""} == missing | {"request_id": ""}


async def test_a_shop_is_opened_approved_suspended_and_reinstated(door: Door) -> None:
    operator, ann = await door.operator(), await door.somebody()

    opened = await door.call("POST", "/v1/sellers", ann["access_token"], SHOP)
    seller_id = opened.json()["seller_id"]
    problem(await door.call("GET", "/v1/sellers/anns-teas"), 404, "identity.seller_not_found")
    problem(
        await door.call("POST", f"/v1/sellers/{seller_id}/approval", ann["access_token"]), 403, "kernel.not_allowed"
    )
    approved = await door.call("POST", f"/v1/sellers/{seller_id}/approval", operator)
    public = await door.call("GET", "/v1/sellers/anns-teas")
    reason = {"reason": "complaints"}
    suspended = await door.call("POST", f"/v1/sellers/{seller_id}/suspension", operator, reason)
    problem(await door.call("GET", "/v1/sellers/anns-teas"), 404, "identity.seller_not_found")
    reinstated = await door.call("POST", f"/v1/sellers/{seller_id}/reinstatement", operator)

    assert (opened.status_code, opened.headers["location"]) == (201, f"/v1/sellers/{seller_id}")
    assert (opened.json()["status"], opened.json()["user_id"]) == ("applied", ann["user_id"])
    assert (approved.status_code, approved.json()["status"]) == (200, "active")
    assert public.json() == approved.json() | {"user_id": None, "status_reason": None}
    assert (suspended.json()["status"], suspended.json()["status_reason"]) == ("suspended", "complaints")
    assert reinstated.json()["status"] == "active"
    assert [shop["slug"] for shop in (await door.call("GET", "/v1/sellers")).json()["items"]] == ["anns-teas"]
    problem(await door.call("GET", "/v1/sellers?status=applied"), 403, "kernel.not_allowed")
    problem(await door.call("GET", "/v1/sellers?status=famous"), 422, "http.invalid_request")
    problem(await door.call("GET", "/v1/sellers?cursor=x"), 400, "kernel.invalid_cursor")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"slug": "Anns Teas"}, 422, "identity.invalid_slug"),
        ({"slug": "admin"}, 422, "identity.invalid_slug"),
        ({"country": "Germany"}, 422, "identity.invalid_profile"),
        ({"status": "active"}, 422, "http.invalid_request"),
        ({"seller_id": "sel_1"}, 422, "http.invalid_request"),
    ],
)
async def test_a_shop_that_makes_no_sense_is_refused(
    door: Door, change: dict[str, Any], status: int, code: str
) -> None:
    ann = await door.somebody()

    problem(await door.call("POST", "/v1/sellers", ann["access_token"], SHOP | change), status, code)
    problem(await door.call("POST", "/v1/sellers", None, SHOP), 401, "kernel.not_signed_in")


async def test_a_taken_address_and_a_second_shop_are_conflicts(door: Door) -> None:
    ann, ben = await door.somebody(), await door.somebody("ben@example.org")
    await door.call("POST", "/v1/sellers", ann["access_token"], SHOP)

    taken = await door.call("POST", "/v1/sellers", ben["access_token"], SHOP)
    second = await door.call("POST", "/v1/sellers", ann["access_token"], SHOP | {"slug": "more-teas"})

    problem(taken, 409, "identity.slug_taken")
    problem(second, 409, "identity.already_has_shop")


async def test_people_read_their_own_mails_and_operators_all(door: Door) -> None:
    operator, ann, ben = await door.operator(), await door.somebody(), await door.somebody("ben@example.org")
    await door.opened.settle()

    own = (await door.call("GET", "/v1/me/mails", ann["access_token"])).json()["items"]
    mail_id = own[0]["mail_id"]
    read = (await door.call("GET", f"/v1/me/mails/{mail_id}", ann["access_token"])).json()
    every = (await door.call("GET", "/v1/mails?state=sent&limit=2", operator)).json()
    to_ben = (await door.call("GET", f"/v1/mails?recipient={ben['user_id']}", operator)).json()["items"]
    whole = (await door.call("GET", f"/v1/mails/{mail_id}", operator)).json()

    assert [(mail["recipient"], mail["subject"]) for mail in own] == [(ann["user_id"], "Welcome to the marketplace")]
    assert read["text"].startswith("Hello Ann,\n")
    assert "last_error" not in read
    assert "text" not in own[0]
    assert (len(every["items"]), every["next_cursor"] is None) == (2, False)
    assert [mail["recipient"] for mail in to_ben] == [ben["user_id"]]
    assert (whole["fact"], whole["attempts"], whole["state"]) == (f"registered:{ann['user_id']}", 1, "sent")
    problem(await door.call("GET", f"/v1/me/mails/{mail_id}", ben["access_token"]), 404, "notifications.mail_not_found")
    problem(await door.call("GET", f"/v1/mails/{mail_id}", ann["access_token"]), 403, "kernel.not_allowed")
    problem(await door.call("GET", "/v1/mails", ann["access_token"]), 403, "kernel.not_allowed")
    problem(await door.call("GET", "/v1/me/mails"), 401, "kernel.not_signed_in")
    problem(await door.call("POST", f"/v1/mails/{mail_id}/retry", operator), 409, "notifications.mail_not_failed")


async def test_the_description_names_every_operation_and_keeps_tokens_out_of_examples(door: Door) -> None:
    document = (await door.client.get("/v1/openapi.json")).json()

    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all(operation["operationId"] and operation["description"] for operation in operations)
    assert document["components"]["schemas"]["RegistrationIn"]["examples"][0]["email"] == "ann@example.org"
    assert document["components"]["schemas"]["RegistrationIn"]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"locale": "tlhIngan"}, "identity.invalid_profile"),
        ({"locale": 1}, "http.invalid_request"),
        ({"email": "ann@example.org"}, "http.invalid_request"),
    ],
)
async def test_a_guest_who_makes_no_sense_is_refused(door: Door, body: dict[str, Any], code: str) -> None:
    problem(await door.call("POST", "/v1/guests", body=body), 422, code)


async def test_a_guest_cannot_do_what_takes_an_account(door: Door) -> None:
    token = (await door.call("POST", "/v1/guests", body={})).json()["access_token"]
    user_id = (await door.call("GET", "/v1/me", token)).json()["user_id"]
    account = (await door.somebody())["access_token"]
    contact = {"email": "ann@example.org", "name": "Ann"}

    problem(await door.call("POST", "/v1/sellers", token, SHOP), 409, "identity.account_needed")
    passwords = {"current_password": "", "new_password": PASSWORD}
    problem(await door.call("PUT", "/v1/me/password", token, passwords), 409, "identity.account_needed")
    granted = await door.call("PUT", f"/v1/users/{user_id}/roles/operator", await door.operator())
    problem(granted, 409, "identity.account_needed")
    problem(await door.call("PUT", "/v1/me/contact", account, contact), 409, "identity.not_a_guest")
    problem(await door.call("PUT", "/v1/me/contact", None, contact), 401, "kernel.not_signed_in")
    problem(await door.call("PUT", "/v1/me/contact", token, contact | {"email": "x"}), 422, "identity.invalid_email")


async def test_a_guest_gets_a_session_and_leaves_a_contact_without_any_mail(door: Door) -> None:
    started = await door.call("POST", "/v1/guests", body={"locale": "ru"})
    session = started.json()

    left = await door.call(
        "PUT", "/v1/me/contact", session["access_token"], {"email": "gus@example.org", "name": "Gus"}
    )
    await door.opened.settle()

    assert (started.status_code, started.headers["cache-control"]) == (201, "no-store")
    assert (left.status_code, left.content) == (204, b"")
    me = (await door.call("GET", "/v1/me", session["access_token"])).json()
    assert (me["guest"], me["email"], me["name"], me["roles"]) == (True, "gus@example.org", "Gus", ["buyer"])
    assert door.opened.mailer.delivered == []
    refreshed = await door.call("POST", "/v1/sessions/refresh", body={"refresh_token": session["refresh_token"]})
    assert refreshed.json()["user_id"] == session["user_id"]
