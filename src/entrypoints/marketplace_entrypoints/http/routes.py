"""Every router of the HTTP door."""

from typing import Final

from fastapi import APIRouter

from marketplace_entrypoints.http.cart.router import router as cart
from marketplace_entrypoints.http.catalog.router import router as catalog
from marketplace_entrypoints.http.files.router import router as files
from marketplace_entrypoints.http.health import router as health
from marketplace_entrypoints.http.identity.router import router as identity
from marketplace_entrypoints.http.landing.router import router as landing
from marketplace_entrypoints.http.media.captions import router as captions
from marketplace_entrypoints.http.media.router import router as media
from marketplace_entrypoints.http.notifications.router import router as notifications
from marketplace_entrypoints.http.operations.policies import router as policies
from marketplace_entrypoints.http.operations.router import router as operations
from marketplace_entrypoints.http.orders.router import router as orders
from marketplace_entrypoints.http.payments.router import router as payments
from marketplace_entrypoints.http.search.router import router as search
from marketplace_entrypoints.http.video.router import router as video
from marketplace_entrypoints.http.webhooks.router import router as webhooks

ROUTERS: Final[tuple[APIRouter, ...]] = (
    health,
    identity,
    catalog,
    files,
    search,
    cart,
    orders,
    payments,
    webhooks,
    video,
    media,
    captions,
    landing,
    notifications,
    operations,
    policies,
)
