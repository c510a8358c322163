"""A stand-in for Stripe over HTTP: the requests of its API that we make, answered from ``Books``.

Requests are form-encoded as Stripe wants them; answers, refusals, pages of lists, expansions and idempotency are as it
documents them. What was asked and answered is kept, so that it can be held against Stripe's published schema.
"""

import copy
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qsl

import anyio
from attrs import define, evolve, field, frozen
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.adapters.stripe.standin import shapes
from tests.adapters.stripe.standin.basics import PLATFORM
from tests.adapters.stripe.standin.books import Books
from tests.adapters.stripe.standin.forms import nested
from tests.adapters.stripe.standin.refusals import Refused, missing
from tests.adapters.stripe.standin.shapes import Thing

KEY: Final = "sk_test_standin"
PUBLISHABLE_KEY: Final = "pk_test_standin"
KEPT_SECONDS: Final = 24 * 3_600
INDEX_LAGS_SECONDS: Final = 60
WENT_WRONG: Final[Thing] = {"error": {"type": "api_error", "message": "Something went wrong on Stripe's end."}}
_QUERY: Final = re.compile(r"metadata\['(\w+)'\]:'(.*)'")
_OF: Final = {
    "latest_charge": ("charges",),
    "balance_transaction": ("movements",),
    "source": ("charges", "refunds", "disputes", "transfers", "reversals", "payouts", "arrivals"),
}


@frozen
class Exchange:
    """One request and its answer. ``form`` is as it came: for a GET its query."""

    method: str
    path: str
    form: tuple[tuple[str, str], ...]
    account: str | None
    status: int
    answer: Thing


@frozen
class Fault:
    """What goes wrong with the next request that changes something, or with any if ``any_request``.

    ``acts`` tells whether it is carried out all the same. ``status`` 0 cuts the line instead of an answer; ``hangs``
    never answers; ``body`` is said instead of what would be.
    """

    status: int = 0
    acts: bool = False
    hangs: bool = False
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    any_request: bool = False


@frozen
class _Kept:
    fingerprint: str
    at: int
    status: int
    answer: Thing


Operation = Callable[[Request, Thing, str], Thing]


@define(kw_only=True)
class StandIn:
    """The server: its books, what it was asked and under which keys, and what is to go wrong.

    ``page_max`` is how much of a list comes at once, however much was asked for.
    """

    books: Books
    asked: list[Exchange] = field(factory=list)
    keys: list[str] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    page_max: int = 100
    _kept: dict[tuple[str, str], _Kept] = field(factory=dict)

    def app(self) -> Starlette:
        """Return the application."""
        b = self.books
        routes: list[tuple[str, str, Operation]] = [
            ("POST", "/v1/payment_intents", lambda r, f, a: b.create_intent(f)),
            ("GET", "/v1/payment_intents", lambda r, f, a: self._listed(r, f, list(b.intents.values()))),
            ("GET", "/v1/payment_intents/search", self._search),
            ("GET", "/v1/payment_intents/{id}", lambda r, f, a: b.intent(r.path_params["id"])),
            ("POST", "/v1/payment_intents/{id}/cancel", lambda r, f, a: b.cancel_intent(r.path_params["id"])),
            ("POST", "/v1/payment_intents/{id}/confirm", self._confirm),
            ("GET", "/v1/charges", lambda r, f, a: self._listed(r, f, self._of_payment(f, b.charges))),
            ("POST", "/v1/refunds", lambda r, f, a: b.create_refund(f)),
            ("GET", "/v1/refunds", lambda r, f, a: self._listed(r, f, self._of_payment(f, b.refunds))),
            ("GET", "/v1/refunds/{id}", lambda r, f, a: _one("refund", b.refunds, r)),
            ("GET", "/v1/disputes", lambda r, f, a: self._listed(r, f, self._of_payment(f, b.disputes))),
            ("POST", "/v1/disputes/{id}", lambda r, f, a: b.update_dispute(r.path_params["id"], f)),
            ("POST", "/v1/disputes/{id}/close", lambda r, f, a: b.close_dispute(r.path_params["id"])),
            ("POST", "/v1/accounts", lambda r, f, a: b.create_account(f)),
            ("GET", "/v1/accounts", lambda r, f, a: self._listed(r, f, list(b.accounts.values()))),
            ("GET", "/v1/accounts/{id}", lambda r, f, a: b.account(r.path_params["id"])),
            ("POST", "/v1/account_links", lambda r, f, a: b.create_link(f)),
            ("GET", "/v1/balance", lambda r, f, a: b.balances(a)),
            ("GET", "/v1/balance_transactions", self._movements),
            ("POST", "/v1/transfers", lambda r, f, a: b.create_transfer(f)),
            ("GET", "/v1/transfers", self._transfers),
            ("POST", "/v1/transfers/{id}/reversals", lambda r, f, a: b.create_reversal(r.path_params["id"], f)),
            ("GET", "/v1/transfers/{id}/reversals", self._reversals),
            ("POST", "/v1/payouts", lambda r, f, a: b.create_payout(a, f)),
            ("GET", "/v1/payouts", self._payouts),
            ("GET", "/v1/payouts/{id}", lambda r, f, a: b.payout(a, r.path_params["id"])),
        ]
        return Starlette(
            routes=[Route(path, self._endpoint(act), methods=[method]) for method, path, act in routes],
            exception_handlers={404: _unknown_route},
        )

    def reword(self) -> None:
        """Let everything that is kept have been asked for in other words."""
        self._kept = {key: evolve(kept, fingerprint="other words") for key, kept in self._kept.items()}

    def _endpoint(self, act: Operation) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            fault = self._fault(request)
            if fault is not None and not fault.acts:
                return await _faulty(fault)
            answer = self._answered(request, await request.body(), act)
            if fault is None:
                return answer
            if fault.status >= 500:
                self._keep_instead(request, fault.status)
            return await _faulty(fault)

        return endpoint

    def _keep_instead(self, request: Request, status: int) -> None:
        """Keep what went wrong in the middle: the same key brings it back, as Stripe says it does."""
        key = (request.headers.get("stripe-account") or PLATFORM, request.headers.get("idempotency-key", ""))
        if key in self._kept:
            self._kept[key] = evolve(self._kept[key], status=status, answer=WENT_WRONG)

    def _fault(self, request: Request) -> Fault | None:
        if self.faults and (request.method == "POST" or self.faults[0].any_request):
            return self.faults.pop(0)
        return None

    def _answered(self, request: Request, body: bytes, act: Operation) -> Response:
        raw = request.url.query if request.method == "GET" else body.decode()
        pairs = tuple(parse_qsl(raw, keep_blank_values=True, strict_parsing=bool(raw)))
        account = request.headers.get("stripe-account")
        status, answer, replayed = self._done(request, pairs, account, act)
        self.asked.append(Exchange(request.method, request.url.path, pairs, account, status, answer))
        return JSONResponse(answer, status, headers={"Idempotent-Replayed": "true"} if replayed else None)

    def _done(
        self, request: Request, pairs: tuple[tuple[str, str], ...], account: str | None, act: Operation
    ) -> tuple[int, Thing, bool]:
        self.books.settle()
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if given not in {KEY, PUBLISHABLE_KEY}:
            refusal = Refused("Invalid API Key provided: sk_test_****wrong", status=401)
            return refusal.status, refusal.body, False
        key = (account or PLATFORM, request.headers.get("idempotency-key", ""))
        if request.method == "POST":
            self.keys.append(key[1])
        fingerprint = json.dumps([request.url.path, sorted(pairs)])
        kept = self._kept.get(key) if request.method == "POST" and key[1] else None
        if kept is not None and self.books.now - kept.at < KEPT_SECONDS:
            if kept.fingerprint != fingerprint:
                refusal = Refused(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                    kind="idempotency_error",
                )
                return refusal.status, refusal.body, False
            return kept.status, kept.answer, True
        try:
            if account is not None:
                self.books.account(account)
            form = nested(pairs)
            status, answer, is_kept = 200, self._expanded(act(request, form, account or PLATFORM), form), True
        except Refused as refused:
            status, answer, is_kept = refused.status, refused.body, refused.is_kept
        if request.method == "POST" and key[1] and is_kept:
            self._kept[key] = _Kept(fingerprint, self.books.now, status, answer)
        return status, answer, False

    def _expanded(self, thing: Thing, form: Thing) -> Thing:
        shown = copy.deepcopy(thing)
        for way in form.get("expand", []):
            self._expand(shown, way.split("."))
        return shown

    def _expand(self, thing: Thing, way: list[str]) -> None:
        first, *rest = way
        if first == "data":
            for one in thing["data"]:
                self._expand(one, rest)
            return
        if not isinstance(thing.get(first), str):
            return
        found: Any = next(
            known[thing[first]] for known in (getattr(self.books, kind) for kind in _OF[first]) if thing[first] in known
        )
        thing[first] = copy.deepcopy(found[1] if isinstance(found, tuple) else found)
        if rest:
            self._expand(thing[first], rest)

    def _listed(self, request: Request, form: Thing, things: list[Thing]) -> Thing:
        since = int(form.get("created", {}).get("gte", 0))
        newest_first = [one for one in things[::-1] if one["created"] >= since]
        names = [one["id"] for one in newest_first]
        after = form.get("starting_after")
        if after is not None and after not in names:
            raise missing("object", after, param="starting_after")
        rest = newest_first[names.index(after) + 1 :] if after is not None else newest_first
        limit = min(int(form.get("limit", 10)), self.page_max)
        return shapes.listed(rest[:limit], request.url.path, has_more=len(rest) > limit)

    def _of_payment(self, form: Thing, things: dict[str, Thing]) -> list[Thing]:
        of = form.get("payment_intent")
        if of is None:
            return list(things.values())
        self.books.intent(of)
        return [one for one in things.values() if one["payment_intent"] == of]

    def _search(self, _request: Request, form: Thing, _account: str) -> Thing:
        query = _QUERY.fullmatch(form["query"])
        if query is None:
            raise Refused("We were unable to parse your search query.", param="query")
        name, value = query.groups()
        known = [one for one in self.books.intents.values() if one["created"] <= self.books.now - INDEX_LAGS_SECONDS]
        found = [one for one in reversed(known) if one["metadata"].get(name) == value]
        page = {"object": "search_result", "has_more": False, "next_page": None, "url": "/v1/payment_intents/search"}
        return {**page, "data": found}

    def _confirm(self, request: Request, form: Thing, _account: str) -> Thing:
        number = form["payment_method_data"]["card"]["number"]
        intent = self.books.confirm_intent(request.path_params["id"], form["client_secret"], number)
        error = intent["last_payment_error"]
        if intent["status"] == "requires_payment_method" and error is not None:
            raise Refused(error["message"], status=402, kind="card_error", code=error["code"])
        return intent

    def _movements(self, request: Request, form: Thing, account: str) -> Thing:
        mine = [one for holder, one in self.books.movements.values() if holder == account]
        wanted = [one for one in mine if form.get("source") in {None, one["source"]}]
        return self._listed(request, form, [one for one in wanted if form.get("type") in {None, one["type"]}])

    def _transfers(self, request: Request, form: Thing, _account: str) -> Thing:
        to, group = form.get("destination"), form.get("transfer_group")
        found = [one for one in self.books.transfers.values() if to in {None, one["destination"]}]
        return self._listed(request, form, [one for one in found if group in {None, one["transfer_group"]}])

    def _reversals(self, request: Request, form: Thing, _account: str) -> Thing:
        transfer = _one("transfer", self.books.transfers, request)
        own = [one for one in self.books.reversals.values() if one["transfer"] == transfer["id"]]
        return self._listed(request, form, own)

    def _payouts(self, request: Request, form: Thing, account: str) -> Thing:
        return self._listed(request, form, [one for owner, one in self.books.payouts.values() if owner == account])


def _one(kind: str, things: dict[str, Thing], request: Request) -> Thing:
    name = request.path_params["id"]
    if name not in things:
        raise missing(kind, name, param=kind)
    return things[name]


async def _faulty(fault: Fault) -> Response:
    if fault.hangs:
        await anyio.sleep_forever()
    if fault.status == 0:
        raise ConnectionAbortedError("The line is cut.")
    body = fault.body if fault.body is not None else json.dumps(WENT_WRONG).encode()
    return Response(body, fault.status, headers=dict(fault.headers), media_type="application/json")


async def _unknown_route(request: Request, _error: Exception) -> Response:
    said = {
        "type": "invalid_request_error",
        "message": f"Unrecognized request URL ({request.method}: {request.url.path}).",
    }
    return JSONResponse({"error": said}, 404)
