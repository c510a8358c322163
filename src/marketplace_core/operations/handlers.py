"""The tables of operations: command → handler, query → answer."""

from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.ports import OperationsWork
from marketplace_core.operations.queries import ListActs, ListDeadLetters, OperationsAnswers, OperationsReader
from marketplace_core.operations.usecases.discard_dead_letter import DiscardDeadLetter, DiscardDeadLetterHandler
from marketplace_core.operations.usecases.replay_dead_letter import ReplayDeadLetter, ReplayDeadLetterHandler


def handlers(*, begin: Begin[OperationsWork]) -> Handlers:
    """Return who carries out which command."""
    return {
        ReplayDeadLetter: ReplayDeadLetterHandler(begin=begin),
        DiscardDeadLetter: DiscardDeadLetterHandler(begin=begin),
    }


def answers(*, reader: OperationsReader) -> Answers:
    """Return who answers which query."""
    given = OperationsAnswers(reader=reader)
    return {ListDeadLetters: given.dead_letters, ListActs: given.acts}
