"""What a shop may do, in words: each thing with what keeps it from it, and what lifts that."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.payments.debts import Obstacle, SellerStandingView
from marketplace_entrypoints.web.language import Language, msg


@frozen
class Reason:
    """Why the shop may not, and what lifts it."""

    why: str
    lifts: str


@frozen
class Capability:
    """Something a shop may do, or not, for these reasons."""

    title: str
    reasons: Sequence[Reason]


OBSTACLES: Final[Mapping[Obstacle, tuple[str, str]]] = {
    Obstacle.SUSPENDED: (msg("The shop is suspended."), msg("The marketplace has to let it go on.")),
    Obstacle.CLOSING: (msg("The shop is being closed."), msg("Keep the shop, as long as it is not closed for good.")),
    Obstacle.DEBT: (msg("The shop owes something."), msg("The next income pays it by itself.")),
    Obstacle.DEBT_TOO_LARGE: (msg("The shop owes too much."), msg("Pay until less than the limit is owed.")),
    Obstacle.DEBT_TOO_OLD: (msg("The shop has owed something for too long."), msg("Pay all of it.")),
    Obstacle.UNVERIFIED_LIMIT: (
        msg("As much is held for the shop as it may sell before the payment provider pays it."),
        msg("Tell the payment provider what it wants to know."),
    ),
    Obstacle.NOT_ENABLED: (
        msg("The payment provider does not pay the shop."),
        msg("Tell the payment provider what it wants to know."),
    ),
}
"""Why → what lifts it."""


def capabilities(language: Language, standing: SellerStandingView) -> Sequence[Capability]:
    """Say what a shop may do."""
    say = language.say
    return [
        Capability(title, [Reason(*map(say, OBSTACLES[obstacle])) for obstacle in obstacles])
        for title, obstacles in (
            (say("Show goods"), standing.not_listing),
            (say("Take orders"), standing.not_selling),
            (say("Be paid"), standing.not_paid),
        )
    ]
