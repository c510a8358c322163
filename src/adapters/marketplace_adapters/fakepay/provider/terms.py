"""What the provider charges and how long things take."""

from attrs import field, frozen
from attrs.validators import ge


@frozen(kw_only=True)
class Terms:
    """Hold the fee and the delays that this provider works with."""

    fee_basis_points: int = field(default=140, validator=ge(0))
    fee_fixed_minor: int = field(default=25, validator=ge(0))
    late_success_seconds: int = field(default=30, validator=ge(0))
    bank_delay_seconds: int = field(default=0, validator=ge(0))

    def fee_minor(self, amount_minor: int) -> int:
        """Return the fee in minor units: the percentage of the amount, rounded half to even, plus the fixed part."""
        whole, rest = divmod(amount_minor * self.fee_basis_points, 10_000)
        rounds_up = rest > 5_000 or (rest == 5_000 and whole % 2 == 1)
        return whole + rounds_up + self.fee_fixed_minor
