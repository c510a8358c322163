"""The core by itself, in memory: no server, no file, no other process."""

from uuid import uuid4

from features.drivers.core_door import OPERATOR
from features.drivers.core_money import CoreMoney
from features.drivers.core_parts import CoreParts
from features.drivers.core_vouchers import CoreVouchers
from features.drivers.core_webhooks import CoreWebhooks
from features.drivers.driver import Driver
from features.drivers.names import PICTURE, email, link_in, order_and_key, password, slug
from features.drivers.seen import CartSeen, ImportSeen, OrderSeen, PartSeen, VideoSeen
from features.drivers.terms import CoreTerms
from marketplace_core.cart import AddToCart, PriceChanged, RemoveLine, TakeOverCart, ViewCart
from marketplace_core.catalog import (
    ChangePrice,
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    ImportProducts,
    ListOwnProducts,
    NewVariant,
    Outcome,
    PublishProduct,
    RequestImageUpload,
    parse_shopify,
)
from marketplace_core.identity import (
    ApproveSeller,
    GrantRole,
    LeaveContact,
    OpenShop,
    RegisterUser,
    RevokeRole,
    StartAsGuest,
)
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Role
from marketplace_core.kernel.ids import OrderId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.landing import CallToAction, PageDocument, PublishPage, SaveDraft, ViewPage
from marketplace_core.notifications import ListMails, Template, ViewMail
from marketplace_core.orders import (
    Address,
    ConfirmReceipt,
    DeliveryTerms,
    ListOrders,
    MarkDelivered,
    OrderView,
    PlaceOrder,
    QuoteCheckout,
    SetDelivery,
    ShipSellerOrder,
    ViewOrder,
    ViewOrderByLink,
)
from marketplace_core.search import Search
from marketplace_core.video import ConfirmUpload, ListVideos, RequestUpload

ADDRESS = Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE")


class CoreDriver(CoreMoney, CoreParts, CoreTerms, CoreVouchers, CoreWebhooks, Driver):
    """Speaks to ``Marketplace`` directly."""

    def register(self, person: str, *, password: str | None = None) -> None:
        chosen = password if password is not None else _password(person)
        self._do(RegisterUser(email=email(person), password=chosen, name=person), ANONYMOUS)

    def start_as_guest(self, person: str) -> None:
        self._guests[person] = self._do(StartAsGuest(), ANONYMOUS)

    def leave_contact(self, person: str) -> None:
        self._do(LeaveContact(email=email(person), name=person), self._person(person))

    def operators(self, *people: str) -> None:
        for person in people:
            self.register(person)
            self._do(GrantRole(user_id=self._person(person).own_user, role=Role.OPERATOR), SYSTEM)

    def step_down(self, person: str) -> None:
        self._do(RevokeRole(user_id=self._person(person).own_user, role=Role.OPERATOR), self._person(person))

    def open_shop(self, shop: str, *, owner: str | None = None) -> None:
        if owner is None:
            owner = f"Owner of {shop}"
            self.register(owner)
        self._do(OpenShop(name=shop, slug=slug(shop), country="DE"), self._person(owner))
        self._owners[shop] = owner

    def approve_shop(self, shop: str) -> None:
        self._do(ApproveSeller(seller_id=self._seller(shop)), OPERATOR)

    def create_product(self, shop: str, title: str, *, price_minor: int, stock: int) -> None:
        if not self._has_category:
            self._do(CreateCategory(slug="things", name="Things"), OPERATOR)
            self._has_category = True
        by = self._of(shop)
        created = self._do(
            CreateProduct(
                seller_id=self._seller(shop),
                title=title,
                description=f"{title}, made with care.",
                category="things",
                variants=(NewVariant(price_minor=price_minor, currency="EUR", stock=stock),),
            ),
            by,
        )
        self._products[title] = created.product_id
        image = self._do(
            RequestImageUpload(product_id=created.product_id, content_type="image/png", upload_bytes=len(PICTURE)), by
        )
        self._run(self._opened.files.upload(image.slot.url, PICTURE, content_type="image/png"))
        self._do(ConfirmImage(product_id=created.product_id, image_id=image.image_id), by)

    def reference(self, title: str) -> str:
        return self._products[title]

    def publish_product(self, shop: str, title: str) -> None:
        self._do(PublishProduct(product_id=self._products[title]), self._of(shop))

    def charge_delivery(self, shop: str, *, fee_minor: int) -> None:
        terms = self._refusable(lambda: DeliveryTerms(fee_minor=fee_minor))
        self._do(SetDelivery(seller_id=self._seller(shop), terms=terms), self._of(shop))

    def change_price(self, shop: str, title: str, *, price_minor: int) -> None:
        offer_id = self._product(title).variants[0].offer_id
        self._do(ChangePrice(offer_id=offer_id, price=Money(price_minor, "EUR")), self._of(shop))

    def stock_left(self, title: str) -> int:
        return self._product(title).variants[0].available

    def product_count(self, shop: str) -> int:
        page = PageRequest(limit=PAGE_SIZE_MAX)
        return len(self._ask(ListOwnProducts(seller_id=self._seller(shop), page=page), self._of(shop)).items)

    def search(self, text: str) -> list[str]:
        return [hit.title for hit in self._ask(Search(text=text), ANONYMOUS).hits]

    def add_to_cart(self, buyer: str, title: str, quantity: int) -> None:
        self._do(AddToCart(offer_id=self._product(title).variants[0].offer_id, quantity=quantity), self._person(buyer))

    def remove_from_cart(self, buyer: str, title: str) -> None:
        by = self._person(buyer)
        lines = [line for group in self._ask(ViewCart(), by).groups for line in group.lines if line.title == title]
        self._do(RemoveLine(line_id=lines[0].line_id), by)

    def take_over_cart(self, buyer: str, guest: str) -> None:
        self._do(TakeOverCart(guest_token=self._guests[guest].access_token), self._person(buyer))

    def cart(self, buyer: str) -> CartSeen:
        cart = self._ask(ViewCart(), self._person(buyer))
        changes = {
            line.title: (change.before.amount_minor, change.now.amount_minor)
            for group in cart.groups
            for line in group.lines
            for change in line.changes
            if isinstance(change, PriceChanged)
        }
        return CartSeen(
            subtotals={group.seller_name: group.subtotal.amount_minor for group in cart.groups},
            total_minor=cart.total.amount_minor if cart.total else 0,
            price_changes=changes,
        )

    def look_at_quote(self, buyer: str) -> None:
        self._quotes[buyer] = self._ask(QuoteCheckout(country=ADDRESS.country), self._person(buyer)).quote_hash

    def place_order(self, buyer: str, *, key: str | None = None, fresh_quote: bool = True) -> None:
        if fresh_quote:
            self.look_at_quote(buyer)
        key = key or f"key-{uuid4().hex}"
        command = PlaceOrder(quote_hash=self._quotes[buyer], address=ADDRESS, request_key=key)
        placed = self._run(self._opened.market.execute_once(command, by=self._person(buyer), key=key))
        self._orders[buyer] = placed.result.order_id

    def pay(self, buyer: str, card: str) -> None:
        step = self._order(buyer).payment
        assert step is not None
        assert step.client_secret is not None
        self._opened.provider.pay(step.client_secret, card)
        self._settle()

    def approve_payment(self, buyer: str) -> None:
        step = self._order(buyer).payment
        assert step is not None
        assert step.client_secret is not None
        self._opened.provider.authenticate(step.client_secret, approve=True)
        self._settle()

    def order(self, buyer: str, *, seen_by: str | None = None) -> OrderSeen:
        return _seen(self._ask(ViewOrder(order_id=self._orders[buyer]), self._person(seen_by or buyer)))

    def link_in_confirmation(self, buyer: str) -> str:
        mails = self._ask(ListMails(recipient=self._person(buyer).own_user), OPERATOR).items
        (mail_id,) = [mail.mail_id for mail in mails if mail.template is Template.ORDER_CONFIRMATION]
        return link_in(self._ask(ViewMail(mail_id=mail_id), OPERATOR).text)

    def order_by_link(self, link: str) -> OrderSeen:
        order_id, key = order_and_key(link)
        return _seen(self._ask(ViewOrderByLink(order_id=OrderId(order_id), key=key), ANONYMOUS))

    def order_count(self, buyer: str) -> int:
        return len(self._ask(ListOrders(), self._person(buyer)).items)

    def ship(self, shop: str, buyer: str, *, carrier: str, tracking: str, part_of: str | None = None) -> None:
        part = self._part(buyer, part_of or shop)
        self._do(
            ShipSellerOrder(seller_order_id=part.seller_order_id, carrier=carrier, tracking=tracking), self._of(shop)
        )

    def mark_delivered(self, shop: str, buyer: str) -> None:
        self._do(MarkDelivered(seller_order_id=self._part(buyer, shop).seller_order_id), self._of(shop))

    def confirm_receipt(self, buyer: str, shop: str) -> None:
        self._do(ConfirmReceipt(seller_order_id=self._part(buyer, shop).seller_order_id), self._person(buyer))

    def mails(self, name: str) -> list[str]:
        user_id = self._person(self._owners.get(name, name)).own_user
        page = PageRequest(limit=PAGE_SIZE_MAX)
        return [mail.template.value for mail in self._ask(ListMails(recipient=user_id, page=page), OPERATOR).items]

    def import_catalog(self, shop: str, content: bytes, *, dry_run: bool) -> ImportSeen:
        parsed = self._refusable(lambda: parse_shopify(content))
        report = self._do(
            ImportProducts(seller_id=self._seller(shop), rows=parsed.products, errors=parsed.errors, dry_run=dry_run),
            self._of(shop),
        )
        created = [product for product in report.products if product.outcome is Outcome.CREATED]
        return ImportSeen(
            products_created=len(created),
            variants_created=sum(product.variants for product in created),
            products_changed=sum(product.outcome is Outcome.CHANGED for product in report.products),
            products_unchanged=sum(product.outcome is Outcome.UNCHANGED for product in report.products),
            errors=tuple((error.line, error.reason) for error in report.errors),
        )

    def upload_video(self, shop: str, title: str, content: bytes, *, filename: str, content_type: str) -> None:
        by = self._of(shop)
        upload = self._do(
            RequestUpload(
                seller_id=self._seller(shop),
                subject=f"product:{self._products[title]}",
                filename=filename,
                content_type=content_type,
                upload_bytes=max(len(content), 1),
            ),
            by,
        )
        self._run(self._opened.files.upload(upload.slot.url, content, content_type=content_type))
        self._do(ConfirmUpload(video_id=upload.video_id), by)

    def video(self, shop: str, title: str) -> VideoSeen:
        self.pass_time(minutes=1)
        subject = f"product:{self._products[title]}"
        (view, *_) = self._ask(ListVideos(seller_id=self._seller(shop), subject=subject), self._of(shop)).items
        playback = view.playback
        return VideoSeen(
            state=view.state.value,
            reason_code=view.reason_code,
            renditions=len(playback.renditions) if playback else 0,
            has_poster=bool(playback and playback.poster_url),
            has_storyboard=bool(playback and playback.storyboard_url),
        )

    def product_offers_video(self, title: str) -> bool:
        video = self._product(title).video
        return video is not None and video.hls_url is not None

    def draft_page(self, shop: str, *, headline: str, video_of: str, products: list[str], link: str) -> None:
        by = self._of(shop)
        subject = f"product:{self._products[video_of]}"
        (video, *_) = self._ask(ListVideos(seller_id=self._seller(shop), subject=subject), by).items
        document = self._refusable(
            lambda: PageDocument(
                headline=headline,
                hero_video=VideoId(video.video_id),
                products=tuple(self._products[title] for title in products),
                call_to_action=CallToAction(label="See everything", target=link),
            )
        )
        self._do(SaveDraft(seller_id=self._seller(shop), document=document), by)

    def publish_page(self, shop: str) -> None:
        self._do(PublishPage(seller_id=self._seller(shop)), self._of(shop))

    def page_text(self, shop: str) -> str:
        return repr(self._ask(ViewPage(slug=slug(shop)), ANONYMOUS))


def _seen(view: OrderView) -> OrderSeen:
    return OrderSeen(
        state=view.state.value,
        total_minor=view.total.amount_minor,
        parts=tuple(
            PartSeen(seller=part.seller_name, state=part.state.value, total_minor=part.total.amount_minor)
            for part in view.seller_orders
        ),
    )


def _password(person: str) -> str:
    return password(person)
