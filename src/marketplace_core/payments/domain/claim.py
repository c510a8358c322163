"""A buyer's claim inside the marketplace: nothing came, or not what was bought (money design 4.9).

It freezes the held payment of one seller order and of no other. The seller agrees, offers a part, or contests; the
buyer takes the offer or withdraws; an operator decides what the two cannot. Whoever is silent loses: every state has a
date. A card dispute about the same money ends a claim, because the network decides then.
"""

from datetime import datetime
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import (
    ClaimId,
    ClaimPhotoId,
    OrderId,
    PaymentId,
    RefundId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.claim_parts import (
    CLAIM_PHOTOS_MAX,
    ClaimDecision,
    ClaimedLine,
    ClaimKind,
    ClaimMessage,
    ClaimPhoto,
)
from marketplace_core.payments.domain.errors import (
    MalformedClaim,
    PhotoRejected,
    WrongState,
)
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.events import ClaimAnswered, ClaimClosed, ClaimOpened
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.standing import NOTHING, Portion
from marketplace_core.payments.domain.states.claim import (
    CLAIM_MACHINE,
    CLAIMS_OPENED,
    ClaimState,
    ClaimTrigger,
)

TEXT_CHARACTERS_MAX: Final = 2_000
MESSAGES_MAX: Final = 50


_DECIDING: Final = {
    ClaimDecision.REFUND: ClaimTrigger.GRANT,
    ClaimDecision.PARTIAL: ClaimTrigger.GRANT_PART,
    ClaimDecision.RELEASE: ClaimTrigger.DISMISS,
}


def after_silence(state: ClaimState, wanted: Portion, policy: PaymentPolicy, left: Portion) -> Portion:
    """Return what goes back to the buyer if nobody says anything more, at most ``left``.

    A silent seller has agreed; after a silent operator the policy speaks.
    """
    refunds = state is ClaimState.AWAITING_SELLER or policy.claim_default_refunds
    return left.up_to(wanted) if refunds else NOTHING


@define(kw_only=True, eq=False)
class Claim(Aggregate):
    """A claim about ``lines`` of one seller order: the buyer wants ``wanted`` back.

    ``offer`` is what the seller would give, ``granted`` what was decided. ``due_at`` is when silence decides; None at
    an end.
    """

    claim_id: ClaimId
    payment_id: PaymentId
    order_id: OrderId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    buyer_id: UserId
    currency: str
    kind: ClaimKind
    lines: tuple[ClaimedLine, ...]
    wanted: Portion
    opened_at: datetime
    due_at: datetime | None
    state: ClaimState = CLAIM_MACHINE.start
    offer: Portion | None = None
    granted: Portion | None = None
    refund_id: RefundId | None = None
    messages: tuple[ClaimMessage, ...] = ()
    photos: tuple[ClaimPhoto, ...] = ()
    decided_by: Who | None = None
    closed_at: datetime | None = None

    @classmethod
    def open(
        cls,
        *,
        claim_id: ClaimId,
        hold: EscrowHold,
        buyer_id: UserId,
        kind: ClaimKind,
        lines: tuple[ClaimedLine, ...],
        wanted: Portion,
        text: str,
        policy: PaymentPolicy,
        now: datetime,
    ) -> "Claim":
        """Say what is wrong; no more is wanted than can still go back. Raises ``MalformedClaim``."""
        claim = cls(
            claim_id=claim_id,
            payment_id=hold.payment_id,
            order_id=hold.order_id,
            seller_order_id=hold.seller_order_id,
            seller_id=hold.seller_id,
            buyer_id=buyer_id,
            currency=hold.share.currency,
            kind=kind,
            lines=lines,
            wanted=hold.standing.refundable.up_to(wanted),
            opened_at=now,
            due_at=now + policy.claim_answer_within,
        )
        if not claim.wanted.amount:
            raise MalformedClaim("Nothing was paid for these goods that could go back.")
        claim.say(text, Who.BUYER, now)
        claim.record(
            ClaimOpened(
                claim_id=claim_id,
                order_id=claim.order_id,
                seller_order_id=claim.seller_order_id,
                seller_id=claim.seller_id,
                wanted=claim._money(claim.wanted),
                text=text.strip(),
                answer_by=now + policy.claim_answer_within,
            )
        )
        return claim

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has yet to say what becomes of the money."""
        return self.state in CLAIMS_OPENED

    @property
    def freeze_reason(self) -> str:
        """Return the reason for which the hold is frozen meanwhile."""
        return f"claim:{self.claim_id.lower()}"

    def say(
        self,
        text: str,
        who: Who,
        now: datetime,
        did: ClaimTrigger | None = None,
        offered: Portion | None = None,
    ) -> None:
        """Add something to read for everybody concerned. Raises ``MalformedClaim``, ``WrongState`` at an end."""
        text = text.strip()
        if not 1 <= len(text) <= TEXT_CHARACTERS_MAX:
            raise MalformedClaim(f"Say it in 1 to {TEXT_CHARACTERS_MAX} characters.")
        if not self.is_open:
            raise WrongState("This claim is closed.", state=self.state.value)
        if len(self.messages) >= MESSAGES_MAX:
            raise MalformedClaim(f"A claim takes {MESSAGES_MAX} messages.")
        number = len(self.messages) + 1
        said = ClaimMessage(number=number, who=who, text=text, said_at=now, did=did, offered=offered)
        self.messages += (said,)

    def check_takes_photo(self, sha256: str) -> ClaimPhotoId | None:
        """Return the photo with that content, None if there is none and it may be added.

        Raises ``WrongState`` at an end, ``PhotoRejected`` if there are too many.
        """
        known = next((photo.photo_id for photo in self.photos if photo.sha256 == sha256), None)
        if known is not None:
            return known
        if not self.is_open:
            raise WrongState("This claim is closed.", state=self.state.value)
        if len(self.photos) >= CLAIM_PHOTOS_MAX:
            raise PhotoRejected(f"A claim takes {CLAIM_PHOTOS_MAX} photos.", reason="too_many")
        return None

    def add_photo(self, photo: ClaimPhoto) -> ClaimPhotoId:
        """Add a photo for everybody concerned to see, and return its name; the same picture again is the first one.

        Raises as ``check_takes_photo`` does.
        """
        known = self.check_takes_photo(photo.sha256)
        if known is not None:
            return known
        self.photos += (photo,)
        return photo.photo_id

    def contest(self, text: str, policy: PaymentPolicy, now: datetime) -> None:
        """The seller sees it otherwise; an operator decides."""
        self.say(text, Who.SELLER, now, ClaimTrigger.CONTEST)
        self._move(ClaimTrigger.CONTEST, Who.SELLER)
        self._answered(text, policy, now)

    def make_offer(self, offer: Portion, text: str, policy: PaymentPolicy, now: datetime) -> None:
        """The seller would give a part: the buyer may take it until an operator decides. The last offer stands."""
        if not 0 < offer.amount < self.wanted.amount or self.wanted.up_to(offer) != offer:
            raise MalformedClaim(
                "An offer is a part of what is wanted.",
                wanted_items_minor=self.wanted.items,
                wanted_delivery_minor=self.wanted.delivery,
            )
        self.say(text, Who.SELLER, now, ClaimTrigger.OFFER, offer)
        self._move(ClaimTrigger.OFFER, Who.SELLER)
        self.offer = offer
        self._answered(text, policy, now)

    def agree(self, text: str, left: Portion, now: datetime) -> Portion:
        """The seller gives all that is wanted; return it, at most ``left``, which is what can still go back."""
        self.say(text, Who.SELLER, now, ClaimTrigger.AGREE)
        return self._granted(ClaimTrigger.AGREE, Who.SELLER, left.up_to(self.wanted), now)

    def accept(self, left: Portion, now: datetime) -> Portion:
        """The buyer takes the offer; return it, at most ``left``."""
        return self._granted(ClaimTrigger.ACCEPT, Who.BUYER, left.up_to(self.offer or NOTHING), now)

    def check_offer(self, offered_minor: int) -> None:
        """Raise ``WrongState`` unless exactly this is offered."""
        if self.offer is None or self.offer.amount != offered_minor:
            offered = None if self.offer is None else self.offer.amount
            raise WrongState("That is not what is offered.", state=self.state.value, offered_minor=offered)

    def decide(self, decision: ClaimDecision, part: Portion, reason: str, left: Portion, now: datetime) -> Portion:
        """An operator says what becomes of the money; return what goes back, at most ``left``.

        ``part`` is for a partial decision.
        """
        self.say(reason, Who.OPERATOR, now, _DECIDING[decision])
        match decision:
            case ClaimDecision.REFUND:
                return self._granted(ClaimTrigger.GRANT, Who.OPERATOR, left.up_to(self.wanted), now)
            case ClaimDecision.RELEASE:
                return self._granted(ClaimTrigger.DISMISS, Who.OPERATOR, NOTHING, now)
            case ClaimDecision.PARTIAL:
                if not part.amount or self.wanted.up_to(part) != part:
                    raise MalformedClaim(
                        "A partial decision gives some of what is wanted.",
                        wanted_items_minor=self.wanted.items,
                        wanted_delivery_minor=self.wanted.delivery,
                    )
                return self._granted(ClaimTrigger.GRANT_PART, Who.OPERATOR, left.up_to(part), now)

    def expire(self, policy: PaymentPolicy, left: Portion, now: datetime) -> Portion:
        """Whoever had to say something was silent; return what goes back to the buyer, at most ``left``."""
        refunds = self.state is ClaimState.AWAITING_SELLER or policy.claim_default_refunds
        trigger = ClaimTrigger.GRANT if refunds else ClaimTrigger.DISMISS
        return self._granted(trigger, Who.TIMER, after_silence(self.state, self.wanted, policy, left), now)

    def withdraw(self, now: datetime) -> None:
        """The buyer has thought better of it."""
        self._granted(ClaimTrigger.WITHDRAW, Who.BUYER, NOTHING, now)

    def supersede(self, now: datetime) -> None:
        """A card dispute takes the money: the network decides."""
        self._granted(ClaimTrigger.SUPERSEDE, Who.PROVIDER, NOTHING, now)

    def _answered(self, text: str, policy: PaymentPolicy, now: datetime) -> None:
        self.due_at = now + policy.claim_decide_within
        self.record(
            ClaimAnswered(
                claim_id=self.claim_id,
                order_id=self.order_id,
                seller_order_id=self.seller_order_id,
                seller_id=self.seller_id,
                offered=self._money(self.offer or NOTHING),
                text=text.strip(),
                decided_by=self.due_at,
            )
        )

    def _granted(self, trigger: ClaimTrigger, who: Who, granted: Portion, now: datetime) -> Portion:
        self._move(trigger, who)
        self.granted, self.decided_by, self.closed_at, self.due_at = granted, who, now, None
        last = self.messages[-1] if self.messages else None
        self.record(
            ClaimClosed(
                claim_id=self.claim_id,
                order_id=self.order_id,
                seller_order_id=self.seller_order_id,
                seller_id=self.seller_id,
                outcome=self.state.value,
                refunded=self._money(granted),
                text=last.text if last is not None and last.who is who and last.said_at == now else "",
            )
        )
        return granted

    def _money(self, portion: Portion) -> Money:
        return Money(portion.amount, self.currency)

    def _move(self, trigger: ClaimTrigger, who: Who) -> None:
        self.state = CLAIM_MACHINE.after(self.state, trigger, who)
