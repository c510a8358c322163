"""What the processes of the product may be: every role answers for its own paths, and for none besides."""

from typing import Final

from marketplace_core.kernel.errors import InvalidInput
from marketplace_entrypoints.http.routes import BY_ROLE
from marketplace_entrypoints.naming import named

WEB: Final = "web"
"""The pages for people, and everything that no other role answers for."""
PROVIDER: Final = "payments"
"""The role that also serves what the payment provider's adapter brings for browsers."""
ROLES: Final[tuple[str, ...]] = (WEB, *BY_ROLE)


class UnknownRole(InvalidInput):
    """There is no such role."""

    code = "services.unknown_role"


def roles_of(words: str) -> tuple[str, ...]:
    """Return the roles named in ``catalog,search``; ``all`` is every one. Raises ``UnknownRole``."""
    return named(words, ROLES, "role", UnknownRole)
