"""Where money is, why it is there, and what moves it next: an explanation in sentences, for whoever reads it."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.payments.books import Cents, Explanation
from marketplace_entrypoints.web.language import Language, msg


class Reader(Enum):
    """Who reads it: what is the shop's is *yours* to the shop, and somebody else's to its buyer."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"


@frozen(kw_only=True)
class Row:
    """Some of the money, in words: where it is, why, what moves it next, and when that is or was, where known."""

    amount: Money
    about: str
    where: str
    why: str
    next: str
    when: str


@frozen(kw_only=True)
class Heap:
    """What there is to say of one thing, such as one shop's part of an order, and what it comes to."""

    about: str
    rows: Sequence[Row]
    total: Money


PART_PREFIX: Final = "sor_"
"""What an entry of a payout is about, unless it is about no order."""
WHERE: Final[Mapping[str, str]] = {
    "at_the_bank": msg("At the shop's bank"),
    "at_the_provider": msg("With the payment provider"),
    "buyer": msg("Back with the buyer"),
    "card_network": msg("Withdrawn by the buyer's bank"),
    "commission": msg("Commission of the marketplace"),
    "commission_tax": msg("Tax on the commission"),
    "debt": msg("Owed to the marketplace"),
    "held": msg("Held payment"),
    "in_payout": msg("In a payout"),
    "lost": msg("Lost in a card dispute"),
    "on_the_way_to_the_bank": msg("On its way to the shop's bank"),
    "payable": msg("The shop's, to be paid out"),
    "reserve": msg("In the shop's reserve"),
    "seller": msg("The shop's"),
    "unpaid": msg("Not paid"),
}
YOURS: Final[Mapping[Reader, Mapping[str, str]]] = {
    Reader.BUYER: {"buyer": msg("Back with you"), "card_network": msg("Withdrawn by your bank")},
    Reader.SELLER: {
        "at_the_bank": msg("At your bank"),
        "debt": msg("You owe it to the marketplace"),
        "on_the_way_to_the_bank": msg("On its way to your bank"),
        "payable": msg("Yours, to be paid out"),
        "reserve": msg("In your reserve"),
        "seller": msg("Yours"),
    },
    Reader.OPERATOR: {},
}
"""What is said otherwise to whom it belongs."""
WHY: Final[Mapping[str, str]] = {
    "claimed_by_a_payout": msg("It was put into a payout."),
    "disputed": msg("A card dispute about it is open."),
    "dispute_lost": msg("The card dispute was decided for the buyer."),
    "given_back_or_charged_again": msg("Given back with a refund, or charged again since."),
    "held": msg("Paid and held until the parcel has arrived."),
    "kept_back_for_a_while": msg("Kept back for a while after each release."),
    "not_paid": msg("Nobody has paid it."),
    "owed_to_the_marketplace": msg("Buyers got back more than there was."),
    "paid_and_not_released": msg("Paid and held until the parcels have arrived."),
    "pending": msg("Nobody has paid it yet."),
    "refunded": msg("It was given back."),
    "released": msg("The held payment was released."),
}
FREEZES: Final[Mapping[str, str]] = {
    "claim": msg("The buyer has a claim."),
    "dispute": msg("The buyer's bank disputes the payment."),
    "overdue": msg("It was held as long as the payment provider lets us."),
    "refund": msg("A refund out of it did not get through and has to be made again."),
    "undelivered": msg("The parcel came back."),
}
"""Why held money is frozen, by the first word of the reason; all others are of an operator."""
NEXT: Final[Mapping[str, str]] = {
    "bank": msg("The bank confirms it."),
    "card_network": msg("The card network decides."),
    "date": msg("It is released by itself."),
    "next_income": msg("The next income pays it."),
    "nothing": msg("It stays there."),
    "operator": msg("The marketplace decides."),
    "payment": msg("The buyer pays."),
    "payout_run": msg("The next payout takes it along."),
    "provider": msg("The payment provider answers."),
    "receipt": msg("The parcel arrives."),
    "release": msg("Each part is released after its delivery."),
    "reserve_matures": msg("It becomes payable by itself."),
    "seller_or_operator": msg("Another bank account is named, or the marketplace tries again."),
    "send": msg("It is sent."),
    "tax_office": msg("It goes to the tax office."),
}


def heaps(language: Language, found: Explanation, reader: Reader) -> Sequence[Heap]:
    """Say an explanation in words, what belongs together in one heap."""
    together: dict[str, list[Cents]] = {}
    for part in found.parts:
        together.setdefault(part.about, []).append(part)
    return [heap(language, about, parts, reader, found.total.currency) for about, parts in together.items()]


def heap(language: Language, about: str, parts: Sequence[Cents], reader: Reader, currency: str) -> Heap:
    """Say some parts of an explanation in words, as one heap."""
    total = Money.zero(currency)
    for part in parts:
        total = total + part.amount
    return Heap(about=about, rows=[_row(language, part, reader) for part in parts], total=total)


def _row(language: Language, part: Cents, reader: Reader) -> Row:
    return Row(
        amount=part.amount,
        about=part.about,
        where=language.say(YOURS[reader].get(part.where) or WHERE[part.where]),
        why=_why(language, part),
        next=language.say(NEXT[part.next]),
        when=_when(language, part),
    )


def _when(language: Language, part: Cents) -> str:
    """Say when: a date that is set, one that is the latest, or the one since which it is there."""
    if part.at is None:
        return ""
    moment = language.moment(part.at)
    match part.next:
        case "date":
            return language.say("on %(moment)s", moment=moment)
        case "receipt" | "operator":
            return language.say("held until %(moment)s at the latest", moment=moment)
        case _:
            return language.say("since %(moment)s", moment=moment)


def _why(language: Language, part: Cents) -> str:
    kind, _, detail = part.why.partition(":")
    if kind == "frozen":
        return language.say(FREEZES.get(detail.partition(":")[0]) or msg("The marketplace looks into it."))
    if detail.endswith("bps") and part.where == "commission_tax":
        return language.say("Charged on the commission.")
    if detail.endswith("bps"):
        return language.say("%(rate)s, as agreed when it was ordered.", rate=language.percent(int(detail[:-3])))
    if kind in WHY:
        return language.say(WHY[kind])
    if not part.about.startswith(PART_PREFIX):
        return language.say("An adjustment.")
    return language.say(WHY["released" if part.amount.amount_minor > 0 else "refunded"])
