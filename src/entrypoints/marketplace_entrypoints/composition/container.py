"""The only file that knows dependency-injector: it assembles what is already open.

No ``wire()``, no ``@inject``, no async resources: an ``AsyncExitStack`` owns the lifetimes (ADR 0010).
"""

from collections.abc import Callable
from typing import Final

from dependency_injector import containers, providers

from marketplace_core.bridges.assembly import Assembled, Ports, assemble
from marketplace_core.orders.ports import SignedOrderLinks
from marketplace_core.search import Standin
from marketplace_core.webhooks.ports import DerivedSecrets
from marketplace_entrypoints.composition.adapters import OpenAdapters
from marketplace_entrypoints.composition.terms import Terms
from marketplace_entrypoints.logs import observe

ORDER_LINK_SECRET: Final = "order-link-key"  # noqa: S105 - the name of a secret
"""The name of the secret that signs the links in confirmations."""
WEBHOOK_SECRET: Final = "webhook-signing-key"  # noqa: S105 - the name of a secret
"""The name of the secret that those of endpoints are derived from."""


def _ports(adapters: OpenAdapters, terms: Terms, operators_address: str) -> Ports:
    standin = adapters.search_standin
    return Ports(
        clock=adapters.around.clock,
        ids=adapters.around.ids,
        persistence=adapters.persistence,
        bus=adapters.bus,
        files=adapters.files,
        search_index=adapters.search,
        search_engine=adapters.search,
        search_standin=None if standin is None else Standin(index=standin, engine=standin),
        payment_gateway=adapters.payments.payments,
        payout_gateway=adapters.payments.payouts,
        dispute_gateway=adapters.payments.disputes,
        provider_books=getattr(adapters.payments, "books", None),
        provider_news=getattr(adapters.payments, "news", None),
        video_host=adapters.video,
        mailer=adapters.mailer,
        passwords=adapters.passwords,
        access_tokens=adapters.access_tokens,
        order_links=SignedOrderLinks(adapters.around.secret(ORDER_LINK_SECRET)),
        webhook_sender=adapters.webhook_sender,
        webhook_secrets=DerivedSecrets(adapters.around.secret(WEBHOOK_SECRET)),
        base_url=adapters.around.base_url,
        operators_address=operators_address,
        policy=terms.policy,
        checkout=terms.checkout,
        taxes=terms.taxes,
    )


class MarketplaceContainer(containers.DeclarativeContainer):
    """The object graph of one process."""

    adapters = providers.Dependency(instance_of=OpenAdapters)
    report: providers.Dependency[Callable[[str, str, BaseException], None]] = providers.Dependency()
    terms = providers.Dependency(instance_of=Terms)
    operators_address: providers.Dependency[str] = providers.Dependency(instance_of=str)
    ports = providers.Singleton(_ports, adapters, terms, operators_address)
    assembled = providers.Singleton(assemble, ports, observe=providers.Object(observe), report=report)


def assembled(
    adapters: OpenAdapters,
    report: Callable[[str, str, BaseException], None],
    terms: Terms,
    *,
    operators_address: str = "",
) -> Assembled:
    """Wire the marketplace over open adapters, on these terms of trade; operators are written to at the address too."""
    container = MarketplaceContainer(
        adapters=adapters, report=providers.Object(report), terms=terms, operators_address=operators_address
    )
    result: Assembled = container.assembled()
    return result
