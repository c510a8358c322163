"""What all letters share: how they begin and end, and how they write a moment."""

from datetime import datetime

from marketplace_core.notifications.domain.facts import Contact
from marketplace_core.notifications.domain.letter import Block, Letter, Paragraph, plain
from marketplace_core.notifications.domain.phrases.words import Phrases


def addressed(words: Phrases, contact: Contact, subject: str, *blocks: Block) -> Letter:
    """Write a letter to somebody."""
    greeting = Paragraph(words.greeting.format(name=plain(contact.name)))
    return Letter(language=words.language, subject=subject, blocks=(greeting, *blocks, Paragraph(words.closing)))


def moment(moment: datetime) -> str:
    """Write a moment, which is in UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
