"""Every router of the HTTP door."""

from collections.abc import Mapping
from itertools import chain
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
from marketplace_entrypoints.http.webhooks.endpoints import router as webhook_endpoints
from marketplace_entrypoints.http.webhooks.router import router as webhooks

BY_ROLE: Final[Mapping[str, tuple[APIRouter, ...]]] = {
    "search": (search,),
    "catalog": (catalog,),
    "files": (files,),
    "cart": (cart,),
    "identity": (identity,),
    "orders": (orders,),
    "payments": (payments,),
    "webhooks": (webhooks, webhook_endpoints),
    "video": (video, media, captions),
    "landing": (landing,),
    "notifications": (notifications,),
    "operations": (operations, policies),
}
"""What each role answers; a role is a bounded context, or a way in or out of them all.

A path is looked for in this order, one route after the other, and no two roles have the same: what everybody reads
comes first.
"""
ROUTERS: Final[tuple[APIRouter, ...]] = (health, *chain.from_iterable(BY_ROLE.values()))
