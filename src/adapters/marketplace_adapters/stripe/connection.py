"""One conversation with Stripe through its SDK: time limits, no retries of the SDK's own, and what each no means."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from itertools import count
from typing import Any, Final, NoReturn, Protocol, TypedDict, TypeVar

import anyio
import httpx
import stripe
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.tracing import traced
from marketplace_core.payments import ProviderRefused, ProviderUnavailable, UnknownAtProvider

CONNECT_SECONDS: Final = 1.0
READ_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 8.0
PAGE: Final = 100
"""How much of a list comes at once; Stripe gives no more."""
PAGES_MAX: Final = 50
"""How much of a list is looked through at most; who does not know by then does not know."""
PAUSE_SECONDS_MAX: Final = 30
"""How long is waited at most before the same is asked again."""
TRIES: Final = 5
"""How often a page is asked for until Stripe answers, by whoever reads many: Stripe counts them."""
MESSAGE_MAX: Final = 200
KEY_REUSED: Final = "idempotency_key_reused"

_UNDECIDED: Final = frozenset({408, 409, 425, 429})
_OUT_OF_ORDER: Final = frozenset({401, 403})

ModelT = TypeVar("ModelT", bound=BaseModel)
MadeT = TypeVar("MadeT", bound="Made")
Ask = Callable[["stripe.V1Services"], Awaitable[Any]]


class Whole(TypedDict):
    """How a list is read to its end, however long, by whoever can wait."""

    pages_max: int | None
    tries: int


WHOLE: Final[Whole] = {"pages_max": None, "tries": TRIES}


class AskPage(Protocol):
    """Asks for one page of a list."""

    def __call__(self, services: "stripe.V1Services", page: Any) -> Awaitable[Any]:
        """Ask with the parameters of the page among others."""
        ...


class _Page(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    data: list[dict[str, Any]] = Field(max_length=PAGE)
    has_more: bool


class _TracedClient(stripe.HTTPXClient):
    """Tells Stripe, and any proxy on the way, which trace a call belongs to."""

    async def request_async(self, method: Any, url: Any, headers: Any, post_data: Any = None) -> Any:
        return await super().request_async(method, url, {**headers, **traced()}, post_data)


class StripeConnection:
    """Asks Stripe and reads its answers into our models.

    Every method raises ``ProviderUnavailable`` (``ambiguous`` when a change may have happened all the same: no answer,
    a 5xx, a 409 or a 429), ``UnknownAtProvider``, and ``ProviderRefused`` with Stripe's code as its reason.
    """

    def __init__(
        self,
        api_key: str,
        *,
        address: str,
        answer_within_seconds: float = TOTAL_SECONDS,
        pause: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._http = _TracedClient(timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS))
        self._answer_within_seconds = answer_within_seconds
        self._pause = pause
        # Whoever called us repeats with the same key when its time has come; the SDK would do so at once, in a row.
        client = stripe.StripeClient(
            api_key, http_client=self._http, base_addresses={"api": address}, max_network_retries=0
        )
        self._services = client.v1

    async def close(self) -> None:
        """Close what is open."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def look(self, ask: Ask, model: type[ModelT], *, tries: int = 1) -> ModelT:
        """Read one thing; with several ``tries``, ask again while Stripe is away or says that we ask too often."""
        for failed in range(1, tries):
            try:
                return _parsed(await self._asked(ask, changes=False), model, changes=False)
            except ProviderUnavailable as away:
                await self._pause(min(max(away.retry_after_seconds, 2 ** (failed - 1)), PAUSE_SECONDS_MAX))
        return _parsed(await self._asked(ask, changes=False), model, changes=False)

    async def change(self, ask: Ask, model: type[ModelT]) -> ModelT:
        """Change something. The caller's ``ask`` carries the idempotency key."""
        return _parsed(await self._asked(ask, changes=True), model, changes=True)

    async def each(
        self,
        ask: AskPage,
        model: type[ModelT],
        *,
        most: int | None = None,
        page_size: int = PAGE,
        pages_max: int | None = PAGES_MAX,
        tries: int = 1,
    ) -> AsyncIterator[ModelT]:
        """Go through a list, the newest first, or through ``most`` of it; ``ask`` takes the parameters of one page.

        Raises ``ProviderUnavailable`` rather than end before the list does: the SDK's own iterator takes an empty page
        for the end, whatever Stripe says of more.
        """
        page: dict[str, Any] = {"limit": page_size}
        passed = 0
        for number in count(1):
            answer = await self.look(partial(ask, page=page), _Page, tries=tries)
            for one in answer.data:
                yield _validated(one, model, changes=False)
                passed += 1
                if passed == most:
                    return
            if not answer.has_more:
                return
            if not answer.data:
                raise ProviderUnavailable("Stripe breaks off in the middle of a list.")
            if number == pages_max:
                raise ProviderUnavailable(f"Stripe's list goes on after {passed} entries, and it was not in these.")
            page["starting_after"] = answer.data[-1].get("id")

    async def _asked(self, ask: Ask, *, changes: bool) -> Any:
        try:
            # One limit for all of it: an answer that dribbles in would outlast any limit per read.
            with anyio.fail_after(self._answer_within_seconds):
                return await ask(self._services)
        except TimeoutError as failure:
            raise ProviderUnavailable("Stripe did not answer.", ambiguous=changes) from failure
        except stripe.StripeError as failure:
            _refuse(failure, changes=changes)
        except (AttributeError, RecursionError, TypeError, ValueError) as stumble:
            # What comes from a proxy in between, say, is not always what the SDK takes for granted.
            raise ProviderUnavailable("Stripe's answer makes no sense.", ambiguous=changes) from stumble


def in_the_name_of(account: str | None) -> stripe.RequestOptions:
    """Return what makes a request one of a connected account; None is the platform itself."""
    return {} if account is None else {"stripe_account": account}


class Made(Protocol):
    """Something that money was moved for."""

    @property
    def amount(self) -> Money:
        """How much."""
        ...


async def made_before(
    refusal: ProviderRefused, find: Callable[[], Awaitable[MadeT | None]], amount: Money
) -> MadeT | None:
    """Return what was made under the same key by a request that was worded otherwise, if that is why Stripe says no.

    The wording changes with our versions, and a "no" to the new one does not mean that the old one moved nothing.
    """
    if refusal.reason != KEY_REUSED:
        return None
    found = await find()
    return found if found is not None and found.amount == amount else None


def _parsed(answer: Any, model: type[ModelT], *, changes: bool) -> ModelT:
    # What is no JSON object is handed through by the SDK as it came.
    return _validated(answer.to_dict() if isinstance(answer, stripe.StripeObject) else {}, model, changes=changes)


def _validated(answer: Mapping[str, Any], model: type[ModelT], *, changes: bool) -> ModelT:
    try:
        return model.model_validate(answer)
    except ValidationError as garbled:
        raise ProviderUnavailable("Stripe's answer makes no sense.", ambiguous=changes) from garbled


def _refuse(failure: stripe.StripeError, *, changes: bool) -> NoReturn:
    status = failure.http_status
    busy = isinstance(failure, stripe.RateLimitError) or status in _UNDECIDED
    # A refusal without Stripe's error in it is somebody else's, of a proxy in between perhaps: it decides nothing.
    if status is None or status >= 500 or status < 400 or busy or failure.error is None:
        said = "Stripe did not answer." if status is None else f"Stripe answered {status}."
        raise ProviderUnavailable(said, ambiguous=changes, retry_after_seconds=_seconds(failure)) from failure
    if isinstance(failure, stripe.IdempotencyError):
        raise ProviderRefused("Another request was made under the same key.", reason=KEY_REUSED) from failure
    code = str(failure.code or getattr(failure.error, "code", None) or "")[:60]
    message = str(failure.user_message or "Stripe refuses.")[:MESSAGE_MAX]
    if status in _OUT_OF_ORDER and code != "account_invalid":
        # Stripe's words about keys repeat parts of them.
        raise ProviderUnavailable(f"Stripe does not let us in ({status}): look at the API key.") from failure
    if status == httpx.codes.NOT_FOUND or code == "resource_missing":
        raise UnknownAtProvider(message) from failure
    raise ProviderRefused(message, reason=code or _hint(failure)) from failure


def _hint(failure: stripe.StripeError) -> str:
    """Return what a refusal is about when it has no code: the parameter that Stripe did not like."""
    param = getattr(failure, "param", None)
    return f"invalid_{param}"[:60] if isinstance(param, str) and param else "invalid_request"


def _seconds(failure: stripe.StripeError) -> int:
    wait = str((failure.headers or {}).get("retry-after", "1"))
    return min(int(wait), 600) if wait.isascii() and wait.isdigit() and len(wait) < 6 else 1
