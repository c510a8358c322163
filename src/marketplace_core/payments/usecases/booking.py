"""Post journals: whatever becomes payable to a seller pays first what the seller owes. Runs in an open transaction."""

from datetime import datetime

from marketplace_core.kernel.ids import SellerId
from marketplace_core.payments.domain import accounts, journals
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.journals import Journal
from marketplace_core.payments.ports import PaymentsWork


async def book(work: PaymentsWork, journal: Journal, at: datetime) -> None:
    """Post a journal, and after it J04 for every seller it made something payable to who has a debt.

    Raises what ``Ledger.post`` raises.
    """
    await work.ledger.post(journal, at)
    credited = dict.fromkeys(
        transfer.credit for transfer in journal.transfers if transfer.credit.kind is AccountKind.SELLER_PAYABLE
    )
    for account in credited:
        seller_id = SellerId(account.subject)
        debt = await work.ledger.balance(accounts.seller_receivable(seller_id, account.currency))
        payable = await work.ledger.balance(account)
        if debt and payable:
            await work.ledger.post(journals.debt_netted(seller_id, min(debt, payable), after=journal), at)
