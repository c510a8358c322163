"""What a browser keeps for us: a session, a language, a theme, a time zone, how much is in the cart, one notice."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from attrs import Factory, define, frozen
from starlette.requests import Request
from starlette.responses import Response

ACCESS: Final = "access"
REFRESH: Final = "session"
LANGUAGE: Final = "language"
THEME: Final = "theme"
ZONE: Final = "zone"
BASKET: Final = "basket"
NOTICE: Final = "notice"
SESSION_SECONDS: Final = 30 * 24 * 3600
YEAR_SECONDS: Final = 365 * 24 * 3600
THEMES: Final = ("light", "dark")


@frozen(kw_only=True)
class Cookie:
    """One cookie to set, or to forget if its value is None."""

    name: str
    value: str | None
    seconds: int = YEAR_SECONDS
    hidden: bool = True


@define(kw_only=True)
class Cookies:
    """The cookies of one request, and those that its answer will change."""

    request: Request
    secure: bool
    changed: dict[str, Cookie] = Factory(dict)

    def get(self, name: str) -> str:
        """Return what the browser sent, or an empty text."""
        return self.request.cookies.get(self._named(name), "")

    def put(self, name: str, value: str, *, seconds: int = YEAR_SECONDS, hidden: bool = True) -> None:
        """Have the browser keep a value; scripts can read it unless it is ``hidden``."""
        self.changed[name] = Cookie(name=name, value=value, seconds=seconds, hidden=hidden)

    def forget(self, *names: str) -> None:
        """Have the browser forget."""
        for name in names:
            self.changed[name] = Cookie(name=name, value=None)

    def keep_session(self, access: str, refresh: str, *, access_until: datetime, now: datetime) -> None:
        """Have the browser keep both tokens where no script can read them."""
        self.put(ACCESS, access, seconds=max(1, int((access_until - now).total_seconds())))
        self.put(REFRESH, refresh, seconds=SESSION_SECONDS)

    def write(self, response: Response) -> None:
        """Put what has changed into the answer."""
        for cookie in self._changes():
            if cookie.value is None:
                response.delete_cookie(self._named(cookie.name), secure=self.secure, samesite="lax", path="/")
            else:
                response.set_cookie(
                    self._named(cookie.name),
                    cookie.value,
                    max_age=cookie.seconds,
                    httponly=cookie.hidden,
                    secure=self.secure,
                    samesite="lax",
                    path="/",
                )

    def _changes(self) -> Iterator[Cookie]:
        yield from self.changed.values()

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name
