"""What a letter counts up: goods, delivery, discounts, tax and fee, line by line."""

from marketplace_core.kernel.money import Money
from marketplace_core.notifications.domain.amounts import amount_in
from marketplace_core.notifications.domain.facts import GroupFacts, LineFacts
from marketplace_core.notifications.domain.letter import Row, plain
from marketplace_core.notifications.domain.phrases.words import Phrases


def sold(words: Phrases, group: GroupFacts) -> tuple[Row, ...]:
    """Say what a seller sold and gets for it, before commission."""
    return (
        *(line_row(words, line) for line in group.lines),
        *_amount_row(words, words.voucher, -group.sellers_discount),
        Row(label=words.delivery, amount=_amount_or_free(words, group.delivery)),
        Row(label=words.total, amount=amount_in(group.total, words.language), strong=True),
    )


def bought(words: Phrases, group: GroupFacts) -> tuple[Row, ...]:
    """Say what a buyer bought and pays for it, line by line."""
    return (
        *(line_row(words, line) for line in group.lines),
        *_amount_row(words, words.voucher, -group.buyers_discount),
        Row(label=words.delivery, amount=_amount_or_free(words, group.delivery)),
        *_amount_row(words, words.tax, group.tax),
        *_amount_row(words, words.service_fee, group.fee),
        Row(label=words.total, amount=amount_in(group.price, words.language), strong=True),
    )


def _amount_row(words: Phrases, label: str, amount: Money) -> tuple[Row, ...]:
    return (Row(label=label, amount=amount_in(amount, words.language)),) if amount else ()


def line_row(words: Phrases, line: LineFacts) -> Row:
    what = plain(f"{line.title}, {line.variant_title}" if line.variant_title else line.title)
    return Row(label=f"{line.quantity} × {what}", amount=amount_in(line.total, words.language))


def _amount_or_free(words: Phrases, amount: Money) -> str:
    return amount_in(amount, words.language) if amount else words.delivery_free
