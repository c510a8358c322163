"""A claim in words: where it stands, what silence will do and when, and all that was said, shown and decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.claims import (
    ClaimKind,
    ClaimMessage,
    ClaimPhoto,
    ClaimState,
    ClaimTrigger,
    ClaimView,
)
from marketplace_entrypoints.web.language import Language, msg

KINDS: Final[Mapping[ClaimKind, str]] = {
    ClaimKind.NOT_RECEIVED: msg("It has not arrived"),
    ClaimKind.NOT_AS_DESCRIBED: msg("It is not what was described"),
    ClaimKind.DAMAGED: msg("It is damaged or broken"),
}
STATES: Final[Mapping[ClaimState, tuple[str, str]]] = {
    ClaimState.AWAITING_SELLER: (msg("Waits for the shop"), "held"),
    ClaimState.AWAITING_OPERATOR: (msg("Waits for a decision"), "held"),
    ClaimState.RESOLVED_REFUND: (msg("All of it goes back"), "good"),
    ClaimState.RESOLVED_PARTIAL: (msg("A part goes back"), "good"),
    ClaimState.RESOLVED_RELEASE: (msg("Nothing goes back"), ""),
    ClaimState.WITHDRAWN: (msg("Withdrawn"), ""),
    ClaimState.SUPERSEDED: (msg("The bank decides"), "calm"),
}
_SAID_WITH: Final = frozenset({ClaimTrigger.AGREE, ClaimTrigger.GRANT, ClaimTrigger.GRANT_PART, ClaimTrigger.DISMISS})
"""An end of these kinds stands with the words in which it came."""
_OTHERS: Final[Mapping[Who, str]] = {
    Who.BUYER: msg("The buyer"),
    Who.SELLER: msg("The shop"),
    Who.OPERATOR: msg("The marketplace"),
    Who.TIMER: msg("By itself"),
    Who.SYSTEM: msg("By itself"),
    Who.PROVIDER: msg("The buyer's bank"),
}
_AHEAD: Final[Mapping[tuple[ClaimState, Who], tuple[str, str]]] = {
    (ClaimState.AWAITING_SELLER, Who.BUYER): (
        msg("The shop has until %(moment)s to answer. If it is silent, %(amount)s goes back to you by itself."),
        msg("The shop has until %(moment)s to answer. If it is silent, the claim is closed: nothing is left."),
    ),
    (ClaimState.AWAITING_SELLER, Who.SELLER): (
        msg("Answer by %(moment)s. If you are silent, %(amount)s goes back to the buyer by itself."),
        msg("Answer by %(moment)s. If you are silent, the claim is closed: nothing is left."),
    ),
    (ClaimState.AWAITING_SELLER, Who.OPERATOR): (
        msg("The shop has until %(moment)s to answer. If it is silent, %(amount)s goes back to the buyer by itself."),
        msg("The shop has until %(moment)s to answer. If it is silent, the claim is closed: nothing is left."),
    ),
    (ClaimState.AWAITING_OPERATOR, Who.BUYER): (
        msg("We decide by %(moment)s. If we do not, %(amount)s goes back to you by itself."),
        msg("We decide by %(moment)s. If we do not, the claim is closed and nothing goes back."),
    ),
    (ClaimState.AWAITING_OPERATOR, Who.SELLER): (
        msg("The marketplace decides by %(moment)s. If it does not, %(amount)s goes back to the buyer by itself."),
        msg("The marketplace decides by %(moment)s. If it does not, the claim is closed and nothing goes back."),
    ),
    (ClaimState.AWAITING_OPERATOR, Who.OPERATOR): (
        msg("Decide by %(moment)s. After that %(amount)s goes back to the buyer by itself."),
        msg("Decide by %(moment)s. After that the claim is closed by itself, and nothing goes back."),
    ),
}
"""By state and reader: what silence does if something goes back then, and if nothing does."""


@frozen(kw_only=True)
class ClaimMoment:
    """An entry of the history: who did what when, in which words, or with which photo."""

    who: str
    what: str
    at: datetime
    text: str = ""
    photo: ClaimPhoto | None = None
    own: bool = False


def ahead(language: Language, view: ClaimView, reader: Who) -> str:
    """Say what silence will do and when; nothing once the claim is closed."""
    if view.due_at is None:
        return ""
    back = view.if_silent.amount if view.if_silent else Money.zero(view.wanted.items.currency)
    something, nothing = _AHEAD[view.state, reader]
    return language.say(
        something if back else nothing, moment=language.moment(view.due_at), amount=language.money(back)
    )


def history(language: Language, view: ClaimView, reader: Who) -> Sequence[ClaimMoment]:
    """Tell all of it, oldest first, to the buyer, the shop, or an operator."""
    told = [_said(language, view, one, reader) for one in view.messages]
    told += [
        ClaimMoment(
            who=_named(language, photo.who, reader),
            what=language.say("Photo"),
            at=photo.added_at,
            photo=photo,
            own=photo.who is reader,
        )
        for photo in view.photos
    ]
    return sorted([*told, *_end(language, view, reader)], key=lambda moment: moment.at)


def _end(language: Language, view: ClaimView, reader: Who) -> Sequence[ClaimMoment]:
    """Tell the end, unless it stands with the words in which it came."""
    if view.closed_at is None or view.decided_by is None:
        return ()
    if any(one.did in _SAID_WITH for one in view.messages):
        return ()
    who, own = _named(language, view.decided_by, reader), view.decided_by is reader
    return [ClaimMoment(who=who, what=_ended(language, view), at=view.closed_at, own=own)]


def _said(language: Language, view: ClaimView, said: ClaimMessage, reader: Who) -> ClaimMoment:
    what = language.say("Claim over %(amount)s", amount=language.money(view.wanted.amount)) if said.number == 1 else ""
    match said.did:
        case ClaimTrigger.CONTEST:
            what = language.say("Objection")
        case ClaimTrigger.OFFER if said.offered is not None:
            offered = Money(said.offered.amount, view.wanted.items.currency)
            what = language.say("Offer of %(amount)s", amount=language.money(offered))
        case ClaimTrigger.AGREE:
            what = language.say("Agreement: %(amount)s goes back", amount=_granted(language, view))
        case ClaimTrigger.GRANT | ClaimTrigger.GRANT_PART:
            what = language.say("Decision: %(amount)s goes back", amount=_granted(language, view))
        case ClaimTrigger.DISMISS:
            what = language.say("Decision: nothing goes back")
        case _:
            pass
    return ClaimMoment(
        who=_named(language, said.who, reader), what=what, at=said.said_at, text=said.text, own=said.who is reader
    )


def _ended(language: Language, view: ClaimView) -> str:
    """Say how a claim ended that ended without words."""
    answered = any(one.who is Who.SELLER for one in view.messages)
    match view.state:
        case ClaimState.WITHDRAWN:
            return language.say("Claim withdrawn")
        case ClaimState.SUPERSEDED:
            return language.say("The payment was disputed at the bank; the card network decides now")
        case ClaimState.RESOLVED_RELEASE:
            return language.say("No decision in time: nothing goes back")
        case _ if view.decided_by is Who.BUYER:
            return language.say("Offer taken: %(amount)s goes back", amount=_granted(language, view))
        case _ if answered:
            return language.say("No decision in time: %(amount)s goes back", amount=_granted(language, view))
        case _:
            return language.say("No answer in time: %(amount)s goes back", amount=_granted(language, view))


def _granted(language: Language, view: ClaimView) -> str:
    return language.money(view.granted.amount if view.granted else Money.zero(view.wanted.items.currency))


def _named(language: Language, who: Who, reader: Who) -> str:
    return language.say("You") if who is reader else language.say(_OTHERS[who])
