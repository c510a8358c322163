"""The occasions for a mail about card disputes, and about money that waits for operators."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.ids import DisputeId, EndpointId, OrderId, PayoutId, RefundId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.notifications.domain.templates import Template


@frozen(kw_only=True)
class DisputeOnShop:
    """A buyer's bank has taken money back that was paid for a seller's part of an order."""

    template: ClassVar[Template] = Template.DISPUTE_OPENED

    dispute_id: DisputeId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money

    @property
    def fact(self) -> str:
        """The dispute and the part."""
        return f"dispute_opened:{self.dispute_id}:{self.seller_order_id}"


@frozen(kw_only=True)
class DisputeDecided:
    """A card network has decided about a seller's part of an order: for the seller or for the buyer."""

    template: ClassVar[Template] = Template.DISPUTE_DECIDED

    dispute_id: DisputeId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money
    won: bool

    @property
    def fact(self) -> str:
        """The dispute, the part and how it was decided, which may turn round."""
        return f"dispute_{'won' if self.won else 'lost'}:{self.dispute_id}:{self.seller_order_id}"


@frozen(kw_only=True)
class EvidenceIsDue:
    """Operators have to answer a card dispute soon."""

    template: ClassVar[Template] = Template.EVIDENCE_DUE

    dispute_id: DisputeId
    order_id: OrderId
    due_at: datetime | None

    @property
    def fact(self) -> str:
        """The dispute."""
        return f"evidence_due:{self.dispute_id}"


@frozen(kw_only=True)
class PayoutWaits:
    """A payout waits for operators."""

    template: ClassVar[Template] = Template.PAYOUT_STUCK

    payout_id: PayoutId
    amount: Money
    reason_code: str

    @property
    def fact(self) -> str:
        """The payout and why it stands."""
        return f"payout_stuck:{self.payout_id}:{self.reason_code}"


@frozen(kw_only=True)
class RefundIsOwed:
    """A refund that did not get through, or came back, has not been paid by other means yet."""

    template: ClassVar[Template] = Template.REFUND_OWED

    refund_id: RefundId
    order_id: OrderId
    amount: Money

    @property
    def fact(self) -> str:
        """The refund."""
        return f"refund_owed:{self.refund_id}"


@frozen(kw_only=True)
class MoneyStandsStill:
    """Something was found that keeps money from sellers: in the books, or ``for_want`` of money at the provider."""

    template: ClassVar[Template] = Template.MONEY_STANDS_STILL

    brake_id: str
    for_want: bool
    findings: tuple[str, ...]
    set_at: datetime

    @property
    def fact(self) -> str:
        """The brake."""
        return f"money_stands_still:{self.brake_id}"


@frozen(kw_only=True)
class WebhookStopped:
    """Nothing more is sent to a program of a shop, or of operators: it is ``gone``, or has failed since then."""

    template: ClassVar[Template] = Template.WEBHOOK_STOPPED

    endpoint_id: EndpointId
    seller_id: SellerId | None
    url: str
    gone: bool
    since: datetime

    @property
    def fact(self) -> str:
        """The endpoint, and since when: enabled again, it may stop again."""
        return f"webhook_stopped:{self.endpoint_id}:{self.since.isoformat()}"


@frozen(kw_only=True)
class EventsAreStuck:
    """Something is not delivered: what follows from it has not happened."""

    template: ClassVar[Template] = Template.EVENTS_STUCK

    troubles: tuple[str, ...]
    found_at: datetime

    @property
    def fact(self) -> str:
        """When it was found; whoever finds it tells each trouble once."""
        return f"events_stuck:{self.found_at.isoformat()}"


@frozen(kw_only=True)
class BooksDiffer:
    """Our books and a payment provider's own differ in ``found`` things that they did not differ in before."""

    template: ClassVar[Template] = Template.BOOKS_DIFFER

    provider: str
    findings: tuple[str, ...]
    found: int
    compared_at: datetime

    @property
    def fact(self) -> str:
        """The comparison; each tells what is new since the one before."""
        return f"books_differ:{self.provider}:{self.compared_at.isoformat()}"


@frozen(kw_only=True)
class HoldIsOverdue:
    """Money is held for nearly as long as the provider allows, and operators have to say whose it is."""

    template: ClassVar[Template] = Template.HOLD_OVERDUE

    seller_order_id: SellerOrderId
    order_id: OrderId

    @property
    def fact(self) -> str:
        """The part of the order."""
        return f"hold_overdue:{self.seller_order_id}"
