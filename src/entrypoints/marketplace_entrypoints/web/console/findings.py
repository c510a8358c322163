"""What is found in the books, and between them and the provider's, in words."""

from collections.abc import Mapping
from typing import Final

from marketplace_core.payments.comparing import DiscrepancyKind
from marketplace_entrypoints.web.language import Language, msg

CHECKS: Final[Mapping[str, str]] = {
    "balance_drift": msg("The kept balance of an account is not what its entries come to"),
    "capture_is_booked": msg("A captured payment is not booked in full"),
    "clearing_matches_payout": msg("What a payout has claimed is not its amount"),
    "dispute_matches_books": msg("What a card dispute has taken or set apart is not what it says"),
    "dispute_matches_share": msg("A part's row says something else of disputes than the disputes do"),
    "empty_journal": msg("A journal has no entries"),
    "ended_hold_is_empty": msg("A hold that has ended still holds something"),
    "entry_is_claimed_once": msg("Two living payouts claim the same money"),
    "escrow_matches_hold": msg("What is held is not what the books say"),
    "fee_is_booked": msg("The provider's fee of a payment is not booked as it was"),
    "fee_matches_holds": msg("The buyer's fee of an order is not what its parts say"),
    "journal_has_source": msg("A journal is about something that does not exist"),
    "liquidity": msg("Our balance at the provider is less than what is owed to others"),
    "overdrawn": msg("An account is overdrawn that must never be"),
    "payable_is_unclaimed": msg("What is payable to a shop is not what no payout has claimed"),
    "payout_matches_items": msg("A payout's amount is not the sum of what it pays"),
    "refund_matches_books": msg("What is owed for a refund is not its amount"),
    "refund_matches_share": msg("A part's row says something else of refunds than the refunds do"),
    "refunds_within_payment": msg("More goes back than was paid"),
    "release_is_booked": msg("A release is not booked in full"),
    "release_matches_share": msg("A part's row says something else of releases than the releases do"),
    "share_is_whole": msg("A paid part is not accounted for to the cent"),
    "sum_zero": msg("A currency does not sum to zero"),
    "suspense_matches_payment": msg("What was set aside is not what did not fit"),
    "unanswered": msg("A payout was sent three days ago and nobody has answered"),
    "voucher_is_counted": msg("A voucher's count is not the number of its uses"),
    "wallet_matches_payouts": msg(
        "What lies in a shop's account is not what was transferred and neither paid nor taken"
    ),
}
DIFFERENCES: Final[Mapping[DiscrepancyKind, tuple[str, str]]] = {
    DiscrepancyKind.MISSING_THERE: (
        msg("The provider does not know it"),
        msg("Ask the provider about the reference; until it is found, hold what depends on it."),
    ),
    DiscrepancyKind.PAYMENT_UNKNOWN: (
        msg("A payment that we do not know"),
        msg("Nobody ordered this here: give it back at the provider, or find whose it is."),
    ),
    DiscrepancyKind.REFUND_UNKNOWN: (
        msg("A refund that we do not know"),
        msg("Give the same refund here no second time; correct the books once it is known whose it is."),
    ),
    DiscrepancyKind.DISPUTE_UNKNOWN: (
        msg("A card dispute that we do not know"),
        msg("Have it looked at again: its payment is asked for, and the dispute recorded."),
    ),
    DiscrepancyKind.ACCOUNT_UNKNOWN: (
        msg("A shop's account that we do not know"),
        msg("See at the provider who opened it; nothing is paid to it."),
    ),
    DiscrepancyKind.TRANSFER_UNKNOWN: (
        msg("A transfer that we do not know"),
        msg("Reverse it at the provider, or find the payout it belongs to."),
    ),
    DiscrepancyKind.REVERSAL_UNKNOWN: (
        msg("A transfer was taken back without us"),
        msg("Find the payout it takes back before the shop is paid."),
    ),
    DiscrepancyKind.PAYOUT_UNKNOWN: (
        msg("A bank payout that we do not know"),
        msg("Find out who sent it; hold the shop's other payouts."),
    ),
    DiscrepancyKind.MOVEMENT_UNKNOWN: (
        msg("The provider moved our balance by itself"),
        msg("It has to be entered in the books with its reason."),
    ),
    DiscrepancyKind.DOUBLED_THERE: (
        msg("It happened twice at the provider"),
        msg("Take the one back that we do not know."),
    ),
    DiscrepancyKind.OTHER_CURRENCY: (
        msg("Another currency"),
        msg("Do not touch the money; ask the provider, then correct the books."),
    ),
    DiscrepancyKind.OTHER_AMOUNT: (
        msg("Another amount"),
        msg("Have it looked at again; if it stays so, ask the provider, then correct the books."),
    ),
    DiscrepancyKind.OTHER_STATE: (
        msg("Another state"),
        msg("Have it looked at again: a message was lost or is still on its way."),
    ),
    DiscrepancyKind.FEE_DIFFERS: (
        msg("Another fee"),
        msg("Have it looked at again; if it stays so, correct the books by the difference."),
    ),
    DiscrepancyKind.PAYOUT_RETURNED: (
        msg("The bank sent a payout back"),
        msg("Have it looked at again: it waits to be tried again or called back."),
    ),
    DiscrepancyKind.TRANSFER_WITHOUT_PAYOUT: (
        msg("Money lies in the shop's account"),
        msg("Try the payout again, or call it back."),
    ),
    DiscrepancyKind.BALANCE_DIFFERS: (
        msg("The sums differ"),
        msg("Settle the rows above first; if it stays, look for a movement that no row tells of."),
    ),
}


def check(language: Language, name: str) -> str:
    """Say what a check of the audit has found; one without words says its name."""
    return language.say(CHECKS[name]) if name in CHECKS else name


def advice(language: Language, kind: DiscrepancyKind) -> str:
    """Say what is done next about a difference."""
    return language.say(DIFFERENCES[kind][1])
