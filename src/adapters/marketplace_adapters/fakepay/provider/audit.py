"""Says whether the books are sound: each check is a question whose every answer is something wrong.

The first checks hold the books against themselves; the others hold them against what the payments, refunds, disputes,
transfers and payouts say happened.
"""

import re
from collections.abc import Mapping
from typing import Final

from marketplace_adapters.fakepay.provider.institution import Session

FINDINGS_MAX: Final = 50

_BOOKED: Final = re.compile(r"\[(\w+)]")


CHECKS: Final[Mapping[str, str]] = {
    "the sum of all accounts is zero": (
        "SELECT currency || ': ' || sum(amount_minor) FROM ledger_balances GROUP BY currency"
        " HAVING sum(amount_minor) <> 0"
    ),
    "every account is the sum of its entries": (
        "SELECT account || ' ' || currency || ': ' || sum(amount_minor) FROM ("
        " SELECT account, currency, -amount_minor AS amount_minor FROM ledger_balances"
        " UNION ALL SELECT taker, currency, amount_minor FROM ledger_entries"
        " UNION ALL SELECT giver, currency, -amount_minor FROM ledger_entries)"
        " GROUP BY account, currency HAVING sum(amount_minor) <> 0"
    ),
    "every balance is the sum of its balance transactions": (
        "SELECT owner || ' ' || currency || ': ' || sum(amount_minor) FROM ("
        " SELECT substr(account, 1, instr(account, ':') - 1) AS owner, currency, -amount_minor AS amount_minor"
        " FROM ledger_balances WHERE instr(account, ':') > 0"
        " UNION ALL SELECT owner, currency, net_minor FROM balance_transactions)"
        " GROUP BY owner, currency HAVING sum(amount_minor) <> 0"
    ),
    "what is pending is what waits to become available": (
        "SELECT owner || ' ' || currency || ': ' || sum(amount_minor) FROM ("
        " SELECT substr(account, 1, instr(account, ':') - 1) AS owner, currency, -amount_minor AS amount_minor"
        " FROM ledger_balances WHERE account LIKE '%:pending'"
        " UNION ALL SELECT owner, currency, net_minor FROM balance_transactions JOIN due_changes"
        " ON subject = balance_transactions.id AND kind = 'funds.available')"
        " GROUP BY owner, currency HAVING sum(amount_minor) <> 0"
    ),
    "every balance transaction is one side of an entry": (
        "SELECT txn.id FROM balance_transactions AS txn LEFT JOIN ledger_entries AS entry"
        " ON entry.source = txn.source AND entry.kind = txn.type AND entry.amount_minor = abs(txn.net_minor)"
        " AND entry.currency = txn.currency AND iif(txn.net_minor > 0, entry.taker, entry.giver)"
        " IN (txn.owner || ':available', txn.owner || ':pending') WHERE entry.seq IS NULL"
    ),
    "payments took what they say, and cost the fee they say": (
        "SELECT id FROM payments WHERE captured_minor <> [payment] OR fee_minor <> [fee]"
    ),
    "refunds paid when they succeeded, and got back what bounced": (
        "SELECT id FROM refunds WHERE"
        " [refund] <> iif(succeeded_at_ms IS NULL, 0, amount_minor) OR"
        " [refund_failure]"
        " <> iif(status = 'failed' AND succeeded_at_ms IS NOT NULL, amount_minor, 0)"
    ),
    "no payment gave back more than it took": (
        "SELECT id FROM payments_told WHERE refunded_minor + refund_pending_minor > amount_minor"
        " OR (status = 'succeeded' AND refunded_minor + refund_pending_minor > captured_minor)"
        " OR (status NOT IN ('succeeded', 'processing') AND refunded_minor + refund_pending_minor > 0)"
    ),
    "disputes withdrew and reinstated what they say": (
        "SELECT id FROM disputes WHERE"
        " [dispute] <> iif(funds = 'untouched', 0, amount_minor) OR"
        " [dispute_reversal] <> iif(funds = 'reinstated', amount_minor, 0) OR"
        " [dispute_fee] - [dispute_fee_reversal] <> fee_charged_minor"
    ),
    "a dispute has the money that its status says": (
        "SELECT id FROM disputes WHERE funds <> CASE WHEN status LIKE 'warning%' THEN 'untouched'"
        " WHEN status = 'won' THEN 'reinstated' ELSE 'withdrawn' END"
    ),
    "transfers moved, and reversals took back, what they say": (
        "SELECT id FROM transfers WHERE amount_minor <> [transfer] OR reversed_minor <>"
        " (SELECT coalesce(sum(amount_minor), 0) FROM transfer_reversals WHERE transfer = transfers.id)"
        " UNION ALL SELECT id FROM transfer_reversals"
        " WHERE amount_minor <> [transfer_reversal]"
    ),
    "payouts left, arrived and came back as they say": (
        "SELECT id FROM payouts WHERE"
        " [payout] <> amount_minor OR"
        " [payout_arrival] <> iif(paid_at_ms IS NULL, 0, amount_minor) OR"
        " [payout_failure] <> iif(status = 'failed', amount_minor, 0)"
    ),
    "what is on its way to banks is the sum of payouts in transit": (
        "SELECT currency || ': ' || sum(amount_minor) FROM ("
        " SELECT currency, amount_minor FROM ledger_balances WHERE account = 'in_transit'"
        " UNION ALL SELECT currency, -amount_minor FROM payouts WHERE status = 'in_transit')"
        " GROUP BY currency HAVING sum(amount_minor) <> 0"
    ),
}
"""What is asked → the question, in our own SQL; every row it returns names something wrong.

`[kind]` stands for what was booked of that kind with the thing as its source.
"""


def audit(session: Session) -> dict[str, object]:
    """Ask every question, of one consistent state, and tell what is wrong: at most FINDINGS_MAX things per check."""
    findings = [
        {"check": check, "detail": row[0]}
        for check, question in CHECKS.items()
        for row in session.db.execute(_spelt_out(question)).fetchmany(FINDINGS_MAX)
    ]
    return {"object": "audit", "sound": not findings, "findings": findings, "checks": list(CHECKS)}


def _spelt_out(question: str) -> str:
    booked = r"(SELECT coalesce(sum(amount_minor), 0) FROM ledger_entries WHERE source = id AND kind = '\1')"
    return _BOOKED.sub(booked, question)
