"""Operations: what the people who run the marketplace look after besides the trade itself.

Letters that were tried in vain until nobody tried any more are listed, replayed or discarded; what was done to other
people's money, by whom and why, is listed for ever.
"""

from marketplace_core.operations.domain.dead_letter import DeadLetter, LetterId, LetterKind
from marketplace_core.operations.domain.errors import DeadLetterNotFound
from marketplace_core.operations.handlers import answers, handlers
from marketplace_core.operations.queries import ListActs, ListDeadLetters, OperationsReader, checked_cursor
from marketplace_core.operations.usecases.discard_dead_letter import DiscardDeadLetter
from marketplace_core.operations.usecases.replay_dead_letter import ReplayDeadLetter

__all__ = [
    "DeadLetter",
    "DeadLetterNotFound",
    "DiscardDeadLetter",
    "LetterId",
    "LetterKind",
    "ListActs",
    "ListDeadLetters",
    "OperationsReader",
    "ReplayDeadLetter",
    "answers",
    "checked_cursor",
    "handlers",
]
