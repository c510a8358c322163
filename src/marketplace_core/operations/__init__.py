"""Operations: what the people who run the marketplace look after besides the trade itself.

Letters that were tried in vain until nobody tried any more are listed, replayed or discarded, and operators hear of
what is stuck before that; what was done to other
people's money, by whom and why, is listed for ever; the terms of trade are put to use, version by version.
"""

from marketplace_core.operations.domain.dead_letter import DeadLetter, LetterId, LetterKind
from marketplace_core.operations.domain.errors import (
    DeadLetterNotFound,
    NoEventBus,
    PolicyNameTaken,
    PolicyNotFound,
)
from marketplace_core.operations.domain.events import EventsStuck
from marketplace_core.operations.domain.policy import UNSTORED, PolicyChange, PolicyVersion
from marketplace_core.operations.domain.undelivered import (
    REACTIONS,
    RELAY,
    STUCK_AFTER,
    Backlog,
    Mover,
    Undelivered,
    Watch,
    inbox_of,
    mover,
)
from marketplace_core.operations.handlers import answers, handlers
from marketplace_core.operations.queries import (
    CheckPolicy,
    ComparePolicies,
    ListActs,
    ListDeadLetters,
    ListPolicies,
    ListUndelivered,
    OperationsReader,
    Undeliveries,
    ViewPolicy,
    checked_cursor,
    policy_cursor,
)
from marketplace_core.operations.usecases.discard_dead_letter import DiscardDeadLetter
from marketplace_core.operations.usecases.publish_events_anew import PublishedAnew, PublishEventsAnew
from marketplace_core.operations.usecases.replay_dead_letter import ReplayDeadLetter
from marketplace_core.operations.usecases.report_undelivered import ReportUndelivered, StuckReport
from marketplace_core.operations.usecases.return_to_policy import ReturnToPolicy
from marketplace_core.operations.usecases.use_policy import UsePolicy

__all__ = [
    "REACTIONS",
    "RELAY",
    "STUCK_AFTER",
    "UNSTORED",
    "Backlog",
    "CheckPolicy",
    "ComparePolicies",
    "DeadLetter",
    "DeadLetterNotFound",
    "DiscardDeadLetter",
    "EventsStuck",
    "LetterId",
    "LetterKind",
    "ListActs",
    "ListDeadLetters",
    "ListPolicies",
    "ListUndelivered",
    "Mover",
    "NoEventBus",
    "OperationsReader",
    "PolicyChange",
    "PolicyNameTaken",
    "PolicyNotFound",
    "PolicyVersion",
    "PublishEventsAnew",
    "PublishedAnew",
    "ReplayDeadLetter",
    "ReportUndelivered",
    "ReturnToPolicy",
    "StuckReport",
    "Undelivered",
    "Undeliveries",
    "UsePolicy",
    "ViewPolicy",
    "Watch",
    "answers",
    "checked_cursor",
    "handlers",
    "inbox_of",
    "mover",
    "policy_cursor",
]
