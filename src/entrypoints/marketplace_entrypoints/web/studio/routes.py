"""Every page of the studio."""

from typing import Final

from marketplace_core.kernel.access import Permission
from marketplace_entrypoints.web.pages import do, show, told_in
from marketplace_entrypoints.web.studio import (
    captions,
    imports,
    landing,
    money,
    opening,
    orders,
    overview,
    pictures,
    product,
    products,
    variants,
    videos,
)
from marketplace_entrypoints.web.studio.rooms import call, room, work
from marketplace_entrypoints.web.studio.sentences import SENTENCES
from marketplace_entrypoints.web.studio.watching import Watching

PAGES: Final = told_in(
    SENTENCES,
    show("/sell", opening.sell),
    show("/studio/open", opening.open_form, Permission.SIGNED_IN),
    do("/studio/open", opening.open_shop, Permission.SIGNED_IN),
    room("/studio", overview.overview),
    room("/studio/products", products.products),
    room("/studio/products/new", products.new),
    work("/studio/products/new", products.create),
    room("/studio/products/import", imports.choose),
    work("/studio/products/import", imports.look),
    work("/studio/products/import/confirmation", imports.carry_out),
    room("/studio/products/{product_id}", product.product),
    work("/studio/products/{product_id}", product.change),
    work("/studio/products/{product_id}/publish", product.publish),
    work("/studio/products/{product_id}/unpublish", product.unpublish),
    work("/studio/products/{product_id}/archive", product.archive),
    work("/studio/products/{product_id}/variants", variants.add),
    work("/studio/products/{product_id}/prices", variants.prices),
    room("/studio/products/{product_id}/stock/{offer_id}", variants.stock),
    work("/studio/products/{product_id}/stock/{offer_id}", variants.count),
    work("/studio/products/{product_id}/pictures", pictures.add),
    call("/studio/products/{product_id}/pictures/slots", pictures.announce),
    call("/studio/products/{product_id}/pictures/{image_id}/confirmation", pictures.confirm),
    work("/studio/products/{product_id}/pictures/{image_id}/removal", pictures.remove),
    room("/studio/videos", videos.videos),
    work("/studio/videos", videos.add),
    call("/studio/videos/slots", videos.announce),
    room("/studio/videos/events", Watching().events),
    room("/studio/videos/{video_id}", videos.video),
    room("/studio/videos/{video_id}/row", videos.row),
    call("/studio/videos/{video_id}/confirmation", videos.confirm),
    call("/studio/videos/{video_id}/abandonment", videos.abandon),
    work("/studio/videos/{video_id}/deletion", videos.delete),
    work("/studio/videos/{video_id}/captions", captions.add),
    work("/studio/videos/{video_id}/captions/{language}/removal", captions.remove),
    room("/studio/orders", orders.orders),
    room("/studio/orders/{seller_order_id}", orders.order),
    work("/studio/orders/{seller_order_id}/shipment", orders.ship),
    work("/studio/orders/{seller_order_id}/delivery", orders.delivered),
    room("/studio/page", landing.editor),
    work("/studio/page", landing.save),
    room("/studio/page/preview", landing.preview),
    work("/studio/page/unpublication", landing.unpublish),
    room("/studio/page/versions/{number}", landing.version),
    work("/studio/page/versions/{number}/return", landing.go_back),
    room("/studio/money", money.money),
    room("/studio/money/{currency}/{heading}", money.entries),
)
