"""What went wrong in the town before the walk: it is in the books, and a person can follow it on the pages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from marketplace_entrypoints.demo.check.outsider import Outsider, Unexpected, require
from marketplace_entrypoints.demo.check.steps import Steps


@frozen(kw_only=True)
class Trouble:
    """Something that went wrong, and the page of the console that tells it."""

    what: str
    page: str


async def look_back(steps: Steps, operator: Outsider, address: str) -> tuple[Trouble, ...]:
    """Find every kind of trouble as operators do. Raises ``StepFailed`` for one that is not there."""
    found: list[Trouble] = []

    def note(what: str, path: str) -> None:
        found.append(Trouble(what=what, page=f"{address}{path}"))

    async with steps.step("A refund over several shops: each bears its part, the buyer has it all"):
        refund = _first(
            await _all(operator, "/v1/refunds", state="succeeded"), _over_shops, "refund over several shops"
        )
        parts = sum(_minor(part) for part in refund["parts"])
        require(parts == refund["amount"]["amount_minor"], f"The parts of {refund['refund_id']} sum to {parts}.")
        note("a refund over several shops", f"/console/refunds/{refund['refund_id']}")
    for state, told in (("won", "A card dispute that was contested and won"), ("lost", "A card dispute that was lost")):
        async with steps.step(told):
            dispute = _first(await _all(operator, "/v1/disputes", state=state), _any, f"dispute that was {state}")
            require(dispute["closed_at"] is not None, f"{dispute['dispute_id']} is {state} and not closed.")
            note(f"a dispute {state}", f"/console/disputes/{dispute['dispute_id']}")
    async with steps.step("A payout that a bank sent back, paid by its second attempt"):
        payout = _first(await _all(operator, "/v1/payouts", state="paid"), _again, "payout that came back")
        note("a returned payout", f"/console/payouts/{payout['payout_id']}")
    return tuple(found)


async def _all(operator: Outsider, path: str, **params: Any) -> Iterator[Mapping[str, Any]]:
    return iter((await operator.get(path, limit=100, **params))["items"])


def _first(
    found: Iterator[Mapping[str, Any]], wanted: Callable[[Mapping[str, Any]], bool], what: str
) -> Mapping[str, Any]:
    one = next(filter(wanted, found), None)
    if one is None:
        raise Unexpected(f"There is no {what}.")
    return one


def _over_shops(refund: Mapping[str, Any]) -> bool:
    return len({part["seller_id"] for part in refund["parts"]}) > 1


def _again(payout: Mapping[str, Any]) -> bool:
    return bool(payout["attempt"] > 1)


def _any(_: Mapping[str, Any]) -> bool:
    return True


def _minor(part: Mapping[str, Any]) -> int:
    return int(part["amount"]["amount_minor"])
