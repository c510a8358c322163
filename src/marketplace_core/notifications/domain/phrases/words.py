"""What every language has to be able to say. ``{…}`` are filled in with plain text."""

from collections.abc import Mapping

from attrs import frozen


@frozen(kw_only=True)
class Phrases:
    """The words of one language."""

    language: str
    greeting: str
    closing: str
    delivery: str
    delivery_free: str
    total: str
    whole_order: str
    voucher: str
    tax: str
    service_fee: str
    welcome_subject: str
    welcome: tuple[str, ...]
    registration_repeated_subject: str
    registration_repeated: tuple[str, ...]
    session_ended_subject: str
    session_ended: tuple[str, ...]
    order_confirmation_subject: str
    order_confirmation: str
    sold_by: str
    order_confirmation_next: str
    order_page: str
    order_page_by_link: str
    new_order_subject: str
    new_order: str
    new_order_next: str
    shipped_subject: str
    shipped: str
    shipped_tracking: str
    shipped_next: str
    paid_out_subject: str
    paid_out: str
    paid_out_next: str
    payout_returned_subject: str
    payout_returned: tuple[str, ...]
    refund_asked_subject: str
    refund_asked: str
    refund_asked_next: str
    refund_sent_subject: str
    refund_sent: str
    refund_sent_next: str
    refund_rejected_subject: str
    refund_rejected: str
    refund_reason: str
    refund_returned_subject: str
    refund_returned: tuple[str, ...]
    dispute_opened_subject: str
    dispute_opened: tuple[str, ...]
    dispute_won_subject: str
    dispute_won: tuple[str, ...]
    dispute_lost_subject: str
    dispute_lost: tuple[str, ...]
    soon: str
    evidence_due_subject: str
    evidence_due: str
    money_unsound_subject: str
    money_unsound: str
    money_short_subject: str
    money_short: str
    money_next: str
    events_stuck_subject: str
    events_stuck: str
    events_stuck_next: str
    books_differ_subject: str
    books_differ: str
    books_differ_next: str
    hold_overdue_subject: str
    hold_overdue: str
    shop_closed_subject: str
    shop_closed: tuple[str, ...]
    payout_stuck_subject: str
    payout_stuck: str
    refund_owed_subject: str
    refund_owed: str
    webhook_stopped_subject: str
    webhook_gone: str
    webhook_failing: str
    webhook_next: str
    claim_raised_subject: str
    claim_raised: str
    claim_raised_next: str
    claim_answered_subject: str
    claim_offered: str
    claim_contested: str
    claim_answered_next: str
    claim_closed_subject: str
    claim_closed: str
    claim_over: str
    claim_without_refund: str
    claim_page: str
    claim_page_by_link: str
    standing_page: str
    debt_arose_subject: str
    debt_arose: tuple[str, ...]
    selling_stopped_subject: str
    selling_stopped: tuple[str, ...]
    shipped_part: str
    called_off_subject: str
    called_off: Mapping[str, str]
    called_off_money: str
    nothing_to_send_subject: str
    nothing_to_send: Mapping[str, str]
    nothing_to_send_next: str
