"""Post journals: whatever becomes payable to a seller pays first what the seller owes. Runs in an open transaction."""

from datetime import datetime

from marketplace_core.kernel.ids import SellerId
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.journals import Journal
from marketplace_core.payments.ports import PaymentsWork


async def book(work: PaymentsWork, journal: Journal, at: datetime) -> None:
    """Post a journal, and after it J04 for every seller it made something payable to who has a debt.

    Whoever owes more or less by it is looked at soon. Raises what ``Ledger.post`` raises.
    """
    await work.ledger.post(journal, at)
    await _look_at_debts(work, journal, at)
    credited = dict.fromkeys(
        transfer.credit for transfer in journal.transfers if transfer.credit.kind is AccountKind.SELLER_PAYABLE
    )
    for account in credited:
        seller_id = SellerId(account.subject)
        debt = await work.ledger.balance(accounts.seller_receivable(seller_id, account.currency))
        payable = await work.ledger.balance(account)
        if debt and payable:
            netted = journals.debt_netted(seller_id, min(debt, payable), after=journal)
            await work.ledger.post(netted, at)
            await _look_at_debts(work, netted, at)


async def _look_at_debts(work: PaymentsWork, journal: Journal, at: datetime) -> None:
    touched = {account for transfer in journal.transfers for account in (transfer.debit, transfer.credit)}
    for account in sorted(touched, key=lambda account: account.code):
        if account.kind is AccountKind.SELLER_RECEIVABLE:
            subject = timers.debt_subject(SellerId(account.subject), account.currency)
            await work.deadlines.set(timers.REVIEW_DEBT, subject, at)
