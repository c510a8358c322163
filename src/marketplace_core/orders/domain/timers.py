"""The kinds of deadlines that orders set, and how long the ones without a policy wait."""

from datetime import timedelta
from typing import Final

PAY_BY: Final = "orders.pay_by"
REVIEW_BY: Final = "orders.review_by"

REVIEW_TERM: Final = timedelta(days=3)
"""How long an operator may look at money that does not fit before it goes back to the buyer."""
