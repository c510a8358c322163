"""The receipt of a walk: what happened when, which mails were sent, and who holds which cent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import asdict, frozen

from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.buying import FinishedOrder
from marketplace_entrypoints.demo.check.logs import LogFound
from marketplace_entrypoints.demo.check.misfortune import Trouble
from marketplace_entrypoints.demo.check.outsider import Outsider, require
from marketplace_entrypoints.demo.check.place import Place
from marketplace_entrypoints.demo.check.steps import StepDone, StepLeftOut, Steps
from marketplace_entrypoints.demo.check.unpaid import ForgottenOrder


@frozen(kw_only=True)
class Moment:
    """Something that happened to the finished order."""

    at: str
    what: str
    where: str


@frozen(kw_only=True)
class Letter:
    """A mail that was sent on the walk."""

    to: str
    template: str
    subject: str


@frozen(kw_only=True)
class Share:
    """Where a part of the buyer's money went, in minor units."""

    holder: str
    what: str
    amount_minor: int


@frozen(kw_only=True)
class Around:
    """What was found beside the marketplace: a mail that arrived, a request that was followed, and logs.

    ``servers`` are logs of what the marketplace stands on, in words of its own: name and number of lines.
    """

    arrived: Letter | None = None
    request_id: str = ""
    logs: tuple[LogFound, ...] = ()
    servers: tuple[tuple[str, int], ...] = ()


@frozen(kw_only=True)
class Receipt:
    """The outcome of a walk at ``address``, against ``engines``. Amounts are minor units of ``currency``."""

    address: str
    engines: tuple[str, ...]
    currency: str
    order_id: str
    paid_minor: int
    timeline: tuple[Moment, ...]
    mails: tuple[Letter, ...]
    shares: tuple[Share, ...]
    provider_fee_minor: int
    escrow_minor: int
    balances: Mapping[str, Mapping[str, int]]
    trial_balance: Mapping[str, int]
    trial_balance_sum_minor: int
    unpaid: ForgottenOrder
    troubles: tuple[Trouble, ...]
    steps: tuple[StepDone, ...]
    left_out: tuple[StepLeftOut, ...]
    around: Around | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


async def write_receipt(
    books: Books,
    people: Sequence[Outsider],
    finished: FinishedOrder,
    unpaid: ForgottenOrder,
    troubles: tuple[Trouble, ...],
    place: Place,
    steps: Steps,
    since: datetime,
) -> Receipt:
    """Collect it, and check that every cent of the buyer's money has one holder. Raises ``Unexpected``.

    Mails count from ``since``.
    """
    order = finished.order
    paid = order["total"]["amount_minor"]
    names = {part["seller_order_id"]: part["seller_name"] for part in order["seller_orders"]}
    shares = shares_of(finished.escrows, names)
    require(sum(share.amount_minor for share in shares) == paid, f"The shares do not add up to {paid}.")
    trial = await books.trial_balance()
    total = sum(one["amount_minor"] for one in trial["sums"])
    require(total == 0, f"The trial balance sums to {total}.")
    violations = await books.violations()
    require(not violations, f"The audit of the books finds {violations}.")
    fees = [one for one in await books.journals(finished.payment_id) if one["kind"] == "provider_fee"]
    return Receipt(
        address=place.address,
        engines=place.engines,
        currency=order["total"]["currency"],
        order_id=finished.order_id,
        paid_minor=paid,
        timeline=_timeline(finished),
        mails=await _mails(people, since),
        shares=shares,
        provider_fee_minor=sum(one["amount"]["amount_minor"] for fee in fees for one in fee["transfers"]),
        escrow_minor=sum(one["held"]["amount_minor"] for one in await books.escrows(finished.order_id)),
        balances={
            name: {kind: one[kind]["amount_minor"] for kind in ("held", "payable", "in_payout", "paid")}
            for name, one in (await books.balances()).items()
        },
        trial_balance={row["kind"]: row["balance"]["amount_minor"] for row in trial["rows"]},
        trial_balance_sum_minor=total,
        unpaid=unpaid,
        troubles=troubles,
        steps=tuple(steps.done),
        left_out=tuple(steps.left_out),
    )


def shares_of(escrows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[Share, ...]:
    """Divide what was released of an order among its holders; ``names`` are the sellers' by seller order."""
    divisions = [(names[one["seller_order_id"]], release["division"]) for one in escrows for release in one["releases"]]
    sellers = [
        Share(holder=name, what="at the seller's bank", amount_minor=division["payable"]["amount_minor"])
        for name, division in sorted(divisions, key=lambda pair: pair[0])
    ]
    commission = sum(division["commission"]["amount_minor"] for _, division in divisions)
    vat = sum(division["vat"]["amount_minor"] for _, division in divisions)
    reserve = sum(division["reserve"]["amount_minor"] for _, division in divisions)
    kept = [
        Share(holder="the marketplace", what="commission", amount_minor=commission),
        Share(holder="the tax office", what="VAT on the commission", amount_minor=vat),
        Share(holder="the marketplace", what="reserve", amount_minor=reserve),
    ]
    return (*sellers, *(share for share in kept if share.amount_minor))


def _timeline(finished: FinishedOrder) -> tuple[Moment, ...]:
    order = finished.order
    names = {part["seller_id"]: part["seller_name"] for part in order["seller_orders"]}
    moments = [Moment(at=one["at"], what=one["what"], where="the order") for one in order["timeline"]]
    for part in order["seller_orders"]:
        moments += [
            Moment(at=one["at"], what=one["what"], where=part["seller_name"])
            for one in part["timeline"]
            if one["what"] != "placed"
        ]
    for hold in finished.escrows:
        moments += [
            Moment(at=one["released_at"], what="money released", where=names[hold["seller_id"]])
            for one in hold["releases"]
        ]
    moments += [Moment(at=one["paid_at"], what="paid out", where=names[one["seller_id"]]) for one in finished.payouts]
    return tuple(sorted(moments, key=lambda moment: moment.at))


async def _mails(people: Sequence[Outsider], since: datetime) -> tuple[Letter, ...]:
    letters = []
    for person in people:
        page = await person.get("/v1/me/mails", limit=100)
        letters += [
            Letter(to=person.email, template=one["template"], subject=one["subject"])
            for one in reversed(page["items"])
            if datetime.fromisoformat(one["queued_at"]) >= since
        ]
    return tuple(letters)
