"""Write the letters to operators about what a machine has found: pure, one function per template."""

from marketplace_core.notifications.domain.facts import Contact
from marketplace_core.notifications.domain.letter import Letter, Paragraph, plain
from marketplace_core.notifications.domain.phrases import phrases_for
from marketplace_core.notifications.domain.troubles import BooksDiffer, EventsAreStuck, HoldIsOverdue
from marketplace_core.notifications.domain.writing import addressed, moment


def events_stuck(contact: Contact, occasion: EventsAreStuck) -> Letter:
    """Tell an operator what is not delivered."""
    words = phrases_for(contact.locale)
    told = words.events_stuck.format(found=moment(occasion.found_at))
    found = [Paragraph(plain(trouble)) for trouble in occasion.troubles]
    next_step = Paragraph(words.events_stuck_next)
    return addressed(words, contact, words.events_stuck_subject, Paragraph(told), *found, next_step)


def books_differ(contact: Contact, occasion: BooksDiffer) -> Letter:
    """Tell an operator where our books and the provider's differ since the last comparison."""
    words = phrases_for(contact.locale)
    provider = plain(occasion.provider)
    subject = words.books_differ_subject.format(provider=provider)
    told = words.books_differ.format(provider=provider, compared=moment(occasion.compared_at), found=occasion.found)
    found = [Paragraph(plain(finding)) for finding in occasion.findings]
    return addressed(words, contact, subject, Paragraph(told), *found, Paragraph(words.books_differ_next))


def hold_overdue(contact: Contact, occasion: HoldIsOverdue) -> Letter:
    """Tell an operator that money can hardly be held any longer."""
    words = phrases_for(contact.locale)
    told = words.hold_overdue.format(part=occasion.seller_order_id, order=occasion.order_id)
    subject = words.hold_overdue_subject.format(order=occasion.order_id)
    return addressed(words, contact, subject, Paragraph(told))
