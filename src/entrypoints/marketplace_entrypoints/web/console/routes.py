"""Every page of the console."""

from typing import Final

from marketplace_entrypoints.web.console import (
    books,
    holds,
    mails,
    orders,
    overview,
    payouts,
    refunds,
    shops,
    users,
    vouchers,
)
from marketplace_entrypoints.web.console.desk import room, work
from marketplace_entrypoints.web.console.sentences import SENTENCES
from marketplace_entrypoints.web.pages import told_in

PAGES: Final = told_in(
    SENTENCES,
    room("/console", overview.overview),
    room("/console/shops", shops.shops),
    room("/console/shops/{seller_id}", shops.shop),
    work("/console/shops/{seller_id}/approval", shops.approve),
    work("/console/shops/{seller_id}/suspension", shops.suspend),
    work("/console/shops/{seller_id}/reinstatement", shops.reinstate),
    room("/console/orders", orders.orders),
    room("/console/orders/{order_id}", orders.order),
    room("/console/holds", holds.holds),
    room("/console/holds/{seller_order_id}", holds.hold),
    work("/console/holds/{seller_order_id}/freeze", holds.freeze),
    work("/console/holds/{seller_order_id}/unfreeze", holds.unfreeze),
    work("/console/holds/{seller_order_id}/release", holds.release),
    room("/console/orders/{order_id}/refund", refunds.foresee),
    work("/console/orders/{order_id}/refund", refunds.give),
    work("/console/orders/{order_id}/payment-acceptance", orders.accept_payment),
    work("/console/orders/{order_id}/payment-rejection", orders.reject_payment),
    work("/console/orders/{order_id}/parts/{seller_order_id}/cancellation", orders.cancel_part),
    room("/console/refunds", refunds.refunds),
    room("/console/refunds/{refund_id}", refunds.refund),
    work("/console/refunds/{refund_id}/approval", refunds.approve),
    work("/console/refunds/{refund_id}/rejection", refunds.reject),
    work("/console/refunds/{refund_id}/cancellation", refunds.cancel),
    work("/console/refunds/{refund_id}/settlement", refunds.settle),
    room("/console/payouts", payouts.payouts),
    room("/console/payouts/{payout_id}", payouts.payout),
    work("/console/payouts/{payout_id}/retry", payouts.retry),
    work("/console/payouts/{payout_id}/cancellation", payouts.cancel),
    room("/console/books", books.books),
    room("/console/vouchers", vouchers.vouchers),
    work("/console/vouchers", vouchers.make),
    work("/console/vouchers/{voucher_id}/stop", vouchers.stop),
    room("/console/mails", mails.mails),
    room("/console/mails/{mail_id}", mails.mail),
    room("/console/mails/{mail_id}/html", mails.mail_html),
    work("/console/mails/{mail_id}/retry", mails.retry),
    room("/console/users", users.users),
    room("/console/users/{user_id}", users.user),
    work("/console/users/{user_id}/grant", users.grant),
    work("/console/users/{user_id}/revocation", users.revoke),
)
