"""What a visitor needs to know, on one panel: addresses, logins, test cards."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import frozen
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from marketplace_entrypoints.demo.catalogue import BUYERS, OPERATOR, PASSWORD, SHOPS
from marketplace_entrypoints.demo.catalogue.deeds import Card
from marketplace_entrypoints.demo.finishing import filmed_items
from marketplace_entrypoints.demo.hands import Hands
from marketplace_entrypoints.demo.stocking import shelved

CARDS: Final = {
    Card.GOOD: "is paid at once",
    Card.DECLINED: "is declined",
    Card.WITHOUT_FUNDS: "has no money on it",
    Card.ASKS_THE_BANK: "asks the buyer's bank first",
    Card.LATE: "is paid half a minute later",
}


@frozen(kw_only=True)
class Visit:
    """Where to go, and as whom."""

    addresses: dict[str, str]
    operator: str
    sellers: dict[str, str]
    buyers: tuple[str, ...]
    password: str
    cards: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "addresses": self.addresses,
            "logins": {"operator": self.operator, "sellers": self.sellers, "buyers": list(self.buyers)},
            "password": self.password,
            "test_cards": self.cards,
        }


async def visit(hands: Hands, address: str) -> Visit:
    """Collect it from the open marketplace, served at ``address``."""
    shop, item = filmed_items()[0]
    product_id = (await shelved(hands, shop))[item.handle]
    addresses = {
        "first page": f"{address}/",
        "videos": f"{address}/watch",
        "a product": f"{address}/products/{product_id}",
        "a shop": f"{address}/shops/{shop.slug}",
        "studio": f"{address}/studio",
        "console": f"{address}/console",
        "refunds": f"{address}/console/refunds",
        "card disputes": f"{address}/console/disputes",
        "payouts": f"{address}/console/payouts",
        "all mails": f"{address}/console/mails",
        "OpenAPI": f"{address}/v1/openapi.json",
    }
    return Visit(
        addresses=addresses,
        operator=OPERATOR.email,
        sellers={shop.owner.email: shop.name for shop in SHOPS},
        buyers=tuple(buyer.email for buyer in BUYERS),
        password=PASSWORD,
        cards={spaced(card): meaning for card, meaning in CARDS.items()},
    )


def spaced(card: Card) -> str:
    """Return a card's number as it is printed on a card."""
    return " ".join(card.value[at : at + 4] for at in range(0, len(card.value), 4))


def panel(found: Visit) -> Panel:
    """Return the panel."""
    title = "[bold]The marketplace is open[/bold]"
    return Panel(Group(*_parts(found)), title=title, border_style="green", padding=(1, 1), expand=False)


def _parts(found: Visit) -> Iterator[RenderableType]:
    yield _grid([(name, f"[cyan]{escape(url)}[/cyan]") for name, url in found.addresses.items()])
    yield f"\n[bold]Sign in[/bold] with the password [bold]{found.password}[/bold]"
    sellers = [f"{escape(email):<24}[dim]{escape(name)}[/dim]" for email, name in found.sellers.items()]
    yield _grid([("operator", escape(found.operator)), *_listed("sellers", sellers), *_listed("buyers", found.buyers)])
    yield "\n[bold]Pay[/bold] with a test card, any date in the future and any code"
    yield _grid(list(found.cards.items()))


def _listed(name: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(name if number == 0 else "", value) for number, value in enumerate(values)]


def _grid(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        table.add_row(f"[dim]{name}[/dim]", value)
    return table
