"""A seller's page: one draft, and the versions that were published, each kept for ever."""

from datetime import datetime

from attrs import define, field, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.errors import StaleVersion
from marketplace_core.kernel.ids import PageId, SellerId
from marketplace_core.landing.domain.document import PageDocument
from marketplace_core.landing.domain.events import PagePublished, PageUnpublished
from marketplace_core.landing.domain.readiness import PageProblem, require_ready


@frozen(kw_only=True)
class PageVersion:
    """What was published at a moment. Never changed, never deleted."""

    number: int
    document: PageDocument
    published_at: datetime


@define(kw_only=True, eq=False)
class LandingPage(Aggregate):
    """One page per seller.

    ``current`` is the version published last, shown only while ``is_public``; earlier ones are in the store.
    """

    page_id: PageId
    seller_id: SellerId
    draft: PageDocument = field(factory=PageDocument)
    draft_saved_at: datetime = field()
    current: PageVersion | None = None
    is_public: bool = False

    @classmethod
    def start(cls, *, page_id: PageId, seller_id: SellerId, now: datetime) -> "LandingPage":
        """Give a seller an empty page that nobody sees."""
        return cls(page_id=page_id, seller_id=seller_id, draft_saved_at=now)

    def require_version(self, expected: int | None) -> None:
        """Pass if the caller named no version or the present one; otherwise raise ``StaleVersion``."""
        if expected is not None and expected != self.version:
            raise StaleVersion("The page has changed since you read it.", expected=expected, current=self.version)

    def save_draft(self, document: PageDocument, *, now: datetime) -> None:
        """Replace the draft; what is public stays as it is."""
        self.draft = document
        self.draft_saved_at = now

    def publish(self, problems: tuple[PageProblem, ...], *, now: datetime) -> None:
        """Show the draft from now on as a new version.

        A draft that is public already changes nothing. Raises ``PageNotReady`` naming every problem.
        """
        require_ready(problems)
        if self.is_public and self.current is not None and self.current.document == self.draft:
            return
        number = self.current.number + 1 if self.current else 1
        self.current = PageVersion(number=number, document=self.draft, published_at=now)
        self.is_public = True
        self.record(PagePublished(page_id=self.page_id, seller_id=self.seller_id, version=number))

    def unpublish(self) -> None:
        """Stop showing the page; draft and versions stay."""
        if self.is_public:
            self.is_public = False
            self.record(PageUnpublished(page_id=self.page_id, seller_id=self.seller_id))
