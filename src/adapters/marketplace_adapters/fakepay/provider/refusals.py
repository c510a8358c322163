"""What the provider answers when it says no."""

from collections.abc import Mapping
from typing import Literal

ErrorType = Literal[
    "invalid_request",
    "authentication_error",
    "idempotency_error",
    "card_error",
    "business_error",
    "provider_error",
]


class Refusal(Exception):
    """Carry one error answer: a status, a type, a stable code and a sentence.

    `remembered` says that an idempotency key keeps giving this answer: true for a decision of the business, false where
    the caller may repair the request and send it again with the same key.
    """

    def __init__(
        self,
        status: int,
        error_type: ErrorType,
        code: str,
        message: str,
        *,
        remembered: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.error_type: ErrorType = error_type
        self.code = code
        self.message = message
        self.remembered = remembered
        self.headers: Mapping[str, str] = headers or {}

    def body(self) -> dict[str, object]:
        """Return the JSON body of the answer."""
        return {"error": {"type": self.error_type, "code": self.code, "message": self.message}}


def invalid(code: str, message: str) -> Refusal:
    """Refuse a request that makes no sense."""
    return Refusal(422, "invalid_request", code, message)


def missing(what: str) -> Refusal:
    """Refuse because the named thing is not in the books."""
    return Refusal(404, "invalid_request", f"{what}_not_found", f"There is no such {what.replace('_', ' ')}.")


def not_now(code: str, message: str) -> Refusal:
    """Refuse a well-formed request because of the state that something is in."""
    return Refusal(409, "business_error", code, message, remembered=True)
