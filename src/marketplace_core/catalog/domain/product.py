"""What a seller sells: texts, forms and prices, pictures, a video, and where it stands in its life."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from attrs import define, evolve

from marketplace_core.catalog.domain.errors import (
    ImageNotFound,
    LimitReached,
    MalformedProduct,
    OfferNotFound,
    VariantExists,
    WrongCurrency,
)
from marketplace_core.catalog.domain.events import (
    OfferPriceChanged,
    ProductChanged,
    ProductPublished,
    ProductUnpublished,
    ProductVideoChanged,
)
from marketplace_core.catalog.domain.lifecycle import ALREADY, ProductStatus, Step, after
from marketplace_core.catalog.domain.media import IMAGES_MAX, Image, ProductVideo
from marketplace_core.catalog.domain.publishing import require_publishable
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.slugs import checked_slug
from marketplace_core.catalog.domain.texts import one_line, paragraphs
from marketplace_core.catalog.domain.variant import (
    VARIANTS_MAX,
    Offer,
    Variant,
    checked_option_names,
    checked_options,
    checked_price,
    checked_sku,
)
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import CategoryId, ImageId, OfferId, ProductId, SellerId, VariantId
from marketplace_core.kernel.money import Money

TITLE_LENGTH_MAX: Final = 200
DESCRIPTION_LENGTH_MAX: Final = 10_000
TAGS_MAX: Final = 30
TAG_LENGTH_MAX: Final = 60


@define(kw_only=True, eq=False)
class Product(Aggregate):
    """A product of one seller.

    ``seller_name``, ``seller_slug`` and ``currency`` are the shop's, copied. ``on_hold`` is set while the shop may not
    sell: the product keeps its status and is shown to nobody. ``published_at`` is its first publication.
    """

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    currency: str
    handle: str
    title: str
    description: str
    category_id: CategoryId | None
    tags: tuple[str, ...]
    option_names: tuple[str, ...]
    created_at: datetime
    changed_at: datetime
    variants: tuple[Variant, ...] = ()
    images: tuple[Image, ...] = ()
    video: ProductVideo | None = None
    status: ProductStatus = ProductStatus.DRAFT
    on_hold: bool = False
    published_at: datetime | None = None

    @classmethod
    def draft(
        cls,
        *,
        product_id: ProductId,
        shop: Shop,
        handle: str,
        title: str,
        description: str,
        category_id: CategoryId | None,
        option_names: Sequence[str],
        tags: Sequence[str],
        now: datetime,
    ) -> "Product":
        """Start a product of the shop, without variants. Raises ``MalformedProduct``."""
        return cls(
            product_id=product_id,
            seller_id=shop.seller_id,
            seller_name=shop.name,
            seller_slug=shop.slug,
            currency=shop.currency,
            handle=checked_slug(handle, field="handle"),
            title=checked_title(title),
            description=checked_description(description),
            category_id=category_id,
            tags=checked_tags(tags),
            option_names=checked_option_names(option_names),
            created_at=now,
            changed_at=now,
        )

    @property
    def listed(self) -> bool:
        """Tell whether buyers see it."""
        return self.status is ProductStatus.PUBLISHED and not self.on_hold

    def describe(
        self,
        *,
        now: datetime,
        title: str | None = None,
        description: str | None = None,
        category_id: CategoryId | None = None,
        tags: Sequence[str] | None = None,
    ) -> None:
        """Change what is given and leave the rest. Raises ``MalformedProduct``, ``IllegalTransition``."""
        if title is not None:
            self.title = checked_title(title)
        if description is not None:
            self.description = checked_description(description)
        if category_id is not None:
            self.category_id = category_id
        if tags is not None:
            self.tags = checked_tags(tags)
        self._touched(now)

    def add_variant(
        self,
        *,
        variant_id: VariantId,
        options: Sequence[str],
        sku: str | None,
        offer_id: OfferId,
        price: Money,
        now: datetime,
    ) -> Variant:
        """Add a form of the product with its offer; the first form of a product without options has no values.

        Raises ``MalformedProduct``, ``VariantExists``, ``WrongCurrency``, ``LimitReached``, ``IllegalTransition``.
        """
        if len(self.variants) >= VARIANTS_MAX:
            raise LimitReached(f"A product has at most {VARIANTS_MAX} variants.")
        variant = Variant(
            variant_id=variant_id,
            options=checked_options(options, self.option_names),
            sku=checked_sku(sku),
            offer=Offer(offer_id=offer_id, price=self._checked_price(price)),
        )
        self._require_unlike_others(variant)
        self.variants = (*self.variants, variant)
        self._touched(now)
        return variant

    def rename_variant(self, variant_id: VariantId, *, options: Sequence[str], sku: str | None, now: datetime) -> None:
        """Give a variant other option values and another SKU. Raises as ``add_variant`` does."""
        present = next(variant for variant in self.variants if variant.variant_id == variant_id)
        renamed = evolve(present, options=checked_options(options, self.option_names), sku=checked_sku(sku))
        self._require_unlike_others(renamed)
        self._replace(renamed)
        self._touched(now)

    def remove_variant(self, offer_id: OfferId, *, now: datetime) -> None:
        """Sell it in this form no more.

        Raises ``OfferNotFound``, ``IllegalTransition``, and ``NotPublishable`` if buyers see the product and none of
        its other forms has a price.
        """
        removed = self.variant_of(offer_id)
        remaining = tuple(variant for variant in self.variants if variant.variant_id != removed.variant_id)
        if self.status is ProductStatus.PUBLISHED:
            require_publishable(remaining, self.category_id, self.images, self.video)
        self.variants = remaining
        self._touched(now)

    def price_offer(self, offer_id: OfferId, price: Money, *, now: datetime) -> None:
        """Set the price of an offer. Raises ``OfferNotFound``, ``WrongCurrency``, ``MalformedProduct``."""
        variant = self.variant_of(offer_id)
        old = variant.offer.price
        if old == price:
            return
        self._replace(variant.at(self._checked_price(price)))
        self.status = after(self.status, Step.EDIT)
        self.changed_at = now
        self.record(OfferPriceChanged(product_id=self.product_id, offer_id=offer_id, old=old, new=price))

    def variant_of(self, offer_id: OfferId) -> Variant:
        """Return the variant of an offer, or raise ``OfferNotFound``."""
        for variant in self.variants:
            if variant.offer.offer_id == offer_id:
                return variant
        raise OfferNotFound

    def announce_image(self, image: Image, *, now: datetime) -> None:
        """Take note of a picture that is about to be uploaded. Raises ``LimitReached``, ``IllegalTransition``."""
        if len(self.images) >= IMAGES_MAX:
            raise LimitReached(f"A product has at most {IMAGES_MAX} images.")
        self.images = (*self.images, image)
        self._touched(now, visible=False)

    def image(self, image_id: ImageId) -> Image:
        """Return one of its images, or raise ``ImageNotFound``."""
        for image in self.images:
            if image.image_id == image_id:
                return image
        raise ImageNotFound

    def show_image(self, ready: Image, *, now: datetime) -> None:
        """Show a picture that has arrived. Raises ``ImageNotFound``, ``IllegalTransition``."""
        self.image(ready.image_id)
        self.images = tuple(ready if image.image_id == ready.image_id else image for image in self.images)
        self._touched(now)

    def drop_image(self, image_id: ImageId, *, now: datetime) -> None:
        """Take a picture away.

        Raises ``ImageNotFound``, and ``NotPublishable`` if buyers see the product and it is all they have to look at.
        """
        dropped = self.image(image_id)
        remaining = tuple(image for image in self.images if image.image_id != image_id)
        if dropped.is_ready and self.status is ProductStatus.PUBLISHED:
            require_publishable(self.variants, self.category_id, remaining, self.video)
        self.images = remaining
        self._touched(now, visible=dropped.is_ready)

    def arrange_images(self, image_ids: Sequence[ImageId], *, now: datetime) -> None:
        """Show the pictures in this order; those that have not arrived yet come after them.

        Raises ``MalformedProduct`` unless every picture that is shown is named once, ``ImageNotFound``,
        ``IllegalTransition``.
        """
        arranged = tuple(self.image(image_id) for image_id in image_ids)
        shown = [image.image_id for image in self.images if image.is_ready]
        if sorted(image_ids) != sorted(shown):
            raise MalformedProduct("image_ids", "must name every picture that is shown, once")
        self.images = (*arranged, *(image for image in self.images if not image.is_ready))
        self._touched(now)

    def attach_video(self, video: ProductVideo, *, now: datetime) -> bool:
        """Take note of how a video of the product is; tell whether anything changed.

        An archived product takes none, and older or worse news never pushes aside the present video.
        """
        if self.status is ProductStatus.ARCHIVED or video == self.video or not video.replaces(self.video):
            return False
        self.video = video
        self.changed_at = now
        self.record(ProductVideoChanged(product_id=self.product_id, video_id=video.video_id))
        return True

    def detach_video(self, *, now: datetime) -> None:
        """Take the video away, if there is one. Raises ``NotPublishable`` as ``drop_image`` does."""
        if self.video is None:
            return
        if self.status is ProductStatus.PUBLISHED:
            require_publishable(self.variants, self.category_id, self.images, None)
        self.record(ProductVideoChanged(product_id=self.product_id, video_id=self.video.video_id))
        self.video = None
        self.status = after(self.status, Step.EDIT)
        self.changed_at = now

    def publish(self, shop: Shop, *, now: datetime) -> None:
        """Show it to buyers; no change if it is shown.

        Raises ``NotPublishable`` with every problem, ``IllegalTransition``.
        """
        if (self.status, Step.PUBLISH) in ALREADY:
            return
        status = after(self.status, Step.PUBLISH)
        require_publishable(self.variants, self.category_id, self.images, self.video, shop)
        self.status = status
        self.on_hold = False
        self.published_at = self.published_at or now
        self.changed_at = now
        self.record(ProductPublished(product_id=self.product_id, seller_id=self.seller_id, title=self.title))

    def withdraw(self, step: Step, *, now: datetime) -> None:
        """Take it out of sale: back to a draft (``UNPUBLISH``) or for good (``ARCHIVE``).

        No change if it is there. Raises ``IllegalTransition``.
        """
        if (self.status, step) in ALREADY:
            return
        was_published = self.status is ProductStatus.PUBLISHED
        self.status = after(self.status, step)
        self.changed_at = now
        if was_published:
            self.record(ProductUnpublished(product_id=self.product_id))

    def follow(self, shop: Shop, *, now: datetime) -> None:
        """Bring the shop's name, slug and right to sell up to date; a shop that is closed sells nothing any more."""
        self.seller_name, self.seller_slug, self.on_hold = shop.name, shop.slug, not shop.active
        self.changed_at = now
        if shop.closed and self.status is not ProductStatus.ARCHIVED:
            self.withdraw(Step.ARCHIVE, now=now)
        if self.status is ProductStatus.PUBLISHED:
            self.record(ProductChanged(product_id=self.product_id))

    def follows(self, shop: Shop) -> bool:
        """Tell whether its copies of the shop's facts are up to date."""
        is_there = not shop.closed or self.status is ProductStatus.ARCHIVED
        return is_there and (self.seller_name, self.seller_slug, self.on_hold) == (
            shop.name,
            shop.slug,
            not shop.active,
        )

    def _touched(self, now: datetime, *, visible: bool = True) -> None:
        self.status = after(self.status, Step.EDIT)
        self.changed_at = now
        changed = ProductChanged(product_id=self.product_id)
        if visible and self.status is ProductStatus.PUBLISHED and changed not in self._events:
            self.record(changed)

    def _replace(self, changed: Variant) -> None:
        self.variants = tuple(
            changed if variant.variant_id == changed.variant_id else variant for variant in self.variants
        )

    def _checked_price(self, price: Money) -> Money:
        if price.currency != self.currency:
            raise WrongCurrency(f"This shop sells in {self.currency}.", currency=self.currency)
        return checked_price(price)

    def _require_unlike_others(self, variant: Variant) -> None:
        for other in self.variants:
            if other.variant_id == variant.variant_id:
                continue
            if other.is_like(variant.options):
                named = variant.title or "one form only, because it has no options"
                raise VariantExists(f"The product has this variant already ({named}).", options=[*variant.options])
            if variant.sku is not None and other.sku == variant.sku:
                raise VariantExists(f"The product has another variant with the SKU {variant.sku!r}.", sku=variant.sku)


def checked_title(title: str) -> str:
    """Return a title on one line. Raises ``MalformedProduct``."""
    return one_line(title, field="title", length_max=TITLE_LENGTH_MAX)


def checked_description(description: str) -> str:
    """Return a description in paragraphs; may be empty. Raises ``MalformedProduct``."""
    return paragraphs(description, field="description", length_max=DESCRIPTION_LENGTH_MAX)


def checked_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags, each once however it is capitalised. Raises ``MalformedProduct``."""
    lines = [one_line(tag, field="tags", length_max=TAG_LENGTH_MAX) for tag in tags]
    unique = {line.casefold(): line for line in reversed(lines)}
    if len(unique) > TAGS_MAX:
        raise MalformedProduct("tags", f"has at most {TAGS_MAX} tags")
    return tuple(line for line in dict.fromkeys(lines) if unique[line.casefold()] == line)
