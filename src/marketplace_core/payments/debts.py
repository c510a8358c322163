"""Debts: the public face of what sellers owe, how it is settled, and what it keeps them from."""

from marketplace_core.payments.domain.debt import DebtSettlement, Means, Obstacle, SellerFacts, SellerStanding
from marketplace_core.payments.domain.errors import (
    ExceedsDebt,
    MalformedSettlement,
    SellerCannotSell,
    SettlementNotFound,
)
from marketplace_core.payments.domain.events import DebtArose, DebtSettled, SellingStopped
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.queries.debt_views import DebtorView, SellerStandingView, SettlementView
from marketplace_core.payments.queries.debts import ListDebtors, ListSettlements, ViewSellerStanding
from marketplace_core.payments.queries.readers import DebtsReader
from marketplace_core.payments.usecases.decide_write_off import DecideWriteOff
from marketplace_core.payments.usecases.follow_shop import FollowShop
from marketplace_core.payments.usecases.review_debt import ReviewDebt
from marketplace_core.payments.usecases.settle_debt import SettledDebt, SettleDebt
from marketplace_core.payments.usecases.take_back_debt import TakeBackDebt

__all__ = [
    "DebtArose",
    "DebtSettled",
    "DebtSettlement",
    "DebtorView",
    "DebtsReader",
    "DecideWriteOff",
    "ExceedsDebt",
    "FollowShop",
    "ListDebtors",
    "ListSettlements",
    "MalformedSettlement",
    "Means",
    "Obstacle",
    "ReviewDebt",
    "SellerCannotSell",
    "SellerFacts",
    "SellerStanding",
    "SellerStandingView",
    "SellingStopped",
    "SettleDebt",
    "SettledDebt",
    "SettlementNotFound",
    "SettlementState",
    "SettlementView",
    "TakeBackDebt",
    "ViewSellerStanding",
]
