"""The tables of operations: command → handler, query → answer."""

from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.kernel.outbox import Outbox
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.ports import OperationsWork, PolicyInUse
from marketplace_core.operations.queries import (
    CheckPolicy,
    ComparePolicies,
    ListActs,
    ListDeadLetters,
    ListPolicies,
    OperationsAnswers,
    OperationsReader,
    ViewPolicy,
)
from marketplace_core.operations.usecases.discard_dead_letter import DiscardDeadLetter, DiscardDeadLetterHandler
from marketplace_core.operations.usecases.publish_events_anew import PublishEventsAnew, PublishEventsAnewHandler
from marketplace_core.operations.usecases.replay_dead_letter import ReplayDeadLetter, ReplayDeadLetterHandler
from marketplace_core.operations.usecases.return_to_policy import ReturnToPolicy, ReturnToPolicyHandler
from marketplace_core.operations.usecases.use_policy import UsePolicy, UsePolicyHandler


def handlers(
    *, begin: Begin[OperationsWork], in_use: PolicyInUse, outbox: Outbox, bus: EventBus | None, clock: Clock
) -> Handlers:
    """Return who carries out which command."""
    use = UsePolicyHandler(begin=begin, in_use=in_use, clock=clock)
    return {
        ReplayDeadLetter: ReplayDeadLetterHandler(begin=begin),
        DiscardDeadLetter: DiscardDeadLetterHandler(begin=begin),
        UsePolicy: use,
        ReturnToPolicy: ReturnToPolicyHandler(begin=begin, in_use=in_use, use=use),
        PublishEventsAnew: PublishEventsAnewHandler(begin=begin, outbox=outbox, bus=bus, clock=clock),
    }


def answers(*, reader: OperationsReader, in_use: PolicyInUse) -> Answers:
    """Return who answers which query."""
    given = OperationsAnswers(reader=reader, in_use=in_use)
    return {
        ListDeadLetters: given.dead_letters,
        ListActs: given.acts,
        ListPolicies: given.policies,
        ViewPolicy: given.policy,
        ComparePolicies: given.differences,
        CheckPolicy: given.checked,
    }
