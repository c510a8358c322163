"""How Stripe says no."""

from typing import Any


class Refused(Exception):
    """Stripe's no: ``status``, and the fields of its error. ``is_kept`` tells whether a key brings it back."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        is_kept: bool = True,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_kept = is_kept
        fields = {"type": kind, "message": message, "code": code, "param": param}
        self.body: dict[str, Any] = {"error": {name: value for name, value in fields.items() if value is not None}}


def missing(what: str, name: str, *, param: str | None = None, status: int = 404) -> Refused:
    """There is no such thing."""
    return Refused(f"No such {what}: '{name}'", status=status, code="resource_missing", param=param, is_kept=False)


def required(param: str) -> Refused:
    """A parameter is missing."""
    return Refused(f"Missing required param: {param}.", code="parameter_missing", param=param, is_kept=False)
