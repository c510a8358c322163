"""The words in which features speak to the marketplace, whichever door they come in through."""

from typing import Protocol

from features.drivers.agreed import TermsDriver
from features.drivers.money_back import MoneyBackDriver
from features.drivers.seen import (
    BalanceSeen,
    CartSeen,
    ImportSeen,
    LiquiditySeen,
    OrderSeen,
    RefundSeen,
    VideoSeen,
    VoucherWish,
)
from features.drivers.webhooks import WebhookDriver


class Refused(Exception):
    """The marketplace said no. ``code`` is the stable error code, ``text`` everything the refusal said."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


class NotThroughThisDoor(Exception):
    """This door cannot do that, for the reason given; a scenario that needs it ends there."""


class Driver(MoneyBackDriver, TermsDriver, WebhookDriver, Protocol):
    """Acts for named people and shops. Every method raises ``Refused`` when the marketplace says no.

    People are named by first name, shops by shop name, products by title. A shop's owner is a person of its own.
    Whatever happens by itself (mails, confirmations, releases) has happened when a method returns.
    """

    def register(self, person: str, *, password: str | None = None) -> None:
        """Register a person; without a password, with a good one."""
        ...

    def start_as_guest(self, person: str) -> None:
        """Let a person buy without an account."""
        ...

    def leave_contact(self, person: str) -> None:
        """Say as a guest where to write to."""
        ...

    def operators(self, *people: str) -> None:
        """Register people who operate the marketplace from then on, and nobody else does."""
        ...

    def step_down(self, person: str) -> None:
        """Let an operator give up the role."""
        ...

    def open_shop(self, shop: str, *, owner: str | None = None) -> None:
        """Register an owner unless one is named, and open the shop."""
        ...

    def approve_shop(self, shop: str) -> None:
        """Let an operator approve the shop."""
        ...

    def create_product(self, shop: str, title: str, *, price_minor: int, stock: int) -> None:
        """Draft a product with one variant and a picture."""
        ...

    def reference(self, title: str) -> str:
        """Return the marketplace's own name of the product, as refusals give it."""
        ...

    def publish_product(self, shop: str, title: str) -> None:
        """Publish the product."""
        ...

    def charge_delivery(self, shop: str, *, fee_minor: int) -> None:
        """Say what every parcel of the shop costs, however much is in it."""
        ...

    def change_price(self, shop: str, title: str, *, price_minor: int) -> None:
        """Change the price of the product's offer."""
        ...

    def stock_left(self, title: str) -> int:
        """Return how many can be bought now."""
        ...

    def product_count(self, shop: str) -> int:
        """Return how many products the shop has, published or not."""
        ...

    def search(self, text: str) -> list[str]:
        """Return the titles found, best first, as anybody."""
        ...

    def add_to_cart(self, buyer: str, title: str, quantity: int) -> None:
        """Put a product into the buyer's cart."""
        ...

    def remove_from_cart(self, buyer: str, title: str) -> None:
        """Remove the product's line."""
        ...

    def take_over_cart(self, buyer: str, guest: str) -> None:
        """Let the guest's cart join the cart of a buyer with an account. Raises ``NotThroughThisDoor``."""
        ...

    def cart(self, buyer: str) -> CartSeen:
        """Return the buyer's cart."""
        ...

    def make_voucher(self, wish: VoucherWish, *, by: str | None = None) -> None:
        """Make a voucher: as its shop, as an operator, or as somebody else who is named (a person or a shop)."""
        ...

    def stop_voucher(self, code: str) -> None:
        """Let nobody use the voucher any more, as an operator."""
        ...

    def voucher_uses(self, code: str) -> int:
        """Return how often the voucher has been used and not given back."""
        ...

    def use_voucher(self, buyer: str, code: str) -> None:
        """Use a voucher for the buyer's cart."""
        ...

    def drop_voucher(self, buyer: str) -> None:
        """Take the voucher out of the buyer's cart."""
        ...

    def look_at_quote(self, buyer: str) -> None:
        """Ask for the quote and remember it."""
        ...

    def place_order(self, buyer: str, *, key: str | None = None, fresh_quote: bool = True) -> None:
        """Place an order for the cart, by a quote just asked for or the one remembered; remember the order."""
        ...

    def pay(self, buyer: str, card: str) -> None:
        """Pay the remembered order at the provider, as the buyer's browser would."""
        ...

    def approve_payment(self, buyer: str) -> None:
        """Approve a payment that waits for the buyer's bank."""
        ...

    def order(self, buyer: str, *, seen_by: str | None = None) -> OrderSeen:
        """Return the buyer's remembered order as the buyer, or another person, sees it."""
        ...

    def link_in_confirmation(self, buyer: str) -> str:
        """Return the address of the order's page as the buyer's confirmation gives it."""
        ...

    def order_by_link(self, link: str) -> OrderSeen:
        """Return what whoever has the link sees, signed in as nobody."""
        ...

    def order_count(self, buyer: str) -> int:
        """Return how many orders the buyer has."""
        ...

    def ship(self, shop: str, buyer: str, *, carrier: str, tracking: str, part_of: str | None = None) -> None:
        """Ship the shop's part (or try with the part of another shop) of the buyer's remembered order."""
        ...

    def let_shops_accept_by_hand(self) -> None:
        """Begin a marketplace in which a paid order waits until its shop has accepted it."""
        ...

    def accept_order(self, shop: str, buyer: str) -> None:
        """Accept the shop's part of the buyer's remembered order."""
        ...

    def decline_order(self, shop: str, buyer: str, *, note: str) -> None:
        """Decline the shop's part of the buyer's remembered order."""
        ...

    def ship_some(self, shop: str, buyer: str, title: str, *, quantity: int, tracking: str) -> None:
        """Ship so many of a product in a parcel of their own."""
        ...

    def call_off(self, person: str, buyer: str, shop: str, *, note: str) -> None:
        """Call off, as a buyer or as a shop, what is not sent of the shop's part of the buyer's remembered order."""
        ...

    def call_order_off(self, buyer: str) -> None:
        """Call the whole remembered order off, as its buyer."""
        ...

    def report_return(self, shop: str, buyer: str) -> None:
        """Say, as the shop, that what was sent came back."""
        ...

    def mark_delivered(self, shop: str, buyer: str) -> None:
        """Say, as the seller, that the part was delivered."""
        ...

    def confirm_receipt(self, buyer: str, shop: str) -> None:
        """Say, as the buyer, that the shop's part has arrived."""
        ...

    def pass_time(self, *, minutes: int) -> None:
        """Let time pass, and everything that falls due happen."""
        ...

    def run_payouts(self) -> None:
        """Let the payout sweep run and the bank do its part."""
        ...

    def put_in(self, *, amount_minor: int) -> None:
        """Let money of the marketplace's own reach its balance at the provider."""
        ...

    def liquidity(self) -> LiquiditySeen:
        """Have the balance at the provider compared with what is owed to others, as an operator."""
        ...

    def agree_terms(self, *, reserve_bps: int, fee_minor: int) -> None:
        """Begin a marketplace that keeps so much of what sellers earn in reserve; its provider charges per payment.

        It begins at five past the hour, so that no payouts leave by themselves in the minutes that a scenario takes.
        """
        ...

    def refunds(self, buyer: str) -> list[RefundSeen]:
        """Return the refunds of the buyer's order as the buyer sees them, the newest first."""
        ...

    def bank_returns_payout(self, shop: str) -> None:
        """Let the shop's bank send its last payout back."""
        ...

    def payout_is(self, shop: str) -> str:
        """Say how the shop's last payout stands."""
        ...

    def retry_payout(self, shop: str) -> None:
        """Pay the shop's last payout again, as an operator; give the bank time to take it."""
        ...

    def dispute(self, buyer: str, shop: str, *, amount_minor: int) -> None:
        """Let the buyer's bank take an amount back of what the buyer's remembered order pays for the shop's goods."""
        ...

    def decide_dispute(self, buyer: str, *, won: bool) -> None:
        """Let the card network decide the open dispute about the buyer's order, for the marketplace or against it."""
        ...

    def answer_dispute(self, buyer: str, *, about: str, words: str) -> None:
        """Hand in evidence in the open dispute about the buyer's order, as an operator."""
        ...

    def accept_dispute(self, buyer: str) -> None:
        """Give the open dispute about the buyer's order up, as an operator."""
        ...

    def dispute_is(self, buyer: str) -> str:
        """Say how the newest dispute about the buyer's order stands."""
        ...

    def in_the_books(self, kind: str) -> int:
        """Return debits less credits of all accounts of a kind, in minor units."""
        ...

    def balance(self, shop: str) -> BalanceSeen:
        """Return the shop's money."""
        ...

    def held_for_order(self, buyer: str) -> int:
        """Return what is held for the buyer's remembered order, in minor units."""
        ...

    def ledger_entries(self) -> int:
        """Return the number of ledger transfers."""
        ...

    def violations(self) -> list[str]:
        """Return what the audit of the books finds wrong; empty when they balance."""
        ...

    def mails(self, name: str) -> list[str]:
        """Return the templates of the mails sent to a person or a shop's owner."""
        ...

    def import_catalog(self, shop: str, content: bytes, *, dry_run: bool) -> ImportSeen:
        """Import a product list."""
        ...

    def upload_video(self, shop: str, title: str, content: bytes, *, filename: str, content_type: str) -> None:
        """Upload a video for a product through the address the marketplace gives out, and say that it is done."""
        ...

    def video(self, shop: str, title: str) -> VideoSeen:
        """Return the product's newest video, once it is no longer under way (or after a minute)."""
        ...

    def product_offers_video(self, title: str) -> bool:
        """Tell whether the public product page offers a playable video."""
        ...

    def draft_page(self, shop: str, *, headline: str, video_of: str, products: list[str], link: str) -> None:
        """Save a draft of the shop's landing page; ``video_of`` names the product whose video is the hero."""
        ...

    def publish_page(self, shop: str) -> None:
        """Publish the draft."""
        ...

    def page_text(self, shop: str) -> str:
        """Return everything the published page says."""
        ...

    def close(self) -> None:
        """End every process and remove every file of this driver."""
        ...
