"""Answer a card dispute: hand in the evidence."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import MalformedEvidence, ProviderUnavailable, WrongState
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.ports import DisputeGateway, Evidence, PaymentsWork
from marketplace_core.payments.usecases.disputing import DisputeRecorder

STATEMENTS_MAX: Final = 30
CHARACTERS_MAX: Final = 20_000


@frozen(kw_only=True)
class AnswerDispute(Command[DisputeState]):
    """Hand in evidence: ``statements`` are (about what, in words)."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    dispute_id: DisputeId
    statements: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class AnswerDisputeHandler:
    """Hand in the evidence for a dispute.

    - Only while the network waits for it, and once.
    - What was handed in is known by its hash, which the provider keeps with the dispute: the same once more is done
      already, even if the process that sent it died before it could note that.
    """

    begin: Begin[PaymentsWork]
    gateway: DisputeGateway
    recorder: DisputeRecorder
    clock: Clock

    async def __call__(self, command: AnswerDispute, by: Actor) -> DisputeState:
        """Carry it out.

        Raises ``DisputeNotFound``, ``MalformedEvidence``, ``WrongState``, ``ProviderUnavailable``, ``ProviderRefused``.
        """
        statements = tuple((about.strip(), words.strip()) for about, words in command.statements)
        size = sum(len(about) + len(words) for about, words in statements)
        if not 1 <= len(statements) <= STATEMENTS_MAX or size > CHARACTERS_MAX or not all(map(all, statements)):
            raise MalformedEvidence(
                f"Evidence is 1 to {STATEMENTS_MAX} statements of at most {CHARACTERS_MAX} characters together."
            )
        async with self.begin() as work:
            dispute = await work.disputes.get(command.dispute_id)
        evidence = Evidence(dispute_reference=dispute.reference, statements=statements)
        if dispute.state is not DisputeState.NEEDS_RESPONSE:
            if dispute.evidence_hash == evidence.digest:
                return dispute.state
            raise WrongState("The network does not wait for evidence.", state=dispute.state.value)
        if dispute.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This dispute is with {dispute.provider}, which is not connected.")
        seen = await self.gateway.answer(evidence, key=f"evidence:{dispute.dispute_id}:1")
        now = self.clock.now()
        async with self.begin() as work:
            dispute = await work.disputes.get(command.dispute_id)
            payment = await work.payments.get(dispute.payment_id)
            dispute.answered()
            dispute.note_evidence(evidence.digest)
            await work.disputes.save(dispute)
            await self.recorder.record(work, payment, dispute, seen, now)
        return dispute.state
