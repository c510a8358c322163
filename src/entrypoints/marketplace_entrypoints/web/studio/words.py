"""What states are called in the studio, and the colour each has. ``(words, colour)``."""

from collections.abc import Mapping
from typing import Final

from marketplace_core.catalog import IMPORT_REASON, REMOVAL_REASON, MovementKind, ProductStatus
from marketplace_core.orders import SellerOrderState
from marketplace_core.payments import BalanceHeading, DisputeState, HoldState, JournalKind, PayoutState, RefundState
from marketplace_core.video import VideoState
from marketplace_entrypoints.web.language import msg

PRODUCT_STATES: Final[Mapping[ProductStatus, tuple[str, str]]] = {
    ProductStatus.DRAFT: (msg("Draft"), "calm"),
    ProductStatus.PUBLISHED: (msg("Published"), "good"),
    ProductStatus.ARCHIVED: (msg("Archived"), ""),
}
PUBLISHING_PROBLEMS: Final[Mapping[str, str]] = {
    "no_priced_variant": msg("At least one variant needs a price."),
    "no_category": msg("It needs a category."),
    "no_media": msg("It needs a picture or a video."),
    "media_not_ready": msg("Its picture or video is not ready yet."),
    "seller_not_active": msg("Your shop is not allowed to sell at the moment."),
    "seller_may_not_list": msg("Your shop may not show more goods at the moment; your standing says why."),
}
ORDER_STATES: Final[Mapping[SellerOrderState, tuple[str, str]]] = {
    SellerOrderState.PENDING: (msg("Waiting for payment"), "calm"),
    SellerOrderState.CONFIRMED: (msg("To be accepted"), "held"),
    SellerOrderState.ACCEPTED: (msg("To be shipped"), "held"),
    SellerOrderState.PART_SHIPPED: (msg("Shipped in part"), "held"),
    SellerOrderState.SHIPPED: (msg("On its way"), "calm"),
    SellerOrderState.DELIVERED: (msg("Delivered"), "good"),
    SellerOrderState.RETURNED_TO_SENDER: (msg("Came back to you"), "bad"),
    SellerOrderState.COMPLETED: (msg("Completed"), "good"),
    SellerOrderState.DECLINED: (msg("Declined"), ""),
    SellerOrderState.CANCELLED: (msg("Cancelled"), ""),
}
STEPS: Final[Mapping[str, str]] = {
    "placed": msg("Ordered"),
    "confirmed": msg("Paid; the money is held"),
    "accepted": msg("Waiting to be shipped"),
    "part_shipped": msg("Shipped in part"),
    "shipped": msg("Shipped"),
    "delivered": msg("Delivered"),
    "returned_to_sender": msg("Came back to you"),
    "completed": msg("Completed"),
    "declined": msg("Declined"),
    "cancelled": msg("Cancelled"),
}
WHO: Final[Mapping[str, str]] = {
    "buyer": msg("the buyer"),
    "seller": msg("you"),
    "operator": msg("the marketplace"),
    "system": msg("by itself"),
    "timer": msg("by itself"),
}
VIDEO_STATES: Final[Mapping[VideoState, tuple[str, str]]] = {
    VideoState.AWAITING_UPLOAD: (msg("Waiting for the file"), "calm"),
    VideoState.UPLOADED: (msg("Received, in the queue"), "calm"),
    VideoState.INGESTING: (msg("Being prepared"), "calm"),
    VideoState.PROCESSING: (msg("Being made playable"), "held"),
    VideoState.READY: (msg("Ready"), "good"),
    VideoState.FAILED: (msg("Failed"), "bad"),
}
VIDEO_FAILURES: Final[Mapping[str, tuple[str, str]]] = {
    "damaged": (msg("The file is damaged."), msg("Export it again and upload the new file.")),
    "empty_file": (msg("The file is empty."), msg("Choose the file again; perhaps it was still being written.")),
    "engine_fault": (msg("Something went wrong on our side."), msg("Upload it again.")),
    "no_video_track": (msg("The file has sound but no picture."), msg("Choose a file with a picture in it.")),
    "not_a_video": (msg("This is not a video."), msg("Export it as MP4 and upload that.")),
    "source_missing": (msg("The file was lost on our side."), msg("Upload it again.")),
    "timeout": (msg("It took too long to make it playable."), msg("Upload a shorter or smaller version.")),
    "too_large": (msg("The picture is too large."), msg("Export it at 4K or less.")),
    "too_long": (msg("The video is too long."), msg("Cut it shorter and upload it again.")),
    "too_small": (msg("The picture is too small."), msg("Export it larger and upload it again.")),
    "upload_expired": (msg("The file did not arrive in time."), msg("Upload it again.")),
    "worker_died": (msg("Something went wrong on our side."), msg("Upload it again.")),
}
"""Why a video failed → what happened, and what to do next."""
MOVEMENTS: Final[Mapping[MovementKind, str]] = {
    MovementKind.OPENED: msg("Opened"),
    MovementKind.ADJUSTED: msg("Corrected"),
    MovementKind.HELD: msg("Held for an order"),
    MovementKind.COMMITTED: msg("Sold"),
    MovementKind.RELEASED: msg("Given back by an order"),
    MovementKind.RESTOCKED: msg("Sold, but not sent"),
}
MOVEMENT_REASONS: Final[Mapping[str, str]] = {
    IMPORT_REASON: msg("Import of a file"),
    REMOVAL_REASON: msg("Removed"),
}
"""Reasons that the marketplace gives by itself; all others are what the seller typed."""
HOLD_STATES: Final[Mapping[HoldState, tuple[str, str]]] = {
    HoldState.PENDING: (msg("Not paid yet"), "calm"),
    HoldState.HELD: (msg("Held payment"), "held"),
    HoldState.FROZEN: (msg("Under review"), "bad"),
    HoldState.RELEASED: (msg("Yours now"), "good"),
    HoldState.REFUNDED: (msg("Given back"), "calm"),
    HoldState.LOST: (msg("Lost in a card dispute"), "bad"),
    HoldState.VOID: (msg("Never paid"), ""),
}
HEADINGS: Final[Mapping[BalanceHeading, tuple[str, str]]] = {
    BalanceHeading.HELD: (msg("Held"), msg("Buyers have paid it; it is held until their parcels have arrived.")),
    BalanceHeading.PAYABLE: (msg("Payable"), msg("Yours; it leaves with the next payout.")),
    BalanceHeading.IN_PAYOUT: (msg("On its way"), msg("Sent; your bank has not confirmed it yet.")),
    BalanceHeading.PAID: (msg("Paid out"), msg("It has arrived at your bank.")),
    BalanceHeading.RESERVE: (msg("Reserve"), msg("Kept back for a while after each release, then payable.")),
    BalanceHeading.DEBT: (msg("You owe"), msg("Given back to buyers after you were paid; your next income pays it.")),
}
JOURNALS: Final[Mapping[JournalKind, str]] = {
    JournalKind.PAYMENT_CAPTURED: msg("A buyer paid"),
    JournalKind.ESCROW_RELEASED: msg("Released after delivery"),
    JournalKind.PAYOUT_ASSEMBLED: msg("Put into a payout"),
    JournalKind.PAYOUT_CANCELLED: msg("Taken back from a payout"),
    JournalKind.TRANSFER_SUCCEEDED: msg("Sent to your bank"),
    JournalKind.PAYOUT_PAID: msg("Arrived at your bank"),
    JournalKind.PAYOUT_RETURNED: msg("Sent back by your bank"),
    JournalKind.TRANSFER_REVERSED: msg("Taken back from the payment provider"),
    JournalKind.DEBT_NETTED: msg("Paid what you owed"),
    JournalKind.RESERVE_MATURED: msg("Your reserve became payable"),
    JournalKind.REFUND_FROM_ESCROW: msg("Given back to the buyer"),
    JournalKind.REFUND_AFTER_RELEASE: msg("Given back to the buyer"),
    JournalKind.REFUND_FAILED: msg("A refund that did not go through"),
    JournalKind.SUSPENSE_RESOLVED: msg("A buyer paid; it was looked into first"),
    JournalKind.DISPUTE_FROZE_ESCROW: msg("Set apart in a card dispute"),
    JournalKind.DISPUTE_PARKED_PAYABLE: msg("Set apart in a card dispute"),
    JournalKind.DISPUTE_REINSTATED: msg("A card dispute was won"),
    JournalKind.DISPUTE_LOST_ESCROW: msg("A card dispute was lost"),
    JournalKind.DISPUTE_LOST_RELEASED: msg("A card dispute was lost"),
    JournalKind.DISPUTE_FEE_CHARGED: msg("The fee of a card dispute"),
    JournalKind.DEBT_REPAID: msg("Taken back from your account at the payment provider"),
    JournalKind.DEBT_WRITTEN_OFF: msg("What you owed was waived"),
    JournalKind.SELLER_TOPPED_UP: msg("You paid in"),
}
COUNTERPARTS: Final[Mapping[str, str]] = {
    "commission_revenue": msg("commission"),
    "tax_payable": msg("tax on the commission"),
    "seller_payable": msg("to what is payable"),
    "seller_reserve": msg("into your reserve"),
}
"""Where the money of a ledger line went to or came from, where that tells the seller something."""
REFUND_STATES: Final[Mapping[RefundState, tuple[str, str]]] = {
    RefundState.REQUESTED: (msg("Decide about it"), "held"),
    RefundState.DUE: (msg("Did not go through; the marketplace tries again"), "calm"),
    RefundState.REJECTED: (msg("Refused"), ""),
    RefundState.APPROVED: (msg("About to be sent"), "calm"),
    RefundState.SUBMITTED: (msg("Being sent"), "calm"),
    RefundState.PENDING: (msg("Being sent"), "calm"),
    RefundState.SUCCEEDED: (msg("Sent to the buyer"), "good"),
    RefundState.FAILED: (msg("Did not go through"), "bad"),
    RefundState.BOUNCED: (msg("Came back; the marketplace settles it"), "calm"),
    RefundState.SETTLED: (msg("Paid to the buyer another way"), "good"),
    RefundState.CANCELLED: (msg("Called back"), ""),
}
DISPUTE_STATES: Final[Mapping[DisputeState, tuple[str, str]]] = {
    DisputeState.WARNING: (msg("The bank asks"), "held"),
    DisputeState.NEEDS_RESPONSE: (msg("The marketplace answers it"), "held"),
    DisputeState.UNDER_REVIEW: (msg("The card network decides"), "held"),
    DisputeState.WON: (msg("Won"), "good"),
    DisputeState.LOST: (msg("Lost"), "bad"),
    DisputeState.PREVENTED: (msg("Settled by a refund"), ""),
    DisputeState.WARNING_CLOSED: (msg("Came to nothing"), "good"),
}
PAYOUT_STATES: Final[Mapping[PayoutState, tuple[str, str]]] = {
    PayoutState.ASSEMBLED: (msg("Put together"), "calm"),
    PayoutState.HELD: (msg("Under review"), "bad"),
    PayoutState.READY: (msg("Ready to be sent"), "calm"),
    PayoutState.TRANSFERRING: (msg("Being sent"), "calm"),
    PayoutState.TRANSFER_FAILED: (msg("Could not be sent; the marketplace looks into it"), "bad"),
    PayoutState.IN_TRANSIT: (msg("On its way to your bank"), "held"),
    PayoutState.PAID: (msg("At your bank"), "good"),
    PayoutState.FAILED: (msg("Refused by your bank"), "bad"),
    PayoutState.RETURNED: (msg("Sent back by your bank: name another account"), "bad"),
    PayoutState.CANCELLED: (msg("Taken back"), ""),
}
PAGE_PROBLEMS: Final[Mapping[str, str]] = {
    "action_missing": msg("The page needs a call to action."),
    "label_missing": msg("The button needs a label."),
    "link_invalid": msg("The button does not lead anywhere it may lead."),
    "poster_missing": msg("The hero video has no poster."),
    "product_not_found": msg("A chosen product is not in this shop."),
    "product_not_purchasable": msg("A chosen product cannot be bought."),
    "products_missing": msg("The page needs at least one product."),
    "seller_not_active": msg("The shop may not sell at the moment."),
    "video_missing": msg("The page needs a hero video."),
    "video_not_found": msg("The hero video does not exist."),
    "video_not_ready": msg("The hero video cannot be played."),
}
CAPTION_LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "ru": "Русский",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
    "pl": "Polski",
    "uk": "Українська",
    "tr": "Türkçe",
    "sv": "Svenska",
    "da": "Dansk",
    "ja": "日本語",
    "zh": "中文",
    "ar": "العربية",
}
"""The languages that are offered, each by its own name, which is also what the player's menu says."""
