"""The provider itself: its books, its terms, its clock; and one transaction on them."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import final

from attrs import field, frozen

from marketplace_adapters.fakepay.provider import settings
from marketplace_adapters.fakepay.provider.books import Books
from marketplace_adapters.fakepay.provider.terms import Terms

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Clock = Callable[[], datetime]
"""Returns the present moment, with a time zone."""

TokenFactory = Callable[[], str]
"""Returns an unguessable text that was never returned before."""


@final
@frozen(kw_only=True)
class Session:
    """Carry one transaction on the books, and what a change needs to know besides."""

    db: sqlite3.Connection
    now: datetime
    terms: Terms
    new_token: TokenFactory

    @property
    def now_ms(self) -> int:
        """Return the moment of this transaction in unix milliseconds."""
        return _milliseconds(self.now)

    def new_id(self, prefix: str) -> str:
        """Return a fresh identifier: `fp_<prefix>_…`."""
        return f"fp_{prefix}_{self.new_token()}"


def random_token() -> str:
    """Return 24 random hexadecimal digits."""
    return secrets.token_hex(12)


@final
@frozen(kw_only=True)
class Provider:
    """Hold one running provider. Several may share one books file, in one process or in many."""

    books: Books
    clock: Clock
    terms: Terms
    api_key: str = field(repr=False)
    signing_secrets: tuple[str, ...] = field(repr=False)
    webhook_url: str | None = None
    test_secret: str | None = field(default=None, repr=False)
    public_url: str | None = None
    new_token: TokenFactory = random_token

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Change the books: one transaction, undone on an exception."""
        with self.books.write() as db:
            # The clock is read under the lock, so times follow the order of the changes.
            yield self._session(db)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at one consistent state of the books."""
        with self.books.read() as db:
            yield self._session(db)

    def true_now_ms(self) -> int:
        """Return the present moment of the world, however far the provider's own clock was moved, in unix ms."""
        return _milliseconds(self.clock())

    def close(self) -> None:
        """Let go of the books file."""
        self.books.close()

    def _session(self, db: sqlite3.Connection) -> Session:
        changed = settings.read(db)
        return Session(
            db=db,
            now=self.clock() + timedelta(seconds=changed.get(settings.CLOCK_AHEAD, 0)),
            terms=settings.apply(self.terms, changed),
            new_token=self.new_token,
        )


def open_provider(
    path: Path | str,
    *,
    secrets: Sequence[str],
    clock: Clock,
    api_key: str,
    webhook_url: str | None = None,
    terms: Terms | None = None,
    test_secret: str | None = None,
    public_url: str | None = None,
    new_token: TokenFactory = random_token,
) -> Provider:
    """Open the books at `path` (created when absent). Webhooks are signed with every one of `secrets`, newest first.

    Whoever holds `test_secret` may script what goes wrong; without one nobody can. `public_url` is where browsers
    reach the provider, for the links it gives out; without one they begin like the address of the request.

    Raises ValueError on an empty key or secret and on a webhook address that is not http(s), NotTheseBooks on a foreign
    file.
    """
    if isinstance(secrets, str) or not secrets or not all(secrets):
        raise ValueError("give at least one signing secret, none of them empty")
    if not api_key:
        raise ValueError("give an API key")
    if test_secret is not None and test_secret in {"", api_key}:
        raise ValueError("give a test secret that is not empty and not the API key, or none")
    if webhook_url is not None and not webhook_url.startswith(("http://", "https://")):
        raise ValueError("the webhook address must start with http:// or https://")
    return Provider(
        books=Books(Path(path)),
        clock=clock,
        terms=terms or Terms(),
        api_key=api_key,
        signing_secrets=tuple(secrets),
        webhook_url=webhook_url,
        test_secret=test_secret,
        public_url=public_url,
        new_token=new_token,
    )


def _milliseconds(moment: datetime) -> int:
    # Whole numbers throughout: a float would now and then be a millisecond short, and something due not be due.
    return (moment - _EPOCH) // timedelta(milliseconds=1)
