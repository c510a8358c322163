"""What refusals are called in the console and where things are found, by their codes."""

from collections.abc import Mapping
from typing import Final

from marketplace_entrypoints.web.language import msg

SENTENCES: Final[Mapping[str, str]] = {
    "identity.last_operator": msg("Nobody else operates the marketplace. Make somebody else an operator first."),
    "identity.role_not_grantable": msg("This role is not given by hand."),
    "identity.seller_not_in_state": msg("The shop is not at the point where that can be done."),
    "identity.user_not_found": msg("There is nobody of that name in the books."),
    "notifications.mail_not_failed": msg("Only a mail that failed is sent again."),
    "notifications.mail_not_found": msg("There is no such mail."),
    "notifications.malformed_address": msg("This is not an e-mail address. It looks like name@example.com."),
    "notifications.malformed_return": msg("This is no report of a mail of ours that could not be delivered."),
    "notifications.not_suppressed": msg("Mails go to this address already."),
    "orders.invalid_voucher": msg("This voucher makes no sense as it stands. Look at the fields."),
    "orders.voucher_code_taken": msg("There is a voucher with this code already. Please choose another."),
    "orders.voucher_not_found": msg("There is no such voucher."),
    "payments.dispute_not_found": msg("There is no such card dispute."),
    "payments.escrow_not_found": msg("There is no such held payment."),
    "payments.escrow_not_releasable": msg("The held payment may not be released now."),
    "payments.malformed_evidence": msg("An answer is at most 20 000 characters in all, and not empty."),
    "payments.malformed_reason": msg(
        "A reason is one short word of a to z, digits, _, - and :, such as risk or claim:17."
    ),
    "operations.dead_letter_not_found": msg("There is no such letter; somebody may have taken it up."),
    "operations.policy_not_found": msg("There is no such version of the terms of trade."),
    "payments.brake_not_found": msg("Money does not stand still for that."),
    "payments.never_compared": msg("The books were not compared yet."),
    "payments.paused": msg("Money to shops stands still until somebody has looked into the books."),
    "payments.payout_not_found": msg("There is no such payout."),
    "payments.exceeds_debt": msg("That is more than is owed."),
    "payments.malformed_settlement": msg("A settlement is an amount above zero, with a reason or a reference."),
    "payments.second_operator_needed": msg("Another operator than the one who asked for it has to approve so much."),
    "payments.settlement_not_found": msg("There is no such settlement."),
}
