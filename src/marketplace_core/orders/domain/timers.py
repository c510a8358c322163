"""The kinds of deadlines that orders set, and how long the ones without a policy wait."""

from datetime import timedelta
from typing import Final

PAY_BY: Final = "orders.pay_by"
REVIEW_BY: Final = "orders.review_by"
ACCEPT_BY: Final = "orders.accept_by"
SHIP_BY: Final = "orders.ship_by"
COMPLETE: Final = "orders.complete"
CLOSE: Final = "orders.close"

REVIEW_TERM: Final = timedelta(days=3)
"""How long an operator may look at money that does not fit before it goes back to the buyer."""
LOOK_AGAIN: Final = timedelta(days=1)
"""How long to wait before looking again at what waits for somebody else's decision, such as a card dispute."""
