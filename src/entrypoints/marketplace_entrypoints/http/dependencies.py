"""What routes ask for: the marketplace, who calls, which idempotency key, which version."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, field_validator

from marketplace_core.app import Marketplace
from marketplace_core.identity import IdentifyActor
from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import InvalidInput, NotSignedIn
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, PageRequest
from marketplace_entrypoints.rates import Tries, host_of

ResultT = TypeVar("ResultT")


class IdempotencyKeyRequired(InvalidInput):
    """This request costs money or stock and needs an ``Idempotency-Key`` header."""

    code = "http.idempotency_key_required"


class MalformedVersion(InvalidInput):
    """``If-Match`` takes the ETag that the last answer carried."""

    code = "http.malformed_version"


class Incoming(BaseModel):
    """A request body: unknown fields are refused, nothing is coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        """Refuse half a surrogate pair, which JSON can spell and nothing can store."""
        words = value if isinstance(value, list) else [value]
        if any(isinstance(word, str) and any("\ud800" <= letter <= "\udfff" for letter in word) for word in words):
            raise ValueError("A text holds half of a surrogate pair.")
        return value


class Outgoing(BaseModel):
    """A response body, read from a core view by attribute."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class MoneyOut(Outgoing):
    """An amount in minor units of its currency."""

    model_config = ConfigDict(
        from_attributes=True, frozen=True, json_schema_extra={"examples": [{"amount_minor": 1999, "currency": "EUR"}]}
    )

    amount_minor: int
    currency: str


async def _marketplace(request: Request) -> Marketplace:
    market: Marketplace = request.app.state.opened.market
    return market


Market = Annotated[Marketplace, Depends(_marketplace)]


async def _tries(request: Request) -> Tries:
    tries: Tries = request.app.state.opened.tries
    return tries


Trying = Annotated[Tries, Depends(_tries)]


async def _host(request: Request) -> str:
    return host_of(request.client)


Host = Annotated[str, Depends(_host)]
"""Who a request is counted as coming from."""


async def _actor(request: Request, authorization: Annotated[str | None, Header()] = None) -> Actor:
    if authorization is None:
        return ANONYMOUS
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("The Authorization header carries 'Bearer' and an access token.")
    market = await _marketplace(request)
    actor = await market.ask(IdentifyActor(access_token=token), by=ANONYMOUS)
    request.state.principal = actor.principal
    return actor


By = Annotated[Actor, Depends(_actor)]


async def _key(
    idempotency_key: Annotated[
        str | None,
        Header(
            description="8 to 255 visible ASCII characters, new for every new request", examples=["checkout-5f0e8a51"]
        ),
    ] = None,
) -> str:
    if idempotency_key is None or not idempotency_key:
        raise IdempotencyKeyRequired("Send an Idempotency-Key header: a repeated request is then carried out once.")
    return idempotency_key


Key = Annotated[str, Depends(_key)]


async def _version(
    if_match: Annotated[str | None, Header(description="The ETag of the version you changed", examples=['"3"'])] = None,
) -> int | None:
    if if_match is None:
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise MalformedVersion('If-Match takes the ETag of the last answer, such as "3".')
    return int(digits)


Version = Annotated[int | None, Depends(_version)]


async def _page(
    limit: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor)


Paging = Annotated[PageRequest, Depends(_page)]


Reason = Annotated[
    str | None,
    Query(min_length=1, max_length=500, description="Why; kept with who did it and when", examples=["Buyer called"]),
]


async def once(
    market: Marketplace,
    command: Command[ResultT],
    *,
    by: Actor,
    key: str,
    response: Response,
    reason: str | None = None,
) -> ResultT:
    """Execute under an idempotency key and say so when the answer is a replay."""
    outcome: Any = await market.execute_once(command, by=by, key=key, reason=reason)
    if outcome.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    result: ResultT = outcome.result
    return result


def etag(version: int) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'
