"""The bodies of requests and answers about seller pages."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from marketplace_core.kernel.ids import ProductId, VideoId
from marketplace_core.landing import PRODUCTS_MAX, CallToAction, PageDocument
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_EXAMPLE: JsonValue = {
    "template": "v1",
    "headline": "Hand-made guitars",
    "text": "Made in a small workshop.",
    "hero_video": "vid_01JDCNZ0V4M6Z7C0QK3T6V9A2B",
    "products": ["prd_01JDCNZ0V4M6Z7C0QK3T6V9A2B"],
    "call_to_action": {"label": "See all guitars", "target": "/shops/mias-guitars"},
}


class CallToActionIn(Incoming):
    """A button: what it says, and where it leads (https://, mailto:, or a /path of this site)."""

    label: str
    target: str


class PageDocumentIn(Incoming):
    """Everything a page says, as data: texts are plain, markup in them is shown as the characters it is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [_EXAMPLE]})

    template: Literal["v1"] = "v1"
    headline: str = ""
    text: str = ""
    hero_video: str | None = None
    products: list[str] = Field(default_factory=list, max_length=PRODUCTS_MAX)
    call_to_action: CallToActionIn | None = None

    def document(self) -> PageDocument:
        """Return it as the core's value. Raises ``InvalidDocument``."""
        action = self.call_to_action
        return PageDocument(
            template=self.template,
            headline=self.headline,
            text=self.text,
            hero_video=None if self.hero_video is None else VideoId(self.hero_video),
            products=tuple(ProductId(product_id) for product_id in self.products),
            call_to_action=None if action is None else CallToAction(label=action.label, target=action.target),
        )


class CallToActionOut(Outgoing):
    """A button."""

    label: str
    target: str


class PageDocumentOut(Outgoing):
    """A page as its seller wrote it."""

    template: str
    headline: str
    text: str
    hero_video: str | None
    products: list[str]
    call_to_action: CallToActionOut | None


class ProblemOut(Outgoing):
    """What keeps a draft from being published; ``reference`` is the video or product at fault."""

    field: str
    code: str
    message: str
    reference: str | None


class PageVideoOut(Outgoing):
    """The hero video; without ``hls_url`` only its poster can be shown."""

    video_id: str
    ready: bool
    poster_url: str | None
    hls_url: str | None
    duration_ms: int | None
    width: int | None
    height: int | None


class PageProductOut(Outgoing):
    """A product at its lowest price today."""

    product_id: str
    title: str
    price: MoneyOut | None
    purchasable: bool
    reason: str | None
    image_url: str | None


class PageOut(Outgoing):
    """A page as visitors see it; all texts are plain."""

    seller_id: str
    seller_name: str
    slug: str
    version: int | None
    headline: str
    text: str
    hero_video: PageVideoOut | None
    products: list[PageProductOut]
    call_to_action: CallToActionOut | None


class DraftOut(Outgoing):
    """A draft, what would keep it from being published, and how visitors would see it."""

    page_id: str
    version: int
    document: PageDocumentOut
    saved_at: datetime
    published_number: int | None
    problems: list[ProblemOut]
    preview: PageOut


class DraftSavedOut(Outgoing):
    """The draft is kept; ``problems`` would keep it from being published."""

    page_id: str
    version: int
    saved_at: datetime
    problems: list[ProblemOut]


class PageLiveOut(Outgoing):
    """The page is public under its slug and shows this version."""

    page_id: str
    slug: str
    number: int
    published_at: datetime


class PageDownOut(Outgoing):
    """Nobody sees the page any more."""

    page_id: str


class PageVersionOut(Outgoing):
    """What was published at a moment."""

    number: int
    document: PageDocumentOut
    published_at: datetime


class PageVersionsOut(Outgoing):
    """A page of published versions."""

    items: list[PageVersionOut]
    next_cursor: str | None
