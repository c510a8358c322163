"""Which letters there are."""

from enum import Enum


class Template(Enum):
    """Which letter is written."""

    WELCOME = "welcome"
    REGISTRATION_REPEATED = "registration_repeated"
    SESSION_ENDED = "session_ended"
    ORDER_CONFIRMATION = "order_confirmation"
    NEW_ORDER = "new_order"
    SHIPPED = "shipped"
    PAID_OUT = "paid_out"
    PAYOUT_RETURNED = "payout_returned"
    REFUND_ASKED = "refund_asked"
    REFUND_SENT = "refund_sent"
    REFUND_REJECTED = "refund_rejected"
    REFUND_RETURNED = "refund_returned"
    CLAIM_RAISED = "claim_raised"
    CLAIM_ANSWERED = "claim_answered"
    CLAIM_CLOSED = "claim_closed"
    CLAIM_OVER = "claim_over"
    DEBT_AROSE = "debt_arose"
    SELLING_STOPPED = "selling_stopped"
    CALLED_OFF = "called_off"
    NOTHING_TO_SEND = "nothing_to_send"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_DECIDED = "dispute_decided"
    EVIDENCE_DUE = "evidence_due"
    PAYOUT_STUCK = "payout_stuck"
    REFUND_OWED = "refund_owed"
    MONEY_STANDS_STILL = "money_stands_still"
