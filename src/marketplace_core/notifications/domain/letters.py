"""Write the letter for an occasion: pure, one function per template."""

from collections.abc import Mapping
from typing import Final

from marketplace_core.kernel.money import Money
from marketplace_core.notifications.domain.amounts import amount_in
from marketplace_core.notifications.domain.facts import Contact, GroupFacts, OrderFacts, OrderPage
from marketplace_core.notifications.domain.letter import Block, Heading, Letter, Link, Paragraph, Row, Table, plain
from marketplace_core.notifications.domain.occasions import (
    CalledOff,
    ClaimAnswered,
    ClaimClosed,
    ClaimOver,
    ClaimRaised,
    DebtArose,
    NothingToSend,
    PaidOut,
    PayoutReturned,
    RefundAsked,
    RefundRejected,
    RefundReturned,
    RefundSent,
    SellingStopped,
    Shipped,
)
from marketplace_core.notifications.domain.phrases import phrases_for
from marketplace_core.notifications.domain.phrases.words import Phrases
from marketplace_core.notifications.domain.sums import bought, line_row, sold
from marketplace_core.notifications.domain.templates import Template
from marketplace_core.notifications.domain.troubles import (
    DisputeDecided,
    DisputeOnShop,
    EvidenceIsDue,
    MoneyStandsStill,
    PayoutWaits,
    RefundIsOwed,
    WebhookStopped,
)
from marketplace_core.notifications.domain.writing import addressed, moment

TEMPLATE_VERSIONS: Final[Mapping[Template, int]] = {
    **dict.fromkeys(Template, 1),
    Template.ORDER_CONFIRMATION: 4,
    Template.NEW_ORDER: 2,
    Template.SHIPPED: 2,
    Template.REFUND_OWED: 2,
    **dict.fromkeys((Template.CLAIM_RAISED, Template.CLAIM_ANSWERED, Template.CLAIM_CLOSED, Template.CLAIM_OVER), 2),
}
"""Stored with every mail; move a number on when its letter says something else than before."""

SELLERS_IN_SUBJECT: Final = 2


def welcome(contact: Contact) -> Letter:
    """Greet a new account."""
    words = phrases_for(contact.locale)
    return addressed(words, contact, words.welcome_subject, *map(Paragraph, words.welcome))


def registration_repeated(contact: Contact) -> Letter:
    """Tell the owner of an account that somebody tried to register with its address."""
    words = phrases_for(contact.locale)
    return addressed(words, contact, words.registration_repeated_subject, *map(Paragraph, words.registration_repeated))


def session_ended(contact: Contact) -> Letter:
    """Tell the owner of an account that one of their sessions may have been stolen and is over."""
    words = phrases_for(contact.locale)
    return addressed(words, contact, words.session_ended_subject, *map(Paragraph, words.session_ended))


def order_confirmation(contact: Contact, order: OrderFacts, page: OrderPage) -> Letter:
    """Confirm a paid order to its buyer, seller by seller, and say where it is read."""
    words = phrases_for(contact.locale)
    groups: list[Block] = []
    for group in order.groups:
        groups.append(Heading(words.sold_by.format(seller=plain(group.seller_name))))
        groups.append(Table(bought(words, group)))
    total = Table((Row(label=words.whole_order, amount=amount_in(order.total, words.language), strong=True),))
    return addressed(
        words,
        contact,
        words.order_confirmation_subject.format(sellers=_sellers(order)),
        Paragraph(words.order_confirmation.format(order=order.order_id)),
        *groups,
        *((total,) if len(order.groups) > 1 else ()),
        _way_to(words, page),
        Paragraph(words.order_confirmation_next),
    )


def _sellers(order: OrderFacts) -> str:
    """Name whom an order is from, briefly enough for a subject."""
    names = [plain(group.seller_name) for group in order.groups[:SELLERS_IN_SUBJECT]]
    return ", ".join(names) + (" …" if len(order.groups) > SELLERS_IN_SUBJECT else "")


def new_order(contact: Contact, group: GroupFacts) -> Letter:
    """Tell a seller what they sold: their part of the order and nothing of anybody else's."""
    words = phrases_for(contact.locale)
    return addressed(
        words,
        contact,
        words.new_order_subject.format(order=group.seller_order_id),
        Paragraph(words.new_order),
        Table(sold(words, group)),
        Paragraph(words.new_order_next),
    )


def shipped(contact: Contact, group: GroupFacts, occasion: Shipped) -> Letter:
    """Tell the buyer that a parcel has left, what is in it, and how to follow it."""
    words = phrases_for(contact.locale)
    seller, carrier = plain(group.seller_name), plain(occasion.carrier)
    tracking = plain(occasion.tracking)
    told: tuple[Block, ...] = (
        Paragraph(words.shipped.format(seller=seller, carrier=carrier)),
        Table(tuple(line_row(words, line) for line in group.lines)),
    )
    return addressed(
        words,
        contact,
        words.shipped_subject.format(seller=seller),
        *(told if occasion.whole else (Paragraph(words.shipped_part.format(seller=seller, carrier=carrier)),)),
        *((Paragraph(words.shipped_tracking.format(tracking=tracking)),) if tracking else ()),
        Paragraph(words.shipped_next),
    )


def paid_out(contact: Contact, occasion: PaidOut) -> Letter:
    """Tell a seller that money is on its way to, or in, their bank account."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    return addressed(
        words,
        contact,
        words.paid_out_subject.format(amount=amount),
        Paragraph(words.paid_out.format(amount=amount, shop=plain(contact.shop_name or contact.name))),
        Paragraph(words.paid_out_next.format(payout=occasion.payout_id)),
    )


def payout_returned(contact: Contact, occasion: PayoutReturned) -> Letter:
    """Tell a seller that their bank sent money back, and what they can do."""
    words = phrases_for(contact.locale)
    amount, shop = amount_in(occasion.amount, words.language), plain(contact.shop_name or contact.name)
    told = (text.format(amount=amount, shop=shop, payout=occasion.payout_id) for text in words.payout_returned)
    return addressed(words, contact, words.payout_returned_subject.format(amount=amount), *map(Paragraph, told))


def refund_asked(contact: Contact, occasion: RefundAsked) -> Letter:
    """Tell a seller that a buyer wants money back, and why."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    return addressed(
        words,
        contact,
        words.refund_asked_subject.format(amount=amount),
        Paragraph(words.refund_asked.format(amount=amount, order=occasion.seller_order_id)),
        Paragraph(words.refund_reason.format(reason=plain(occasion.reason))),
        Paragraph(words.refund_asked_next),
    )


def refund_sent(contact: Contact, occasion: RefundSent, page: OrderPage) -> Letter:
    """Tell a buyer that money is on its way back to them."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    return addressed(
        words,
        contact,
        words.refund_sent_subject.format(amount=amount),
        Paragraph(words.refund_sent.format(amount=amount, order=occasion.order_id)),
        Paragraph(words.refund_sent_next),
        _way_to(words, page),
    )


def refund_rejected(contact: Contact, occasion: RefundRejected, page: OrderPage) -> Letter:
    """Tell a buyer that they do not get money back, and why."""
    words = phrases_for(contact.locale)
    return addressed(
        words,
        contact,
        words.refund_rejected_subject.format(order=occasion.order_id),
        Paragraph(words.refund_rejected.format(order=occasion.order_id)),
        Paragraph(words.refund_reason.format(reason=plain(occasion.note))),
        _way_to(words, page),
    )


def refund_returned(contact: Contact, occasion: RefundReturned) -> Letter:
    """Tell a buyer that money did not reach them and is still theirs."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    told = (text.format(amount=amount, order=occasion.order_id) for text in words.refund_returned)
    return addressed(words, contact, words.refund_returned_subject.format(amount=amount), *map(Paragraph, told))


def claim_raised(contact: Contact, occasion: ClaimRaised, page: OrderPage) -> Letter:
    """Tell a seller that a buyer has a claim, and until when to answer."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    return addressed(
        words,
        contact,
        words.claim_raised_subject.format(order=occasion.seller_order_id),
        Paragraph(words.claim_raised.format(amount=amount, order=occasion.seller_order_id)),
        Paragraph(words.refund_reason.format(reason=plain(occasion.text))),
        Paragraph(words.claim_raised_next.format(until=moment(occasion.until))),
        Link(text=words.claim_page, url=page.url),
    )


def claim_answered(contact: Contact, occasion: ClaimAnswered, page: OrderPage) -> Letter:
    """Tell a buyer what the seller says to their claim."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.offered, words.language)
    told = words.claim_offered.format(amount=amount) if occasion.offered else words.claim_contested
    return addressed(
        words,
        contact,
        words.claim_answered_subject.format(order=occasion.order_id),
        Paragraph(told),
        Paragraph(words.refund_reason.format(reason=plain(occasion.text))),
        Paragraph(words.claim_answered_next.format(until=moment(occasion.until))),
        _way_to_claim(words, page),
    )


def claim_closed(contact: Contact, occasion: ClaimClosed, page: OrderPage) -> Letter:
    """Tell a buyer what became of their claim, and why."""
    words = phrases_for(contact.locale)
    subject = words.claim_closed_subject.format(order=occasion.order_id)
    told = _outcome(words, occasion.refunded, words.claim_closed, occasion.text)
    return addressed(words, contact, subject, *told, _way_to_claim(words, page))


def claim_over(contact: Contact, occasion: ClaimOver, page: OrderPage) -> Letter:
    """Tell a seller what became of a claim, and why."""
    words = phrases_for(contact.locale)
    subject = words.claim_closed_subject.format(order=occasion.seller_order_id)
    told = _outcome(words, occasion.refunded, words.claim_over, occasion.text)
    return addressed(words, contact, subject, *told, Link(text=words.claim_page, url=page.url))


def debt_arose(contact: Contact, occasion: DebtArose, page: OrderPage) -> Letter:
    """Tell a seller that they owe us something, and until when."""
    words = phrases_for(contact.locale)
    amount, shop = amount_in(occasion.debt, words.language), plain(contact.shop_name or contact.name)
    told = (text.format(amount=amount, shop=shop, until=moment(occasion.due_at)) for text in words.debt_arose)
    subject = words.debt_arose_subject.format(amount=amount)
    return addressed(words, contact, subject, *map(Paragraph, told), Link(text=words.standing_page, url=page.url))


def selling_stopped(contact: Contact, occasion: SellingStopped, page: OrderPage) -> Letter:
    """Tell a seller that a debt stops their shop from selling."""
    words = phrases_for(contact.locale)
    amount, shop = amount_in(occasion.debt, words.language), plain(contact.shop_name or contact.name)
    told = (text.format(amount=amount, shop=shop) for text in words.selling_stopped)
    subject = words.selling_stopped_subject.format(shop=shop)
    return addressed(words, contact, subject, *map(Paragraph, told), Link(text=words.standing_page, url=page.url))


def shop_closed(contact: Contact) -> Letter:
    """Tell a seller that their shop is closed, and what stays."""
    words = phrases_for(contact.locale)
    shop = plain(contact.shop_name or contact.name)
    told = (text.format(shop=shop) for text in words.shop_closed)
    return addressed(words, contact, words.shop_closed_subject.format(shop=shop), *map(Paragraph, told))


def called_off(contact: Contact, occasion: CalledOff, page: OrderPage) -> Letter:
    """Tell a buyer what they do not get, why, and what goes back to them."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    return addressed(
        words,
        contact,
        words.called_off_subject.format(order=occasion.order_id),
        Paragraph(words.called_off[occasion.cause]),
        *_reason(words, occasion.note),
        *((Paragraph(words.called_off_money.format(amount=amount)),) if occasion.amount else ()),
        _way_to(words, page),
    )


def nothing_to_send(contact: Contact, occasion: NothingToSend) -> Letter:
    """Tell a seller what they need not send any more, and who called it off."""
    words = phrases_for(contact.locale)
    return addressed(
        words,
        contact,
        words.nothing_to_send_subject.format(order=occasion.seller_order_id),
        Paragraph(words.nothing_to_send[occasion.cause]),
        *_reason(words, occasion.note),
        Paragraph(words.nothing_to_send_next),
    )


def _reason(words: Phrases, note: str) -> tuple[Paragraph, ...]:
    return (Paragraph(words.refund_reason.format(reason=plain(note))),) if note else ()


def dispute_opened(contact: Contact, occasion: DisputeOnShop) -> Letter:
    """Tell a seller that a buyer's bank has taken money back, and what becomes of theirs meanwhile."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    told = (text.format(amount=amount, order=occasion.seller_order_id) for text in words.dispute_opened)
    return addressed(words, contact, words.dispute_opened_subject.format(amount=amount), *map(Paragraph, told))


def dispute_decided(contact: Contact, occasion: DisputeDecided) -> Letter:
    """Tell a seller how a dispute was decided."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    subject, texts = (
        (words.dispute_won_subject, words.dispute_won)
        if occasion.won
        else (words.dispute_lost_subject, words.dispute_lost)
    )
    told = (text.format(amount=amount, order=occasion.seller_order_id) for text in texts)
    return addressed(words, contact, subject.format(amount=amount), *map(Paragraph, told))


def evidence_due(contact: Contact, occasion: EvidenceIsDue) -> Letter:
    """Tell an operator that a dispute has to be answered."""
    words = phrases_for(contact.locale)
    until = moment(occasion.due_at) if occasion.due_at else words.soon
    told = words.evidence_due.format(dispute=occasion.dispute_id, order=occasion.order_id, until=until)
    return addressed(words, contact, words.evidence_due_subject.format(until=until), Paragraph(told))


def money_stands_still(contact: Contact, occasion: MoneyStandsStill) -> Letter:
    """Tell an operator that nothing goes to sellers, and what was found."""
    words = phrases_for(contact.locale)
    subject = words.money_short_subject if occasion.for_want else words.money_unsound_subject
    told = (words.money_short if occasion.for_want else words.money_unsound).format(since=moment(occasion.set_at))
    found = [Paragraph(plain(finding)) for finding in occasion.findings]
    return addressed(words, contact, subject, Paragraph(told), *found, Paragraph(words.money_next))


def payout_stuck(contact: Contact, occasion: PayoutWaits) -> Letter:
    """Tell an operator that a payout waits for somebody."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    told = words.payout_stuck.format(amount=amount, payout=occasion.payout_id, reason=plain(occasion.reason_code))
    return addressed(words, contact, words.payout_stuck_subject.format(amount=amount), Paragraph(told))


def refund_owed(contact: Contact, occasion: RefundIsOwed) -> Letter:
    """Tell an operator that a buyer still waits for money that came back."""
    words = phrases_for(contact.locale)
    amount = amount_in(occasion.amount, words.language)
    told = words.refund_owed.format(amount=amount, refund=occasion.refund_id, order=occasion.order_id)
    return addressed(words, contact, words.refund_owed_subject.format(amount=amount), Paragraph(told))


def webhook_stopped(contact: Contact, occasion: WebhookStopped) -> Letter:
    """Tell an owner that a program of theirs is told nothing any more."""
    words = phrases_for(contact.locale)
    url, why = plain(occasion.url), words.webhook_gone if occasion.gone else words.webhook_failing
    told = why.format(url=url, since=moment(occasion.since))
    return addressed(
        words, contact, words.webhook_stopped_subject.format(url=url), Paragraph(told), Paragraph(words.webhook_next)
    )


def _outcome(words: Phrases, refunded: Money, back: str, text: str) -> tuple[Paragraph, ...]:
    told = back.format(amount=amount_in(refunded, words.language)) if refunded else words.claim_without_refund
    return (Paragraph(told), *_reason(words, text))


def _way_to(words: Phrases, page: OrderPage) -> Link:
    whose = words.order_page if page.days is None else words.order_page_by_link.format(days=page.days)
    return Link(text=whose, url=page.url)


def _way_to_claim(words: Phrases, page: OrderPage) -> Link:
    whose = words.claim_page if page.days is None else words.claim_page_by_link.format(days=page.days)
    return Link(text=whose, url=page.url)
