"""Every group of the command line."""

from collections.abc import Callable
from typing import Final

import typer

from marketplace_entrypoints.cli.adapters import adapters
from marketplace_entrypoints.cli.cart import cart
from marketplace_entrypoints.cli.catalog import catalog, product
from marketplace_entrypoints.cli.claims import claim
from marketplace_entrypoints.cli.closing import seller
from marketplace_entrypoints.cli.debts import debt
from marketplace_entrypoints.cli.delivery import delivery
from marketplace_entrypoints.cli.demo import demo
from marketplace_entrypoints.cli.disputes import disputes
from marketplace_entrypoints.cli.events import events
from marketplace_entrypoints.cli.explain import explain
from marketplace_entrypoints.cli.gateway import gateway
from marketplace_entrypoints.cli.identity import user
from marketplace_entrypoints.cli.landing import page
from marketplace_entrypoints.cli.media import media
from marketplace_entrypoints.cli.notifications import mail
from marketplace_entrypoints.cli.operations import acts, dead_letters
from marketplace_entrypoints.cli.orders import order
from marketplace_entrypoints.cli.payments import escrow, ledger, payment, payout
from marketplace_entrypoints.cli.policy import policy
from marketplace_entrypoints.cli.reconcile import reconcile
from marketplace_entrypoints.cli.refunds import refund
from marketplace_entrypoints.cli.search import search
from marketplace_entrypoints.cli.server import db, serve, worker
from marketplace_entrypoints.cli.simulate import simulate
from marketplace_entrypoints.cli.video import video
from marketplace_entrypoints.cli.vouchers import voucher
from marketplace_entrypoints.cli.webhooks import webhook

GROUPS: Final[dict[str, typer.Typer]] = {
    "db": db,
    "user": user,
    "seller": seller,
    "catalog": catalog,
    "product": product,
    "search": search,
    "cart": cart,
    "delivery": delivery,
    "order": order,
    "payment": payment,
    "escrow": escrow,
    "payout": payout,
    "refund": refund,
    "claim": claim,
    "debt": debt,
    "policy": policy,
    "disputes": disputes,
    "ledger": ledger,
    "explain": explain,
    "dead-letters": dead_letters,
    "events": events,
    "media": media,
    "video": video,
    "voucher": voucher,
    "page": page,
    "mail": mail,
    "webhook": webhook,
    "adapters": adapters,
}
COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "demo": demo,
    "simulate": simulate,
    "serve": serve,
    "worker": worker,
    "gateway": gateway,
    "acts": acts,
    "reconcile": reconcile,
}
