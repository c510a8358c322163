"""Whether a seller may sell: what the commands that ask share. Runs in an open transaction."""

from collections.abc import Mapping
from datetime import datetime

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.debt import Obstacle, SellerStanding
from marketplace_core.payments.domain.errors import SellerCannotSell
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork


async def standing_of(work: PaymentsWork, seller_id: SellerId, currency: str) -> SellerStanding:
    """Return what is remembered of a seller; a new one is clean."""
    found = await work.standings.find(seller_id, currency)
    return found or SellerStanding(seller_id=seller_id, currency=currency)


async def require_can_sell(
    work: PaymentsWork, shares: Mapping[SellerId, Money], policy: PaymentPolicy, now: datetime
) -> None:
    """Pass if every seller may sell for so much more, or raise ``SellerCannotSell`` with the first one's reason.

    Whoever the provider does not pay yet sells up to a limit on all that is held for and owed to them. To that end the
    seller's standing is saved, so that of two orders at once the second looks again.
    """
    (currency,) = {share.currency for share in shares.values()}
    known = await work.standings.facts(shares, currency)
    for seller_id, facts in sorted(known.items()):
        obstacles = facts.keeps_from_selling(policy, now)
        if obstacles:
            raise refusal(seller_id, obstacles[0])
        if facts.enabled:
            continue
        if (facts.held + facts.owed + shares[seller_id]).amount_minor > policy.unverified_held_max_minor:
            raise refusal(seller_id, Obstacle.UNVERIFIED_LIMIT)
        await work.standings.save(facts.standing)


def refusal(seller_id: SellerId, obstacle: Obstacle) -> SellerCannotSell:
    """Return the complaint about a seller who may not sell."""
    return SellerCannotSell("This shop cannot take orders now.", seller_id=seller_id, reason=obstacle.value)
