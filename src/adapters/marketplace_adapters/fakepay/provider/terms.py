"""What the provider charges and how long things take."""

from typing import Final

from attrs import field, fields, frozen
from attrs.validators import ge

DAY_SECONDS: Final = 24 * 3_600


@frozen(kw_only=True)
class Terms:
    """Hold the fees and the delays that this provider works with. Every one can be changed while it runs.

    `available_delay_seconds` is how long captured money is pending; `refund_delay_seconds` how long every refund is;
    `key_age_seconds` how long an idempotency key is remembered. With `onboarding_required` an account begins without
    any capability, until somebody has been through its onboarding page.
    """

    fee_basis_points: int = field(default=140, validator=ge(0))
    fee_fixed_minor: int = field(default=25, validator=ge(0))
    late_success_seconds: int = field(default=30, validator=ge(0))
    bank_delay_seconds: int = field(default=0, validator=ge(0))
    available_delay_seconds: int = field(default=0, validator=ge(0))
    refund_delay_seconds: int = field(default=0, validator=ge(0))
    slow_refund_seconds: int = field(default=30, validator=ge(0))
    refund_bounce_seconds: int = field(default=30, validator=ge(0))
    dispute_opens_seconds: int = field(default=30, validator=ge(0))
    dispute_fee_minor: int = field(default=1_500, validator=ge(0))
    dispute_fee_returned: bool = False
    dispute_decision_seconds: int = field(default=0, validator=ge(0))
    evidence_due_seconds: int = field(default=7 * DAY_SECONDS, validator=ge(0))
    key_age_seconds: int = field(default=DAY_SECONDS, validator=ge(0))
    onboarding_required: bool = False
    onboarding_link_seconds: int = field(default=DAY_SECONDS, validator=ge(0))

    def fee_minor(self, amount_minor: int) -> int:
        """Return the fee in minor units: the percentage of the amount, rounded half to even, plus the fixed part."""
        whole, rest = divmod(amount_minor * self.fee_basis_points, 10_000)
        rounds_up = rest > 5_000 or (rest == 5_000 and whole % 2 == 1)
        return whole + rounds_up + self.fee_fixed_minor


TERM_NAMES: Final = frozenset(one.name for one in fields(Terms))
YES_OR_NO: Final = frozenset({"dispute_fee_returned", "onboarding_required"})
