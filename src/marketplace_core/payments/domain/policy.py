"""The marketplace's terms of trade, as one versioned document. What was agreed under a version stays agreed."""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, field, fields, frozen
from attrs.validators import and_, ge, le

from marketplace_core.payments.domain.commission import WHOLE_BPS, CommissionTerms, Rules


class Proof(Enum):
    """Who says that the goods arrived; the better the proof, the sooner the money."""

    BUYER = "buyer"
    OPERATOR = "operator"
    CARRIER = "carrier"
    SELLER = "seller"


_AGREED: Final = tuple(field_.name for field_ in fields(Rules))


def _positive(_: object, __: object, value: timedelta) -> None:
    if value <= timedelta(0):
        raise ValueError("a policy's interval is longer than nothing")


@frozen(kw_only=True)
class PaymentPolicy:
    """What the platform charges and how long it waits.

    Rates in basis points; ``payout_minimum_minor`` in minor units of any currency. ``release_after_…`` count from
    delivery, ``reserve_for`` from the release; with ``release_per_shipment`` a part that is sent in several parcels is
    released parcel by parcel. A refund that nobody has decided on is approved
    ``refund_decided_after`` it was asked for; one of ``refund_four_eyes_minor`` or more that an operator gives is
    approved by another operator. ``protects_tracked_sellers`` lets the platform bear lost disputes about parcels that
    the carrier has delivered, ``charges_dispute_fee`` passes their fee on to the sellers. ``hold_margin`` is how long
    before the provider's limit on holding money a hold is forced to an end.

    A buyer may open a claim for ``claim_window`` after delivery or, where nothing arrives, from
    ``claim_undelivered_after`` the payment on. The seller answers within ``claim_answer_within``, after which the buyer
    is refunded; an operator decides within ``claim_decide_within``, after which the buyer is refunded unless not
    ``claim_default_refunds``.

    A payout that the provider refuses is tried ``transfer_attempts_max`` times, first after ``transfer_retry_after``,
    then after twice that, and so on; then it waits for an operator.

    Of a seller who owes ``debt_soft_minor`` no payout leaves; one who owes ``debt_hard_minor``, or anything for longer
    than ``debt_settled_within``, sells no more. Every ``debt_taken_back_after`` from the beginning of a debt until then
    the provider is asked to take it back of the seller's own balance there. Writing off ``write_off_four_eyes_minor``
    or more takes two operators. Whoever the provider does not pay yet sells until ``unverified_held_max_minor`` are
    held for and owed to them, and shows goods at all only while ``unverified_may_list``.
    """

    version: str = "2026-1"
    commission_bps: int = field(default=1_000, validator=and_(ge(0), le(WHOLE_BPS)))
    commission_vat_bps: int = field(default=2_000, validator=and_(ge(0), le(WHOLE_BPS)))
    vat_jurisdiction: str = "FR"
    reserve_bps: int = field(default=0, validator=and_(ge(0), le(WHOLE_BPS)))
    reserve_for: timedelta = timedelta(days=30)
    keeps_commission: bool = False
    release_after_carrier: timedelta = timedelta(hours=72)
    release_after_seller: timedelta = timedelta(days=14)
    release_per_shipment: bool = False
    hold_margin: timedelta = timedelta(days=7)
    protects_tracked_sellers: bool = False
    charges_dispute_fee: bool = False
    claim_window: timedelta = field(default=timedelta(days=14), validator=_positive)
    claim_undelivered_after: timedelta = field(default=timedelta(days=28), validator=_positive)
    claim_answer_within: timedelta = field(default=timedelta(hours=72), validator=_positive)
    claim_decide_within: timedelta = field(default=timedelta(days=7), validator=_positive)
    claim_default_refunds: bool = True
    debt_soft_minor: int = field(default=5_000, validator=ge(1))
    debt_hard_minor: int = field(default=50_000, validator=ge(1))
    debt_settled_within: timedelta = field(default=timedelta(days=60), validator=_positive)
    debt_taken_back_after: timedelta = field(default=timedelta(days=7), validator=_positive)
    write_off_four_eyes_minor: int = field(default=100_000, validator=ge(1))
    unverified_held_max_minor: int = field(default=200_000, validator=ge(0))
    unverified_may_list: bool = True
    refund_decided_after: timedelta = field(default=timedelta(days=7), validator=_positive)
    refund_four_eyes_minor: int = field(default=100_000, validator=ge(1))
    payout_minimum_minor: int = field(default=100, validator=ge(1))
    payout_every: timedelta = field(default=timedelta(hours=1), validator=_positive)
    transfer_attempts_max: int = field(default=5, validator=ge(1))
    transfer_retry_after: timedelta = field(default=timedelta(hours=1), validator=_positive)

    def terms(self) -> CommissionTerms:
        """Return the commission terms of an order placed under this policy."""
        return CommissionTerms(
            policy_version=self.version,
            commission_bps=self.commission_bps,
            vat_bps=self.commission_vat_bps,
            vat_jurisdiction=self.vat_jurisdiction,
            reserve_bps=self.reserve_bps,
            keeps_commission=self.keeps_commission,
            rules=Rules(**{name: getattr(self, name) for name in _AGREED}),
        )

    def agreed(self, terms: CommissionTerms) -> "PaymentPolicy":
        """Return this policy as far as it may change, and what was agreed with an order where it may not."""
        rules = terms.rules
        return self if rules is None else evolve(self, **{name: getattr(rules, name) for name in _AGREED})

    def release_at(self, proof: Proof, delivered_at: datetime) -> datetime:
        """Tell when a delivered part may be released: at once for buyer and operator, later for weaker proofs."""
        match proof:
            case Proof.BUYER | Proof.OPERATOR:
                return delivered_at
            case Proof.CARRIER:
                return delivered_at + self.release_after_carrier
            case Proof.SELLER:
                return delivered_at + self.release_after_seller

    def transfer_waits(self, attempt: int) -> timedelta | None:
        """Say how long to wait after so many refused attempts to send a payout, twice as long each; None: no more."""
        if attempt >= self.transfer_attempts_max:
            return None
        return self.transfer_retry_after * (1 << attempt - 1)

    def next_payout_run(self, now: datetime) -> datetime:
        """Return the next moment at which payouts are assembled: a whole multiple of ``payout_every``, after now."""
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        return epoch + ((now - epoch) // self.payout_every + 1) * self.payout_every
