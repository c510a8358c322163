"""The state machines of money, as data. ``MACHINES`` are all of them."""

from typing import Any, Final

from marketplace_core.kernel.machines import StateMachine
from marketplace_core.payments.domain.states.account import ACCOUNT_MACHINE
from marketplace_core.payments.domain.states.claim import CLAIM_MACHINE
from marketplace_core.payments.domain.states.dispute import DISPUTE_MACHINE
from marketplace_core.payments.domain.states.hold import HOLD_MACHINE
from marketplace_core.payments.domain.states.payment import PAYMENT_MACHINE
from marketplace_core.payments.domain.states.payout import PAYOUT_MACHINE
from marketplace_core.payments.domain.states.refund import REFUND_MACHINE
from marketplace_core.payments.domain.states.settlement import SETTLEMENT_MACHINE

MACHINES: Final[tuple[StateMachine[Any, Any], ...]] = (
    PAYMENT_MACHINE,
    HOLD_MACHINE,
    REFUND_MACHINE,
    DISPUTE_MACHINE,
    CLAIM_MACHINE,
    PAYOUT_MACHINE,
    ACCOUNT_MACHINE,
    SETTLEMENT_MACHINE,
)
