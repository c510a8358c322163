"""An open marketplace with a clock that only scenes move: what happens in it is observed, and told."""

import re
from datetime import timedelta
from typing import Any, Final, TypeVar

from attrs import define, field

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command, Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.notifications import ListMails
from marketplace_core.payments import (
    AccountKind,
    AuditBooks,
    JournalView,
    ListJournals,
    TrialBalance,
    ViewBalance,
)
from marketplace_core.testing.clock import FrozenClock
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.simulation.transcript import Claim, Ending, Moved, Step, Transcript

ResultT = TypeVar("ResultT")
CURRENCY: Final = "EUR"
OPERATOR: Final = Actor(principal="operator:simulation", roles=frozenset({Role.OPERATOR}))
STRIDE: Final = timedelta(hours=6)
"""Time passes in steps of this, so that what is due happens in about the order in which it falls due."""
_IDENTIFIER: Final = re.compile(r"([a-z]{3})_(\d{4})")
_KINDS: Final = {"pyt": "payout", "rfd": "refund", "dsp": "dispute", "pay": "payment", "ord": "order"}
_DEBIT: Final = frozenset(
    {
        AccountKind.PSP,
        AccountKind.WALLET,
        AccountKind.DISPUTE_RECEIVABLE,
        AccountKind.SELLER_RECEIVABLE,
        AccountKind.PSP_FEES,
        AccountKind.DISPUTE_FEES,
        AccountKind.DISPUTE_LOSSES,
        AccountKind.PROMO_SUBSIDY,
        AccountKind.GOODWILL,
        AccountKind.BAD_DEBT,
    }
)


@define(kw_only=True)
class House:
    """Commands and questions at the one door. ``names`` are what people call things, by identifier."""

    opened: OpenMarketplace
    clock: FrozenClock
    transcript: Transcript
    names: dict[str, str] = field(factory=dict)
    _booked: int = 0
    _mailed: set[str] = field(factory=set)

    async def do(self, command: Command[ResultT], by: Actor) -> ResultT:
        """Carry a command out, and let follow what follows by itself. Raises what the marketplace refuses."""
        result = await self.opened.market.execute(command, by=by)
        await self.settle()
        return result

    async def ask(self, query: Query[ResultT], by: Actor = OPERATOR) -> ResultT:
        """Ask a question."""
        return await self.opened.market.ask(query, by=by)

    async def settle(self) -> None:
        """Let everything happen that is due."""
        while await self.opened.provider_housekeeping() + await self.opened.dispatcher.settle():
            pass

    async def script(self, path: str, **fields: Any) -> None:
        """Make something happen at the payment provider, a bank or the card network."""
        await self.opened.adapters.payments.script.do(path, fields)
        await self.settle()

    async def pass_time(self, duration: timedelta) -> None:
        """Let time pass, and everything that falls due happen."""
        until = self.clock.now() + duration
        while (left := until - self.clock.now()) > timedelta(0):
            self.clock.advance(min(left, STRIDE))
            await self.settle()

    async def tell(self, says: str, refusal: MarketplaceError | None = None) -> None:
        """Tell a step together with all that was booked and mailed since the last one."""
        refused = None if refusal is None else f"{refusal.message} ({refusal.code})"
        self.transcript.told.append(
            Step(
                at=self.clock.now(),
                says=says,
                refused=refused,
                moved=await self._moved(),
                mails=await self._mails(),
            )
        )

    def claim(self, says: str, *, holds: bool) -> None:
        """Say what has to be true now."""
        self.transcript.told.append(Claim(says=says, holds=holds))

    async def end(self, shops: dict[str, SellerId]) -> None:
        """Audit the books and compare them with the provider's."""
        rows = (await self.ask(TrialBalance())).rows
        ours = sum(row.balance.amount_minor for row in rows if row.kind is AccountKind.PSP)
        accounts = tuple(
            (row.kind.value.replace("_", " "), row.balance if row.kind in _DEBIT else -row.balance)
            for row in rows
            if row.balance
        )
        found = await self.ask(AuditBooks())
        self.transcript.ending = Ending(
            accounts=accounts,
            shops=tuple([(shop, await self._figures(seller_id)) for shop, seller_id in shops.items()]),
            ours=Money(ours, CURRENCY),
            theirs=await self.opened.adapters.payments.payouts.available(CURRENCY),
            violations=tuple(f"{one.check} {self.called(one.subject)}: {one.detail}" for one in found),
        )

    def called(self, text: str) -> str:
        """Return a text with names in it instead of identifiers."""
        return _IDENTIFIER.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        kind, number = found[1], int(found[2])
        return self.names.get(found[0]) or f"{_KINDS.get(kind, kind)} {number}"

    async def _figures(self, seller_id: SellerId) -> tuple[tuple[str, Money], ...]:
        (balance,) = (await self.ask(ViewBalance(seller_id=seller_id))).balances or (None,)
        if balance is None:
            return ()
        figures = (
            ("held", balance.held),
            ("payable", balance.payable),
            ("in reserve", balance.reserve),
            ("on its way", balance.in_payout),
            ("paid out", balance.paid),
            ("owes", balance.debt),
        )
        return tuple((name, amount) for name, amount in figures if amount)

    async def _moved(self) -> tuple[Moved, ...]:
        found = (await self.ask(ListJournals(page=PageRequest(limit=PAGE_SIZE_MAX)))).items
        fresh = [journal for journal in reversed(found) if _number(journal) > self._booked]
        self._booked = max(map(_number, fresh), default=self._booked)
        return tuple(
            Moved(
                why=journal.kind.value.replace("_", " "),
                source=self._account(transfer.debit),
                target=self._account(transfer.credit),
                amount=transfer.amount,
            )
            for journal in fresh
            for transfer in journal.transfers
        )

    async def _mails(self) -> tuple[str, ...]:
        found = (await self.ask(ListMails(page=PageRequest(limit=PAGE_SIZE_MAX)))).items
        fresh = [mail for mail in reversed(found) if mail.mail_id not in self._mailed]
        self._mailed.update(mail.mail_id for mail in fresh)
        return tuple(f"{self.names.get(mail.recipient, mail.address)}, {mail.template.value}" for mail in fresh)

    def _account(self, code: str) -> str:
        kind, _, rest = code.partition(":")
        subject = rest.rpartition(":")[0]
        called = self.called(subject)
        return kind.replace("_", " ") + (f" of {called}" if called else "")


def _number(journal: JournalView) -> int:
    return int(journal.journal_id.rpartition("_")[2])
