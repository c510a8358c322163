"""What refusals are called in the studio, by their codes."""

from collections.abc import Mapping
from typing import Final

from marketplace_entrypoints.web.language import msg

SENTENCES: Final[Mapping[str, str]] = {
    "catalog.illegal_transition": msg("An archived product is only kept; it cannot be changed or published."),
    "catalog.image_not_uploaded": msg("The picture has not arrived. Please send it again."),
    "catalog.image_rejected": msg("This is no JPEG, PNG or WebP that can be shown; it was thrown away."),
    "catalog.limit_reached": msg("No more can be added here."),
    "catalog.media_not_ready": msg("Its picture or video is not ready yet."),
    "catalog.offer_not_found": msg("There is no such variant."),
    "catalog.product_not_found": msg("There is no such product in your shop."),
    "catalog.sku_taken": msg("Another variant in your shop has this SKU."),
    "catalog.stock_too_low": msg("Open orders hold more units than would be left."),
    "catalog.variant_held": msg("Orders that wait for their payment hold units of it. Try again when they are over."),
    "catalog.variant_exists": msg("The product has this variant already."),
    "identity.already_has_shop": msg("You have a shop already."),
    "identity.longer_password_needed": msg("Whoever sells needs a password of at least 15 characters."),
    "identity.seller_not_in_state": msg("Your shop is not at the point where that can be done."),
    "identity.shop_has_open_matters": msg("Something of your shop is still open. It can be closed afterwards."),
    "identity.slug_taken": msg("Another shop has this address. Please choose another."),
    "kernel.upload_refused": msg("What arrived is not the file that was announced. Please send it again."),
    "kernel.upload_taken": msg("Another file has arrived in its place already."),
    "landing.invalid_document": msg("Something on the page cannot be kept; look at the fields below."),
    "landing.not_ready": msg("The page cannot be published yet; what is missing stands below."),
    "orders.invalid_delivery_terms": msg("No parcel costs so much, and no shop waits for so large an order."),
    "orders.malformed_note": msg("Please say why, in at most 400 characters."),
    "orders.money_disputed": msg("A card dispute decides about its money; it cannot be called off meanwhile."),
    "orders.not_open": msg("That is more than is still to be sent."),
    "orders.invalid_shipment": msg("Carrier and tracking number are needed, each of at most 200 characters."),
    "orders.invalid_voucher": msg("This voucher makes no sense as it stands. Look at the fields."),
    "orders.voucher_code_taken": msg("There is a voucher with this code already. Please choose another."),
    "orders.voucher_not_found": msg("There is no such voucher."),
    "video.captions_not_found": msg("The video has no captions in that language."),
    "video.not_found": msg("There is no such video in your shop."),
    "video.not_uploaded_yet": msg("The file has not arrived. Please send it again."),
    "video.subject_not_found": msg("What the video is meant to show is not in your shop."),
    "video.too_many_uploads": msg("Twenty videos are unfinished already. Let some finish first."),
    "video.unacceptable_size": msg("A video file has at most 2 GB and is not empty."),
    "video.unsupported_type": msg("This is not a video we can take. MP4, MOV, WebM and MKV are."),
    "web.lost_file": msg("The file did not come along. Please choose it again."),
    "web.no_file": msg("Please choose a file first."),
    "web.no_such_video": msg("There is no such video in your shop."),
    "web.not_a_picture": msg("A picture is a JPEG, PNG or WebP file of at most 10 MB."),
    "web.not_utf8": msg("The file is not text in UTF-8. Save it as WebVTT in UTF-8."),
}
