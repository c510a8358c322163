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
    ListUndelivered,
    OperationsAnswers,
    OperationsReader,
    ViewPolicy,
)
from marketplace_core.operations.usecases.discard_dead_letter import DiscardDeadLetter, DiscardDeadLetterHandler
from marketplace_core.operations.usecases.publish_events_anew import PublishEventsAnew, PublishEventsAnewHandler
from marketplace_core.operations.usecases.replay_dead_letter import ReplayDeadLetter, ReplayDeadLetterHandler
from marketplace_core.operations.usecases.report_undelivered import ReportUndelivered, ReportUndeliveredHandler
from marketplace_core.operations.usecases.return_to_policy import ReturnToPolicy, ReturnToPolicyHandler
from marketplace_core.operations.usecases.use_policy import UsePolicy, UsePolicyHandler


def handlers(
    *,
    begin: Begin[OperationsWork],
    reader: OperationsReader,
    in_use: PolicyInUse,
    outbox: Outbox,
    bus: EventBus | None,
    clock: Clock,
) -> Handlers:
    """Return who carries out which command."""
    use = UsePolicyHandler(begin=begin, in_use=in_use, clock=clock)
    return {
        ReplayDeadLetter: ReplayDeadLetterHandler(begin=begin),
        DiscardDeadLetter: DiscardDeadLetterHandler(begin=begin),
        ReportUndelivered: ReportUndeliveredHandler(begin=begin, letters=reader, clock=clock),
        UsePolicy: use,
        ReturnToPolicy: ReturnToPolicyHandler(begin=begin, in_use=in_use, use=use),
        PublishEventsAnew: PublishEventsAnewHandler(begin=begin, outbox=outbox, bus=bus, clock=clock),
    }


def answers(*, reader: OperationsReader, in_use: PolicyInUse, clock: Clock) -> Answers:
    """Return who answers which query."""
    given = OperationsAnswers(reader=reader, in_use=in_use, clock=clock)
    return {
        ListDeadLetters: given.dead_letters,
        ListUndelivered: given.undelivered,
        ListActs: given.acts,
        ListPolicies: given.policies,
        ViewPolicy: given.policy,
        ComparePolicies: given.differences,
        CheckPolicy: given.checked,
    }
